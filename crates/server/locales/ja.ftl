# glossary: secret = 機密情報; link = リンク; passphrase = パスフレーズ; reveal = 表示; burn = 破棄; receipt = 送信控え; expire = 期限切れ;
# glossary: sealed on your device = 端末上で暗号化; sealed on the server = サーバー上で暗号化;
# glossary: opened = 開封; withdrawn = 取り消し; sign in = ログイン. Form of address: です・ます.
reviewed = -

## Every page
skip = 本文へ移動
nav-signout = ログアウト
nav-api = API
language = 言語
language-change = 言語を変更
navigation = ページ
preview-title = 一人だけが読める機密情報
preview-text = このリンクは一度しか使えません。ご本人が開いてください。
insecure-banner = この接続は暗号化されていません。お試し以外には使わないでください。
insecure-heading = このページはhttpsで開きます
insecure-text = このサーバーには安全に接続できます。ここで入力した内容は、暗号化されずに送られてしまいます。
insecure-open = { $url }を開く
press-copy = Ctrl+Cを押してください
trouble-lost = 接続が切れました。今すぐ、このタブでもう一度お試しください。
trouble-later = 試行回数が多すぎます。{ $time }ほど待ってから、もう一度お試しください。失われたものはありません。
trouble-mails = { $email ->
    [none] このアカウントから最近送信されたメールが多すぎます。{ $time }ほど待ってから、もう一度お試しください。失われたものはありません。
    [left] 下のリンクは作成済みで、リンクを記載したメールをそれぞれに送信します。残りの宛先はフォームに残っています。{ $time }ほど待ってから、リンクを作成してください。
   *[other] 最近{ $email }宛てのメールが多すぎるため、今は送信できません。{ $time }ほど待ってから、もう一度お試しになるか、リンクをご自分で送ってください。
 }
trouble-server = サーバーは現在この操作を実行できません。失われたものはありません。しばらくしてからもう一度お試しください。
trouble-form = このフォームは古くなっています。ページを開き直して、同じ操作をもう一度行ってください。何も変更されていません。
minutes = { $count ->
   *[other] { $count }分
 }
hours = { $count ->
   *[other] { $count }時間
 }
days = { $count ->
   *[other] { $count }日
 }

## Words that several pages use
secret = 機密情報
files = ファイル
passphrase = パスフレーズ
label = ラベル
recipient = 受信者
copy-link = リンクをコピー
made = 作成
expires = 有効期限
password = パスワード
new-password = 新しいパスワード
address-wrong = メールアドレスではありません：{ $name }

## What seals, and where
device-name = 端末上で暗号化
device-text = このサーバーが受け取るのは、サーバー自身には開けないデータだけです。鍵はリンクの中にあります。
server-name = サーバー上で暗号化
server-text = 暗号化する一瞬だけ、サーバーは内容を扱います。保管されるデータはリンクがなければ開けません。
because-scripts = （JavaScriptが無効なため）
because-http = （このページがhttpsで開かれていないため）
because-mail = （サーバーがリンクをメールで送るため）

