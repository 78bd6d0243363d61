-- The kept copy for who repeats the reveal. 2 check, 3 repeat check, 4 now; then names of the pair's fields.
local copy = call('HMGET', kept, 'repeat', 'until')
if call('HGET', pair, 'secret_check') ~= ARGV[2] or copy[1] ~= ARGV[3] then return false end
if tonumber(ARGV[4]) >= tonumber(copy[2]) then return false end
local found = call('HMGET', pair, unpack(ARGV, 5))
found[#found + 1] = call('HGET', kept, 'life')
found[#found + 1] = call('HGET', kept, 'sealed')
return found
