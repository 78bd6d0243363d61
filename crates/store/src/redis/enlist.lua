-- Notes an entry in a list, before its pair is there: 2 when it was made, 3 the entry, 4 seconds that it may be asked
-- for. A list of nobody goes when its last entry would.
call('ZADD', list, ARGV[2], ARGV[3])
local lives = tonumber(ARGV[4])
if call('TTL', list) < lives then call('EXPIRE', list, ARGV[4]) end
return 1
