-- Mails as arguments: ten each, empty where there is none, from a place on. Answers false where one is posted already.
local function post_mails(first, count)
    local names, seen = {}, {}
    for at = first, first + 10 * (count - 1), 10 do
        local id = ARGV[at]
        if seen[id] or mail(id, 'kind') then return false end
        seen[id] = true
        names[#names + 1] = id
    end
    if count == 0 then return true end
    call('HSET', mails, 'ids', table.concat(names, ' '))
    for at = first, first + 10 * (count - 1), 10 do
        local id, kind, account, content, since, when, gone, paused, tries, pick = unpack(ARGV, at, at + 9)
        call('HSET', mails, id .. '.kind', kind, id .. '.sealed', content, id .. '.since', since,
            id .. '.tries', tries, id .. '.pick', pick)
        if paused ~= '' then note(id, 'paused', paused) end
        if account ~= '' then
            note(id, 'account', account)
            call('HSET', owned, box, account)
        end
        if when ~= '' then set_due(id, when) end
        if gone ~= '' then set_until(id, gone) end
    end
    return true
end
