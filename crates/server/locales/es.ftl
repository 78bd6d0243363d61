# glossary: secret = secreto; link = enlace; passphrase = frase de contraseña; reveal = revelar; burn = destruir; receipt = comprobante;
# glossary: expire = caducar; sealed on your device = sellado en su dispositivo; sealed on the server = sellado en el servidor;
# glossary: opened = abierto; withdrawn = retirado; sign in = iniciar sesión
# Lines that begin with `reviewed` say who read a language as a native speaker; a dash: nobody yet.
reviewed = -

## Every page
skip = Ir al contenido
nav-signout = Cerrar sesión
nav-api = API
language = Idioma
language-change = Cambiar idioma
navigation = Páginas
preview-title = Un secreto para una sola persona
preview-text = Abra este enlace personalmente: solo funciona una vez.
insecure-banner = Esta conexión no está cifrada. Úsela solo para hacer pruebas.
insecure-heading = Esta página se abre por https
insecure-text = Este servidor admite conexiones seguras. Lo que escriba en esta página viajaría sin cifrar.
insecure-open = Abrir { $url } en su lugar
press-copy = Pulse Ctrl+C
trouble-lost = Se ha interrumpido la conexión. Vuelva a intentarlo ahora, en esta pestaña.
trouble-later = Demasiados intentos por ahora. Espere { $time } y vuelva a intentarlo. No se ha perdido nada.
trouble-mails = { $email ->
    [none] Esta cuenta ha enviado muchísimos correos últimamente. Espere { $time } y vuelva a intentarlo. No se ha perdido nada.
    [left] Los enlaces de abajo ya están creados y sus correos están en camino. Las direcciones que faltan siguen en el formulario: espere { $time } y cree sus enlaces.
   *[other] Últimamente se han enviado tantos correos a { $email } que por ahora no se envían más. Espere { $time } y vuelva a intentarlo, o envíe el enlace por su cuenta.
 }
trouble-server = El servidor no puede hacerlo en este momento. No se ha perdido nada; vuelva a intentarlo enseguida.
trouble-form = Este formulario ya no es válido. Abra de nuevo la página y repita la operación. No se ha cambiado nada.
minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
 }
hours = { $count ->
    [one] 1 hora
   *[other] { $count } horas
 }
days = { $count ->
    [one] 1 día
   *[other] { $count } días
 }

## Words that several pages use
secret = Secreto
files = Archivos
passphrase = Frase de contraseña
label = Etiqueta
recipient = Destinatario
copy-link = Copiar enlace
made = Creado
expires = Caduca
password = Contraseña
new-password = Nueva contraseña
address-wrong = No es una dirección de correo: { $name }.

## What seals, and where
device-name = Sellado en su dispositivo
device-text = Este servidor solo recibe lo que no puede abrir; la clave está en el enlace.
server-name = Sellado en el servidor
server-text = El servidor ve el texto un momento, mientras lo sella. Lo que guarda solo se abre con el enlace.
because-scripts = porque JavaScript está desactivado
because-http = porque esta página no se abrió por https
because-mail = porque el servidor enviará el enlace por correo

