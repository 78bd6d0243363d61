# glossary: secret = secret; link = lien; passphrase = phrase de passe; reveal = révéler; burn = détruire; receipt = reçu;
# glossary: expire = expirer; sealed on your device = scellé sur votre appareil; sealed on the server = scellé sur le serveur;
# glossary: opened = ouvert; withdrawn = retiré; sign in = se connecter
# Lines that begin with `reviewed` say who read a language as a native speaker; a dash: nobody yet.
reviewed = -

## Every page
skip = Aller au contenu
nav-signout = Se déconnecter
nav-api = API
language = Langue
language-change = Changer de langue
navigation = Pages
preview-title = Un secret pour une seule personne
preview-text = Ouvrez ce lien vous-même : il ne fonctionne qu’une fois.
insecure-banner = Cette connexion n’est pas chiffrée. Ne l’utilisez que pour un essai.
insecure-heading = Cette page s’ouvre en https
insecure-text = Ce serveur est accessible par une connexion sécurisée. Ici, ce que vous saisissez circulerait en clair.
insecure-open = Ouvrir plutôt { $url }
press-copy = Appuyez sur Ctrl+C
trouble-lost = La connexion a été interrompue. Réessayez maintenant, dans cet onglet.
trouble-later = Trop de tentatives pour le moment. Attendez { $time }, puis réessayez. Rien n’est perdu.
trouble-mails = { $email ->
    [none] Ce compte a envoyé énormément d’e-mails ces derniers temps. Attendez { $time }, puis réessayez. Rien n’est perdu.
    [left] Les liens ci-dessous sont créés et leurs e-mails sont en route. Les adresses restantes figurent encore dans le formulaire : attendez { $time }, puis créez leurs liens.
   *[other] Tant d’e-mails ont été envoyés à { $email } récemment que l’envoi y est suspendu pour le moment. Attendez { $time }, puis réessayez, ou envoyez le lien vous-même.
 }
trouble-server = Le serveur ne peut pas traiter cette demande pour l’instant. Rien n’est perdu ; réessayez dans un moment.
trouble-form = Ce formulaire n’est plus à jour. Rouvrez la page et recommencez. Rien n’a été modifié.
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
 }
days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 }

## Words that several pages use
secret = Secret
files = Fichiers
passphrase = Phrase de passe
label = Libellé
recipient = Destinataire
copy-link = Copier le lien
made = Créé
expires = Expire
password = Mot de passe
new-password = Nouveau mot de passe
address-wrong = Ce n’est pas une adresse e-mail : { $name }.

## What seals, and where
device-name = Scellé sur votre appareil
device-text = Ce serveur ne reçoit que ce qu’il ne peut pas ouvrir ; la clé est dans le lien.
server-name = Scellé sur le serveur
server-text = Le serveur voit le texte un instant, le temps de le sceller. Ce qu’il conserve ne s’ouvre qu’avec le lien.
because-scripts = parce que JavaScript est désactivé
because-http = parce que cette page n’a pas été ouverte en https
because-mail = parce que le serveur enverra le lien par e-mail

