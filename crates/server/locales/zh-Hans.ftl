# glossary: secret = 机密信息; link = 链接; passphrase = 口令; reveal = 显示; burn = 销毁; receipt = 回执; expire = 过期;
# glossary: sealed on your device = 在您的设备上加密; sealed on the server = 在服务器上加密;
# glossary: opened = 已打开; withdrawn = 撤回; sign in = 登录. Form of address: 您, sparingly.
reviewed = -

## Every page
skip = 跳到正文
nav-signout = 退出登录
nav-api = API
language = 语言
language-change = 更改语言
navigation = 页面
preview-title = 仅供一人阅读的机密信息
preview-text = 此链接只能使用一次，请由收件人本人打开。
insecure-banner = 此连接未加密，仅供试用。
insecure-heading = 此页面需通过 https 打开
insecure-text = 可以安全地连接到此服务器。在当前页面输入的内容会以明文传输。
insecure-open = 改为打开 { $url }
press-copy = 请按 Ctrl+C
trouble-lost = 连接已中断。请立即在此标签页中重试。
trouble-later = 尝试次数过多。请等待 { $time }后重试。内容未受影响。
trouble-mails = { $email ->
    [none] 此账户最近发送的邮件过多。请等待 { $time }后重试。内容未受影响。
    [left] 下面的链接已创建，包含链接的邮件正在发出。其余地址仍在表单中：请等待 { $time }后再为其创建链接。
   *[other] 最近发往 { $email } 的邮件过多，暂时无法再发送。请等待 { $time }后重试，或自行发送链接。
 }
trouble-server = 服务器暂时无法执行此操作。内容未受影响，请稍后重试。
trouble-form = 此表单已失效。请重新打开页面并重复刚才的操作。未作任何更改。
minutes = { $count ->
   *[other] { $count } 分钟
 }
hours = { $count ->
   *[other] { $count } 小时
 }
days = { $count ->
   *[other] { $count } 天
 }

## Words that several pages use
secret = 机密信息
files = 文件
passphrase = 口令
label = 备注
recipient = 收件人
copy-link = 复制链接
made = 创建时间
expires = 过期时间
password = 密码
new-password = 新密码
address-wrong = 不是电子邮件地址：{ $name }

## What seals, and where
device-name = 在您的设备上加密
device-text = 此服务器只收到它无法打开的内容，密钥在链接中。
server-name = 在服务器上加密
server-text = 服务器只在加密的片刻接触文本，保存下来的内容只能用链接打开。
because-scripts = （原因：JavaScript 已停用）
because-http = （原因：此页面未通过 https 打开）
because-mail = （原因：服务器将通过邮件发送链接）

## Share
share-heading = 分享机密信息
share-lead = 输入或粘贴只想让一个人阅读一次的内容，然后把生成的链接发给对方。
share-secret-hint = 文本不超过 { $size }。
share-files-add = 添加文件
share-files-hint = 最多 { $count } 个文件，合计不超过 { $size }。也可以拖放或粘贴。
share-files-sign-in = 登录后可发送文件
share-files-scripts = 未启用 JavaScript 时，此页面只能发送文本。
share-files-https = 文件要在您的设备上加密，需要 https。此页面只能发送文本。
share-text-or-files = 一份机密信息只能是文本或文件。如需输入文本，请先移除文件。
share-remove = 移除 { $name }
share-generate = 生成密码
share-length = 长度
share-symbols = 符号
share-expires = 有效期
share-passphrase-hint = 可选。请通过电话等其他途径告知对方。
share-show = 查看口令
share-hide = 隐藏口令
share-suggest = 推荐口令
share-label-hint = 可选。仅在您自己的列表中可见。
share-recipients = 发送至（电子邮件）
share-recipients-hint = 可选。服务器会通过邮件发送链接。最多十个地址，每个地址都有单独的机密信息和链接。
share-recipients-many = 地址太多；最多 { $count } 个。
share-files-not-mailed = 文件要在您的设备上加密，因此此服务器无法通过邮件发送链接。请复制链接并自行发送。
share-create = 创建链接
share-sealing = 正在加密…
share-sending = 正在发送…
share-unsealed = 此浏览器无法加密。尚未发送任何内容。请重试，或换用其他浏览器。
share-accounts-only = 登录后才能分享机密信息。收到链接的人无需账户即可打开。
share-signed-out = 您已被退出登录。请重新登录，或不使用账户创建链接。
share-empty = 还没有可分享的内容。请输入文本或添加文件。
share-too-long = 文本超过 { $size }。请缩短文本，或登录以提高上限。
share-too-large = 超出上限：最多 { $count } 个文件，合计不超过 { $size }。
share-name-long = 文件名“{ $name }”过长。
share-file-unread = 无法读取 { $name }，请重新添加。
share-full = 此服务器目前没有空间存放新的机密信息，请稍后重试。

