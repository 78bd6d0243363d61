-- Stores a secret with its receipt and its mails. 2 token: tells this call from others, so that it may come twice.
-- 3 expires, 4 seconds that the pair lives at most, 5 the content, 6 seconds that it lives at most, 7 what it holds,
-- 8 number of mails; the mails; then names and values of the pair's fields.
local token, expires, pair_lives, content, content_lives, what, count = unpack(ARGV, 2, 8)
local known = call('HMGET', pair, 'token', 'secret_check')
if known[2] then return known[1] == token and 'stored' or 'exists' end
count = tonumber(count)
if not post_mails(9, count) then return 'posted' end
call('HSET', pair, 'token', token, unpack(ARGV, 9 + 10 * count))
call('EXPIRE', pair, pair_lives)
call('SET', sealed, content, 'EX', content_lives)
call('ZADD', due, expires, box)
if what ~= '' then hold(what) end
return 'stored'
