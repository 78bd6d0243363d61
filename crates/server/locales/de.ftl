# glossary: secret = Geheimnis; link = Link; passphrase = Passphrase; reveal = anzeigen; burn = vernichten; receipt = Beleg;
# glossary: expire = ablaufen; sealed on your device = auf Ihrem Gerät versiegelt; sealed on the server = auf dem Server versiegelt;
# glossary: opened = geöffnet; withdrawn = zurückgezogen; sign in = anmelden
# Lines that begin with `reviewed` say who read a language as a native speaker; a dash: nobody yet.
reviewed = -

## Every page
skip = Zum Inhalt springen
nav-signout = Abmelden
nav-api = API
language = Sprache
language-change = Sprache ändern
navigation = Seiten
preview-title = Ein Geheimnis für eine einzige Person
preview-text = Öffnen Sie diesen Link selbst: Er funktioniert nur einmal.
insecure-banner = Diese Verbindung ist nicht verschlüsselt. Verwenden Sie sie nur zum Ausprobieren.
insecure-heading = Diese Seite ist nur über https zugänglich
insecure-text = Dieser Server ist über eine sichere Verbindung erreichbar. Auf diesem Weg würde unverschlüsselt übertragen, was Sie eingeben.
insecure-open = Stattdessen { $url } öffnen
press-copy = Drücken Sie Ctrl+C
trouble-lost = Die Verbindung wurde unterbrochen. Versuchen Sie es jetzt in diesem Tab noch einmal.
trouble-later = Im Moment sind es zu viele Versuche. Warten Sie { $time } und versuchen Sie es dann noch einmal. Es ist nichts verloren.
trouble-mails = { $email ->
    [none] Von diesem Konto gingen zuletzt sehr viele E-Mails aus. Warten Sie { $time } und versuchen Sie es dann noch einmal. Es ist nichts verloren.
    [left] Die Links unten sind erstellt, die E-Mails dazu sind unterwegs. Die übrigen Adressen stehen noch im Formular: Warten Sie { $time } und erstellen Sie dann deren Links.
   *[other] An { $email } gingen zuletzt so viele E-Mails, dass vorerst keine weiteren dorthin gehen. Warten Sie { $time } und versuchen Sie es dann noch einmal, oder schicken Sie den Link selbst.
 }
trouble-server = Der Server kann das gerade nicht ausführen. Es ist nichts verloren; versuchen Sie es gleich noch einmal.
trouble-form = Dieses Formular ist nicht mehr aktuell. Öffnen Sie die Seite neu und wiederholen Sie Ihre Eingabe. Es wurde nichts geändert.
minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
 }
hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
 }
days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
 }

## Words that several pages use
secret = Geheimnis
files = Dateien
passphrase = Passphrase
label = Bezeichnung
recipient = Empfänger
copy-link = Link kopieren
made = Erstellt
expires = Läuft ab
password = Passwort
new-password = Neues Passwort
address-wrong = Keine E-Mail-Adresse: { $name }.

## What seals, and where
device-name = Auf Ihrem Gerät versiegelt
device-text = Dieser Server erhält nur, was er nicht öffnen kann; der Schlüssel steckt im Link.
server-name = Auf dem Server versiegelt
server-text = Der Server sieht den Text einen Moment lang, während er ihn versiegelt. Was er aufbewahrt, lässt sich nur mit dem Link öffnen.
because-scripts = – weil JavaScript ausgeschaltet ist
because-http = – weil diese Seite nicht über https geöffnet wurde
because-mail = – weil der Server den Link per E-Mail verschickt

