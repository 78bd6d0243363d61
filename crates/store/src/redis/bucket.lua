-- What every script of a bucket begins with: its keys, always the same in the same order, all in one slot.
-- "box" is the row of a secret, or the id of a mail that belongs to none; the keys with a box in their name are its own.
local closed, pair, sealed, kept, mails, due, kept_due, mail_due, mail_until, held, sum, owned, refused = unpack(KEYS)
local box = ARGV[1]
local call = redis.call

-- A server whose memory is full refuses what may need more, but only as the first thing that a script writes. What reads a
-- secret, takes that back, or makes room begins with this, which changes nothing.
local function although_full() call('HDEL', pair, '') end

-- Times are compared as numbers. They are written as they came, or by this: Lua's own form has fourteen digits only.
local function text(number) return string.format('%.0f', number) end

-- Whether the secret waits for the holder of a check.
local function waits(name, check, now)
    local found = call('HMGET', pair, name, 'fate', 'expires')
    return found[1] == check and not found[2] and tonumber(now) < tonumber(found[3])
end

-- What anonymous makers hold is kept for each row while it waits, as "bytes holder", and as a sum: exact also where the
-- engine was first to remove a pair.
local function hold(what)
    if call('HSETNX', held, box, what) == 1 then call('INCRBY', sum, string.match(what, '^%d+')) end
end
local function let_go()
    local what = call('HGET', held, box)
    if what then
        call('HDEL', held, box)
        call('DECRBY', sum, string.match(what, '^%d+'))
    end
    return what
end

-- An account's copies and mails are found by "owned" when it is removed, as long as there are any.
local function tidy()
    if call('EXISTS', kept, mails) == 0 then call('HDEL', owned, box) end
end
local function forget_kept()
    local was = call('DEL', kept) + call('ZREM', kept_due, box)
    tidy()
    return was > 0
end

-- Mails: "ids" names them, each has its fields as "id.field". Indexes name a mail as "id/box".
local function ids() return string.gmatch(call('HGET', mails, 'ids') or '', '%x+') end
local function mail(id, name) return call('HGET', mails, id .. '.' .. name) end
local function note(id, name, value)
    if value then call('HSET', mails, id .. '.' .. name, value) else call('HDEL', mails, id .. '.' .. name) end
end
local function set_due(id, when)
    note(id, 'due', when)
    if when then call('ZADD', mail_due, when, id .. '/' .. box) else call('ZREM', mail_due, id .. '/' .. box) end
end
local function set_until(id, when)
    note(id, 'until', when)
    if when then call('ZADD', mail_until, when, id .. '/' .. box) else call('ZREM', mail_until, id .. '/' .. box) end
end
-- Its occasion came. Who picked it at an earlier one that was taken back has no say any more.
local function be_due(id, since, when, gone)
    note(id, 'since', since)
    note(id, 'tries', '0')
    call('HINCRBY', mails, id .. '.pick', 1)
    set_due(id, when)
    set_until(id, gone)
end
local function remove_mail(id)
    call('ZREM', mail_due, id .. '/' .. box)
    call('ZREM', mail_until, id .. '/' .. box)
    local left = {}
    for other in ids() do
        if other ~= id then left[#left + 1] = other end
    end
    if #left == 0 then
        call('DEL', mails)
    else
        for _, name in ipairs({ 'kind', 'account', 'sealed', 'since', 'due', 'until', 'paused', 'tries', 'pick' }) do
            note(id, name, nil)
        end
        call('HSET', mails, 'ids', table.concat(left, ' '))
    end
    tidy()
end

-- The receipt's word on the recipient's mail: 2 queued, 4 ended, 6 given up. Only what is queued can be given up.
local function give_up()
    if call('HGET', pair, 'mailing') == '2' then call('HSET', pair, 'mailing', '6') end
end
