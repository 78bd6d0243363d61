-- Ends a waiting secret. 2 check, 3 fate, 4 claim, 5 now, 6 when its mails go on, 7 when the one that tells of it is
-- given up; 8 the copy's repeat check or nothing, 9 its life key, 10 its content, 11 until when it is kept, 12 seconds
-- that it lives at most; 13 by this engine's clock, in microseconds, the moment after which nobody waits for the answer.
local check, fate, claim, now, pause, gone, copy, life, content, till, lives, deadline = unpack(ARGV, 2, 13)
local time = call('TIME')
local clock = time[1] * 1000000 + time[2]
-- It came twice, because an answer was lost.
if call('HGET', pair, 'claim') == claim then return { 'won', text(clock) } end
-- A server that stood still does what lay in its socket. Who asked has left: the content would be gone unread.
if clock > tonumber(deadline) then return { 'late', text(clock) } end
-- "settle" said already that this claim did not win.
if call('EXISTS', refused) == 1 then return { 'refused', text(clock) } end
if not waits('secret_check', check, now) then return { 'lost', text(clock) } end
call('DEL', sealed)
call('HDEL', pair, 'life', 'link')
call('HSET', pair, 'fate', fate, 'ended', now, 'claim', claim)
if call('HGET', pair, 'mailing') == '2' then
    call('HSET', pair, 'mailing', '4')
    call('HDEL', pair, 'mailed')
end
let_go()
for id in ids() do
    note(id, 'paused', mail(id, 'due'))
    set_due(id, nil)
    set_until(id, pause)
    -- Kind 1 tells that the secret was opened, fate 1.
    if fate == '1' and mail(id, 'kind') == '1' then be_due(id, now, pause, gone) end
end
if copy ~= '' then
    call('HSET', pair, 'copied', '1')
    call('HSET', kept, 'repeat', copy, 'life', life, 'sealed', content, 'until', till)
    call('EXPIRE', kept, lives)
    call('ZADD', kept_due, till, box)
    local account = call('HGET', pair, 'account')
    if account then call('HSET', owned, box, account) end
end
return { 'won', text(clock) }