## Share
share-heading = 機密情報を共有
share-lead = 一人に一度だけ読んでもらいたい内容を、入力するか貼り付けてください。相手に渡すリンクが作成されます。
share-secret-hint = テキストは{ $size }まで。
share-files-add = ファイルを追加
share-files-hint = { $count }個まで、合計{ $size }まで。ドラッグや貼り付けでも追加できます。
share-files-sign-in = ファイルを送るにはログイン
share-files-scripts = JavaScriptが無効な場合、このページで送れるのはテキストだけです。
share-files-https = ファイルは端末上で暗号化されるため、httpsが必要です。このページで送れるのはテキストだけです。
share-text-or-files = 送れるのはテキストかファイルのどちらか一方です。テキストを入力するには、ファイルを取り除いてください。
share-remove = { $name }を取り除く
share-generate = パスワードを生成
share-length = 文字数
share-symbols = 記号
share-expires = 有効期間
share-passphrase-hint = 任意。電話など、リンクとは別の方法で相手に伝えてください。
share-show = パスフレーズを見る
share-hide = パスフレーズを隠す
share-suggest = パスフレーズを提案
share-label-hint = 任意。ご自分の一覧にだけ表示されます。
share-recipients = 送信先（メール）
share-recipients-hint = 任意。サーバーがリンクをメールで送ります。宛先は10件までで、それぞれに別の機密情報とリンクが作成されます。
share-recipients-many = 宛先が多すぎます。{ $count }件までです。
share-files-not-mailed = ファイルは端末上で暗号化されるため、このサーバーはリンクをメールで送れません。リンクをコピーして、ご自分で送ってください。
share-create = リンクを作成
share-sealing = 暗号化しています…
share-sending = 送信しています…
share-unsealed = このブラウザーでは暗号化できませんでした。何も送信されていません。もう一度試すか、別のブラウザーをお使いください。
share-accounts-only = 機密情報を共有するにはログインしてください。リンクを受け取った方は、アカウントがなくても開けます。
share-signed-out = ログアウトされました。もう一度ログインするか、アカウントを使わずにリンクを作成してください。
share-empty = 共有する内容がまだありません。テキストを入力するか、ファイルを追加してください。
share-too-long = テキストが{ $size }を超えています。短くするか、ログインして上限を広げてください。
share-too-large = 上限を超えています。ファイルは{ $count }個まで、合計{ $size }までです。
share-name-long = ファイル名「{ $name }」は長すぎます。
share-file-unread = { $name }を読み込めませんでした。もう一度追加してください。
share-full = このサーバーには現在、新しい機密情報を保管する空きがありません。後でもう一度お試しください。

## The link that was made
result-heading = リンクができました
result-lead = 一人だけに送ってください。
result-once = 開けるのは一度だけです。
result-until = 有効期限は{ $time }です。
result-mailed = リンクを記載したメールを { $email } に送信します。
result-links = リンクはそれぞれ一人のためのもので、一度だけ開けます。リンクを記載したメールをそれぞれに送信します。
result-link = リンク
result-copied = リンクをコピーしました
result-qr = QRコードを表示
result-qr-name = リンクのQRコード
result-share = 共有…
result-mail = メールを作成
result-mail-subject = 機密情報をお送りします
result-mail-body = このリンクは一度しか開けません。内容を読んで控える時間のあるときに、ご本人が開いてください。
result-passphrase-hint = リンクとは別の方法で相手に伝えてください。再び表示されることはありません。
result-copy-passphrase = パスフレーズをコピー
result-passphrase-copied = パスフレーズをコピーしました
result-receipt = 送信控えを開く
result-receipt-hint = 送信控えは送信者のためのものです。リンクが開封されたかどうか、いつ開封されたかを確認できます。
result-another = 別の機密情報を共有

## Reveal
reveal-heading = 機密情報が届いています
reveal-text = 約{ $size }のテキストです。
reveal-files = { $count ->
   *[other] ファイル{ $count }個、合計約{ $size }です。
 }
