# glossary: secret = geheim; link = link; passphrase = wachtwoordzin; reveal = tonen; burn = vernietigen; receipt = verzendbewijs;
# glossary: expire = verlopen; sealed on your device = op uw apparaat verzegeld; sealed on the server = op de server verzegeld;
# glossary: opened = geopend; withdrawn = ingetrokken; sign in = inloggen. Form of address: u.
reviewed = -

## Every page
skip = Naar de inhoud
nav-signout = Uitloggen
nav-api = API
language = Taal
language-change = Taal wijzigen
navigation = Pagina’s
preview-title = Een geheim voor één lezer
preview-text = Open deze link zelf: hij werkt maar één keer.
insecure-banner = Deze verbinding is niet versleuteld. Gebruik deze server zo alleen als proef.
insecure-heading = Deze pagina opent via https
insecure-text = Deze server is veilig te bereiken. Wat u hier typt, zou onversleuteld worden verzonden.
insecure-open = Ga naar { $url }
press-copy = Druk op Ctrl+C
trouble-lost = De verbinding is verbroken. Probeer het nu opnieuw, in dit tabblad.
trouble-later = Er zijn te veel pogingen gedaan. Wacht { $time } en probeer het opnieuw. Er is niets verbruikt.
trouble-mails = { $email ->
    [none] Vanaf dit account zijn de laatste tijd heel veel e-mails verstuurd. Wacht { $time } en probeer het opnieuw. Er is niets verbruikt.
    [left] De links hieronder zijn gemaakt en de e-mails ermee zijn onderweg. De overige adressen staan nog in het formulier: wacht { $time } en maak dan hun links.
   *[other] Naar { $email } zijn de laatste tijd zo veel e-mails verstuurd dat er voorlopig geen meer heen gaan. Wacht { $time } en probeer het opnieuw, of stuur de link zelf.
 }
trouble-server = De server kan dit nu niet uitvoeren. Er is niets verbruikt; probeer het straks opnieuw.
trouble-form = Dit formulier is verouderd. Open de pagina opnieuw en herhaal wat u deed. Er is niets gewijzigd.
minutes = { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
 }
hours = { $count ->
    [one] 1 uur
   *[other] { $count } uur
 }
days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
 }

## Words that several pages use
secret = Geheim
files = Bestanden
passphrase = Wachtwoordzin
label = Label
recipient = Ontvanger
copy-link = Link kopiëren
made = Aangemaakt
expires = Verloopt
password = Wachtwoord
new-password = Nieuw wachtwoord
address-wrong = Dit is geen e-mailadres: { $name }.

## What seals, and where
device-name = Op uw apparaat verzegeld
device-text = Deze server ontvangt alleen wat hij niet kan openen; de sleutel zit in de link.
server-name = Op de server verzegeld
server-text = De server ziet de tekst heel even, terwijl hij die verzegelt. Wat hij bewaart, gaat alleen met de link open.
because-scripts = omdat JavaScript uitstaat
because-http = omdat deze pagina niet via https is geopend
because-mail = omdat de server de link mailt

