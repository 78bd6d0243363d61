-- Notes a choice of an account's owner: 2 which, 3 what, or nothing.
if call('EXISTS', account) == 0 then return 0 end
if ARGV[3] == '' then call('HDEL', account, ARGV[2]) else call('HSET', account, ARGV[2], ARGV[3]) end
return 1
