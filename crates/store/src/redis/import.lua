-- Stores a pair as another store had it, unless it is there. 2 when the sweep looks at it, 3 seconds that it lives at
-- most, 4 the content or nothing, 5 seconds that it lives at most, 6 what it holds, 7 number of mails; the mails; then
-- names and values of the pair's fields.
local when, pair_lives, content, content_lives, what, count = unpack(ARGV, 2, 7)
if call('EXISTS', pair) == 1 then return 0 end
count = tonumber(count)
if not post_mails(8, count) then return 0 end
call('HSET', pair, unpack(ARGV, 8 + 10 * count))
call('EXPIRE', pair, pair_lives)
if content ~= '' then call('SET', sealed, content, 'EX', content_lives) end
call('ZADD', due, when, box)
if what ~= '' then hold(what) end
return 1