## Share
share-heading = Compartir un secreto
share-lead = Escriba o pegue lo que una sola persona debe leer, una única vez. Obtendrá un enlace para esa persona.
share-secret-hint = Hasta { $size } de texto.
share-files-add = Añadir archivos
share-files-hint = Hasta { $count } archivos, { $size } en total. También puede arrastrarlos o pegarlos.
share-files-sign-in = Iniciar sesión para enviar archivos
share-files-scripts = Sin JavaScript, esta página solo admite texto.
share-files-https = Los archivos se sellan en su dispositivo, y eso requiere https. Esta página solo admite texto.
share-text-or-files = Un secreto contiene texto o archivos. Quite los archivos para escribir un texto.
share-remove = Quitar { $name }
share-generate = Generar una contraseña
share-length = Longitud
share-symbols = Símbolos
share-expires = Caduca en
share-passphrase-hint = Opcional. Comuníquela por otra vía, por ejemplo, por teléfono.
share-show = Mostrar la frase de contraseña
share-hide = Ocultar la frase de contraseña
share-suggest = Proponer una frase de contraseña
share-label-hint = Opcional. Solo usted la ve, en su lista.
share-recipients = Enviar a (correo electrónico)
share-recipients-hint = Opcional. El servidor envía el enlace por correo. Hasta diez direcciones; cada una recibe su propio secreto y su propio enlace.
share-recipients-many = Son demasiadas direcciones; { $count } como máximo.
share-files-not-mailed = Los archivos se sellan en su dispositivo, por lo que este servidor no puede enviar el enlace por correo. Cópielo y envíelo por su cuenta.
share-create = Crear enlace
share-sealing = Sellando…
share-sending = Enviando…
share-unsealed = Este navegador no pudo sellar el secreto. No se envió nada. Inténtelo de nuevo o use otro navegador.
share-accounts-only = Inicie sesión para compartir un secreto. Quien tenga un enlace puede abrirlo sin cuenta.
share-signed-out = Entretanto se ha cerrado su sesión. Iníciela de nuevo o cree el enlace sin cuenta.
share-empty = Todavía no hay nada que compartir. Escriba un texto o añada archivos.
share-too-long = Este texto ocupa más de { $size }. Acórtelo o inicie sesión para compartir textos más largos.
share-too-large = Es demasiado: como máximo { $count } archivos, { $size } en total.
share-name-long = El nombre de archivo { $name } es demasiado largo.
share-file-unread = No se ha podido leer { $name }. Añádalo de nuevo.
share-full = En este momento no hay espacio en este servidor para nuevos secretos. Vuelva a intentarlo más tarde.

## The link that was made
result-heading = Su enlace está listo
result-lead = Envíelo a una sola persona.
result-once = Se abre una vez y después ya no.
result-until = Es válido hasta el { $time }.
result-mailed = Un correo con el enlace está en camino a { $email }.
result-links = Cada enlace es para una sola persona y se abre una vez. Un correo con él está en camino.
result-link = Enlace
result-copied = Enlace copiado
result-qr = Mostrar código QR
result-qr-name = Código QR del enlace
result-share = Compartir…
result-mail = Escribir un correo
result-mail-subject = Un secreto para usted
result-mail-body = Este enlace solo se abre una vez. Ábralo personalmente, cuando tenga tiempo de leer y guardar su contenido:
result-passphrase-hint = Comuníquela por una vía distinta de la del enlace. No se volverá a mostrar.
result-copy-passphrase = Copiar la frase de contraseña
result-passphrase-copied = Frase de contraseña copiada
result-receipt = Abrir el comprobante
result-receipt-hint = El comprobante es para usted: indica si se ha abierto el enlace y cuándo.
result-another = Compartir otro secreto

## Reveal
reveal-heading = Alguien le ha enviado un secreto
reveal-text = Un texto de unos { $size }.
reveal-files = { $count ->
    [one] Un archivo de unos { $size }.
   *[other] { $count } archivos, unos { $size } en total.
 }
