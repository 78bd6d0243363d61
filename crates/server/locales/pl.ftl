# glossary: secret = sekret; link = link; passphrase = hasło dostępu; reveal = wyświetlić; burn = zniszczyć; receipt = potwierdzenie;
# glossary: expire = wygasnąć; sealed on your device = zapieczętowany na urządzeniu nadawcy; sealed on the server = zapieczętowany na serwerze;
# glossary: opened = otwarty; withdrawn = wycofany; sign in = zalogować się. Impersonal forms, no Pan or Pani.
reviewed = -

## Every page
skip = Przejdź do treści
nav-signout = Wyloguj się
nav-api = API
language = Język
language-change = Zmień język
navigation = Strony
preview-title = Sekret dla jednej osoby
preview-text = Ten link działa tylko raz i powinien go otworzyć sam odbiorca.
insecure-banner = To połączenie nie jest szyfrowane. Nadaje się tylko do prób.
insecure-heading = Ta strona otwiera się przez https
insecure-text = Z tym serwerem można połączyć się bezpiecznie. To, co zostałoby wpisane tutaj, byłoby przesłane bez szyfrowania.
insecure-open = Przejdź do { $url }
press-copy = Proszę nacisnąć Ctrl+C
trouble-lost = Połączenie zostało przerwane. Proszę spróbować ponownie teraz, w tej karcie.
trouble-later = Zbyt wiele prób. Czas oczekiwania: { $time }. Potem można spróbować ponownie. Nic nie przepadło.
trouble-mails = { $email ->
    [none] Z tego konta wysłano ostatnio bardzo dużo e-maili. Czas oczekiwania: { $time }. Potem można spróbować ponownie. Nic nie przepadło.
    [left] Poniższe linki są utworzone, a e-maile z nimi są w drodze. Pozostałe adresy są nadal w formularzu. Czas oczekiwania: { $time }. Potem można utworzyć dla nich linki.
   *[other] Na adres { $email } wysłano ostatnio tak dużo e-maili, że na razie nie są tam wysyłane kolejne. Czas oczekiwania: { $time }. Potem można spróbować ponownie albo wysłać link samodzielnie.
 }
trouble-server = Serwer nie może teraz tego wykonać. Nic nie przepadło; proszę spróbować za chwilę.
trouble-form = Ten formularz jest nieaktualny. Proszę otworzyć stronę ponownie i powtórzyć czynność. Nic nie zostało zmienione.
minutes = { $count ->
    [one] 1 minuta
    [few] { $count } minuty
    [many] { $count } minut
   *[other] { $count } minuty
 }
hours = { $count ->
    [one] 1 godzina
    [few] { $count } godziny
    [many] { $count } godzin
   *[other] { $count } godziny
 }
days = { $count ->
    [one] 1 dzień
    [few] { $count } dni
    [many] { $count } dni
   *[other] { $count } dnia
 }

## Words that several pages use
secret = Sekret
files = Pliki
passphrase = Hasło dostępu
label = Etykieta
recipient = Odbiorca
copy-link = Kopiuj link
made = Utworzono
expires = Wygasa
password = Hasło
new-password = Nowe hasło
address-wrong = To nie jest adres e-mail: { $name }.

## What seals, and where
device-name = Zapieczętowany na urządzeniu nadawcy
device-text = Ten serwer otrzymuje tylko to, czego nie może otworzyć; klucz znajduje się w linku.
server-name = Zapieczętowany na serwerze
server-text = Serwer widzi tekst przez chwilę, gdy go pieczętuje. To, co przechowuje, można otworzyć tylko za pomocą linku.
because-scripts = z powodu wyłączonej obsługi JavaScript
because-http = z powodu otwarcia tej strony bez https
because-mail = z powodu wysyłki linku e-mailem przez serwer

