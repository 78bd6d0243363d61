-- Forgets a copy whose time is over. 2 now.
local till = call('ZSCORE', kept_due, box)
if not till or tonumber(till) > tonumber(ARGV[2]) then return 0 end
forget_kept()
return 1
