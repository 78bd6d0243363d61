# The texts of all pages. Every other language has the same messages with the same arguments.
# Names that the product's own tests and guides use ("Create link", "Reveal secret") stand here and nowhere else.
# Lines that begin with `reviewed` say who read a language as a native speaker; empty: nobody yet.
reviewed = the authors

## Every page
skip = Skip to content
nav-signout = Sign out
nav-api = API
language = Language
language-change = Change language
navigation = Pages
preview-title = A secret for one reader
preview-text = Open this link yourself: it works once.
insecure-banner = This connection is not encrypted. Use it for a trial only.
insecure-heading = This page opens over https
insecure-text = This server can be reached safely. What you type here would travel in clear.
insecure-open = Open { $url } instead
press-copy = Press Ctrl+C
trouble-lost = The connection was lost. Try again now, in this tab.
trouble-later = Too many tries for now. Wait { $time } and try again. Nothing was used up.
trouble-mails = { $email ->
    [none] This account has sent very many mails lately. Wait { $time } and try again. Nothing was used up.
    [left] The links below are made, and their mails are on their way. The addresses that are left stand in the form: wait { $time } and create their links.
   *[other] So many mails went to { $email } lately that no more go there for now. Wait { $time } and try again, or send the link yourself.
 }
trouble-server = The server cannot do this now. Nothing was used up; try again in a moment.
trouble-form = This form is out of date. Open the page again and repeat what you did. Nothing was changed.
minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
 }
hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
 }
days = { $count ->
    [one] 1 day
   *[other] { $count } days
 }

## Words that several pages use
secret = Secret
files = Files
passphrase = Passphrase
label = Label
recipient = Recipient
copy-link = Copy link
made = Made
expires = Expires
password = Password
new-password = New password
address-wrong = Not an e-mail address: { $name }.

## What seals, and where
device-name = Sealed on your device
device-text = This server receives only what it cannot open; the key is in the link.
server-name = Sealed on the server
server-text = The server sees the text for a moment while it seals it. What it keeps opens with the link only.
because-scripts = because JavaScript is off
because-http = because this page was not opened over https
because-mail = because the server will mail the link

## Share
share-heading = Share a secret
share-lead = Write or paste something that one person should read once. You get a link for them.
share-secret-hint = Up to { $size } of text.
share-files-add = Add files
share-files-hint = Up to { $count } files, { $size } together. You can also drop or paste them.
share-files-sign-in = Sign in to send files
share-files-scripts = Without JavaScript this page takes text only.
share-files-https = Files are sealed on your device, and that needs https. This page takes text only.
share-text-or-files = A secret holds a text or files. Remove the files to write a text.
share-remove = Remove { $name }
share-generate = Generate a password
share-length = Length
share-symbols = Symbols
share-expires = Expires in
share-passphrase-hint = Optional. Tell it to the reader another way, by telephone for example.
share-show = Show passphrase
share-hide = Hide passphrase
share-suggest = Suggest a passphrase
share-label-hint = Optional. Only you see it, in your list.
share-recipients = Send to (e-mail)
share-recipients-hint = Optional. The server mails the link. Up to ten addresses; each gets a secret and a link of its own.
share-recipients-many = These are too many addresses; { $count } at most.
share-files-not-mailed = Files are sealed on your device, so this server cannot mail the link. Copy it and send it yourself.
share-create = Create link
share-sealing = Sealing…
share-sending = Sending…
share-unsealed = This browser could not seal it. Nothing was sent. Try again, or use another browser.
share-accounts-only = Sign in to share a secret. Whoever has a link can open it without an account.
share-signed-out = You were signed out meanwhile. Sign in again, or create the link without an account.
share-empty = There is nothing to share yet. Write a text, or add files.
share-too-long = This text is longer than { $size }. Shorten it, or sign in for more.
share-too-large = That is too much: up to { $count } files, { $size } together.
share-name-long = The file name { $name } is too long.
share-file-unread = { $name } could not be read. Add it again.
share-full = This server has no room for new secrets now. Try again later.

## The link that was made
result-heading = Your link is ready
result-lead = Send it to one person.
result-once = It opens once and then no more.
result-until = It waits until { $time }.
result-mailed = A mail with the link is on its way to { $email }.
result-links = Each link is for one person and opens once. A mail with it is on its way.
result-link = Link
result-copied = Link copied
result-qr = Show QR code
result-qr-name = QR code of the link
result-share = Share…
result-mail = Write an e-mail
result-mail-subject = A secret for you
result-mail-body = This link opens once. Open it yourself, when you have time to read and keep what is in it:
result-passphrase-hint = Tell it to the reader another way than the link. It is not shown again.
result-copy-passphrase = Copy passphrase
result-passphrase-copied = Passphrase copied
result-receipt = Open the receipt
result-receipt-hint = The receipt is for you: it shows whether and when the link was opened.
result-another = Share another secret

## Reveal
reveal-heading = Someone sent you a secret
reveal-text = A text of about { $size }.
reveal-files = { $count ->
    [one] One file, about { $size }.
   *[other] { $count } files, about { $size } together.
 }