## Share
share-heading = Udostępnij sekret
share-lead = Proszę wpisać lub wkleić to, co jedna osoba ma przeczytać jeden raz. Powstanie link, który można jej przekazać.
share-secret-hint = Do { $size } tekstu.
share-files-add = Dodaj pliki
share-files-hint = Liczba plików: najwyżej { $count }, łącznie do { $size }. Można je też przeciągnąć lub wkleić.
share-files-sign-in = Zaloguj się, aby wysłać pliki
share-files-scripts = Bez JavaScript na tej stronie można podać tylko tekst.
share-files-https = Pliki są pieczętowane na urządzeniu nadawcy, a do tego potrzebne jest https. Na tej stronie można podać tylko tekst.
share-text-or-files = Sekret zawiera tekst albo pliki. Aby wpisać tekst, proszę usunąć pliki.
share-remove = Usuń { $name }
share-generate = Wygeneruj hasło
share-length = Długość
share-symbols = Znaki specjalne
share-expires = Okres ważności
share-passphrase-hint = Nieobowiązkowe. Należy je przekazać odbiorcy inną drogą, na przykład telefonicznie.
share-show = Pokaż hasło dostępu
share-hide = Ukryj hasło dostępu
share-suggest = Zaproponuj hasło dostępu
share-label-hint = Nieobowiązkowa. Widoczna tylko dla nadawcy, na jego liście.
share-recipients = Wyślij do (e-mail)
share-recipients-hint = Nieobowiązkowe. Serwer wysyła link e-mailem. Do dziesięciu adresów; dla każdego powstaje osobny sekret z osobnym linkiem.
share-recipients-many = Tych adresów jest za dużo; najwyżej { $count }.
share-files-not-mailed = Pliki są pieczętowane na urządzeniu nadawcy, więc ten serwer nie może wysłać linku e-mailem. Link trzeba skopiować i wysłać samodzielnie.
share-create = Utwórz link
share-sealing = Pieczętowanie…
share-sending = Wysyłanie…
share-unsealed = Ta przeglądarka nie mogła zapieczętować sekretu. Nic nie zostało wysłane. Proszę spróbować ponownie albo użyć innej przeglądarki.
share-accounts-only = Aby udostępnić sekret, trzeba się zalogować. Kto ma link, może go otworzyć bez konta.
share-signed-out = Tymczasem nastąpiło wylogowanie. Proszę zalogować się ponownie albo utworzyć link bez konta.
share-empty = Nie ma jeszcze czego udostępnić. Proszę wpisać tekst lub dodać pliki.
share-too-long = Ten tekst jest dłuższy niż { $size }. Proszę go skrócić albo się zalogować, aby zmieścić więcej.
share-too-large = To za dużo. Liczba plików: najwyżej { $count }, łącznie do { $size }.
share-name-long = Nazwa pliku { $name } jest za długa.
share-file-unread = Nie udało się odczytać pliku { $name }. Proszę dodać go ponownie.
share-full = Na tym serwerze nie ma teraz miejsca na nowe sekrety. Proszę spróbować później.

## The link that was made
result-heading = Link jest gotowy
result-lead = Należy go wysłać jednej osobie.
result-once = Otwiera się raz i nigdy więcej.
result-until = Ważny do: { $time }.
result-mailed = E-mail z linkiem jest w drodze do { $email }.
result-links = Każdy link jest dla jednej osoby i otwiera się raz. E-mail z nim jest w drodze.
result-link = Link
result-copied = Link skopiowany
result-qr = Pokaż kod QR
result-qr-name = Kod QR linku
result-share = Udostępnij…
result-mail = Napisz e-mail
result-mail-subject = Sekret do odczytania
result-mail-body = Ten link otwiera się tylko raz. Proszę otworzyć go osobiście, gdy będzie czas na odczytanie i zachowanie treści:
result-passphrase-hint = Należy je przekazać odbiorcy inną drogą niż link. Nie zostanie pokazane ponownie.
result-copy-passphrase = Kopiuj hasło dostępu
result-passphrase-copied = Hasło dostępu skopiowane
result-receipt = Otwórz potwierdzenie
result-receipt-hint = Potwierdzenie jest dla nadawcy: pokazuje, czy i kiedy link został otwarty.
result-another = Udostępnij kolejny sekret

