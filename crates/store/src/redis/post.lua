-- Posts a mail of no secret: its arguments from 2 on.
if not post_mails(2, 1) then return 'posted' end
return 'stored'