## The link that was made
result-heading = 链接已创建
result-lead = 请只发给一个人。
result-once = 链接只能打开一次，之后失效。
result-until = 有效期至 { $time }。
result-mailed = 包含链接的邮件正在发往 { $email }。
result-links = 每个链接只供一人使用，只能打开一次。包含链接的邮件正在发出。
result-link = 链接
result-copied = 链接已复制
result-qr = 显示二维码
result-qr-name = 链接的二维码
result-share = 分享…
result-mail = 写邮件
result-mail-subject = 发给您的机密信息
result-mail-body = 此链接只能打开一次。请由您本人在有时间阅读并保存内容时打开：
result-passphrase-hint = 请通过链接以外的途径告知对方。口令不会再次显示。
result-copy-passphrase = 复制口令
result-passphrase-copied = 口令已复制
result-receipt = 打开回执
result-receipt-hint = 回执供您自己使用：可查看链接是否已被打开以及打开时间。
result-another = 再分享一份机密信息

## Reveal
reveal-heading = 有人给您发来一份机密信息
reveal-text = 文本，约 { $size }。
reveal-files = { $count ->
   *[other] { $count } 个文件，合计约 { $size }。
 }
reveal-files-uncounted = 文件，合计约 { $size }。
reveal-once = 只能由您打开一次。请在有时间阅读并保存时再显示。
reveal-until = 有效期至 { $time }。
reveal-passphrase-hint = 发件人已通过链接以外的途径告知您。
reveal-passphrase-needed = 请先输入口令。
reveal-wrong = 口令不正确。链接仍然有效，请重试。
reveal-locked = 口令输错次数过多。请联系发件人，在回执页面解锁此机密信息。链接仍然有效。
reveal-button = 显示机密信息
reveal-opening = 正在打开…
reveal-in-app = 在邮件应用中保存文件可能失败，请先用浏览器打开此页面。
reveal-scripts = 此机密信息是在发件人的设备上加密的。此页面需要 JavaScript 才能打开它。尚未打开任何内容。
reveal-http = 此链接只能通过 https 打开。尚未打开任何内容。
reveal-newer = 此链接由较新的版本创建。尚未打开任何内容。请联系发件人，或在创建链接的服务器上打开。
reveal-not-opened = 收到的内容无法用此链接打开。请联系发件人获取新链接。
revealed-heading = 您收到的机密信息
revealed-copy = 复制机密信息
revealed-copied = 机密信息已复制
revealed-hide = 隐藏机密信息
revealed-show = 查看机密信息
revealed-save = 保存 { $name }
revealed-saving = 如果没有反应，可能是此应用无法保存文件。请重试，或在 { $seconds } 秒内用浏览器打开此链接。
revealed-used-up = 此链接已用过，其他人无法再打开。离开此页面前，请复制需要的内容。
revealed-save-first = 此链接已用过，其他人无法再打开。离开此页面前，请保存需要的内容。
revealed-again = 如果出现问题，在 { $seconds } 秒内重新加载此标签页可再显示一次，之后不再保留任何内容。
revealed-forget = 我已保存，立即清除
revealed-forgotten = 已清除。此服务器上不再有这份机密信息的任何内容。
revealed-here = 您已在此处打开过这份机密信息（{ $time }）。
incomplete-heading = 此链接不完整
incomplete-text = 缺少 # 之后的部分，有些邮件系统会将其截断。请在此处粘贴完整链接，或请发件人重新发送。尚未打开任何内容。
incomplete-wrong = # 之后的部分与此链接不符，有些邮件系统会改动它。请在此处粘贴完整链接，或请发件人重新发送。链接仍然有效。
incomplete-link = 完整链接
incomplete-continue = 继续
incomplete-receipt = 这是回执的链接。请向发件人索取包含 /secret/ 的链接。
incomplete-other = 此链接指向另一台服务器。
incomplete-still = 此链接也不完整。
gone-heading = 此链接无法打开任何内容
gone-why = 它可能已被打开、被发件人撤回或已过期，也可能是链接缺少一部分。
gone-ask = 请询问发送链接的人：对方可在回执中查看链接是否已被打开以及打开时间。如果已被打开，而打开的人不是您，对方应更改其中的内容，例如密码。
contact = 如有疑问，请联系：