## Reveal
reveal-heading = Ktoś przesłał sekret do odczytania
reveal-text = Tekst, około { $size }.
reveal-files = { $count ->
    [one] Jeden plik, około { $size }.
    [few] { $count } pliki, łącznie około { $size }.
    [many] { $count } plików, łącznie około { $size }.
   *[other] { $count } pliku, łącznie około { $size }.
 }
reveal-files-uncounted = Pliki, łącznie około { $size }.
reveal-once = Sekret może otworzyć tylko jedna osoba i tylko raz. Proszę go wyświetlić, gdy będzie czas na odczytanie i zachowanie treści.
reveal-until = Ważny do: { $time }.
reveal-passphrase-hint = Nadawca przekazał je inną drogą niż link.
reveal-passphrase-needed = Najpierw trzeba podać hasło dostępu.
reveal-wrong = To hasło dostępu się nie zgadza. Link jest nadal ważny; proszę spróbować ponownie.
reveal-locked = Zbyt wiele razy podano błędne hasło dostępu. Należy poprosić nadawcę o odblokowanie tego sekretu na stronie potwierdzenia. Link jest nadal ważny.
reveal-button = Wyświetl sekret
reveal-opening = Otwieranie…
reveal-in-app = W aplikacji pocztowej zapisanie plików może się nie udać: najpierw warto otworzyć tę stronę w przeglądarce.
reveal-scripts = Ten sekret został zapieczętowany na urządzeniu nadawcy. Do jego otwarcia strona potrzebuje JavaScript. Nic nie zostało otwarte.
reveal-http = Ten link otwiera się tylko przez https. Nic nie zostało otwarte.
reveal-newer = Ten link utworzono w nowszej wersji. Nic nie zostało otwarte; proszę zapytać nadawcę albo otworzyć link tam, gdzie powstał.
reveal-not-opened = Otrzymanych danych nie można otworzyć tym linkiem. O nowy link należy poprosić nadawcę.
revealed-heading = Otrzymany sekret
revealed-copy = Kopiuj sekret
revealed-copied = Sekret skopiowany
revealed-hide = Ukryj sekret
revealed-show = Pokaż sekret
revealed-save = Zapisz { $name }
revealed-saving = Jeśli nic się nie dzieje, ta aplikacja być może nie pozwala zapisywać plików. Proszę spróbować ponownie albo w ciągu { $seconds } sekund otworzyć ten link w przeglądarce.
revealed-used-up = Ten link został wykorzystany: nikt inny już go nie otworzy. Przed opuszczeniem strony proszę skopiować to, co potrzebne.
revealed-save-first = Ten link został wykorzystany: nikt inny już go nie otworzy. Przed opuszczeniem strony proszę zapisać to, co potrzebne.
revealed-again = Jeśli coś się nie uda, odświeżenie tej karty w ciągu { $seconds } sekund pokaże sekret jeszcze raz; potem nic z niego nie zostanie.
revealed-forget = Mam treść, usuń teraz
revealed-forgotten = Usunięto. Na tym serwerze nic nie zostało z tego sekretu.
revealed-here = Ten sekret został otwarty tutaj: { $time }.
incomplete-heading = Ten link jest niepełny
incomplete-text = Brakuje części po znaku #; niektóre systemy pocztowe ją odcinają. Proszę wkleić tutaj cały link albo poprosić nadawcę o ponowne przesłanie. Nic nie zostało otwarte.
incomplete-wrong = Część po znaku # nie pasuje do tego linku; niektóre systemy pocztowe ją zmieniają. Proszę wkleić tutaj cały link albo poprosić nadawcę o ponowne przesłanie. Link jest nadal ważny.
incomplete-link = Cały link
incomplete-continue = Dalej
incomplete-receipt = To jest link do potwierdzenia. Należy poprosić nadawcę o link zawierający /secret/.
incomplete-other = Ten link prowadzi do innego serwera.
incomplete-still = Ten link też jest niepełny.
gone-heading = Ten link niczego nie otwiera
gone-why = Być może został już otwarty, wycofany przez nadawcę albo wygasł; mogło też zabraknąć części linku.
gone-ask = Warto zapytać osobę, która go przysłała: jej potwierdzenie pokazuje, czy i kiedy link został otwarty. Jeśli otworzył go ktoś inny niż odbiorca, nadawca powinien zmienić to, co w nim było.
contact = Pytania:

