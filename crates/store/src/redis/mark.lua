-- Sets a mark, or removes it: what the store is in a move, and in each slot that nothing changes any more. What is removed
-- first lets also a server whose memory is full set it.
redis.call('DEL', KEYS[1])
if ARGV[1] ~= '' then redis.call('SET', KEYS[1], ARGV[1]) end
return 1