## Receipt
receipt-heading = 回执
receipt-lead = 此页面供机密信息的发件人使用，页面上没有机密信息本身。如果有人发来此页面让您阅读机密信息，请向对方索取包含 /secret/ 的链接。
receipt-waiting = 等待打开
receipt-opened = 已打开
receipt-burned = 已销毁
receipt-expired = 未打开，已过期
receipt-timeline = 时间线
receipt-passphrase = 需要口令才能打开。
receipt-device-link = 链接只在创建时显示过一次，此服务器并不知道该链接。
receipt-show = 显示链接
receipt-link-kept = 在机密信息被打开之前，此服务器可以再次显示链接。
receipt-not-mailed = 未发送邮件：此服务器未设置邮件功能。请自行发送链接。
receipt-mailed = 已发送邮件
receipt-mail-queued = 邮件正在等待发送。
receipt-mail-reply = 邮件服务器要求稍后再试（{ $reply }）。
receipt-mail-refused = 未发送邮件：邮件服务器拒绝接收（{ $reply }）。
receipt-mail-given-up = 未发送邮件：在期限内没有邮件服务器接收。
receipt-mail-ended = 未发送邮件：机密信息在此之前已不存在。
receipt-mail-yourself = 请自行发送链接。
receipt-locked = 口令输错次数过多，现在无人可以打开。如果是收件人所为，请解锁；否则请销毁。
receipt-unlock = 解锁
receipt-burn = 销毁机密信息
receipt-burn-heading = 要销毁这份机密信息吗？
receipt-burn-text = 它将在未被阅读的情况下销毁。链接将无法再打开任何内容，且此操作无法撤销。
receipt-burn-yes = 销毁
receipt-burn-no = 保留
receipt-after-opened = 它已被打开一次，没有留下任何内容。如果收件人表示不是本人打开的，请更改其中的内容，例如密码。
receipt-after-burned = 它已在未被阅读的情况下销毁。
receipt-after-expired = 没有人在有效期内打开，它已被销毁。
receipt-kept-until = 此回执保存至 { $time }。
receipt-none-heading = 没有这份回执
receipt-none = 回执的保存时间是机密信息有效期的两倍。请检查网址。

## Sign in, invitation
signin-heading = 登录
signin-email = 电子邮箱
signin-secret = 密码或 API 密钥
signin-wrong = 信息不匹配。请检查邮箱地址，以及密码或 API 密钥。
signin-none = 没有账户？请联系此服务器的管理员。
signup-heading = 创建账户
signup-domains = 此处的账户仅限 { $domains } 的地址。
forgot-heading = 忘记密码？
asked-send = 发送链接给我
asked-text = 如果此地址可以在这里拥有账户，包含链接的邮件正在发出。链接在 72 小时内有效。
invite-heading = 设置密码
invite-lead = 账户：{ $email }
invite-button = 设置密码
invite-existing = 此账户已存在。设置密码后，它原有的 API 密钥、会话和密码都将失效，以往机密信息的列表也会清空。链接和回执仍然可用。如果您还有 API 密钥，请改用它登录，然后在“账户”页面设置密码，这样不会丢失任何内容。
invite-gone = { $mail ->
    [yes] 此链接已失效：已被使用、已被新链接取代或已过期。请登录；也可以在登录页面重新获取链接。
   *[no] 此邀请已失效。请联系此服务器的管理员获取新邀请。
 }
password-hint = 至少 12 个字符。用一句话作密码更容易记住。
password-short = 密码至少需要 12 个字符。
password-long = 密码过长。

## Recent secrets
recent-heading = 最近的机密信息
recent-search = 搜索
recent-state = 状态
recent-filter = 应用
recent-all = 全部
recent-waiting = 等待打开
recent-expired = 已过期
recent-burn-short = 销毁
recent-untitled = 无备注
recent-burn = 销毁 { $label }
recent-empty = 这里还没有内容。登录后分享的机密信息会在此列出，保留时间为有效期的两倍。
recent-newer = 较新
recent-older = 较旧

