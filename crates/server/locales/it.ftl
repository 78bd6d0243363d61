# glossary: secret = segreto; link = link; passphrase = passphrase; reveal = visualizzare; burn = distruggere; receipt = ricevuta;
# glossary: expire = scadere; sealed on your device = sigillato sul suo dispositivo; sealed on the server = sigillato sul server;
# glossary: opened = aperto; withdrawn = ritirato; sign in = accedere
# Lines that begin with `reviewed` say who read a language as a native speaker; a dash: nobody yet.
reviewed = -

## Every page
skip = Vai al contenuto
nav-signout = Esci
nav-api = API
language = Lingua
language-change = Cambia lingua
navigation = Pagine
preview-title = Un segreto per una sola persona
preview-text = Apra questo link di persona: funziona una volta sola.
insecure-banner = Questa connessione non è cifrata. La usi solo per una prova.
insecure-heading = Questa pagina si apre tramite https
insecure-text = Questo server è raggiungibile in modo sicuro. Qui, ciò che scrive viaggerebbe in chiaro.
insecure-open = Apri invece { $url }
press-copy = Prema Ctrl+C
trouble-lost = La connessione si è interrotta. Riprovi ora, in questa scheda.
trouble-later = Troppi tentativi per il momento. Attenda { $time } e riprovi. Nulla è andato perso.
trouble-mails = { $email ->
    [none] Questo account ha inviato moltissime e-mail di recente. Attenda { $time } e riprovi. Nulla è andato perso.
    [left] I link qui sotto sono stati creati e le relative e-mail sono in viaggio. Gli indirizzi rimasti sono ancora nel modulo: attenda { $time } e crei i loro link.
   *[other] Di recente sono state inviate così tante e-mail a { $email } che per ora non ne partono altre. Attenda { $time } e riprovi, oppure invii il link di persona.
 }
trouble-server = Il server non può farlo in questo momento. Nulla è andato perso; riprovi tra poco.
trouble-form = Questo modulo non è più aggiornato. Riapra la pagina e ripeta l’operazione. Non è stato modificato nulla.
minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minuti
 }
hours = { $count ->
    [one] 1 ora
   *[other] { $count } ore
 }
days = { $count ->
    [one] 1 giorno
   *[other] { $count } giorni
 }

## Words that several pages use
secret = Segreto
files = File
passphrase = Passphrase
label = Etichetta
recipient = Destinatario
copy-link = Copia link
made = Creato
expires = Scade
password = Password
new-password = Nuova password
address-wrong = Non è un indirizzo e-mail: { $name }.

## What seals, and where
device-name = Sigillato sul suo dispositivo
device-text = Questo server riceve solo ciò che non può aprire; la chiave è nel link.
server-name = Sigillato sul server
server-text = Il server vede il testo per un istante, mentre lo sigilla. Ciò che conserva si apre solo con il link.
because-scripts = perché JavaScript è disattivato
because-http = perché questa pagina non è stata aperta tramite https
because-mail = perché il server invierà il link per e-mail