## Share
share-heading = Ein Geheimnis teilen
share-lead = Schreiben Sie hier, was eine Person ein einziges Mal lesen soll, oder fügen Sie es ein. Sie erhalten einen Link für diese Person.
share-secret-hint = Bis zu { $size } Text.
share-files-add = Dateien hinzufügen
share-files-hint = Bis zu { $count } Dateien, zusammen { $size }. Sie können sie auch hierher ziehen oder einfügen.
share-files-sign-in = Anmelden, um Dateien zu senden
share-files-scripts = Ohne JavaScript nimmt diese Seite nur Text an.
share-files-https = Dateien werden auf Ihrem Gerät versiegelt, und das geht nur über https. Diese Seite nimmt nur Text an.
share-text-or-files = Ein Geheimnis enthält entweder Text oder Dateien. Entfernen Sie die Dateien, um einen Text zu schreiben.
share-remove = { $name } entfernen
share-generate = Passwort erzeugen
share-length = Länge
share-symbols = Sonderzeichen
share-expires = Gültig für
share-passphrase-hint = Optional. Teilen Sie sie auf einem anderen Weg mit, zum Beispiel am Telefon.
share-show = Passphrase einblenden
share-hide = Passphrase ausblenden
share-suggest = Passphrase vorschlagen
share-label-hint = Optional. Nur Sie sehen sie, in Ihrer Liste.
share-recipients = Senden an (E-Mail)
share-recipients-hint = Optional. Der Server verschickt den Link per E-Mail. Bis zu zehn Adressen; jede erhält ein eigenes Geheimnis mit eigenem Link.
share-recipients-many = Das sind zu viele Adressen; möglich sind höchstens { $count }.
share-files-not-mailed = Dateien werden auf Ihrem Gerät versiegelt, deshalb kann dieser Server den Link nicht per E-Mail verschicken. Kopieren Sie ihn und schicken Sie ihn selbst.
share-create = Link erstellen
share-sealing = Wird versiegelt …
share-sending = Wird gesendet …
share-unsealed = Dieser Browser konnte nicht versiegeln. Es wurde nichts gesendet. Versuchen Sie es noch einmal, oder verwenden Sie einen anderen Browser.
share-accounts-only = Melden Sie sich an, um ein Geheimnis zu teilen. Wer einen Link hat, kann ihn ohne Konto öffnen.
share-signed-out = Sie wurden inzwischen abgemeldet. Melden Sie sich wieder an oder erstellen Sie den Link ohne Konto.
share-empty = Hier gibt es noch nichts zu teilen. Schreiben Sie einen Text oder fügen Sie Dateien hinzu.
share-too-long = Dieser Text ist länger als { $size }. Kürzen Sie ihn, oder melden Sie sich an, um längere Texte zu teilen.
share-too-large = Das ist zu viel: Möglich sind bis zu { $count } Dateien, zusammen { $size }.
share-name-long = Der Dateiname { $name } ist zu lang.
share-file-unread = { $name } konnte nicht gelesen werden. Fügen Sie die Datei noch einmal hinzu.
share-full = Dieser Server hat zurzeit keinen Platz für neue Geheimnisse. Versuchen Sie es später noch einmal.

## The link that was made
result-heading = Ihr Link ist fertig
result-lead = Schicken Sie ihn an eine einzige Person.
result-once = Er lässt sich einmal öffnen und danach nicht mehr.
result-until = Er gilt bis { $time }.
result-mailed = Eine E-Mail mit dem Link ist unterwegs an { $email }.
result-links = Jeder Link ist für eine einzige Person und lässt sich einmal öffnen. Eine E-Mail mit dem jeweiligen Link ist unterwegs.
result-link = Link
result-copied = Link kopiert
result-qr = QR-Code anzeigen
result-qr-name = QR-Code des Links
result-share = Teilen …
result-mail = E-Mail schreiben
result-mail-subject = Ein Geheimnis für Sie
result-mail-body = Dieser Link lässt sich nur einmal öffnen. Öffnen Sie ihn selbst, sobald Sie Zeit haben, den Inhalt zu lesen und zu sichern:
result-passphrase-hint = Teilen Sie sie auf einem anderen Weg mit als den Link. Sie wird nicht noch einmal angezeigt.
result-copy-passphrase = Passphrase kopieren
result-passphrase-copied = Passphrase kopiert
result-receipt = Beleg öffnen
result-receipt-hint = Der Beleg ist für Sie: Er zeigt, ob und wann der Link geöffnet wurde.
result-another = Weiteres Geheimnis teilen

## Reveal
reveal-heading = Jemand hat Ihnen ein Geheimnis geschickt
reveal-text = Ein Text von etwa { $size }.
reveal-files = { $count ->
    [one] Eine Datei, etwa { $size }.
   *[other] { $count } Dateien, zusammen etwa { $size }.
 }
