-- A store whose data move to another one changes no more.
if call('EXISTS', closed) == 1 then return 'closed' end
