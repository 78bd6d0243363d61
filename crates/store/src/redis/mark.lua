-- Sets a mark, or removes it: what the store is in a move, and in each slot that nothing changes any more.
if ARGV[1] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[1]) end
return 1