reveal-files-uncounted = Dateien, zusammen etwa { $size }.
reveal-once = Sie können das Geheimnis ein einziges Mal öffnen. Lassen Sie es anzeigen, wenn Sie Zeit haben, es zu lesen und zu sichern.
reveal-until = Sie haben Zeit bis { $time }.
reveal-passphrase-hint = Der Absender hat sie Ihnen auf einem anderen Weg mitgeteilt als den Link.
reveal-passphrase-needed = Geben Sie zuerst die Passphrase ein.
reveal-wrong = Diese Passphrase stimmt nicht. Der Link gilt weiterhin; versuchen Sie es noch einmal.
reveal-locked = Es wurden zu viele falsche Passphrasen eingegeben. Bitten Sie den Absender, dieses Geheimnis auf dem Beleg zu entsperren. Es ist nichts verloren.
reveal-button = Geheimnis anzeigen
reveal-opening = Wird geöffnet …
reveal-in-app = In einer Mail-App kann das Speichern von Dateien misslingen: Öffnen Sie diese Seite zuerst in Ihrem Browser.
reveal-scripts = Dieses Geheimnis wurde auf dem Gerät des Absenders versiegelt. Um es zu öffnen, braucht diese Seite JavaScript. Es wurde noch nichts geöffnet.
reveal-http = Dieser Link lässt sich nur über https öffnen. Es wurde noch nichts geöffnet.
reveal-newer = Dieser Link stammt von einer neueren Version. Es wurde noch nichts geöffnet; fragen Sie den Absender, oder öffnen Sie den Link dort, wo er erstellt wurde.
reveal-not-opened = Was angekommen ist, lässt sich mit diesem Link nicht öffnen. Bitten Sie den Absender um einen neuen.
revealed-heading = Ihr Geheimnis
revealed-copy = Geheimnis kopieren
revealed-copied = Geheimnis kopiert
revealed-hide = Geheimnis ausblenden
revealed-show = Geheimnis einblenden
revealed-save = { $name } speichern
revealed-saving = Wenn nichts geschieht, kann diese App möglicherweise keine Dateien speichern. Versuchen Sie es noch einmal, oder öffnen Sie diesen Link innerhalb von { $seconds } Sekunden in Ihrem Browser.
revealed-used-up = Dieser Link ist verbraucht: Niemand sonst kann ihn öffnen. Kopieren Sie, was Sie brauchen, bevor Sie diese Seite verlassen.
revealed-save-first = Dieser Link ist verbraucht: Niemand sonst kann ihn öffnen. Speichern Sie, was Sie brauchen, bevor Sie diese Seite verlassen.
revealed-again = Falls etwas schiefgeht: Wenn Sie diesen Tab innerhalb von { $seconds } Sekunden neu laden, erscheint das Geheimnis noch einmal; danach ist nichts mehr davon vorhanden.
revealed-forget = Ich habe es, jetzt löschen
revealed-forgotten = Gelöscht. Auf diesem Server ist von diesem Geheimnis nichts mehr vorhanden.
revealed-here = Sie haben dieses Geheimnis hier geöffnet: { $time }.
incomplete-heading = Dieser Link ist unvollständig
incomplete-text = Der Teil nach # fehlt; manche Mailsysteme schneiden ihn ab. Fügen Sie hier den vollständigen Link ein, oder bitten Sie den Absender noch einmal darum. Es wurde noch nichts geöffnet.
incomplete-wrong = Der Teil nach # passt nicht zu diesem Link; manche Mailsysteme verändern ihn. Fügen Sie hier den vollständigen Link ein, oder bitten Sie den Absender noch einmal darum. Es ist nichts verloren.
incomplete-link = Vollständiger Link
incomplete-continue = Weiter
incomplete-receipt = Dieser Link führt zu einem Beleg. Bitten Sie den Absender um den Link, in dem /secret/ steht.
incomplete-other = Dieser Link führt zu einem anderen Server.
incomplete-still = Auch dieser Link ist unvollständig.
gone-heading = Dieser Link öffnet nichts
gone-why = Vielleicht wurde er bereits geöffnet, vom Absender zurückgezogen oder ist abgelaufen; oder ein Teil des Links fehlt.
gone-ask = Fragen Sie die Person, die ihn geschickt hat: Auf deren Beleg steht, ob und wann er geöffnet wurde. Wurde er geöffnet, aber nicht von Ihnen, sollte sie ändern, was darin stand, zum Beispiel ein Passwort.
contact = Fragen:

## Receipt
receipt-heading = Beleg
receipt-lead = Diese Seite ist für die Person, die das Geheimnis geschickt hat; das Geheimnis selbst steht hier nicht. Wenn Sie diese Seite bekommen haben, um ein Geheimnis zu lesen, bitten Sie um den Link, in dem /secret/ steht.
receipt-waiting = Noch nicht geöffnet
receipt-opened = Geöffnet
receipt-burned = Vernichtet
receipt-expired = Ungeöffnet abgelaufen
receipt-timeline = Verlauf
receipt-passphrase = Zum Öffnen ist eine Passphrase nötig.
receipt-device-link = Der Link wurde einmal angezeigt, als Sie ihn erstellt haben. Dieser Server kennt ihn nicht.
receipt-show = Link anzeigen
receipt-link-kept = Solange das Geheimnis nicht geöffnet wurde, kann dieser Server den Link noch einmal anzeigen.
receipt-not-mailed = Nicht per E-Mail verschickt: Auf diesem Server ist kein Mailversand eingerichtet. Schicken Sie den Link selbst.
receipt-mailed = Per E-Mail verschickt
receipt-mail-queued = Die E-Mail wurde noch nicht verschickt.
receipt-mail-reply = Der Mailserver hat darum gebeten, es später noch einmal zu versuchen ({ $reply }).
receipt-mail-refused = Nicht per E-Mail verschickt: Der Mailserver hat die E-Mail abgelehnt ({ $reply }).
receipt-mail-given-up = Nicht per E-Mail verschickt: Kein Mailserver hat die E-Mail rechtzeitig angenommen.
receipt-mail-ended = Nicht per E-Mail verschickt: Das Geheimnis war vorher schon nicht mehr vorhanden.
receipt-mail-yourself = Schicken Sie den Link selbst.
receipt-locked = Es wurden zu viele falsche Passphrasen eingegeben, deshalb kann im Moment niemand das Geheimnis öffnen. War das die Person, für die es bestimmt ist, entsperren Sie es; andernfalls vernichten Sie es.
receipt-unlock = Entsperren
receipt-burn = Geheimnis vernichten
receipt-burn-heading = Dieses Geheimnis vernichten?
receipt-burn-text = Es wird ungelesen vernichtet. Der Link öffnet dann nichts mehr, und das lässt sich nicht rückgängig machen.
receipt-burn-yes = Vernichten
receipt-burn-no = Behalten
receipt-after-opened = Das Geheimnis wurde einmal geöffnet, und nichts davon ist mehr vorhanden. Wenn die Person, für die es bestimmt war, es nicht selbst geöffnet hat, ändern Sie, was darin stand, zum Beispiel ein Passwort.
receipt-after-burned = Das Geheimnis wurde ungelesen vernichtet.
receipt-after-expired = Niemand hat das Geheimnis rechtzeitig geöffnet. Es ist vernichtet.
receipt-kept-until = Dieser Beleg wird bis { $time } aufbewahrt.
receipt-none-heading = Diesen Beleg gibt es nicht
receipt-none = Ein Beleg wird doppelt so lange aufbewahrt, wie sein Geheimnis gültig ist. Prüfen Sie die Adresse.

## Sign in, invitation
signin-heading = Anmelden
signin-email = E-Mail
signin-secret = Passwort oder API-Schlüssel
signin-wrong = Diese Angaben passen nicht zusammen. Prüfen Sie die Adresse und das Passwort oder den API-Schlüssel.
signin-none = Kein Konto? Wenden Sie sich an den Betreiber dieses Servers.
signup-heading = Konto erstellen
signup-domains = Konten gibt es hier nur für Adressen von { $domains }.
forgot-heading = Passwort vergessen?
asked-send = Link anfordern
asked-text = Wenn diese Adresse hier ein Konto haben darf, ist eine E-Mail mit einem Link unterwegs. Der Link gilt 72 Stunden.
invite-heading = Passwort festlegen
invite-lead = Für { $email }.
invite-button = Passwort festlegen
invite-existing = Dieses Konto gibt es bereits. Sobald Sie das Passwort festlegen, gelten seine bisherigen API-Schlüssel, Sitzungen und sein bisheriges Passwort nicht mehr, und die Liste der früheren Geheimnisse beginnt leer. Links und Belege funktionieren weiterhin. Wenn Sie noch einen API-Schlüssel haben, melden Sie sich stattdessen damit an und legen Sie das Passwort unter „Konto“ fest: Dann geht nichts verloren.
invite-gone = { $mail ->
    [yes] Dieser Link gilt nicht mehr: Er wurde benutzt, durch einen neueren ersetzt, oder seine Zeit ist abgelaufen. Melden Sie sich an; dort können Sie sich auch einen neuen schicken lassen.
   *[no] Diese Einladung gilt nicht mehr. Bitten Sie den Betreiber dieses Servers um eine neue.
 }
