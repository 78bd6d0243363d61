-- Notes the last use of a credential: 2 which, 3 when.
if not of(ARGV[2], 'kind') then return 0 end
local before = of(ARGV[2], 'used')
if not before or tonumber(before) < tonumber(ARGV[3]) then call('HSET', account, ARGV[2] .. '.used', ARGV[3]) end
return 1