reveal-files-uncounted = Archivos, unos { $size } en total.
reveal-once = Usted puede abrir este secreto una sola vez. Revélelo cuando tenga tiempo de leerlo y guardarlo.
reveal-until = Puede hacerlo hasta el { $time }.
reveal-passphrase-hint = El remitente se la ha comunicado por una vía distinta de la del enlace.
reveal-passphrase-needed = Escriba primero la frase de contraseña.
reveal-wrong = La frase de contraseña no es correcta. El enlace sigue siendo válido; vuelva a intentarlo.
reveal-locked = Se han probado demasiadas frases de contraseña incorrectas. Pida al remitente que desbloquee este secreto en su comprobante. No se ha perdido nada.
reveal-button = Revelar secreto
reveal-opening = Abriendo…
reveal-in-app = Guardar archivos puede fallar dentro de una aplicación de correo: abra antes esta página en su navegador.
reveal-scripts = Este secreto se selló en el dispositivo del remitente. Para abrirlo, esta página necesita JavaScript. No se ha abierto nada.
reveal-http = Este enlace solo se abre por https. No se ha abierto nada.
reveal-newer = Este enlace se creó con una versión más reciente. No se ha abierto nada; consulte al remitente o abra el enlace en el servidor donde se creó.
reveal-not-opened = Lo recibido no se abre con este enlace. Pida uno nuevo al remitente.
revealed-heading = Su secreto
revealed-copy = Copiar secreto
revealed-copied = Secreto copiado
revealed-hide = Ocultar secreto
revealed-show = Mostrar secreto
revealed-save = Guardar { $name }
revealed-saving = Si no ocurre nada, es posible que esta aplicación no pueda guardar archivos. Vuelva a intentarlo o abra este enlace en su navegador en menos de { $seconds } segundos.
revealed-used-up = Este enlace ya se ha usado: nadie más puede abrirlo. Copie lo que necesite antes de salir de esta página.
revealed-save-first = Este enlace ya se ha usado: nadie más puede abrirlo. Guarde lo que necesite antes de salir de esta página.
revealed-again = Si algo falla, recargue esta pestaña en menos de { $seconds } segundos y el secreto se mostrará una vez más; después no quedará nada.
revealed-forget = Ya lo tengo, borrar ahora
revealed-forgotten = Borrado. No queda nada de este secreto en este servidor.
revealed-here = Usted abrió este secreto aquí: { $time }.
incomplete-heading = Este enlace no está completo
incomplete-text = Falta la parte que va después de #; algunos sistemas de correo la eliminan. Pegue aquí el enlace completo o pídaselo de nuevo al remitente. No se ha abierto nada.
incomplete-wrong = La parte que va después de # no corresponde a este enlace; algunos sistemas de correo la modifican. Pegue aquí el enlace completo o pídaselo de nuevo al remitente. No se ha perdido nada.
incomplete-link = Enlace completo
incomplete-continue = Continuar
incomplete-receipt = Ese enlace es el de un comprobante. Pida al remitente el enlace que contiene /secret/.
incomplete-other = Ese enlace lleva a otro servidor.
incomplete-still = Ese enlace tampoco está completo.
gone-heading = Este enlace no abre nada
gone-why = Puede que ya se haya abierto, que el remitente lo haya retirado o que haya caducado; o bien falta una parte del enlace.
gone-ask = Pregunte a la persona que se lo envió: su comprobante indica si se abrió y cuándo. Si se abrió y no fue usted, esa persona debería cambiar lo que contenía, por ejemplo, una contraseña.
contact = Preguntas:

## Receipt
receipt-heading = Comprobante
receipt-lead = Esta página es para la persona que envió el secreto; el secreto no está en ella. Si alguien le ha enviado esta página para que lea un secreto, pídale el enlace que contiene /secret/.
receipt-waiting = Pendiente de abrir
receipt-opened = Abierto
receipt-burned = Destruido
receipt-expired = Caducado sin abrir
receipt-timeline = Historial
receipt-passphrase = Para abrirlo hace falta una frase de contraseña.
receipt-device-link = El enlace se mostró una vez, cuando usted lo creó. Este servidor no lo conoce.
receipt-show = Mostrar el enlace
receipt-link-kept = Este servidor puede volver a mostrar el enlace mientras el secreto siga sin abrir.
receipt-not-mailed = No se ha enviado por correo: este servidor no tiene configurado el correo. Envíe el enlace por su cuenta.
receipt-mailed = Enviado por correo
receipt-mail-queued = El correo espera a ser enviado.
receipt-mail-reply = El servidor de correo pidió que se intente más tarde ({ $reply }).
receipt-mail-refused = No se ha enviado por correo: el servidor de correo lo rechazó ({ $reply }).
receipt-mail-given-up = No se ha enviado por correo: ningún servidor de correo lo aceptó a tiempo.
receipt-mail-ended = No se ha enviado por correo: el secreto ya no existía.
receipt-mail-yourself = Envíe el enlace por su cuenta.
receipt-locked = Se han probado demasiadas frases de contraseña incorrectas, así que ahora nadie puede abrir el secreto. Si fue su destinatario, desbloquéelo; si no, destrúyalo.
receipt-unlock = Desbloquear
receipt-burn = Destruir secreto
receipt-burn-heading = ¿Destruir este secreto?
receipt-burn-text = Se destruirá sin que nadie lo haya leído. El enlace dejará de abrir nada, y esta acción no se puede deshacer.
receipt-burn-yes = Destruir
receipt-burn-no = Conservar
receipt-after-opened = El secreto se abrió una vez y no queda nada de él. Si su destinatario dice que fue otra persona, cambie lo que contenía, por ejemplo, una contraseña.
receipt-after-burned = El secreto se destruyó sin que nadie lo leyera.
receipt-after-expired = Nadie abrió el secreto a tiempo. Está destruido.
receipt-kept-until = Este comprobante se conserva hasta el { $time }.
receipt-none-heading = Este comprobante no existe
receipt-none = Un comprobante se conserva el doble del tiempo de validez de su secreto. Revise la dirección.