## Receipt
receipt-heading = Potwierdzenie
receipt-lead = Ta strona jest dla osoby, która wysłała sekret; samego sekretu na niej nie ma. Jeśli ktoś przysłał tę stronę, aby przekazać sekret, należy poprosić go o link zawierający /secret/.
receipt-waiting = Czeka na otwarcie
receipt-opened = Otwarty
receipt-burned = Zniszczony
receipt-expired = Wygasł nieotwarty
receipt-timeline = Przebieg
receipt-passphrase = Do otwarcia potrzebne jest hasło dostępu.
receipt-device-link = Link został pokazany raz, gdy powstał. Ten serwer go nie zna.
receipt-show = Pokaż link
receipt-link-kept = Dopóki sekret czeka, ten serwer może ponownie pokazać link.
receipt-not-mailed = Nie wysłano e-maila: na tym serwerze poczta nie jest skonfigurowana. Link trzeba wysłać samodzielnie.
receipt-mailed = Wysłano e-mailem
receipt-mail-queued = E-mail czeka na wysłanie.
receipt-mail-reply = Serwer poczty poprosił o ponowną próbę później ({ $reply }).
receipt-mail-refused = Nie wysłano e-maila: serwer poczty odmówił jego przyjęcia ({ $reply }).
receipt-mail-given-up = Nie wysłano e-maila: żaden serwer poczty nie przyjął go na czas.
receipt-mail-ended = Nie wysłano e-maila: sekret już wtedy nie istniał.
receipt-mail-yourself = Link trzeba wysłać samodzielnie.
receipt-locked = Zbyt wiele razy podano błędne hasło dostępu i nikt nie może teraz otworzyć sekretu. Jeśli próbował odbiorca, należy go odblokować; w przeciwnym razie należy go zniszczyć.
receipt-unlock = Odblokuj
receipt-burn = Zniszcz sekret
receipt-burn-heading = Zniszczyć ten sekret?
receipt-burn-text = Zostanie zniszczony bez odczytania. Link nie będzie już niczego otwierał, a tej operacji nie można cofnąć.
receipt-burn-yes = Zniszcz
receipt-burn-no = Zachowaj
receipt-after-opened = Sekret został otwarty raz i nic z niego nie zostało. Jeśli odbiorca twierdzi, że otworzył go ktoś inny, należy zmienić to, co w nim było.
receipt-after-burned = Sekret został zniszczony bez odczytania.
receipt-after-expired = Nikt nie otworzył sekretu na czas. Został zniszczony.
receipt-kept-until = To potwierdzenie jest przechowywane do: { $time }.
receipt-none-heading = Nie ma takiego potwierdzenia
receipt-none = Potwierdzenie jest przechowywane przez dwukrotność okresu ważności sekretu. Proszę sprawdzić adres.

