-- Gives up a mail whose time is over. 2 id, 3 now.
local id = ARGV[2]
local gone = mail(id, 'until')
if not gone then
    -- Nothing of it is left but its name.
    call('ZREM', mail_until, id .. '/' .. box)
    return 0
end
if tonumber(gone) > tonumber(ARGV[3]) then return 0 end
although_full()
if mail(id, 'kind') == '0' then give_up() end
remove_mail(id)
return 1