## Share
share-heading = Condividi un segreto
share-lead = Scriva o incolli ciò che una sola persona deve leggere, una volta sola. Otterrà un link da inviarle.
share-secret-hint = Fino a { $size } di testo.
share-files-add = Aggiungi file
share-files-hint = Fino a { $count } file, { $size } in totale. Può anche trascinarli o incollarli.
share-files-sign-in = Accedi per inviare file
share-files-scripts = Senza JavaScript questa pagina accetta solo testo.
share-files-https = I file vengono sigillati sul suo dispositivo, e per questo serve https. Questa pagina accetta solo testo.
share-text-or-files = Un segreto contiene testo oppure file. Rimuova i file per scrivere un testo.
share-remove = Rimuovi { $name }
share-generate = Genera una password
share-length = Lunghezza
share-symbols = Simboli
share-expires = Scade tra
share-passphrase-hint = Facoltativa. La comunichi in altro modo, per esempio al telefono.
share-show = Mostra passphrase
share-hide = Nascondi passphrase
share-suggest = Proponi una passphrase
share-label-hint = Facoltativa. La vede solo lei, nel suo elenco.
share-recipients = Invia a (e-mail)
share-recipients-hint = Facoltativo. Il server invia il link per e-mail. Fino a dieci indirizzi; ciascuno riceve un segreto e un link propri.
share-recipients-many = Gli indirizzi sono troppi; al massimo { $count }.
share-files-not-mailed = I file vengono sigillati sul suo dispositivo, quindi questo server non può inviare il link per e-mail. Lo copi e lo invii di persona.
share-create = Crea link
share-sealing = Sigillatura in corso…
share-sending = Invio in corso…
share-unsealed = Questo browser non è riuscito a sigillare il segreto. Nulla è stato inviato. Riprovi, o usi un altro browser.
share-accounts-only = Acceda per condividere un segreto. Chi ha un link può aprirlo senza account.
share-signed-out = Nel frattempo la sessione è terminata. Acceda di nuovo oppure crei il link senza account.
share-empty = Non c’è ancora nulla da condividere. Scriva un testo o aggiunga file.
share-too-long = Questo testo supera { $size }. Lo accorci, oppure acceda per condividere testi più lunghi.
share-too-large = È troppo: al massimo { $count } file, { $size } in totale.
share-name-long = Il nome del file { $name } è troppo lungo.
share-file-unread = Impossibile leggere { $name }. Lo aggiunga di nuovo.
share-full = Al momento questo server non ha spazio per nuovi segreti. Riprovi più tardi.

## The link that was made
result-heading = Il link è pronto
result-lead = Lo invii a una sola persona.
result-once = Si apre una volta, poi non più.
result-until = Scadenza: { $time }.
result-mailed = Un’e-mail con il link è in viaggio verso { $email }.
result-links = Ogni link è per una sola persona e si apre una volta. Un’e-mail che lo contiene è in viaggio.
result-link = Link
result-copied = Link copiato
result-qr = Mostra codice QR
result-qr-name = Codice QR del link
result-share = Condividi…
result-mail = Scrivi un’e-mail
result-mail-subject = Un segreto per lei
result-mail-body = Questo link si apre una volta sola. Lo apra di persona, quando ha il tempo di leggere e conservare ciò che contiene:
result-passphrase-hint = La comunichi con un mezzo diverso da quello usato per il link. Non verrà mostrata di nuovo.
result-copy-passphrase = Copia passphrase
result-passphrase-copied = Passphrase copiata
result-receipt = Apri la ricevuta
result-receipt-hint = La ricevuta è per lei: indica se e quando il link è stato aperto.
result-another = Condividi un altro segreto

## Reveal
reveal-heading = Qualcuno le ha inviato un segreto
reveal-text = Un testo di circa { $size }.
reveal-files = { $count ->
    [one] Un file di circa { $size }.
   *[other] { $count } file, circa { $size } in totale.
 }
