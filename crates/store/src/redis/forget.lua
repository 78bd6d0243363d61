-- Forgets the kept copy, for the holder of either key. 2 check.
local checks = call('HMGET', pair, 'secret_check', 'receipt_check')
if checks[1] ~= ARGV[2] and checks[2] ~= ARGV[2] then return 0 end
return forget_kept() and 1 or 0
