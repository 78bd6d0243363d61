-- Notes that the kept copy is given out. 2 check, 3 repeat check, 4 now.
local copy = call('HMGET', kept, 'repeat', 'until')
if call('HGET', pair, 'secret_check') ~= ARGV[2] or copy[1] ~= ARGV[3] then return 0 end
if tonumber(ARGV[4]) >= tonumber(copy[2]) then return 0 end
although_full()
call('HSET', kept, 'given', '1')
return 1
