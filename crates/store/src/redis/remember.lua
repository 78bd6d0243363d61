-- Notes a server key: 2 its name, 3 its check, 4 until when it is needed at least.
although_full()
local before = call('HGET', server_keys, ARGV[2] .. '.until')
call('HSETNX', server_keys, ARGV[2] .. '.check', ARGV[3])
if not before or tonumber(before) < tonumber(ARGV[4]) then call('HSET', server_keys, ARGV[2] .. '.until', ARGV[4]) end
return 1