## Share
share-heading = Partager un secret
share-lead = Écrivez ou collez ce qu’une seule personne doit lire, une seule fois. Vous obtenez un lien à lui envoyer.
share-secret-hint = Jusqu’à { $size } de texte.
share-files-add = Ajouter des fichiers
share-files-hint = Jusqu’à { $count } fichiers, { $size } au total. Vous pouvez aussi les déposer ou les coller ici.
share-files-sign-in = Se connecter pour envoyer des fichiers
share-files-scripts = Sans JavaScript, cette page n’accepte que du texte.
share-files-https = Les fichiers sont scellés sur votre appareil, ce qui n’est possible qu’en https. Cette page n’accepte que du texte.
share-text-or-files = Un secret contient soit un texte, soit des fichiers. Retirez les fichiers pour écrire un texte.
share-remove = Retirer { $name }
share-generate = Générer un mot de passe
share-length = Longueur
share-symbols = Caractères spéciaux
share-expires = Expire dans
share-passphrase-hint = Facultatif. Communiquez-la par une autre voie, par exemple au téléphone.
share-show = Afficher la phrase de passe
share-hide = Masquer la phrase de passe
share-suggest = Proposer une phrase de passe
share-label-hint = Facultatif. Il n’est visible que par vous, dans votre liste.
share-recipients = Envoyer à (e-mail)
share-recipients-hint = Facultatif. Le serveur envoie le lien par e-mail. Jusqu’à dix adresses ; chacune reçoit un secret et un lien qui lui sont propres.
share-recipients-many = Il y a trop d’adresses ; { $count } au maximum.
share-files-not-mailed = Les fichiers sont scellés sur votre appareil, ce serveur ne peut donc pas envoyer le lien par e-mail. Copiez-le et envoyez-le vous-même.
share-create = Créer le lien
share-sealing = Scellement en cours…
share-sending = Envoi en cours…
share-unsealed = Ce navigateur n’a pas pu sceller le secret. Rien n’a été envoyé. Réessayez, ou utilisez un autre navigateur.
share-accounts-only = Connectez-vous pour partager un secret. Il n’est pas nécessaire d’avoir un compte pour ouvrir un lien.
share-signed-out = Votre session a pris fin entre-temps. Connectez-vous de nouveau, ou créez le lien sans compte.
share-empty = Il n’y a encore rien à partager. Écrivez un texte ou ajoutez des fichiers.
share-too-long = Ce texte dépasse { $size }. Raccourcissez-le, ou connectez-vous pour pouvoir en partager de plus longs.
share-too-large = C’est trop : { $count } fichiers au maximum, { $size } au total.
share-name-long = Le nom de fichier { $name } est trop long.
share-file-unread = Impossible de lire { $name }. Ajoutez-le de nouveau.
share-full = Ce serveur n’a plus de place pour de nouveaux secrets pour l’instant. Réessayez plus tard.

## The link that was made
result-heading = Votre lien est prêt
result-lead = Envoyez-le à une seule personne.
result-once = Il s’ouvre une fois, puis plus jamais.
result-until = Il est valable jusqu’au { $time }.
result-mailed = Un e-mail contenant le lien est en route vers { $email }.
result-links = Chaque lien est destiné à une seule personne et ne s’ouvre qu’une fois. Un e-mail qui le contient est en route.
result-link = Lien
result-copied = Lien copié
result-qr = Afficher le code QR
result-qr-name = Code QR du lien
result-share = Partager…
result-mail = Écrire un e-mail
result-mail-subject = Un secret pour vous
result-mail-body = Ce lien ne s’ouvre qu’une fois. Ouvrez-le vous-même, lorsque vous aurez le temps de lire son contenu et de le conserver :
result-passphrase-hint = Communiquez-la par une autre voie que le lien. Elle ne sera plus affichée.
result-copy-passphrase = Copier la phrase de passe
result-passphrase-copied = Phrase de passe copiée
result-receipt = Ouvrir le reçu
result-receipt-hint = Le reçu est pour vous : il indique si et quand le lien a été ouvert.
result-another = Partager un autre secret

## Reveal
reveal-heading = Quelqu’un vous a envoyé un secret
reveal-text = Un texte d’environ { $size }.
reveal-files = { $count ->
    [one] Un fichier, environ { $size }.
   *[other] { $count } fichiers, environ { $size } au total.
 }
