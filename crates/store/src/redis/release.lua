-- Puts a secret back that this claim ended. 2 claim, 3 now, 4 token of this call, 5 life key, 6 link, 7 content,
-- 8 seconds that it lives at most, 9 until when a link is mailed.
local claim, now, token, life, link, content, lives, gone = unpack(ARGV, 2, 9)
although_full()
-- What is still on its way with this claim would end again what nobody will read by it.
call('SET', refused, '1', 'EX', 120)
local found = call('HMGET', pair, 'claim', 'expires', 'copied', 'released', 'held', 'mailing')
if found[4] == token then return 1 end
if found[1] ~= claim or tonumber(now) >= tonumber(found[2]) then return 0 end
if found[3] then
    -- Nothing was given out of a copy that stands and was not redelivered.
    if call('EXISTS', kept) == 0 or call('HGET', kept, 'given') then return 0 end
    forget_kept()
end
call('HDEL', pair, 'fate', 'ended', 'claim', 'copied', 'settled')
call('HSET', pair, 'life', life, 'link', link, 'released', token)
call('SET', sealed, content, 'EX', lives)
-- A sweep that was ahead of its time may have looked at the row already.
call('ZADD', due, found[2], box)
if found[5] then hold(found[5]) end
local mailed = false
for id in ids() do
    set_due(id, mail(id, 'paused'))
    note(id, 'paused', nil)
    if mail(id, 'kind') == '0' then
        mailed = true
        set_until(id, gone)
    else
        set_until(id, nil)
    end
end
if found[6] == '4' then call('HSET', pair, 'mailing', mailed and '2' or '6') end
return 1
