-- Counts a call, by the engine's clock: so many (1) at once, and then one for each share of the seconds (2) that pass.
-- What is kept is when all calls so far will have had their share. Answers 0, or after how many seconds there is one.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local calls, period = tonumber(ARGV[1]), ARGV[2] * 1000000
local share = period / calls
local before = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = before + share - period - now
-- Less than a microsecond is nothing but how numbers are kept.
if wait >= 1 then return math.ceil(wait / 1000000) end
redis.call('SET', KEYS[1], string.format('%.0f', before + share), 'PX', math.ceil(period / 1000) + 1000)
return 0