## Sign in, invitation
signin-heading = Zaloguj się
signin-email = Adres e-mail
signin-secret = Hasło lub klucz API
signin-wrong = Te dane się nie zgadzają. Proszę sprawdzić adres oraz hasło lub klucz API.
signin-none = Brak konta? Proszę zwrócić się do administratora tego serwera.
signup-heading = Utwórz konto
signup-domains = Konta są tu tylko dla adresów z { $domains }.
forgot-heading = Zapomniane hasło?
asked-send = Wyślij link
asked-text = Jeśli ten adres może mieć tu konto, e-mail z linkiem jest w drodze. Link działa przez 72 godziny.
invite-heading = Ustawianie hasła
invite-lead = Dla { $email }.
invite-button = Ustaw hasło
invite-existing = To konto już istnieje. Po ustawieniu hasła przestaną działać jego klucze API, sesje i poprzednie hasło, a lista wcześniejszych sekretów będzie pusta. Linki i potwierdzenia będą nadal działać. Kto ma jeszcze klucz API, może zalogować się za jego pomocą i ustawić hasło na stronie Konto: wtedy nic nie przepadnie.
invite-gone = { $mail ->
    [yes] Ten link już nie działa: został użyty, zastąpiony nowszym albo minął jego czas. Należy się zalogować; tam można też poprosić o nowy.
   *[no] To zaproszenie już nie działa. O nowe należy poprosić administratora tego serwera.
 }
password-hint = Co najmniej 12 znaków. Zdanie łatwo zapamiętać.
password-short = Hasło musi mieć co najmniej 12 znaków.
password-long = To hasło jest za długie.

## Recent secrets
recent-heading = Ostatnie sekrety
recent-search = Szukaj
recent-state = Stan
recent-filter = Zastosuj
recent-all = Wszystkie
recent-waiting = Czeka
recent-expired = Wygasł
recent-burn-short = Zniszcz
recent-untitled = Bez etykiety
recent-burn = Zniszcz: { $label }
recent-empty = Nic tu jeszcze nie ma. Sekrety udostępnione po zalogowaniu pozostają na liście przez dwukrotność okresu ważności.
recent-newer = Nowsze
recent-older = Starsze

## Account
account-heading = Konto
account-current = Obecne hasło
account-change = Zmień hasło
account-changed = Hasło zostało zmienione. Pozostałe sesje wylogowano.
account-wrong = Obecne hasło się nie zgadza. Nic nie zostało zmienione.
account-keys = Klucze API
account-keys-lead = Dla API i łącznika: adres e-mail jest nazwą użytkownika, a klucz hasłem.
account-key-label = Etykieta klucza
account-key-create = Utwórz klucz API
account-key-new = Nowy klucz API
account-key-once = Jest pokazywany tylko raz. Należy go zapisać tam, gdzie znajdzie go program.
account-key-copy = Kopiuj klucz API
account-key-copied = Klucz API skopiowany
account-key-revoke = Unieważnij: { $label }
account-key-revoked = Klucz został unieważniony.
account-label-long = Etykieta jest za długa; mieści się 100 znaków.
account-keys-many = Konto może mieć najwyżej 50 kluczy API. Najpierw trzeba któryś unieważnić.
account-notify = Powiadomienia
account-notify-opened = Powiadom mnie e-mailem, gdy sekret zostanie otwarty
account-notify-expired = Powiadom mnie e-mailem, gdy sekret wygaśnie nieotwarty
account-notify-hint = Dotyczy sekretów udostępnianych od teraz. Te e-maile nie zawierają ani sekretu, ani linku do niego.
account-notify-save = Zapisz
account-notify-saved = Wybór został zapisany.
account-created = Utworzono
account-used = Ostatnio użyty
account-never = nigdy
account-sessions = Sesje
account-sessions-count = { $count ->
    [one] Konto jest zalogowane tylko tutaj.
    [few] Konto jest zalogowane w { $count } miejscach.
    [many] Konto jest zalogowane w { $count } miejscach.
   *[other] Konto jest zalogowane w { $count } miejscach.
 }
account-signout-all = Wyloguj wszędzie