reveal-files-uncounted = Des fichiers, environ { $size } au total.
reveal-once = Ce secret ne peut être ouvert qu’une fois, par vous. Révélez-le lorsque vous aurez le temps de le lire et de le conserver.
reveal-until = Vous avez jusqu’au { $time }.
reveal-passphrase-hint = L’expéditeur vous l’a communiquée par une autre voie que le lien.
reveal-passphrase-needed = Saisissez d’abord la phrase de passe.
reveal-wrong = Cette phrase de passe n’est pas la bonne. Le lien reste valable ; réessayez.
reveal-locked = Trop de phrases de passe erronées ont été saisies. Demandez à l’expéditeur de déverrouiller ce secret sur son reçu. Rien n’est perdu.
reveal-button = Révéler le secret
reveal-opening = Ouverture en cours…
reveal-in-app = Dans une application de messagerie, l’enregistrement de fichiers peut échouer : ouvrez d’abord cette page dans votre navigateur.
reveal-scripts = Ce secret a été scellé sur l’appareil de l’expéditeur. Pour l’ouvrir, cette page a besoin de JavaScript. Rien n’a été ouvert.
reveal-http = Ce lien ne s’ouvre qu’en https. Rien n’a été ouvert.
reveal-newer = Ce lien a été créé avec une version plus récente. Rien n’a été ouvert ; adressez-vous à l’expéditeur, ou ouvrez le lien là où il a été créé.
reveal-not-opened = Ce qui a été reçu ne s’ouvre pas avec ce lien. Demandez-en un nouveau à l’expéditeur.
revealed-heading = Votre secret
revealed-copy = Copier le secret
revealed-copied = Secret copié
revealed-hide = Masquer le secret
revealed-show = Afficher le secret
revealed-save = Enregistrer { $name }
revealed-saving = S’il ne se passe rien, cette application ne permet peut-être pas d’enregistrer des fichiers. Réessayez, ou ouvrez ce lien dans votre navigateur dans les { $seconds } secondes.
revealed-used-up = Ce lien a servi : personne d’autre ne peut l’ouvrir. Copiez ce dont vous avez besoin avant de quitter cette page.
revealed-save-first = Ce lien a servi : personne d’autre ne peut l’ouvrir. Enregistrez ce dont vous avez besoin avant de quitter cette page.
revealed-again = En cas de problème, rechargez cet onglet dans les { $seconds } secondes pour revoir le secret une dernière fois ; ensuite, il n’en restera rien.
revealed-forget = Je l’ai, effacer maintenant
revealed-forgotten = Effacé. Il ne reste rien de ce secret sur ce serveur.
revealed-here = Vous avez ouvert ce secret ici : { $time }.
incomplete-heading = Ce lien est incomplet
incomplete-text = La partie après # manque ; certaines messageries la suppriment. Collez ici le lien complet, ou demandez-le de nouveau à l’expéditeur. Rien n’a été ouvert.
incomplete-wrong = La partie après # ne correspond pas à ce lien ; certaines messageries la modifient. Collez ici le lien complet, ou demandez-le de nouveau à l’expéditeur. Rien n’est perdu.
incomplete-link = Lien complet
incomplete-continue = Continuer
incomplete-receipt = Ce lien est celui d’un reçu. Demandez à l’expéditeur le lien qui contient /secret/.
incomplete-other = Ce lien mène à un autre serveur.
incomplete-still = Ce lien est incomplet lui aussi.
gone-heading = Ce lien n’ouvre rien
gone-why = Il a peut-être déjà été ouvert ou retiré par son expéditeur, ou bien il a expiré ; il se peut aussi qu’il manque une partie du lien.
gone-ask = Adressez-vous à la personne qui l’a envoyé : son reçu indique si et quand il a été ouvert. S’il a été ouvert, mais pas par vous, elle devrait changer ce qu’il contenait, par exemple un mot de passe.
contact = Questions :

## Receipt
receipt-heading = Reçu
receipt-lead = Cette page est destinée à la personne qui a envoyé le secret ; le secret n’y figure pas. Si quelqu’un vous a envoyé cette page pour vous faire lire un secret, demandez-lui le lien qui contient /secret/.
receipt-waiting = En attente d’ouverture
receipt-opened = Ouvert
receipt-burned = Détruit
receipt-expired = Expiré sans avoir été ouvert
receipt-timeline = Historique
receipt-passphrase = Une phrase de passe est nécessaire pour l’ouvrir.
receipt-device-link = Le lien a été affiché une fois, lorsque vous l’avez créé. Ce serveur ne le connaît pas.
receipt-show = Afficher le lien
receipt-link-kept = Ce serveur peut afficher de nouveau le lien tant que le secret n’a pas été ouvert.
receipt-not-mailed = Pas envoyé par e-mail : l’envoi d’e-mails n’est pas configuré sur ce serveur. Envoyez le lien vous-même.
receipt-mailed = Envoyé par e-mail
receipt-mail-queued = L’e-mail attend d’être envoyé.
receipt-mail-reply = Le serveur de messagerie a demandé de réessayer plus tard ({ $reply }).
receipt-mail-refused = Pas envoyé par e-mail : le serveur de messagerie a refusé l’e-mail ({ $reply }).
receipt-mail-given-up = Pas envoyé par e-mail : aucun serveur de messagerie n’a accepté l’e-mail à temps.
receipt-mail-ended = Pas envoyé par e-mail : le secret n’existait déjà plus.
receipt-mail-yourself = Envoyez le lien vous-même.
receipt-locked = Trop de phrases de passe erronées ont été saisies : personne ne peut plus ouvrir le secret pour l’instant. Si c’était votre destinataire, déverrouillez-le ; sinon, détruisez-le.
receipt-unlock = Déverrouiller
receipt-burn = Détruire le secret
receipt-burn-heading = Détruire ce secret ?
receipt-burn-text = Il sera détruit sans avoir été lu. Le lien n’ouvrira plus rien, et cette action est irréversible.
receipt-burn-yes = Détruire
receipt-burn-no = Conserver
receipt-after-opened = Ce secret a été ouvert une fois, et il n’en reste rien. Si votre destinataire affirme que c’était quelqu’un d’autre, changez ce qu’il contenait, par exemple un mot de passe.
receipt-after-burned = Ce secret a été détruit sans avoir été lu.
receipt-after-expired = Personne n’a ouvert ce secret à temps. Il est détruit.
receipt-kept-until = Ce reçu est conservé jusqu’au { $time }.
receipt-none-heading = Ce reçu n’existe pas
receipt-none = Un reçu est conservé pendant le double de la durée de vie de son secret. Vérifiez l’adresse.