reveal-files-uncounted = 合計約{ $size }のファイルです。
reveal-once = 開けるのは、受け取ったご本人が一度だけです。読んで控える時間のあるときに表示してください。
reveal-until = 有効期限は{ $time }です。
reveal-passphrase-hint = リンクとは別の方法で、送信者から伝えられたものです。
reveal-passphrase-needed = 先にパスフレーズを入力してください。
reveal-wrong = パスフレーズが違います。リンクはまだ有効です。もう一度お試しください。
reveal-locked = 間違ったパスフレーズが何度も入力されました。送信控えのページでロックを解除するよう、送信者に依頼してください。リンクはまだ有効です。
reveal-button = 機密情報を表示
reveal-opening = 開いています…
reveal-in-app = メールアプリの中ではファイルを保存できないことがあります。先にこのページをブラウザーで開いてください。
reveal-scripts = この機密情報は送信者の端末上で暗号化されています。このページで開くにはJavaScriptが必要です。まだ何も開封されていません。
reveal-http = このリンクはhttpsでのみ開けます。まだ何も開封されていません。
reveal-newer = このリンクは新しいバージョンで作成されています。まだ何も開封されていません。送信者に問い合わせるか、作成元のサーバーで開いてください。
reveal-not-opened = 受け取ったデータはこのリンクでは開けません。新しいリンクを送信者に依頼してください。
revealed-heading = 届いた機密情報
revealed-copy = 機密情報をコピー
revealed-copied = 機密情報をコピーしました
revealed-hide = 機密情報を隠す
revealed-show = 機密情報を見る
revealed-save = { $name }を保存
revealed-saving = 何も起こらない場合、このアプリではファイルを保存できない可能性があります。もう一度試すか、{ $seconds }秒以内にこのリンクをブラウザーで開いてください。
revealed-used-up = このリンクは使用済みです。ほかの人が開くことはできません。必要な内容は、このページを離れる前にコピーしてください。
revealed-save-first = このリンクは使用済みです。ほかの人が開くことはできません。必要なファイルは、このページを離れる前に保存してください。
revealed-again = うまくいかなかったときは、{ $seconds }秒以内にこのタブを再読み込みすると、もう一度表示されます。その後は何も残りません。
revealed-forget = 控えたので今すぐ消去
revealed-forgotten = 消去しました。この機密情報は、このサーバーには何も残っていません。
revealed-here = この機密情報は、ここで開封済みです（{ $time }）。
incomplete-heading = このリンクは不完全です
incomplete-text = #より後の部分がありません。メールシステムによっては切り取られることがあります。リンク全体をここに貼り付けるか、もう一度送るよう送信者に依頼してください。まだ何も開封されていません。
incomplete-wrong = #より後の部分がこのリンクと合いません。メールシステムによっては書き換えられることがあります。リンク全体をここに貼り付けるか、もう一度送るよう送信者に依頼してください。リンクはまだ有効です。
incomplete-link = リンク全体
incomplete-continue = 続ける
incomplete-receipt = これは送信控えのリンクです。/secret/を含むリンクを送信者に依頼してください。
incomplete-other = このリンクは別のサーバーのものです。
incomplete-still = このリンクも不完全です。
gone-heading = このリンクでは何も開けません
gone-why = すでに開封されたか、送信者が取り消したか、期限切れになった可能性があります。あるいは、リンクの一部が欠けています。
gone-ask = リンクを送った方に問い合わせてください。送信控えで、開封されたかどうかと日時を確認できます。開封したのがご自身でない場合は、書かれていたパスワードなどの変更を送信者に依頼してください。
contact = お問い合わせ：

## Receipt
receipt-heading = 送信控え
receipt-lead = このページは機密情報の送信者のためのものです。機密情報そのものはここにはありません。機密情報を読むためにこのページを受け取った場合は、/secret/を含むリンクを送信者に依頼してください。
receipt-waiting = 未開封
receipt-opened = 開封済み
receipt-burned = 破棄済み
receipt-expired = 未開封のまま期限切れ
receipt-timeline = 経過
receipt-passphrase = 開くにはパスフレーズが必要です。
receipt-device-link = リンクは作成時に一度だけ表示されました。このサーバーにリンクは保存されていません。
receipt-show = リンクを表示
receipt-link-kept = 開封されるまでは、このサーバーでリンクを再び表示できます。
receipt-not-mailed = メールは送信されていません。このサーバーにはメールが設定されていないため、リンクはご自分で送ってください。
receipt-mailed = メール送信
receipt-mail-queued = メールは送信待ちです。
receipt-mail-reply = メールサーバーから、後で再試行するよう求められました（{ $reply }）。
receipt-mail-refused = メールは送信されていません。メールサーバーに拒否されました（{ $reply }）。
receipt-mail-given-up = メールは送信されていません。期限までに受け付けたメールサーバーがありませんでした。
receipt-mail-ended = メールは送信されていません。送信前に機密情報がなくなりました。
receipt-mail-yourself = リンクはご自分で送ってください。
receipt-locked = 間違ったパスフレーズが何度も入力されたため、現在は誰も開けません。入力したのが相手の方であればロックを解除し、そうでなければ破棄してください。
receipt-unlock = ロックを解除
receipt-burn = 機密情報を破棄
receipt-burn-heading = この機密情報を破棄しますか
receipt-burn-text = 読まれないまま破棄されます。リンクでは何も開けなくなり、この操作は取り消せません。
receipt-burn-yes = 破棄する
receipt-burn-no = 残す
receipt-after-opened = 一度開封され、何も残っていません。相手の方が自分ではないと言う場合は、書かれていたパスワードなどを変更してください。
receipt-after-burned = 読まれないまま破棄されました。
receipt-after-expired = 期限までに誰も開封しなかったため、破棄されました。
receipt-kept-until = この送信控えは{ $time }まで保管されます。
receipt-none-heading = この送信控えはありません
receipt-none = 送信控えの保管期間は、機密情報の有効期間の2倍です。アドレスを確認してください。

