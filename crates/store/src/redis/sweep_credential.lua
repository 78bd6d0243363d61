-- Removes a credential whose time is over: 2 which, 3 now. A provisional account goes with its last one.
local expires = of(ARGV[2], 'expires')
if not expires then
    -- Nothing of it is left but its name.
    call('ZREM', expiring, ARGV[2])
    return 0
end
if tonumber(expires) > tonumber(ARGV[3]) then return 0 end
remove(ARGV[2])
if call('HGET', account, 'ids') == '' and call('HGET', account, 'provisional') then
    call('HDEL', addresses, call('HGET', account, 'email'))
    call('DEL', account, list)
end
return 1