## Sign in, invitation
signin-heading = Se connecter
signin-email = E-mail
signin-secret = Mot de passe ou clé API
signin-wrong = Ces informations ne correspondent pas. Vérifiez l’adresse, ainsi que le mot de passe ou la clé API.
signin-none = Pas de compte ? Adressez-vous à la personne qui gère ce serveur.
signup-heading = Créer un compte
signup-domains = Les comptes sont ici réservés aux adresses de { $domains }.
forgot-heading = Mot de passe oublié ?
asked-send = M’envoyer un lien
asked-text = Si cette adresse peut avoir un compte ici, un e-mail contenant un lien est en route. Le lien est valable 72 heures.
invite-heading = Définissez votre mot de passe
invite-lead = Pour { $email }.
invite-button = Définir le mot de passe
invite-existing = Ce compte existe déjà. Dès que vous aurez défini le mot de passe, ses clés API, ses sessions et son ancien mot de passe cesseront de fonctionner, et sa liste de secrets repartira de zéro. Les liens et les reçus restent valables. Si vous avez encore une clé API, connectez-vous plutôt avec elle et définissez le mot de passe dans « Compte » : vous ne perdrez rien.
invite-gone = { $mail ->
    [yes] Ce lien n’est plus valable : il a été utilisé, remplacé par un plus récent, ou son délai est écoulé. Connectez-vous ; vous pouvez aussi y demander un nouveau lien.
   *[no] Cette invitation n’est plus valable. Demandez-en une nouvelle à la personne qui gère ce serveur.
 }
password-hint = Au moins 12 caractères. Une phrase est facile à retenir.
password-short = Un mot de passe compte au moins 12 caractères.
password-long = Ce mot de passe est trop long.

## Recent secrets
recent-heading = Secrets récents
recent-search = Rechercher
recent-state = État
recent-filter = Appliquer
recent-all = Tous
recent-waiting = En attente
recent-expired = Expiré
recent-burn-short = Détruire
recent-untitled = Sans libellé
recent-burn = Détruire { $label }
recent-empty = Rien ici pour l’instant. Ce que vous partagez après connexion reste dans la liste pendant le double de sa durée de vie.
recent-newer = Plus récents
recent-older = Plus anciens

## Account
account-heading = Compte
account-current = Mot de passe actuel
account-change = Changer le mot de passe
account-changed = Le mot de passe a été changé. Les autres sessions sont déconnectées.
account-wrong = Le mot de passe actuel n’est pas le bon. Rien n’a été modifié.
account-keys = Clés API
account-keys-lead = Pour l’API et le connecteur : l’adresse e-mail est le nom d’utilisateur, la clé est le mot de passe.
account-key-label = Libellé de la clé
account-key-create = Créer une clé API
account-key-new = Nouvelle clé API
account-key-once = Elle n’est affichée qu’une fois. Conservez-la là où votre programme la trouvera.
account-key-copy = Copier la clé API
account-key-copied = Clé API copiée
account-key-revoke = Révoquer { $label }
account-key-revoked = La clé a été révoquée.
account-label-long = Le libellé est trop long ; 100 caractères au maximum.
account-keys-many = Un compte peut avoir 50 clés API au maximum. Révoquez-en une d’abord.
account-notify = Notifications
account-notify-opened = M’envoyer un e-mail quand un secret est ouvert
account-notify-expired = M’envoyer un e-mail quand un secret expire sans avoir été ouvert
account-notify-hint = Pour les secrets que vous partagerez à partir de maintenant. Ces e-mails ne contiennent ni le secret ni son lien.
account-notify-save = Enregistrer
account-notify-saved = Votre choix est enregistré.
account-created = Créée
account-used = Dernière utilisation
account-never = jamais
account-sessions = Sessions
account-sessions-count = { $count ->
    [one] Vous n’avez pas d’autre session ouverte que celle-ci.
   *[other] Vous avez { $count } sessions ouvertes.
 }
