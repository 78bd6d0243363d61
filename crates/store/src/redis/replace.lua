-- Exchanges all credentials of the account with an address (2); then those that take their place.
if call('HGET', addresses, ARGV[2]) ~= number then return 'moved' end
if not all_new(3) then return 'known' end
forget_all()
call('HDEL', account, 'provisional')
add(3)
return 1