reveal-files-uncounted = File, circa { $size } in totale.
reveal-once = Può aprire questo segreto una volta sola. Lo visualizzi quando ha il tempo di leggerlo e conservarlo.
reveal-until = Scadenza: { $time }.
reveal-passphrase-hint = Il mittente gliel’ha comunicata con un mezzo diverso dal link.
reveal-passphrase-needed = Inserisca prima la passphrase.
reveal-wrong = La passphrase non è corretta. Il link resta valido; riprovi.
reveal-locked = Sono state inserite troppe passphrase errate. Chieda al mittente di sbloccare questo segreto nella ricevuta. Nulla è andato perso.
reveal-button = Visualizza segreto
reveal-opening = Apertura in corso…
reveal-in-app = In un’app di posta il salvataggio dei file può non riuscire: apra prima questa pagina nel browser.
reveal-scripts = Questo segreto è stato sigillato sul dispositivo del mittente. Per aprirlo, questa pagina ha bisogno di JavaScript. Non è stato aperto nulla.
reveal-http = Questo link si apre solo tramite https. Non è stato aperto nulla.
reveal-newer = Questo link è stato creato con una versione più recente. Non è stato aperto nulla; si rivolga al mittente oppure apra il link sul server dove è stato creato.
reveal-not-opened = Ciò che è arrivato non si apre con questo link. Ne chieda uno nuovo al mittente.
revealed-heading = Il suo segreto
revealed-copy = Copia segreto
revealed-copied = Segreto copiato
revealed-hide = Nascondi segreto
revealed-show = Mostra segreto
revealed-save = Salva { $name }
revealed-saving = Se non succede nulla, è possibile che questa app non salvi i file. Riprovi, oppure apra questo link nel browser entro { $seconds } secondi.
revealed-used-up = Questo link è stato usato: nessun altro può aprirlo. Copi ciò che le serve prima di lasciare questa pagina.
revealed-save-first = Questo link è stato usato: nessun altro può aprirlo. Salvi ciò che le serve prima di lasciare questa pagina.
revealed-again = Se qualcosa va storto, ricaricando questa scheda entro { $seconds } secondi il segreto compare ancora una volta; dopo non ne resta nulla.
revealed-forget = Ricevuto, elimina ora
revealed-forgotten = Eliminato. Su questo server non resta nulla di questo segreto.
revealed-here = Ha aperto questo segreto qui: { $time }.
incomplete-heading = Questo link non è completo
incomplete-text = Manca la parte dopo #; alcuni sistemi di posta la eliminano. Incolli qui il link completo oppure lo chieda di nuovo al mittente. Non è stato aperto nulla.
incomplete-wrong = La parte dopo # non corrisponde a questo link; alcuni sistemi di posta la modificano. Incolli qui il link completo oppure lo chieda di nuovo al mittente. Nulla è andato perso.
incomplete-link = Link completo
incomplete-continue = Continua
incomplete-receipt = Questo è il link di una ricevuta. Chieda al mittente il link che contiene /secret/.
incomplete-other = Questo link porta a un altro server.
incomplete-still = Neanche questo link è completo.
gone-heading = Questo link non apre nulla
gone-why = Forse è già stato aperto, è stato ritirato dal mittente o è scaduto; oppure manca una parte del link.
gone-ask = Si rivolga alla persona che l’ha inviato: la sua ricevuta indica se e quando è stato aperto. Se è stato aperto, ma non da lei, chi l’ha inviato dovrebbe cambiare ciò che conteneva, per esempio una password.
contact = Domande:

## Receipt
receipt-heading = Ricevuta
receipt-lead = Questa pagina è per la persona che ha inviato il segreto; il segreto non si trova qui. Se qualcuno le ha inviato questa pagina per farle leggere un segreto, gli chieda il link che contiene /secret/.
receipt-waiting = In attesa di apertura
receipt-opened = Aperto
receipt-burned = Distrutto
receipt-expired = Scaduto senza essere aperto
receipt-timeline = Cronologia
receipt-passphrase = Per aprirlo serve una passphrase.
receipt-device-link = Il link è stato mostrato una volta, quando lo ha creato. Questo server non lo conosce.
receipt-show = Mostra il link
receipt-link-kept = Questo server può mostrare di nuovo il link finché il segreto non viene aperto.
receipt-not-mailed = Non inviato per e-mail: su questo server la posta non è configurata. Invii il link di persona.
receipt-mailed = Inviato per e-mail
receipt-mail-queued = L’e-mail è in attesa di essere inviata.
receipt-mail-reply = Il server di posta ha chiesto di riprovare più tardi ({ $reply }).
receipt-mail-refused = Non inviato per e-mail: il server di posta ha rifiutato l’e-mail ({ $reply }).
receipt-mail-given-up = Non inviato per e-mail: nessun server di posta ha accettato l’e-mail in tempo.
receipt-mail-ended = Non inviato per e-mail: il segreto non esisteva già più.
receipt-mail-yourself = Invii il link di persona.
receipt-locked = Sono state inserite troppe passphrase errate, quindi al momento nessuno può aprire il segreto. Se è stato il suo destinatario, lo sblocchi; altrimenti lo distrugga.
receipt-unlock = Sblocca
receipt-burn = Distruggi segreto
receipt-burn-heading = Distruggere questo segreto?
receipt-burn-text = Verrà distrutto senza essere letto. Il link non aprirà più nulla e l’operazione non si può annullare.
receipt-burn-yes = Distruggi
receipt-burn-no = Conserva
receipt-after-opened = Il segreto è stato aperto una volta e non ne resta nulla. Se il destinatario dice che è stato qualcun altro, cambi ciò che conteneva, per esempio una password.
receipt-after-burned = Il segreto è stato distrutto senza essere letto.
receipt-after-expired = Nessuno ha aperto il segreto in tempo. È stato distrutto.
receipt-kept-until = Termine di conservazione di questa ricevuta: { $time }.
receipt-none-heading = Questa ricevuta non esiste
receipt-none = Una ricevuta viene conservata per il doppio della durata del suo segreto. Controlli l’indirizzo.