## Share
share-heading = Een geheim delen
share-lead = Schrijf of plak iets wat één persoon één keer mag lezen. U krijgt een link om aan die persoon te geven.
share-secret-hint = Maximaal { $size } tekst.
share-files-add = Bestanden toevoegen
share-files-hint = Maximaal { $count } bestanden, samen { $size }. U kunt ze ook hierheen slepen of plakken.
share-files-sign-in = Log in om bestanden te versturen
share-files-scripts = Zonder JavaScript kan op deze pagina alleen tekst worden ingevoerd.
share-files-https = Bestanden worden op uw apparaat verzegeld, en daarvoor is https nodig. Op deze pagina kan alleen tekst worden ingevoerd.
share-text-or-files = Een geheim bevat tekst of bestanden. Verwijder de bestanden om tekst te schrijven.
share-remove = { $name } verwijderen
share-generate = Wachtwoord genereren
share-length = Lengte
share-symbols = Speciale tekens
share-expires = Verloopt over
share-passphrase-hint = Niet verplicht. Geef hem langs een andere weg aan de lezer door, bijvoorbeeld telefonisch.
share-show = Wachtwoordzin weergeven
share-hide = Wachtwoordzin verbergen
share-suggest = Wachtwoordzin voorstellen
share-label-hint = Niet verplicht. Alleen u ziet het, in uw lijst.
share-recipients = Sturen naar (e-mail)
share-recipients-hint = Niet verplicht. De server mailt de link. Maximaal tien adressen; elk krijgt een eigen geheim met een eigen link.
share-recipients-many = Dit zijn te veel adressen; maximaal { $count }.
share-files-not-mailed = Bestanden worden op uw apparaat verzegeld, dus deze server kan de link niet mailen. Kopieer hem en stuur hem zelf.
share-create = Link maken
share-sealing = Verzegelen…
share-sending = Versturen…
share-unsealed = Deze browser kon het niet verzegelen. Er is niets verstuurd. Probeer het opnieuw, of gebruik een andere browser.
share-accounts-only = Log in om een geheim te delen. Wie een link heeft, kan die zonder account openen.
share-signed-out = U bent intussen uitgelogd. Log opnieuw in, of maak de link zonder account.
share-empty = Er is nog niets om te delen. Schrijf een tekst of voeg bestanden toe.
share-too-long = Deze tekst is langer dan { $size }. Kort hem in, of log in voor meer ruimte.
share-too-large = Dat is te veel: maximaal { $count } bestanden, samen { $size }.
share-name-long = De bestandsnaam { $name } is te lang.
share-file-unread = { $name } kon niet worden gelezen. Voeg het bestand opnieuw toe.
share-full = Deze server heeft nu geen ruimte voor nieuwe geheimen. Probeer het later opnieuw.

## The link that was made
result-heading = Uw link is klaar
result-lead = Stuur hem naar één persoon.
result-once = Hij gaat één keer open en daarna niet meer.
result-until = De link is geldig tot { $time }.
result-mailed = Een e-mail met de link is onderweg naar { $email }.
result-links = Elke link is voor één persoon en gaat één keer open. Een e-mail met die link is onderweg.
result-link = Link
result-copied = Link gekopieerd
result-qr = QR-code weergeven
result-qr-name = QR-code van de link
result-share = Delen…
result-mail = E-mail schrijven
result-mail-subject = Een geheim voor u
result-mail-body = Deze link gaat één keer open. Open hem zelf, op een moment dat u tijd hebt om de inhoud te lezen en te bewaren:
result-passphrase-hint = Geef hem langs een andere weg dan de link aan de lezer door. Hij wordt niet nog eens getoond.
result-copy-passphrase = Wachtwoordzin kopiëren
result-passphrase-copied = Wachtwoordzin gekopieerd
result-receipt = Verzendbewijs openen
result-receipt-hint = Het verzendbewijs is voor u: het laat zien of en wanneer de link is geopend.
result-another = Nog een geheim delen

## Reveal
reveal-heading = Iemand heeft u een geheim gestuurd
reveal-text = Een tekst van ongeveer { $size }.
reveal-files = { $count ->
    [one] Eén bestand van ongeveer { $size }.
   *[other] { $count } bestanden, samen ongeveer { $size }.
 }
