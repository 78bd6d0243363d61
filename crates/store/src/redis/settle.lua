-- Whether a claim (2) won. A "no" is final: what is still on its way with this claim finds it refused. Each answer is a
-- write, so that replicas can be asked whether they have what was answered (3: whether they will be).
although_full()
if call('HGET', pair, 'claim') == ARGV[2] then
    if ARGV[3] == '1' and call('EXISTS', closed) == 0 then call('HSET', pair, 'settled', '1') end
    return 1
end
-- Longer than anything waits in a socket that is then still answered to.
if call('EXISTS', closed) == 0 then call('SET', refused, '1', 'EX', 120) end
return 0