## Sign in, invitation
signin-heading = Accedi
signin-email = E-mail
signin-secret = Password o chiave API
signin-wrong = I dati non corrispondono. Controlli l’indirizzo e la password o la chiave API.
signin-none = Non ha un account? Si rivolga a chi gestisce questo server.
signup-heading = Crea un account
signup-domains = Qui gli account sono solo per indirizzi di { $domains }.
forgot-heading = Password dimenticata?
asked-send = Inviami un link
asked-text = Se questo indirizzo può avere un account qui, un’e-mail con un link è in viaggio. Il link vale 72 ore.
invite-heading = Imposti la sua password
invite-lead = Per { $email }.
invite-button = Imposta password
invite-existing = Questo account esiste già. Quando avrà impostato la password, le chiavi API, le sessioni e la password precedente non funzioneranno più, e l’elenco dei segreti precedenti ripartirà vuoto. I link e le ricevute continueranno a funzionare. Se ha ancora una chiave API, acceda invece con quella e imposti la password in «Account»: così non si perde nulla.
invite-gone = { $mail ->
    [yes] Questo link non è più valido: è stato usato, sostituito da uno più recente oppure è scaduto. Acceda; lì può anche farsene inviare un altro.
   *[no] Questo invito non è più valido. Ne chieda uno nuovo a chi gestisce questo server.
 }
password-hint = Almeno 12 caratteri. Una frase è facile da ricordare.
password-short = Una password ha almeno 12 caratteri.
password-long = Questa password è troppo lunga.

## Recent secrets
recent-heading = Segreti recenti
recent-search = Cerca
recent-state = Stato
recent-filter = Applica
recent-all = Tutti
recent-waiting = In attesa
recent-expired = Scaduto
recent-burn-short = Distruggi
recent-untitled = Senza etichetta
recent-burn = Distruggi { $label }
recent-empty = Qui non c’è ancora nulla. Ciò che condivide dopo l’accesso resta nell’elenco per il doppio della sua durata.
recent-newer = Più recenti
recent-older = Meno recenti

## Account
account-heading = Account
account-current = Password attuale
account-change = Cambia password
account-changed = La password è stata cambiata. Le altre sessioni sono state chiuse.
account-wrong = La password attuale non è corretta. Non è stato modificato nulla.
account-keys = Chiavi API
account-keys-lead = Per l’API e il connettore: l’indirizzo e-mail è il nome utente, la chiave è la password.
account-key-label = Etichetta della chiave
account-key-create = Crea chiave API
account-key-new = Nuova chiave API
account-key-once = Viene mostrata una volta sola. La conservi dove il suo programma la trova.
account-key-copy = Copia chiave API
account-key-copied = Chiave API copiata
account-key-revoke = Revoca { $label }
account-key-revoked = La chiave è stata revocata.
account-label-long = L’etichetta è troppo lunga; il massimo è 100 caratteri.
account-keys-many = Un account può avere al massimo 50 chiavi API. Ne revochi prima una.
account-notify = Notifiche
account-notify-opened = E-mail quando un segreto viene aperto
account-notify-expired = E-mail quando un segreto scade senza essere aperto
account-notify-hint = Per i segreti che condividerà da ora in poi. Queste e-mail non contengono né il segreto né il suo link.
account-notify-save = Salva
account-notify-saved = La sua scelta è stata salvata.
account-created = Creata
account-used = Ultimo uso
account-never = mai
account-sessions = Sessioni
account-sessions-count = { $count ->
    [one] Ha una sola sessione aperta, questa.
   *[other] Ha { $count } sessioni aperte.
 }