## Sign in, invitation
signin-heading = ログイン
signin-email = メールアドレス
signin-secret = パスワードまたはAPIキー
signin-wrong = 組み合わせが正しくありません。メールアドレスと、パスワードまたはAPIキーを確認してください。
signin-none = アカウントがない場合は、このサーバーの管理者にお問い合わせください。
signup-heading = アカウントを作成
signup-domains = ここでアカウントを作成できるのは { $domains } のアドレスだけです。
forgot-heading = パスワードを忘れた場合
asked-send = リンクを受け取る
asked-text = このアドレスがここでアカウントを持てる場合は、リンクを記載したメールを送信します。リンクは72時間有効です。
invite-heading = パスワードの設定
invite-lead = { $email }用
invite-button = パスワードを設定
invite-existing = このアカウントはすでに存在します。パスワードを設定すると、これまでのAPIキー、セッション、パスワードは使えなくなり、過去の機密情報の一覧は空になります。リンクと送信控えは引き続き使えます。APIキーをまだお持ちの場合は、そのAPIキーでログインし、「アカウント」でパスワードを設定してください。その場合は何も失われません。
invite-gone = { $mail ->
    [yes] このリンクは無効になりました。すでに使用されたか、新しいリンクに置き換えられたか、期限が切れています。サインインしてください。そこで新しいリンクの送信も依頼できます。
   *[no] この招待は無効になりました。新しい招待をこのサーバーの管理者に依頼してください。
 }
password-hint = 12文字以上。文にすると覚えやすくなります。
password-short = パスワードは12文字以上にしてください。
password-long = パスワードが長すぎます。

## Recent secrets
recent-heading = 最近の機密情報
recent-search = 検索
recent-state = 状態
recent-filter = 適用
recent-all = すべて
recent-waiting = 未開封
recent-expired = 期限切れ
recent-burn-short = 破棄
recent-untitled = ラベルなし
recent-burn = { $label }を破棄
recent-empty = まだ何もありません。ログイン中に共有した機密情報は、有効期間の2倍の間ここに表示されます。
recent-newer = 新しいもの
recent-older = 古いもの

## Account
account-heading = アカウント
account-current = 現在のパスワード
account-change = パスワードを変更
account-changed = パスワードを変更しました。ほかのセッションはログアウトされました。
account-wrong = 現在のパスワードが違います。何も変更されていません。
account-keys = APIキー
account-keys-lead = APIとコネクタで使います。メールアドレスがユーザー名、APIキーがパスワードになります。
account-key-label = APIキーのラベル
account-key-create = APIキーを作成
account-key-new = 新しいAPIキー
account-key-once = 表示されるのは一度だけです。お使いのプログラムから参照できる場所に保存してください。
account-key-copy = APIキーをコピー
account-key-copied = APIキーをコピーしました
account-key-revoke = { $label }を失効させる
account-key-revoked = APIキーを失効させました。
account-label-long = ラベルが長すぎます。100文字以内にしてください。
account-keys-many = APIキーは1つのアカウントに50個までです。先にどれかを失効させてください。
account-notify = 通知
account-notify-opened = 機密情報が開封されたらメールで知らせる
account-notify-expired = 機密情報が未開封のまま期限切れになったらメールで知らせる
account-notify-hint = これから共有する機密情報に適用されます。これらのメールには、機密情報もそのリンクも含まれません。
account-notify-save = 保存
account-notify-saved = 設定を保存しました。
account-created = 作成
account-used = 最終使用
account-never = 未使用
account-sessions = セッション
account-sessions-count = { $count ->
   *[other] ログイン中のセッション：{ $count }件（これを含む）
 }
