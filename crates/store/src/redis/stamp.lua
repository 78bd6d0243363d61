-- What became of a mail that was picked. 2 id, 3 the pick, 4 what: sent, still, later, untried, over; 5 when it is due
-- (or now), 6 and 7 the receipt's new word and its detail, 8 whether that is only for who waits ("queued") or always.
local id, pick, what, when, word, detail, always = unpack(ARGV, 2, 8)
although_full()
local counts = mail(id, 'pick') == pick and mail(id, 'due') ~= false
if counts then
    local gone = mail(id, 'until')
    if what == 'still' then
        set_due(id, when)
    elseif what == 'untried' then
        local tries = math.max(tonumber(mail(id, 'tries')) - 1, 0)
        note(id, 'tries', text(tries))
        call('HINCRBY', mails, id .. '.pick', 1)
        set_due(id, when)
    elseif what == 'later' and gone and tonumber(when) < tonumber(gone) then
        call('HINCRBY', mails, id .. '.pick', 1)
        set_due(id, when)
    else
        remove_mail(id)
    end
elseif what == 'sent' then
    if mail(id, 'kind') then remove_mail(id) end
end
if word ~= '' and (counts or what == 'sent') then
    local before = call('HGET', pair, 'mailing')
    if before == '2' or (always == '1' and before) then
        call('HSET', pair, 'mailing', word)
        if detail == '' then call('HDEL', pair, 'mailed') elseif detail ~= '=' then call('HSET', pair, 'mailed', detail) end
    end
end
return counts and 1 or 0
