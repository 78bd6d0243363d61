-- Makes an account with its number, that nobody has: 2 address, 3 plan, 4 when, 5 whether it is provisional; then its
-- credential. It may come twice.
local owner = call('HGET', addresses, ARGV[2])
if owner then return owner == number and 'made' or 'exists' end
if not all_new(6) then return 'known' end
call('HSET', addresses, ARGV[2], number)
call('HSET', account, 'email', ARGV[2], 'plan', ARGV[3], 'created', ARGV[4], 'notify', '0')
if ARGV[5] == '1' then call('HSET', account, 'provisional', '1') end
add(6)
return 'made'
