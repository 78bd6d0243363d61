-- Stores an account as another store had it, unless it is there: 2 address, 3 plan, 4 when it was made, 5 of what its
-- owner is told, 6 his language, 7 whether it is provisional; then its credentials.
if call('HGET', addresses, ARGV[2]) then return 0 end
if not all_new(8) then return 'known' end
call('HSET', addresses, ARGV[2], number)
call('HSET', account, 'email', ARGV[2], 'plan', ARGV[3], 'created', ARGV[4], 'notify', ARGV[5])
if ARGV[6] ~= '' then call('HSET', account, 'language', ARGV[6]) end
if ARGV[7] == '1' then call('HSET', account, 'provisional', '1') end
add(8)
return 1