## Sign in, invitation
signin-heading = Iniciar sesión
signin-email = Correo electrónico
signin-secret = Contraseña o clave de API
signin-wrong = Los datos no coinciden. Revise la dirección y la contraseña o la clave de API.
signin-none = ¿No tiene cuenta? Consulte a quien administra este servidor.
signup-heading = Crear una cuenta
signup-domains = Aquí solo pueden tener cuenta las direcciones de { $domains }.
forgot-heading = ¿Olvidó su contraseña?
asked-send = Enviarme un enlace
asked-text = Si esta dirección puede tener una cuenta aquí, un correo con un enlace está en camino. El enlace es válido durante 72 horas.
invite-heading = Establezca su contraseña
invite-lead = Para { $email }.
invite-button = Establecer contraseña
invite-existing = Esta cuenta ya existe. En cuanto establezca la contraseña, sus claves de API, sus sesiones y la contraseña anterior dejarán de funcionar, y la lista de secretos anteriores quedará vacía. Los enlaces y los comprobantes seguirán funcionando. Si todavía tiene una clave de API, inicie sesión con ella y establezca la contraseña en «Cuenta»: así no se pierde nada.
invite-gone = { $mail ->
    [yes] Este enlace ya no es válido: se usó, lo sustituyó uno más reciente o venció su plazo. Inicie sesión; allí también puede pedir otro.
   *[no] Esta invitación ya no es válida. Pida una nueva a quien administra este servidor.
 }
password-hint = Al menos 12 caracteres. Una oración es fácil de recordar.
password-short = Una contraseña tiene al menos 12 caracteres.
password-long = Esta contraseña es demasiado larga.

## Recent secrets
recent-heading = Secretos recientes
recent-search = Buscar
recent-state = Estado
recent-filter = Aplicar
recent-all = Todos
recent-waiting = Pendiente
recent-expired = Caducado
recent-burn-short = Destruir
recent-untitled = Sin etiqueta
recent-burn = Destruir { $label }
recent-empty = Aquí no hay nada todavía. Lo que comparta con la sesión iniciada permanece en la lista el doble de su tiempo de validez.
recent-newer = Más recientes
recent-older = Más antiguos

## Account
account-heading = Cuenta
account-current = Contraseña actual
account-change = Cambiar contraseña
account-changed = Se ha cambiado la contraseña. Se han cerrado las demás sesiones.
account-wrong = La contraseña actual no es correcta. No se ha cambiado nada.
account-keys = Claves de API
account-keys-lead = Para la API y el conector: la dirección de correo electrónico es el nombre de usuario y la clave, la contraseña.
account-key-label = Etiqueta de la clave
account-key-create = Crear clave de API
account-key-new = Nueva clave de API
account-key-once = Se muestra una sola vez. Guárdela donde su programa la encuentre.
account-key-copy = Copiar clave de API
account-key-copied = Clave de API copiada
account-key-revoke = Revocar { $label }
account-key-revoked = Se ha revocado la clave.
account-label-long = La etiqueta es demasiado larga; caben 100 caracteres.
account-keys-many = Una cuenta puede tener 50 claves de API como máximo. Revoque antes una.
account-notify = Notificaciones
account-notify-opened = Enviarme un correo cuando se abra un secreto
account-notify-expired = Enviarme un correo cuando un secreto caduque sin abrirse
account-notify-hint = Para los secretos que comparta a partir de ahora. Estos correos no contienen ni el secreto ni su enlace.
account-notify-save = Guardar
account-notify-saved = Su elección se ha guardado.
account-created = Creada
account-used = Último uso
account-never = nunca
account-sessions = Sesiones
account-sessions-count = { $count ->
    [one] Su única sesión abierta es esta.
   *[other] Tiene { $count } sesiones abiertas.
 }
