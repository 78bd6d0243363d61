-- A store whose data move to another one changes no more; what is being filled takes what arrives.
local state = call('GET', closed)
if state and state ~= 'arriving' then return 'closed' end