password-hint = Mindestens 12 Zeichen. Ein Satz lässt sich leicht merken.
password-short = Ein Passwort hat mindestens 12 Zeichen.
password-long = Dieses Passwort ist zu lang.

## Recent secrets
recent-heading = Neueste Geheimnisse
recent-search = Suche
recent-state = Status
recent-filter = Anwenden
recent-all = Alle
recent-waiting = Noch nicht geöffnet
recent-expired = Abgelaufen
recent-burn-short = Vernichten
recent-untitled = Ohne Bezeichnung
recent-burn = { $label } vernichten
recent-empty = Hier ist noch nichts. Was Sie teilen, während Sie angemeldet sind, bleibt doppelt so lange in der Liste, wie es gültig ist.
recent-newer = Neuere
recent-older = Ältere

## Account
account-heading = Konto
account-current = Aktuelles Passwort
account-change = Passwort ändern
account-changed = Das Passwort wurde geändert. Andere Sitzungen wurden beendet.
account-wrong = Das aktuelle Passwort stimmt nicht. Es wurde nichts geändert.
account-keys = API-Schlüssel
account-keys-lead = Für die API und den Connector: Die E-Mail-Adresse ist der Benutzername, der Schlüssel das Passwort.
account-key-label = Bezeichnung des Schlüssels
account-key-create = API-Schlüssel erstellen
account-key-new = Neuer API-Schlüssel
account-key-once = Er wird nur einmal angezeigt. Bewahren Sie ihn dort auf, wo Ihr Programm ihn findet.
account-key-copy = API-Schlüssel kopieren
account-key-copied = API-Schlüssel kopiert
account-key-revoke = { $label } widerrufen
account-key-revoked = Der Schlüssel wurde widerrufen.
account-label-long = Die Bezeichnung ist zu lang; höchstens 100 Zeichen sind möglich.
account-keys-many = Ein Konto kann höchstens 50 API-Schlüssel haben. Widerrufen Sie zuerst einen.
account-notify = Benachrichtigungen
account-notify-opened = E-Mail an mich, wenn ein Geheimnis geöffnet wird
account-notify-expired = E-Mail an mich, wenn ein Geheimnis ungeöffnet abläuft
account-notify-hint = Gilt für Geheimnisse, die Sie von jetzt an teilen. Diese E-Mails enthalten weder das Geheimnis noch seinen Link.
account-notify-save = Speichern
account-notify-saved = Ihre Auswahl wurde gespeichert.
account-created = Erstellt
account-used = Zuletzt verwendet
account-never = nie
account-sessions = Sitzungen
account-sessions-count = { $count ->
    [one] Sie sind nur hier angemeldet.
   *[other] Sie sind an { $count } Stellen angemeldet.
 }
account-signout-all = Überall abmelden

