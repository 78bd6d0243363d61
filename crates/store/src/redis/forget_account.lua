-- An account goes: what is kept of its secret, and its mails. 2 account.
although_full()
if call('HGET', pair, 'account') == ARGV[2] then forget_kept() end
for id in ids() do
    if mail(id, 'account') == ARGV[2] then
        if mail(id, 'kind') == '0' then give_up() end
        remove_mail(id)
    end
end
tidy()
return 1
