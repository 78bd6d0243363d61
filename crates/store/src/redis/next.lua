-- Moves a counter: 2 which, 3 by how much. Answers where it stands now.
although_full()
return call('HINCRBY', counters, ARGV[2], ARGV[3])