reveal-files-uncounted = Bestanden, samen ongeveer { $size }.
reveal-once = Het geheim kan één keer worden geopend, door u. Laat het tonen wanneer u tijd hebt om het te lezen en te bewaren.
reveal-until = Dat kan tot { $time }.
reveal-passphrase-hint = De afzender heeft u die langs een andere weg dan de link gegeven.
reveal-passphrase-needed = Voer eerst de wachtwoordzin in.
reveal-wrong = Die wachtwoordzin klopt niet. Er is niets verbruikt; probeer het opnieuw.
reveal-locked = Er is te vaak een verkeerde wachtwoordzin ingevoerd. Vraag de afzender om dit geheim via het verzendbewijs te ontgrendelen. Er is niets verbruikt.
reveal-button = Geheim tonen
reveal-opening = Openen…
reveal-in-app = In een mailapp lukt het opslaan van bestanden soms niet: open deze pagina eerst in uw browser.
reveal-scripts = Dit geheim is op het apparaat van de afzender verzegeld. Om het te openen heeft deze pagina JavaScript nodig. Er is nog niets geopend.
reveal-http = Deze link gaat alleen via https open. Er is nog niets geopend.
reveal-newer = Deze link is met een nieuwere versie gemaakt. Er is nog niets geopend; vraag het de afzender, of open de link waar hij is gemaakt.
reveal-not-opened = Wat is ontvangen, gaat met deze link niet open. Vraag de afzender om een nieuwe.
revealed-heading = Uw geheim
revealed-copy = Geheim kopiëren
revealed-copied = Geheim gekopieerd
revealed-hide = Geheim verbergen
revealed-show = Geheim weergeven
revealed-save = { $name } opslaan
revealed-saving = Gebeurt er niets, dan kan deze app misschien geen bestanden opslaan. Probeer het opnieuw, of open deze link binnen { $seconds } seconden in uw browser.
revealed-used-up = Deze link is verbruikt: niemand anders kan hem nog openen. Kopieer wat u nodig hebt voordat u deze pagina verlaat.
revealed-save-first = Deze link is verbruikt: niemand anders kan hem nog openen. Sla op wat u nodig hebt voordat u deze pagina verlaat.
revealed-again = Gaat er iets mis, dan toont dit tabblad het geheim nog eens als u het binnen { $seconds } seconden opnieuw laadt; daarna is er niets meer over.
revealed-forget = Ik heb het, wis het nu
revealed-forgotten = Gewist. Op deze server is niets van dit geheim over.
revealed-here = U hebt dit geheim hier geopend: { $time }.
incomplete-heading = Deze link is niet volledig
incomplete-text = Het deel na # ontbreekt; sommige mailsystemen knippen het af. Plak de hele link hier, of vraag de afzender om hem nog eens te sturen. Er is nog niets geopend.
incomplete-wrong = Het deel na # past niet bij deze link; sommige mailsystemen veranderen het. Plak de hele link hier, of vraag de afzender om hem nog eens te sturen. Er is niets verbruikt.
incomplete-link = Hele link
incomplete-continue = Verder
incomplete-receipt = Dat is de link van een verzendbewijs. Vraag de afzender om de link met /secret/ erin.
incomplete-other = Die link leidt naar een andere server.
incomplete-still = Ook die link is niet volledig.
gone-heading = Deze link opent niets
gone-why = Misschien is hij al geopend, door de afzender ingetrokken of verlopen, of ontbreekt een deel van de link.
gone-ask = Vraag het degene die de link heeft gestuurd: het verzendbewijs laat zien of en wanneer hij is geopend. Is hij geopend, maar niet door u, dan moet de afzender wijzigen wat erin stond.
contact = Vragen:

## Receipt
receipt-heading = Verzendbewijs
receipt-lead = Deze pagina is voor degene die het geheim heeft verstuurd; het geheim zelf staat er niet op. Heeft iemand u deze pagina gestuurd om een geheim te lezen, vraag dan om de link met /secret/ erin.
receipt-waiting = Nog niet geopend
receipt-opened = Geopend
receipt-burned = Vernietigd
receipt-expired = Ongeopend verlopen
receipt-timeline = Verloop
receipt-passphrase = Om het te openen is een wachtwoordzin nodig.
receipt-device-link = De link is één keer getoond, toen u hem maakte. Deze server kent hem niet.
receipt-show = Link weergeven
receipt-link-kept = Zolang het geheim niet is geopend, kan deze server de link opnieuw weergeven.
receipt-not-mailed = Niet gemaild: op deze server is geen e-mail ingesteld. Stuur de link zelf.
receipt-mailed = Gemaild
receipt-mail-queued = De e-mail wacht op verzending.
receipt-mail-reply = De mailserver vroeg om het later opnieuw te proberen ({ $reply }).
receipt-mail-refused = Niet gemaild: de mailserver heeft de e-mail geweigerd ({ $reply }).
receipt-mail-given-up = Niet gemaild: geen mailserver heeft de e-mail op tijd aangenomen.
receipt-mail-ended = Niet gemaild: het geheim bestond toen al niet meer.
receipt-mail-yourself = Stuur de link zelf.
receipt-locked = Er is te vaak een verkeerde wachtwoordzin ingevoerd, daarom kan nu niemand het geheim openen. Was dat uw lezer, ontgrendel het dan; vernietig het anders.
receipt-unlock = Ontgrendelen
receipt-burn = Geheim vernietigen
receipt-burn-heading = Dit geheim vernietigen?
receipt-burn-text = Het wordt ongelezen vernietigd. De link opent dan niets meer, en dit kan niet ongedaan worden gemaakt.
receipt-burn-yes = Vernietigen
receipt-burn-no = Behouden
receipt-after-opened = Het is één keer geopend en er is niets van over. Zegt uw lezer dat iemand anders dat was, wijzig dan wat erin stond.
receipt-after-burned = Het is ongelezen vernietigd.
receipt-after-expired = Niemand heeft het op tijd geopend. Het is vernietigd.
receipt-kept-until = Dit verzendbewijs wordt bewaard tot { $time }.
receipt-none-heading = Dit verzendbewijs bestaat niet
receipt-none = Een verzendbewijs wordt twee keer zo lang bewaard als het geheim geldig is. Controleer het adres.

