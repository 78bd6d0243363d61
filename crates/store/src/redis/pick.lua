-- Picks a mail that is due. 2 id, 3 now, 4 until when nobody else picks it.
local id, now = ARGV[2], tonumber(ARGV[3])
local when, gone = mail(id, 'due'), mail(id, 'until')
if not when or tonumber(when) > now or not gone or now >= tonumber(gone) then return false end
although_full()
set_due(id, ARGV[4])
call('HINCRBY', mails, id .. '.tries', 1)
call('HINCRBY', mails, id .. '.pick', 1)
return call('HMGET', mails, id .. '.kind', id .. '.account', id .. '.since', id .. '.until', id .. '.tries',
    id .. '.pick', id .. '.sealed')
