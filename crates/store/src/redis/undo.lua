-- Takes back what this call (2 token) put, which nobody was told of.
if call('HGET', pair, 'token') ~= ARGV[2] then return 0 end
for id in ids() do remove_mail(id) end
let_go()
call('DEL', pair, sealed, kept, mails)
call('ZREM', due, box)
call('ZREM', kept_due, box)
call('HDEL', owned, box)
return 1