reveal-files-uncounted = Files, about { $size } together.
reveal-once = It can be opened once, by you. Reveal it when you have time to read and keep it.
reveal-until = It waits until { $time }.
reveal-passphrase-hint = The sender told it to you another way than the link.
reveal-passphrase-needed = Enter the passphrase first.
reveal-wrong = That passphrase does not match. Nothing was used up; try again.
reveal-locked = Too many wrong passphrases were tried. Ask the sender to unlock this secret on its receipt. Nothing was used up.
reveal-button = Reveal secret
reveal-opening = Opening…
reveal-in-app = Saving files can fail inside a mail app: open this page in your browser first.
reveal-scripts = This secret was sealed on the sender's device. To open it this page needs JavaScript. Nothing has been opened.
reveal-http = This link opens over https only. Nothing has been opened.
reveal-newer = This link was made by a newer release. Nothing has been opened; ask the sender, or open it where it was made.
reveal-not-opened = What came does not open with this link. Ask the sender for a new one.
revealed-heading = Your secret
revealed-copy = Copy secret
revealed-copied = Secret copied
revealed-hide = Hide secret
revealed-show = Show secret
revealed-save = Save { $name }
revealed-saving = If nothing happens, this app may not save files. Try again, or open this link in your browser within { $seconds } seconds.
revealed-used-up = This link is used up: nobody else can open it. Copy what you need before you leave this page.
revealed-save-first = This link is used up: nobody else can open it. Save what you need before you leave this page.
revealed-again = If something goes wrong, reloading this tab within { $seconds } seconds shows it once more; after that nothing is left.
revealed-forget = I have it, forget it now
revealed-forgotten = Forgotten. Nothing of this secret is left on this server.
revealed-here = You opened this secret here at { $time }.
incomplete-heading = This link is not complete
incomplete-text = The part after # is missing; some mail systems cut it off. Paste the whole link here, or ask the sender for it again. Nothing has been opened.
incomplete-wrong = The part after # does not fit this link; some mail systems change it. Paste the whole link here, or ask the sender for it again. Nothing was used up.
incomplete-link = Whole link
incomplete-continue = Continue
incomplete-receipt = That is the link of a receipt. Ask the sender for the link with /secret/ in it.
incomplete-other = That link leads to another server.
incomplete-still = That link is not complete either.
gone-heading = This link does not open anything
gone-why = It may have been opened already, withdrawn by its sender, or have expired; or part of the link is missing.
gone-ask = Ask the person who sent it: their receipt shows whether and when it was opened. If it was opened, and not by you, they should change what was in it.
contact = Questions:

## Receipt
receipt-heading = Receipt
receipt-lead = This page is for the person who sent the secret; the secret is not on it. If somebody sent you this page to read a secret, ask them for the link with /secret/ in it.
receipt-waiting = Waiting to be opened
receipt-opened = Opened
receipt-burned = Burned
receipt-expired = Expired unopened
receipt-timeline = Timeline
receipt-passphrase = A passphrase is needed to open it.
receipt-device-link = The link was shown once, when you made it. This server does not know it.
receipt-show = Show the link
receipt-link-kept = This server can show the link again while the secret waits.
receipt-not-mailed = Not mailed: this server has no mail set up. Send the link yourself.
receipt-mailed = Mailed
receipt-mail-queued = The mail waits to be sent.
receipt-mail-reply = The mail server asked to try later ({ $reply }).
receipt-mail-refused = Not mailed: the mail server refused it ({ $reply }).
receipt-mail-given-up = Not mailed: no mail server took it in time.
receipt-mail-ended = Not mailed: the secret had ended before.
receipt-mail-yourself = Send the link yourself.
receipt-locked = Too many wrong passphrases were tried, so nobody can open it now. If that was your reader, unlock it; otherwise burn it.
receipt-unlock = Unlock
receipt-burn = Burn secret
receipt-burn-heading = Burn this secret?
receipt-burn-text = It is destroyed unread. The link opens nothing any more, and this cannot be undone.
receipt-burn-yes = Burn it
receipt-burn-no = Keep it
receipt-after-opened = It was opened once, and nothing of it is left. If your reader says that it was somebody else, change what was in it.
receipt-after-burned = It was destroyed unread.
receipt-after-expired = Nobody opened it in time. It is destroyed.
receipt-kept-until = This receipt is kept until { $time }.
receipt-none-heading = There is no such receipt
receipt-none = A receipt is kept for twice the lifetime of its secret. Check the address.

## Sign in, invitation
signin-heading = Sign in
signin-email = E-mail
signin-secret = Password or API key
signin-wrong = These do not match. Check the address, and the password or API key.
signin-none = No account? Ask who runs this server.
signup-heading = Create an account
signup-domains = Accounts here are for addresses of { $domains } only.
forgot-heading = Forgot your password?
asked-send = Send me a link
asked-text = If this address may have an account here, a mail with a link is on its way. The link works for 72 hours.
invite-heading = Set your password
invite-lead = For { $email }.
invite-button = Set password
invite-existing = This account exists already. Once you set the password, its API keys, sessions and earlier password stop working, and its list of earlier secrets starts empty. Links and receipts keep working. If you still have an API key, sign in with it instead and set the password under Account: then nothing is lost.
invite-gone = { $mail ->
    [yes] This link does not work any more: it was used, a newer one took its place, or its time is over. Sign in; there you can also have another one sent.
   *[no] This invitation does not work any more. Ask who runs this server for a new one.
 }
