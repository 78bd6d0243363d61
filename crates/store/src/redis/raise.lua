-- Lets a counter (2) stand at a number (3) at least.
if tonumber(call('HGET', counters, ARGV[2]) or '0') < tonumber(ARGV[3]) then call('HSET', counters, ARGV[2], ARGV[3]) end
return 1