account-signout-all = すべてログアウト

## How it works, errors
about-heading = 仕組み
about-lead = 機密情報を入力すると、リンクが作成されます。最初にリンクを開いてボタンを押した人が内容を読みます。その後、リンクでは何も開けなくなり、機密情報はここに何も残りません。
about-once-heading = 一度だけ
about-once = リンクを見るだけでは何も変わりません。プレビューやメールの検査システムがアクセスしても問題ありません。開封するのはボタンだけです。パスフレーズを間違えたりリンクが壊れていたりしても、リンクは有効なままです。応答が途中で失われた場合は、同じタブで{ $seconds }秒以内ならもう一度受け取れます。
about-device = ページは送信の前に暗号化します。鍵はリンクの#より後の部分で、ブラウザーがこれをサーバーに送ることはありません。このサーバーやディスク、バックアップを手に入れた人も、機密情報を読むことはできません。ただし、サーバーの運営者がページを改変した場合は防げません。その場合も、コマンドラインクライアントを使えば防げます。
about-server = ページで暗号化できない場合と、プログラムが作成するリンクの場合は、サーバーが暗号化します。サーバーはその間だけ内容を扱い、リンクの中にしかない鍵で暗号化して保管します。
about-passphrase = パスフレーズは二つ目の鍵になります。リンクを書き換えるメールシステムにはリンク全体が見えますが、パスフレーズを別の方法で伝えておけば対策になります。
about-mail = サーバーがメールで送るリンクは、送信されるまで最長1日このサーバーに保管され、その間はこのサーバーにも開けます。メールサーバーや、メールの経路上にいる誰にでも開けますが、パスフレーズを別の方法で伝えておけば対策になります。通知には、機密情報もそのリンクも含まれません。
about-limits-heading = 防げないこと
about-limits = 相手より先に誰かがリンクを手に入れること。画面ののぞき見や、端末のウイルス感染。相手が読んだ後に機密情報をどう扱うか。
about-kept-heading = 保管されるもの
about-kept = 終了するまで：暗号化された機密情報、作成日時、有効期限。終了後：送信者のための送信控え（日時のみ、内容なし）を、有効期間の2倍の間。IPアドレスは保管せず、第三者も関与しません。ログインするか言語を選ぶまで、Cookieも使いません。
about-unreviewed = このページの日本語は、まだ母語話者による確認を受けていません。
error-heading = 問題が発生しました
error-none-heading = このページはありません
error-none = アドレスを確認してください。

## Mail
mail-link-subject = { $sender }から機密情報が届いています
mail-link-first = { $sender }から{ $name }を通じて機密情報が届いています。心当たりがない場合は、開く前に、電話などで送信者に確認してください。
mail-link-open = 機密情報のページへ
mail-passphrase = 開くにはパスフレーズが必要です。パスフレーズは送信者から別の方法で伝えられます。メールで送られることはありません。
mail-link-ask = ご質問は、このメールに返信してください。返信は{ $sender }に届きます。
mail-copy = 開けない場合は、このアドレスをブラウザーにコピーしてください：
mail-pair = { $name }：{ $value }
mail-untitled = { $recipient ->
    [none] { $time }の機密情報
   *[other] { $time }の{ $recipient }宛ての機密情報
 }
mail-chosen = 「アカウント」の「通知」で受け取る設定になっているため、このメールをお送りしています。
mail-invite-new = { $name }のアカウントの申し込みがありました。ご本人による申し込みであれば、パスワードを設定して確認してください。
mail-invite-back = { $name }のパスワードの再設定の申し込みがありました。
mail-invite-costs = 新しいパスワードを設定すると、これまでのAPIキー、セッション、パスワードは使えなくなり、過去の機密情報の一覧は空になります。
mail-invite-until = リンクは{ $time }まで、一度だけ使えます。
mail-invite-ignore = お心当たりがない場合は、何もする必要はありません。何も変わりません。
mail-abuse = このメールに問題がある場合は、このサーバーの管理者にお知らせください：{ $contact }