account-signout-all = Esci ovunque

## How it works, errors
about-heading = Come funziona
about-lead = Si inserisce un segreto e si ottiene un link. La prima persona che apre il link e preme il pulsante legge il segreto. Dopo, il link non apre più nulla, e qui del segreto non resta nulla.
about-once-heading = Una sola volta
about-once = Guardare un link non cambia nulla: anteprime e sistemi di controllo della posta possono caricarlo. Solo il pulsante apre il segreto. Una passphrase errata o un link danneggiato non consumano nulla. Se la risposta si perde lungo il percorso, la stessa scheda può ottenerla di nuovo per { $seconds } secondi.
about-device = La pagina cifra prima di inviare. La chiave è la parte del link dopo #, che i browser non inviano mai a un server. Chi ha in mano questo server, il suo disco e i suoi backup non può leggere il segreto. Questo non protegge da una pagina modificata da chi gestisce il server; il client a riga di comando, invece, sì.
about-server = Quando la pagina non può cifrare, e per i link creati da programmi, lo fa il server. Vede il testo per quell’istante e lo conserva con una chiave che si trova solo nel link.
about-passphrase = Una passphrase aggiunge una seconda chiave. I sistemi di posta che riscrivono i link vedono il link intero; il rimedio è una passphrase comunicata in altro modo.
about-mail = Un link che il server invia per e-mail attende qui l’invio, al massimo un giorno, e nel frattempo questo server può aprirlo. Anche il server di posta, e chiunque si trovi sul percorso dell’e-mail, può aprirlo: il rimedio è una passphrase comunicata in altro modo. Le notifiche non contengono né il segreto né il suo link.
about-limits-heading = Da che cosa non protegge
about-limits = Da qualcuno che ottiene il link prima del destinatario. Da uno schermo osservato o da un dispositivo infetto. Da ciò che il destinatario fa poi del segreto.
about-kept-heading = Che cosa viene conservato
about-kept = Fino alla fine: il segreto sigillato, quando è stato creato e quando scade. Dopo, una ricevuta per il mittente, con date e orari e senza contenuto, per il doppio della durata. Nessun indirizzo IP, nessuna terza parte, nessun cookie prima che acceda o scelga una lingua.
about-unreviewed = Il testo di questa pagina in questa lingua non è ancora stato rivisto da una persona madrelingua.
error-heading = Si è verificato un errore
error-none-heading = Questa pagina non esiste
error-none = Controlli l’indirizzo.

## Mail
mail-link-subject = { $sender } le ha inviato un segreto
mail-link-first = { $sender } le ha inviato un segreto tramite { $name }. Se non se lo aspetta, chieda conferma a questa persona prima di aprirlo, per esempio al telefono.
mail-link-open = Vai al segreto
mail-passphrase = Per aprirlo serve una passphrase. Il mittente gliela comunica in altro modo, mai per e-mail.
mail-link-ask = Ha una domanda? Risponda a questa e-mail: la risposta arriverà a { $sender }.
mail-copy = Se non funziona, copi questo indirizzo nel browser:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Segreto del { $time }
   *[other] Segreto per { $recipient } del { $time }
 }
mail-chosen = Riceve questa e-mail perché lo ha scelto in «Account», «Notifiche».
mail-invite-new = Qualcuno, speriamo lei, ha richiesto un account su { $name }. Per confermarlo, imposti una password.
mail-invite-back = Qualcuno, speriamo lei, ha richiesto una nuova password su { $name }.
mail-invite-costs = Quando sarà impostata una nuova password, le chiavi API, le sessioni e la password precedente non funzioneranno più, e l’elenco dei segreti precedenti ripartirà vuoto.
mail-invite-until = Il link funziona una volta sola, fino al { $time }.
mail-invite-ignore = Se non è stato lei, non faccia nulla: non cambierà nulla.
mail-abuse = C’è qualcosa che non va in questa e-mail? Lo segnali a chi gestisce questo server: { $contact }
