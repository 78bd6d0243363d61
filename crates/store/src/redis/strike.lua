-- Counts a wrong opener, or takes one back: never below none. 2 check, 3 now, 4 change.
if not waits('secret_check', ARGV[2], ARGV[3]) then return false end
although_full()
local before = tonumber(call('HGET', pair, 'strikes') or '0')
call('HSET', pair, 'strikes', text(math.min(math.max(before + ARGV[4], 0), 4294967295)))
return before