## Account
account-heading = 账户
account-current = 当前密码
account-change = 更改密码
account-changed = 密码已更改，其他会话已退出登录。
account-wrong = 当前密码不正确。未作任何更改。
account-keys = API 密钥
account-keys-lead = 用于 API 和连接器：邮箱地址是用户名，密钥是密码。
account-key-label = 密钥备注
account-key-create = 创建 API 密钥
account-key-new = 新 API 密钥
account-key-once = 密钥只显示一次。请保存到您的程序能够读取的位置。
account-key-copy = 复制 API 密钥
account-key-copied = API 密钥已复制
account-key-revoke = 吊销 { $label }
account-key-revoked = 密钥已吊销。
account-label-long = 备注过长，最多 100 个字符。
account-keys-many = 一个账户最多有 50 个 API 密钥。请先吊销一个。
account-notify = 通知
account-notify-opened = 机密信息被打开时发邮件通知我
account-notify-expired = 机密信息未打开就过期时发邮件通知我
account-notify-hint = 适用于您从现在起分享的机密信息。这些邮件既不包含机密信息，也不包含其链接。
account-notify-save = 保存
account-notify-saved = 您的选择已保存。
account-created = 创建时间
account-used = 上次使用
account-never = 从未使用
account-sessions = 会话
account-sessions-count = { $count ->
   *[other] 当前共有 { $count } 处登录（包括此处）。
 }
account-signout-all = 退出所有登录

## How it works, errors
about-heading = 工作原理
about-lead = 输入机密信息，得到一个链接。第一个打开链接并按下按钮的人可以读到内容。此后链接无法再打开任何内容，机密信息也不会继续保存在此处。
about-once-heading = 只能打开一次
about-once = 仅查看链接不会改变任何状态，预览程序和邮件扫描程序访问它也没有影响。只有按下按钮才会打开。口令错误或链接损坏不会使链接失效。如果响应在途中丢失，同一标签页可在 { $seconds } 秒内再次获取。
about-device = 页面先加密，再发送。密钥是链接中 # 之后的部分，浏览器从不把它发送给服务器。即使掌握此服务器、其磁盘和备份，也无法读取机密信息。但如果此服务器的管理员改动了页面，这种方式无法提供保护；命令行客户端可以。
about-server = 如果页面无法加密，或链接由程序创建，则由服务器加密。服务器只在那一刻接触文本，并用只存在于链接中的密钥加密保存。
about-passphrase = 口令相当于第二把密钥。会改写链接的邮件系统能看到完整链接；通过其他途径告知口令，可以防范这种情况。
about-mail = 服务器通过邮件发送的链接会在此等待发送，最长一天，在此期间此服务器可以打开它。邮件服务器以及邮件途经的任何人也可以打开它；通过其他途径告知口令，可以防范这种情况。通知既不包含机密信息，也不包含其链接。
about-limits-heading = 无法防范的情况
about-limits = 有人先于收件人拿到链接；屏幕被人窥视，设备感染恶意软件；收件人之后如何处理机密信息。
about-kept-heading = 保存的内容
about-kept = 结束之前：加密后的机密信息、创建时间和过期时间。结束之后：为发件人保留一份回执，只有时间，没有内容，保存时间为有效期的两倍。不记录 IP 地址，不涉及第三方；在您登录或选择语言之前，不使用 Cookie。
about-unreviewed = 此页面的中文文本尚未经母语人士审校。
error-heading = 出错了
error-none-heading = 没有这个页面
error-none = 请检查网址。

## Mail
mail-link-subject = { $sender } 向您发送了一条机密信息
mail-link-first = { $sender } 通过 { $name } 向您发送了一条机密信息。如果您没有料到会收到它，请在打开之前先向对方核实，例如打电话。
mail-link-open = 前往机密信息
mail-passphrase = 需要口令才能打开。发件人会通过其他途径告知您，绝不会通过邮件发送。
mail-link-ask = 如有疑问，请直接回复此邮件，回复会发送给 { $sender }。
mail-copy = 如果无法打开，请将此网址复制到浏览器：
mail-pair = { $name }：{ $value }
mail-untitled = { $recipient ->
    [none] { $time } 的机密信息
   *[other] { $time } 发给 { $recipient } 的机密信息
 }
mail-chosen = 您收到此邮件，是因为您在“账户”的“通知”中选择了接收。
mail-invite-new = 有人（希望是您本人）申请了 { $name } 的账户。如需确认，请设置密码。
mail-invite-back = 有人（希望是您本人）申请了 { $name } 的新密码。
mail-invite-costs = 设置新密码之后，原有的 API 密钥、会话和密码都将失效，以往机密信息的列表也会清空。
mail-invite-until = 此链接只能使用一次，有效期至 { $time }。
mail-invite-ignore = 如果不是您本人，请不要进行任何操作，一切将保持不变。
mail-abuse = 此邮件有问题？请告知此服务器的管理员：{ $contact }
