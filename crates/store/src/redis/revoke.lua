-- Revokes a credential (2), or, where that is nothing, those of a kind (3) but one (4). Answers how many.
local count = 0
for id in ids() do
    if id == ARGV[2] or ARGV[2] == '' and of(id, 'kind') == ARGV[3] and id ~= ARGV[4] then
        remove(id)
        count = count + 1
    end
end
return count
