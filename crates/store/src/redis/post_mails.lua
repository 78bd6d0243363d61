-- Mails as arguments: seven each, empty where there is none, from a place on. Answers false where one is posted already.
local function post_mails(first, count)
    local names, seen = {}, {}
    for at = first, first + 7 * (count - 1), 7 do
        local id = ARGV[at]
        if seen[id] or mail(id, 'kind') then return false end
        seen[id] = true
        names[#names + 1] = id
    end
    if count == 0 then return true end
    call('HSET', mails, 'ids', table.concat(names, ' '))
    for at = first, first + 7 * (count - 1), 7 do
        local id, kind, account, content, since, when, gone = unpack(ARGV, at, at + 6)
        call('HSET', mails, id .. '.kind', kind, id .. '.sealed', content, id .. '.since', since,
            id .. '.tries', '0', id .. '.pick', '0')
        if account ~= '' then
            note(id, 'account', account)
            call('HSET', owned, box, account)
        end
        if when ~= '' then set_due(id, when) end
        if gone ~= '' then set_until(id, gone) end
    end
    return true
end