## How it works, errors
about-heading = Jak to działa
about-lead = Wpisuje się sekret i otrzymuje link. Pierwsza osoba, która otworzy link i naciśnie przycisk, odczyta sekret. Potem link niczego nie otwiera, a na serwerze nic z sekretu nie zostaje.
about-once-heading = Tylko raz
about-once = Samo wejście na stronę linku niczego nie zmienia: mogą ją pobierać podglądy i skanery poczty. Otwiera dopiero przycisk. Po błędnym haśle dostępu lub przy uszkodzonym linku sekret nadal czeka. Jeśli odpowiedź nie dotrze, ta sama karta może ją otrzymać ponownie w ciągu { $seconds } sekund.
about-device = Strona szyfruje, zanim cokolwiek wyśle. Kluczem jest część linku po znaku #, której przeglądarki nigdy nie wysyłają do serwera. Kto ma w rękach ten serwer, jego dysk i kopie zapasowe, nie może odczytać sekretu. Nie chroni to przed stroną zmienioną przez administratora tego serwera; przed tym chroni klient wiersza poleceń.
about-server = Gdy strona nie może szyfrować oraz dla linków tworzonych przez programy robi to serwer. Widzi wtedy tekst przez chwilę i przechowuje go pod kluczem, który jest tylko w linku.
about-passphrase = Hasło dostępu dodaje drugi klucz. Systemy pocztowe, które przepisują linki, widzą cały link; chroni przed tym hasło dostępu przekazane inną drogą.
about-mail = Link, który serwer wysyła e-mailem, czeka tu na wysłanie, najwyżej dobę, i w tym czasie ten serwer może go otworzyć. Może to zrobić także serwer poczty i każdy na drodze e-maila; chroni przed tym hasło dostępu przekazane inną drogą. Powiadomienia nie zawierają ani sekretu, ani linku do niego.
about-limits-heading = Przed czym to nie chroni
about-limits = Przed kimś, kto zdobędzie link wcześniej niż odbiorca. Przed podglądaniem ekranu i zainfekowanym urządzeniem. Przed tym, co odbiorca zrobi później z sekretem.
about-kept-heading = Co jest przechowywane
about-kept = Dopóki sekret istnieje: zapieczętowany sekret, czas jego utworzenia i wygaśnięcia. Potem potwierdzenie dla nadawcy, z czasem zdarzeń i bez treści, przez dwukrotność okresu ważności. Żadnych adresów IP, żadnych podmiotów trzecich, żadnych plików cookie przed zalogowaniem lub wyborem języka.
about-unreviewed = Tekst tej strony w tym języku nie został jeszcze sprawdzony przez rodzimego użytkownika języka.
error-heading = Coś poszło nie tak
error-none-heading = Nie ma takiej strony
error-none = Proszę sprawdzić adres.

## Mail
mail-link-subject = { $sender } przesyła sekret
mail-link-first = { $sender } przesyła sekret za pośrednictwem serwisu { $name }. Jeśli jest on nieoczekiwany, przed otwarciem proszę zapytać nadawcę, na przykład telefonicznie.
mail-link-open = Przejdź do sekretu
mail-passphrase = Do otwarcia potrzebne jest hasło dostępu. Nadawca przekazuje je inną drogą, nigdy e-mailem.
mail-link-ask = W razie pytań proszę odpowiedzieć na tę wiadomość: odpowiedź trafi do { $sender }.
mail-copy = Jeśli to nie działa, proszę skopiować ten adres do przeglądarki:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Sekret z { $time }
   *[other] Sekret dla { $recipient } z { $time }
 }
mail-chosen = Ta wiadomość przyszła, ponieważ wybrano ją na stronie Konto, w części Powiadomienia.
mail-invite-new = Ktoś, prawdopodobnie adresat tej wiadomości, poprosił o konto w serwisie { $name }. Aby je potwierdzić, należy ustawić hasło.
mail-invite-back = Ktoś, prawdopodobnie adresat tej wiadomości, poprosił o nowe hasło w serwisie { $name }.
mail-invite-costs = Po ustawieniu nowego hasła przestaną działać klucze API, sesje i poprzednie hasło, a lista wcześniejszych sekretów będzie pusta.
mail-invite-until = Link działa tylko raz, do { $time }.
mail-invite-ignore = Jeśli to pomyłka, nie trzeba nic robić: nic się wtedy nie zmieni.
mail-abuse = Coś jest nie tak z tą wiadomością? Proszę zgłosić to administratorowi tego serwera: { $contact }
