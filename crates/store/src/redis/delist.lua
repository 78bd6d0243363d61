-- Removes entries of a list: from 2 on.
return call('ZREM', list, unpack(ARGV, 2))
