-- Adds a credential: 2 by whose holder, or nothing, 3 whether it takes the place of others of its kind; then it.
local id, kind, created = ARGV[4], ARGV[5], ARGV[8]
if call('EXISTS', account) == 0 then return 0 end
if ARGV[2] ~= '' and not stands(ARGV[2], created) then return 0 end
if not all_new(4) then return 'known' end
if ARGV[3] == '1' then
    for other in ids() do
        if of(other, 'kind') == kind then remove(other) end
    end
end
add(4)
return 1
