-- Ends an expired secret, and removes a receipt whose time is over. 2 now, 3 until when the mail that tells of the
-- expiry is sent. Answers whether a secret ended, whether a receipt went, what it held, and account and entry of the
-- list that it stands in.
local now = ARGV[2]
local when = call('ZSCORE', due, box)
if not when or tonumber(when) > tonumber(now) then return { 0, 0, false, false, false } end
although_full()
local found = call('HMGET', pair, 'expires', 'ends', 'fate', 'account', 'entry')
local expired, over, freed = 0, 0, false
-- The engine may have been first with the pair: then what it held is all that is left to say.
if not found[3] then
    freed = let_go()
    expired = (found[1] or freed) and 1 or 0
    call('DEL', sealed)
    for id in ids() do
        -- Kind 2 tells of the expiry. Without the pair nobody knows whether there was one.
        if found[1] and mail(id, 'kind') == '2' then be_due(id, found[1], now, ARGV[3]) else remove_mail(id) end
    end
    give_up()
    if found[1] then
        call('HDEL', pair, 'life', 'link')
        call('HSET', pair, 'fate', '3', 'ended', found[1])
    end
end
if not found[1] or tonumber(now) >= tonumber(found[2]) then
    over = 1
    forget_kept()
    call('DEL', pair, sealed)
    call('ZREM', due, box)
else
    call('ZADD', due, found[2], box)
end
return { expired, over, freed or false, over == 1 and found[4], over == 1 and found[5] }