## How it works, errors
about-heading = So funktioniert es
about-lead = Sie geben ein Geheimnis ein und erhalten einen Link. Wer als Erstes den Link öffnet und auf die Schaltfläche drückt, liest das Geheimnis. Danach öffnet der Link nichts mehr, und hier ist vom Geheimnis nichts mehr vorhanden.
about-once-heading = Ein einziges Mal
about-once = Ein Link lässt sich ansehen, ohne dass sich etwas ändert: Vorschaufunktionen und Mail-Scanner dürfen ihn abrufen. Erst die Schaltfläche öffnet das Geheimnis. Eine falsche Passphrase oder ein beschädigter Link verbraucht nichts. Geht die Antwort unterwegs verloren, kann derselbe Tab sie noch { $seconds } Sekunden lang erneut abrufen.
about-device = Die Seite verschlüsselt, bevor sie sendet. Der Schlüssel ist der Teil des Links nach #, den Browser nie an einen Server senden. Wer diesen Server, seine Festplatte und seine Sicherungen hat, kann das Geheimnis nicht lesen. Vor einer Seite, die der Betreiber dieses Servers verändert hat, schützt das nicht; davor schützt das Programm für die Kommandozeile.
about-server = Wo die Seite nicht verschlüsseln kann und bei Links, die Programme erstellen, übernimmt das der Server. Er sieht den Text für diesen Moment und speichert ihn unter einem Schlüssel, der nur im Link steht.
about-passphrase = Eine Passphrase ist ein zweiter Schlüssel. Mailsysteme, die Links umschreiben, sehen den ganzen Link; dagegen hilft eine Passphrase, die auf einem anderen Weg mitgeteilt wird.
about-mail = Ein Link, den der Server per E-Mail verschickt, wartet hier bis zum Versand, höchstens einen Tag lang, und dieser Server kann ihn so lange öffnen. Auch der Mailserver und alle, über die die E-Mail läuft, können ihn öffnen: Dagegen hilft eine Passphrase, die Sie auf einem anderen Weg mitteilen. Benachrichtigungen enthalten weder das Geheimnis noch seinen Link.
about-limits-heading = Wovor das nicht schützt
about-limits = Vor jemandem, der den Link vor der richtigen Person bekommt. Vor Blicken auf den Bildschirm und vor Schadsoftware auf dem Gerät. Vor dem, was nach dem Lesen mit dem Geheimnis geschieht.
about-kept-heading = Was gespeichert wird
about-kept = Bis zum Ende: das versiegelte Geheimnis, wann es erstellt wurde und wann es abläuft. Danach ein Beleg für den Absender, mit Zeitangaben und ohne Inhalt, doppelt so lange, wie das Geheimnis gültig war. Keine IP-Adressen, keine Dritten, keine Cookies, bevor Sie sich anmelden oder eine Sprache wählen.
about-unreviewed = Der Text dieser Seite wurde in dieser Sprache noch nicht von einem Muttersprachler geprüft.
error-heading = Es ist ein Fehler aufgetreten
error-none-heading = Diese Seite gibt es nicht
error-none = Prüfen Sie die Adresse.

## Mail
mail-link-subject = { $sender } hat Ihnen ein Geheimnis geschickt
mail-link-first = { $sender } hat Ihnen über { $name } ein Geheimnis geschickt. Wenn Sie es nicht erwarten, fragen Sie beim Absender nach, bevor Sie es öffnen, zum Beispiel am Telefon.
mail-link-open = Zum Geheimnis
mail-passphrase = Zum Öffnen brauchen Sie eine Passphrase. Der Absender teilt sie Ihnen auf einem anderen Weg mit, nie per E-Mail.
mail-link-ask = Haben Sie eine Frage? Antworten Sie auf diese E-Mail: Ihre Antwort geht an { $sender }.
mail-copy = Wenn das nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Geheimnis vom { $time }
   *[other] Geheimnis für { $recipient } vom { $time }
 }
mail-chosen = Sie erhalten diese E-Mail, weil Sie das unter „Konto“, „Benachrichtigungen“ so gewählt haben.
mail-invite-new = Jemand, hoffentlich Sie, hat ein Konto bei { $name } beantragt. Um es zu bestätigen, legen Sie ein Passwort fest.
mail-invite-back = Jemand, hoffentlich Sie, hat bei { $name } ein neues Passwort angefordert.
mail-invite-costs = Sobald ein neues Passwort festgelegt ist, gelten API-Schlüssel, Sitzungen und das bisherige Passwort nicht mehr, und die Liste der früheren Geheimnisse beginnt leer.
mail-invite-until = Der Link funktioniert einmal, bis { $time }.
mail-invite-ignore = Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Es ändert sich dann nichts.
mail-abuse = Stimmt etwas mit dieser E-Mail nicht? Wenden Sie sich an den Betreiber dieses Servers: { $contact }
