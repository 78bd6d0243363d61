-- What may be told of the secret that waits. 2 check, 3 now; then names of fields.
if not waits('secret_check', ARGV[2], ARGV[3]) then return false end
local length = call('STRLEN', sealed)
if length == 0 then return false end
local found = call('HMGET', pair, unpack(ARGV, 4))
found[#found + 1] = tostring(length)
return found