## Sign in, invitation
signin-heading = Inloggen
signin-email = E-mailadres
signin-secret = Wachtwoord of API-sleutel
signin-wrong = Deze gegevens horen niet bij elkaar. Controleer het adres en het wachtwoord of de API-sleutel.
signin-none = Geen account? Vraag het de beheerder van deze server.
signup-heading = Account aanmaken
signup-domains = Accounts zijn hier alleen voor adressen van { $domains }.
forgot-heading = Wachtwoord vergeten?
asked-send = Stuur mij een link
asked-text = Als dit adres hier een account mag hebben, is een e-mail met een link onderweg. De link werkt 72 uur.
invite-heading = Uw wachtwoord instellen
invite-lead = Voor { $email }.
invite-button = Wachtwoord instellen
invite-existing = Dit account bestaat al. Zodra u het wachtwoord instelt, werken de API-sleutels, de sessies en het oude wachtwoord niet meer, en begint de lijst met eerdere geheimen leeg. Links en verzendbewijzen blijven werken. Hebt u nog een API-sleutel, log dan daarmee in en stel het wachtwoord in onder Account: dan gaat er niets verloren.
invite-gone = { $mail ->
    [yes] Deze link werkt niet meer: hij is gebruikt, door een nieuwere vervangen of verlopen. Meld u aan; daar kunt u ook een nieuwe laten sturen.
   *[no] Deze uitnodiging werkt niet meer. Vraag de beheerder van deze server om een nieuwe.
 }
password-hint = Minstens 12 tekens. Een zin is makkelijk te onthouden.
password-short = Een wachtwoord heeft minstens 12 tekens.
password-long = Dit wachtwoord is te lang.

## Recent secrets
recent-heading = Recente geheimen
recent-search = Zoeken
recent-state = Status
recent-filter = Toepassen
recent-all = Alle
recent-waiting = Nog niet geopend
recent-expired = Verlopen
recent-burn-short = Vernietigen
recent-untitled = Zonder label
recent-burn = { $label } vernietigen
recent-empty = Hier staat nog niets. Wat u ingelogd deelt, blijft hier twee keer zo lang staan als het geldig is.
recent-newer = Nieuwere
recent-older = Oudere

## Account
account-heading = Account
account-current = Huidig wachtwoord
account-change = Wachtwoord wijzigen
account-changed = Het wachtwoord is gewijzigd. Andere sessies zijn uitgelogd.
account-wrong = Het huidige wachtwoord klopt niet. Er is niets gewijzigd.
account-keys = API-sleutels
account-keys-lead = Voor de API en de connector: het e-mailadres is de gebruikersnaam, de sleutel het wachtwoord.
account-key-label = Label van de sleutel
account-key-create = API-sleutel maken
account-key-new = Nieuwe API-sleutel
account-key-once = Hij wordt één keer getoond. Bewaar hem waar uw programma hem vindt.
account-key-copy = API-sleutel kopiëren
account-key-copied = API-sleutel gekopieerd
account-key-revoke = { $label } intrekken
account-key-revoked = De sleutel is ingetrokken.
account-label-long = Het label is te lang; er passen 100 tekens in.
account-keys-many = Een account heeft hoogstens 50 API-sleutels. Trek er eerst een in.
account-notify = Meldingen
account-notify-opened = Mail mij als een geheim wordt geopend
account-notify-expired = Mail mij als een geheim ongeopend verloopt
account-notify-hint = Voor geheimen die u vanaf nu deelt. Deze e-mails bevatten noch het geheim, noch de link ervan.
account-notify-save = Opslaan
account-notify-saved = Uw keuze is opgeslagen.
account-created = Aangemaakt
account-used = Laatst gebruikt
account-never = nooit
account-sessions = Sessies
account-sessions-count = { $count ->
    [one] U bent alleen hier ingelogd.
   *[other] U bent op { $count } plaatsen ingelogd.
 }