account-signout-all = Cerrar todas las sesiones

## How it works, errors
about-heading = Cómo funciona
about-lead = Usted introduce un secreto y obtiene un enlace. La primera persona que abre el enlace y pulsa el botón lee el secreto. Después el enlace no abre nada y aquí no queda nada del secreto.
about-once-heading = Una sola vez
about-once = Consultar un enlace no cambia nada: las vistas previas y los analizadores de correo pueden cargarlo. Solo el botón abre el secreto. Una frase de contraseña incorrecta o un enlace dañado no gastan nada. Si la respuesta se pierde por el camino, la misma pestaña puede volver a obtenerla durante { $seconds } segundos.
about-device = La página cifra antes de enviar. La clave es la parte del enlace que va después de #, que los navegadores nunca envían a un servidor. Quien tenga este servidor, su disco y sus copias de seguridad no puede leer el secreto. Esto no le protege de una página modificada por quien administra este servidor; el cliente de línea de comandos, sí.
about-server = Cuando la página no puede cifrar, y en los enlaces creados por programas, lo hace el servidor. Ve el texto durante ese momento y lo guarda con una clave que solo está en el enlace.
about-passphrase = Una frase de contraseña añade una segunda clave. Los sistemas de correo que reescriben los enlaces ven el enlace entero; la solución es una frase de contraseña comunicada por otra vía.
about-mail = Un enlace que el servidor envía por correo espera aquí hasta su envío, un día como máximo, y mientras tanto este servidor puede abrirlo. También pueden abrirlo el servidor de correo y todos aquellos por los que pasa el correo: la solución es una frase de contraseña comunicada por otra vía. Las notificaciones no contienen ni el secreto ni su enlace.
about-limits-heading = De qué no protege
about-limits = De alguien que consiga el enlace antes que su destinatario. De una pantalla a la vista de otros o de un dispositivo infectado. De lo que el destinatario haga después con el secreto.
about-kept-heading = Qué se guarda
about-kept = Hasta que termina: el secreto sellado, cuándo se creó y cuándo caduca. Después, un comprobante para el remitente, con las fechas y sin el contenido, durante el doble del tiempo de validez. Sin direcciones IP, sin terceros y sin cookies antes de que inicie sesión o elija un idioma.
about-unreviewed = El texto de esta página en este idioma aún no ha sido revisado por un hablante nativo.
error-heading = Se ha producido un error
error-none-heading = Esta página no existe
error-none = Revise la dirección.

## Mail
mail-link-subject = { $sender } le ha enviado un secreto
mail-link-first = { $sender } le ha enviado un secreto a través de { $name }. Si no lo espera, pregunte a esa persona antes de abrirlo, por ejemplo, por teléfono.
mail-link-open = Ir al secreto
mail-passphrase = Para abrirlo hace falta una frase de contraseña. El remitente se la comunica por otra vía, nunca por correo.
mail-link-ask = ¿Tiene alguna pregunta? Responda a este correo: su respuesta llegará a { $sender }.
mail-copy = Si no funciona, copie esta dirección en su navegador:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Secreto del { $time }
   *[other] Secreto para { $recipient } del { $time }
 }
mail-chosen = Recibe este correo porque así lo eligió en «Cuenta», «Notificaciones».
mail-invite-new = Alguien, esperamos que usted, ha solicitado una cuenta en { $name }. Para confirmarla, establezca una contraseña.
mail-invite-back = Alguien, esperamos que usted, ha solicitado una contraseña nueva en { $name }.
mail-invite-costs = En cuanto se establezca una contraseña nueva, las claves de API, las sesiones y la contraseña anterior dejarán de funcionar, y la lista de secretos anteriores quedará vacía.
mail-invite-until = El enlace funciona una sola vez, hasta el { $time }.
mail-invite-ignore = Si no ha sido usted, no haga nada: no cambiará nada.
mail-abuse = ¿Hay algún problema con este correo? Avise a quien administra este servidor: { $contact }