password-hint = At least 12 characters. A sentence is easy to remember.
password-short = A password has at least 12 characters.
password-long = This password is too long.

## Recent secrets
recent-heading = Recent secrets
recent-search = Search
recent-state = State
recent-filter = Apply
recent-all = All
recent-waiting = Waiting
recent-expired = Expired
recent-burn-short = Burn
recent-untitled = Untitled
recent-burn = Burn { $label }
recent-empty = Nothing here yet. What you share while signed in stays listed for twice its lifetime.
recent-newer = Newer
recent-older = Older

## Account
account-heading = Account
account-current = Current password
account-change = Change password
account-changed = The password was changed. Other sessions are signed out.
account-wrong = The current password does not match. Nothing was changed.
account-keys = API keys
account-keys-lead = For the API and the connector: the e-mail address is the user name, the key the password.
account-key-label = Key label
account-key-create = Create API key
account-key-new = New API key
account-key-once = It is shown once. Keep it where your program finds it.
account-key-copy = Copy API key
account-key-copied = API key copied
account-key-revoke = Revoke { $label }
account-key-revoked = The key was revoked.
account-label-long = The label is too long; 100 characters fit.
account-keys-many = An account has 50 API keys at most. Revoke one first.
account-notify = Notifications
account-notify-opened = Mail me when a secret is opened
account-notify-expired = Mail me when a secret expires unopened
account-notify-hint = For secrets that you share from now on. These mails hold neither the secret nor its link.
account-notify-save = Save
account-notify-saved = Your choice is saved.
account-created = Created
account-used = Last used
account-never = never
account-sessions = Sessions
account-sessions-count = { $count ->
    [one] You are signed in here only.
   *[other] You are signed in at { $count } places.
 }
account-signout-all = Sign out everywhere

## How it works, errors
about-heading = How it works
about-lead = You put a secret in and get a link. The first person who opens the link and presses the button reads it. Then the link opens nothing, and nothing of the secret is left here.
about-once-heading = Once
about-once = Looking at a link changes nothing: previews and mail scanners may fetch it. Only the button opens it. A wrong passphrase or a damaged link uses nothing up. If the answer is lost on its way, the same tab can have it again for { $seconds } seconds.
about-device = The page encrypts before it sends. The key is the part of the link behind #, which browsers never send to a server. Who holds this server, its disk and its backups cannot read the secret. It does not protect you from a page that was changed by whoever runs this server; the command-line client does.
about-server = Where the page cannot encrypt, and for links made by programs, the server does it. It sees the text for that moment and stores it under a key that is in the link only.
about-passphrase = A passphrase adds a second key. Mail systems that rewrite links see the whole link; a passphrase told another way is the answer.
about-mail = A link that the server mails waits here until it is sent, for one day at most, and this server can open it meanwhile. The mail server, and everybody on the mail's way, can open it too: a passphrase told another way is the answer. Notifications hold neither the secret nor its link.
about-limits-heading = What this does not protect from
about-limits = Somebody who gets the link before its reader. A screen that is watched, a device that is infected. What the reader does with the secret afterwards.
about-kept-heading = What is kept
about-kept = Until it ends: the sealed secret, when it was made and when it expires. Afterwards a receipt for the sender, with times and without content, for twice the lifetime. No IP addresses, no third parties, no cookies before you sign in or choose a language.
about-unreviewed = The text of this page in this language was not yet reviewed by a native speaker.
error-heading = Something went wrong
error-none-heading = There is no such page
error-none = Check the address.

## Mail
mail-link-subject = { $sender } sent you a secret
mail-link-first = { $sender } sent you a secret through { $name }. If you do not expect it, ask them before you open it, by telephone for example.
mail-link-open = Go to the secret
mail-passphrase = You need a passphrase to open it. The sender tells it to you another way, never by mail.
mail-link-ask = Questions? Your answer to this mail goes to { $sender }.
mail-copy = If that does not work, copy this address into your browser:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Secret of { $time }
   *[other] Secret for { $recipient } of { $time }
 }
mail-chosen = You get this mail because you chose it under Account, Notifications.
mail-invite-new = Somebody, hopefully you, asked for an account with { $name }. To confirm it, set a password.
mail-invite-back = Somebody, hopefully you, asked for a new password with { $name }.
mail-invite-costs = Once a new password is set, API keys, sessions and the earlier password stop working, and the list of earlier secrets starts empty.
mail-invite-until = The link works once, until { $time }.
mail-invite-ignore = If it was not you, do nothing. Then nothing changes.
mail-abuse = Is something wrong with this mail? Tell who runs this server: { $contact }
