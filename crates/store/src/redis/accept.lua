-- Accepts an invitation that stands: 2 which, 3 the kind that invitations are, 4 now; then the account's credentials.
if of(ARGV[2], 'kind') ~= ARGV[3] or not stands(ARGV[2], ARGV[4]) then return 0 end
if not all_new(5) then return 'known' end
forget_all()
call('HDEL', account, 'provisional')
add(5)
return 1
