-- Removes the account with an address (2), its credentials and its list.
if call('HGET', addresses, ARGV[2]) ~= number then return 0 end
forget_all()
call('HDEL', addresses, ARGV[2])
call('DEL', account)
return 1