account-signout-all = Se déconnecter partout

## How it works, errors
about-heading = Fonctionnement
about-lead = Vous saisissez un secret et vous obtenez un lien. La première personne qui ouvre le lien et appuie sur le bouton lit le secret. Ensuite, le lien n’ouvre plus rien, et il ne reste rien du secret ici.
about-once-heading = Une seule fois
about-once = Consulter un lien ne change rien : les aperçus et les analyseurs de messagerie peuvent le charger. Seul le bouton ouvre le secret. Une phrase de passe erronée ou un lien abîmé ne consomme rien. Si la réponse se perd en route, le même onglet peut l’obtenir de nouveau pendant { $seconds } secondes.
about-device = La page chiffre avant d’envoyer. La clé est la partie du lien située après #, que les navigateurs n’envoient jamais à un serveur. Même en détenant ce serveur, son disque et ses sauvegardes, on ne peut pas lire le secret. Cela ne vous protège pas d’une page qui aurait été modifiée par la personne qui gère ce serveur ; le client en ligne de commande, lui, vous en protège.
about-server = Lorsque la page ne peut pas chiffrer, et pour les liens créés par des programmes, c’est le serveur qui chiffre. Il voit le texte à cet instant et le stocke sous une clé qui ne figure que dans le lien.
about-passphrase = Une phrase de passe ajoute une seconde clé. Les messageries qui réécrivent les liens voient le lien entier ; une phrase de passe communiquée par une autre voie y remédie.
about-mail = Un lien que le serveur envoie par e-mail attend ici son envoi, un jour au plus, et ce serveur peut l’ouvrir pendant ce temps. Le serveur de messagerie, et tous ceux par qui passe l’e-mail, peuvent l’ouvrir aussi : une phrase de passe communiquée par une autre voie y remédie. Les notifications ne contiennent ni le secret ni son lien.
about-limits-heading = Ce contre quoi cela ne protège pas
about-limits = Une personne qui obtient le lien avant son destinataire. Un écran observé, un appareil infecté. Ce que le destinataire fait ensuite du secret.
about-kept-heading = Ce qui est conservé
about-kept = Jusqu’à la fin : le secret scellé, sa date de création et sa date d’expiration. Ensuite, un reçu pour l’expéditeur, avec les dates et sans le contenu, pendant le double de la durée de vie. Aucune adresse IP, aucun tiers, aucun cookie avant que vous ne vous connectiez ou ne choisissiez une langue.
about-unreviewed = Le texte de cette page n’a pas encore été relu dans cette langue par une personne dont c’est la langue maternelle.
error-heading = Une erreur s’est produite
error-none-heading = Cette page n’existe pas
error-none = Vérifiez l’adresse.

## Mail
mail-link-subject = { $sender } vous a envoyé un secret
mail-link-first = { $sender } vous a envoyé un secret par { $name }. Si vous ne l’attendez pas, renseignez-vous auprès de cette personne avant de l’ouvrir, par exemple au téléphone.
mail-link-open = Accéder au secret
mail-passphrase = Une phrase de passe est nécessaire pour l’ouvrir. L’expéditeur vous la communique par une autre voie, jamais par e-mail.
mail-link-ask = Une question ? Répondez à cet e-mail : votre réponse parviendra à { $sender }.
mail-copy = Si cela ne fonctionne pas, copiez cette adresse dans votre navigateur :
mail-pair = { $name } : { $value }
mail-untitled = { $recipient ->
    [none] Secret du { $time }
   *[other] Secret pour { $recipient } du { $time }
 }
mail-chosen = Vous recevez cet e-mail parce que vous l’avez choisi dans « Compte », « Notifications ».
mail-invite-new = Une personne, vous-même en principe, a demandé un compte sur { $name }. Pour le confirmer, définissez un mot de passe.
mail-invite-back = Une personne, vous-même en principe, a demandé un nouveau mot de passe sur { $name }.
mail-invite-costs = Dès qu’un nouveau mot de passe sera défini, les clés API, les sessions et l’ancien mot de passe cesseront de fonctionner, et la liste de secrets repartira de zéro.
mail-invite-until = Le lien fonctionne une seule fois, jusqu’au { $time }.
mail-invite-ignore = Si ce n’était pas vous, ne faites rien : rien ne changera.
mail-abuse = Un problème avec cet e-mail ? Signalez-le à la personne qui gère ce serveur : { $contact }
