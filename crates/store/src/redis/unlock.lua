-- Forgives all wrong openers, for the receipt's holder. 2 check, 3 now.
if not waits('receipt_check', ARGV[2], ARGV[3]) then return 0 end
call('HDEL', pair, 'strikes')
return 1
