-- What every script of accounts begins with: its keys, always the same in the same order, all in one slot.
-- "index" leads from a credential to its account, "expiring" orders credentials by their end. An account is one hash,
-- with its credentials in it: "ids" names them, each has its fields as "id.field".
local closed, counters, addresses, index, expiring, server_keys, account, list = unpack(KEYS)
local number = ARGV[1]
local call = redis.call

-- As in the bucket of rows: what must be done also by a server whose memory is full. It changes nothing.
local function although_full() call('HDEL', counters, '') end

local function ids() return string.gmatch(call('HGET', account, 'ids') or '', '%x+') end
local function of(id, name) return call('HGET', account, id .. '.' .. name) end
local function stands(id, now)
    if not of(id, 'kind') then return false end
    local expires = of(id, 'expires')
    return not expires or tonumber(now) < tonumber(expires)
end
local function remove(id)
    for _, name in ipairs({ 'kind', 'label', 'wrapped', 'created', 'expires', 'used' }) do
        call('HDEL', account, id .. '.' .. name)
    end
    call('HDEL', index, id)
    call('ZREM', expiring, id)
    local left = {}
    for other in ids() do
        if other ~= id then left[#left + 1] = other end
    end
    call('HSET', account, 'ids', table.concat(left, ' '))
end
-- Credentials as arguments: seven each, from a place on. One that unlocks another account is no credential for this one.
local function all_new(first)
    for at = first, #ARGV, 7 do
        local owner = call('HGET', index, ARGV[at])
        if owner and owner ~= number then return false end
    end
    return true
end
local function add(first)
    for at = first, #ARGV, 7 do
        local id, kind, label, wrapped, created, expires, used = unpack(ARGV, at, at + 6)
        if of(id, 'kind') then remove(id) end
        local others = call('HGET', account, 'ids') or ''
        call('HSET', account, 'ids', others == '' and id or others .. ' ' .. id)
        call('HSET', account, id .. '.kind', kind, id .. '.wrapped', wrapped, id .. '.created', created)
        if label ~= '' then call('HSET', account, id .. '.label', label) end
        if expires ~= '' then
            call('HSET', account, id .. '.expires', expires)
            call('ZADD', expiring, expires, id)
        end
        if used ~= '' then call('HSET', account, id .. '.used', used) end
        call('HSET', index, id, number)
    end
end
local function forget_all()
    for id in ids() do remove(id) end
    call('DEL', list)
end
