-- Moves a counter: 2 which, 3 by how much. Answers where it stands now.
return call('HINCRBY', counters, ARGV[2], ARGV[3])