account-signout-all = Overal uitloggen

## How it works, errors
about-heading = Hoe het werkt
about-lead = U voert een geheim in en krijgt een link. Wie als eerste de link opent en op de knop drukt, leest het. Daarna opent de link niets meer en is hier niets van het geheim over.
about-once-heading = Eén keer
about-once = Een link bekijken verandert niets: voorbeeldweergaven en mailscanners mogen hem ophalen. Alleen de knop opent hem. Een verkeerde wachtwoordzin of een beschadigde link verbruikt niets. Gaat het antwoord onderweg verloren, dan kan hetzelfde tabblad het nog { $seconds } seconden lang opnieuw ophalen.
about-device = De pagina versleutelt voordat ze verstuurt. De sleutel is het deel van de link achter #, en dat sturen browsers nooit naar een server. Wie deze server, de schijf en de back-ups in handen heeft, kan het geheim niet lezen. Het beschermt u niet tegen een pagina die door de beheerder van deze server is veranderd; daartegen beschermt het programma voor de opdrachtregel.
about-server = Waar de pagina niet kan versleutelen, en voor links die door programma’s worden gemaakt, doet de server het. Hij ziet de tekst op dat moment en bewaart die onder een sleutel die alleen in de link zit.
about-passphrase = Een wachtwoordzin voegt een tweede sleutel toe. Mailsystemen die links herschrijven, zien de hele link; een wachtwoordzin die langs een andere weg wordt doorgegeven, helpt daartegen.
about-mail = Een link die de server mailt, wacht hier tot hij verzonden is, hoogstens één dag, en zo lang kan deze server hem openen. Ook de mailserver, en iedereen op de weg van de e-mail, kan hem openen: een wachtwoordzin die langs een andere weg wordt doorgegeven, helpt daartegen. Meldingen bevatten noch het geheim, noch de link ervan.
about-limits-heading = Waartegen dit niet beschermt
about-limits = Iemand die de link eerder krijgt dan de lezer. Een scherm waarop wordt meegekeken, een apparaat dat besmet is. Wat de lezer daarna met het geheim doet.
about-kept-heading = Wat wordt bewaard
about-kept = Zolang het geheim er is: het verzegelde geheim, wanneer het is gemaakt en wanneer het verloopt. Daarna, twee keer zo lang als het geheim geldig was, een verzendbewijs voor de afzender met tijden en zonder inhoud. Geen IP-adressen, geen derden, geen cookies voordat u inlogt of een taal kiest.
about-unreviewed = De tekst van deze pagina is in deze taal nog niet door een moedertaalspreker nagelezen.
error-heading = Er is iets misgegaan
error-none-heading = Deze pagina bestaat niet
error-none = Controleer het adres.

## Mail
mail-link-subject = { $sender } heeft u een geheim gestuurd
mail-link-first = { $sender } heeft u via { $name } een geheim gestuurd. Verwacht u het niet, vraag het dan na bij de afzender voordat u het opent, bijvoorbeeld telefonisch.
mail-link-open = Naar het geheim
mail-passphrase = Om het te openen hebt u een wachtwoordzin nodig. De afzender geeft u die langs een andere weg, nooit per e-mail.
mail-link-ask = Hebt u een vraag? Beantwoord deze e-mail: uw antwoord gaat naar { $sender }.
mail-copy = Werkt dat niet, kopieer dan dit adres naar uw browser:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Geheim van { $time }
   *[other] Geheim voor { $recipient } van { $time }
 }
mail-chosen = U krijgt deze e-mail omdat u daarvoor hebt gekozen onder Account, Meldingen.
mail-invite-new = Iemand, hopelijk u, heeft een account bij { $name } aangevraagd. Stel een wachtwoord in om het te bevestigen.
mail-invite-back = Iemand, hopelijk u, heeft bij { $name } een nieuw wachtwoord aangevraagd.
mail-invite-costs = Zodra een nieuw wachtwoord is ingesteld, werken de API-sleutels, de sessies en het oude wachtwoord niet meer, en begint de lijst met eerdere geheimen leeg.
mail-invite-until = De link werkt één keer, tot { $time }.
mail-invite-ignore = Was u dat niet, doe dan niets: er verandert dan niets.
mail-abuse = Klopt er iets niet met deze e-mail? Meld het bij de beheerder van deze server: { $contact }
