-- Gives the account with an address (2) that nobody accepted to whom it is made for: 3 plan, 4 when, as in "create"; then
-- the credential that takes the place of its invitation. It may come twice.
if call('HGET', addresses, ARGV[2]) ~= number then return 'moved' end
if call('HGET', index, ARGV[6]) == number then return 'made' end
if not call('HGET', account, 'provisional') then return 'exists' end
if not all_new(6) then return 'known' end
forget_all()
call('HDEL', account, 'provisional')
call('HSET', account, 'plan', ARGV[3], 'created', ARGV[4])
add(6)
return 'made'
