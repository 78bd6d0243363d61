# glossary: secret = segredo; link = link; passphrase = frase-senha; reveal = revelar; burn = destruir; receipt = comprovante;
# glossary: expire = expirar; sealed on your device = lacrado no seu dispositivo; sealed on the server = lacrado no servidor;
# glossary: opened = aberto; withdrawn = retirado; sign in = entrar
# Lines that begin with `reviewed` say who read a language as a native speaker; a dash: nobody yet.
reviewed = -

## Every page
skip = Ir para o conteúdo
nav-signout = Sair
nav-api = API
language = Idioma
language-change = Mudar idioma
navigation = Páginas
preview-title = Um segredo para uma só pessoa
preview-text = Abra este link pessoalmente: ele só funciona uma vez.
insecure-banner = Esta conexão não é criptografada. Use-a apenas para testes.
insecure-heading = Esta página abre por https
insecure-text = Este servidor pode ser acessado com segurança. Aqui, o que você digitar seria transmitido sem criptografia.
insecure-open = Abrir { $url } em vez desta página
press-copy = Pressione Ctrl+C
trouble-lost = A conexão foi interrompida. Tente de novo agora, nesta aba.
trouble-later = Tentativas demais por enquanto. Aguarde { $time } e tente de novo. Nada se perdeu.
trouble-mails = { $email ->
    [none] Esta conta enviou e-mails demais nos últimos tempos. Aguarde { $time } e tente de novo. Nada se perdeu.
    [left] Os links abaixo foram criados, e os e-mails com eles estão a caminho. Os endereços que faltam continuam no formulário: aguarde { $time } e crie os links deles.
   *[other] Tantos e-mails foram enviados a { $email } nos últimos tempos que, por enquanto, não vão mais. Aguarde { $time } e tente de novo, ou envie o link por conta própria.
 }
trouble-server = O servidor não consegue fazer isso agora. Nada se perdeu; tente de novo daqui a pouco.
trouble-form = Este formulário está desatualizado. Abra a página de novo e repita o que você fez. Nada foi alterado.
minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
 }
hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
 }
days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
 }

## Words that several pages use
secret = Segredo
files = Arquivos
passphrase = Frase-senha
label = Rótulo
recipient = Destinatário
copy-link = Copiar link
made = Criado
expires = Expira
password = Senha
new-password = Nova senha
address-wrong = Não é um endereço de e-mail: { $name }.

## What seals, and where
device-name = Lacrado no seu dispositivo
device-text = Este servidor recebe apenas o que não consegue abrir; a chave está no link.
server-name = Lacrado no servidor
server-text = O servidor vê o texto por um instante, enquanto o lacra. O que ele guarda só se abre com o link.
because-scripts = porque o JavaScript está desativado
because-http = porque esta página não foi aberta por https
because-mail = porque o servidor enviará o link por e-mail

## Share
share-heading = Compartilhar um segredo
share-lead = Escreva ou cole o que uma só pessoa deve ler, uma única vez. Você recebe um link para enviar a ela.
share-secret-hint = Até { $size } de texto.
share-files-add = Adicionar arquivos
share-files-hint = Até { $count } arquivos, { $size } no total. Você também pode arrastá-los ou colá-los.
share-files-sign-in = Entrar para enviar arquivos
share-files-scripts = Sem JavaScript, esta página aceita apenas texto.
share-files-https = Os arquivos são lacrados no seu dispositivo, e isso exige https. Esta página aceita apenas texto.
share-text-or-files = Um segredo contém texto ou arquivos. Remova os arquivos para escrever um texto.
share-remove = Remover { $name }
share-generate = Gerar uma senha
share-length = Tamanho
share-symbols = Símbolos
share-expires = Expira em
share-passphrase-hint = Opcional. Informe-a por outro meio, por exemplo, por telefone.
share-show = Mostrar frase-senha
share-hide = Ocultar frase-senha
share-suggest = Sugerir uma frase-senha
share-label-hint = Opcional. Só você o vê, na sua lista.
share-recipients = Enviar para (e-mail)
share-recipients-hint = Opcional. O servidor envia o link por e-mail. Até dez endereços; cada um recebe um segredo e um link próprios.
share-recipients-many = São endereços demais; no máximo { $count }.
share-files-not-mailed = Os arquivos são lacrados no seu dispositivo, por isso este servidor não pode enviar o link por e-mail. Copie-o e envie-o por conta própria.
share-create = Criar link
share-sealing = Lacrando…
share-sending = Enviando…
share-unsealed = Este navegador não conseguiu lacrar o segredo. Nada foi enviado. Tente de novo ou use outro navegador.
share-accounts-only = Entre para compartilhar um segredo. Quem tem um link pode abri-lo sem conta.
share-signed-out = Sua sessão foi encerrada nesse meio-tempo. Entre de novo ou crie o link sem conta.
share-empty = Ainda não há nada para compartilhar. Escreva um texto ou adicione arquivos.
share-too-long = Este texto passa de { $size }. Reduza-o ou entre para compartilhar textos maiores.
share-too-large = Isso é demais: no máximo { $count } arquivos, { $size } no total.
share-name-long = O nome do arquivo { $name } é longo demais.
share-file-unread = Não foi possível ler { $name }. Adicione-o de novo.
share-full = Este servidor não tem espaço para novos segredos no momento. Tente de novo mais tarde.

## The link that was made
result-heading = Seu link está pronto
result-lead = Envie-o a uma só pessoa.
result-once = Ele abre uma vez e depois não abre mais.
result-until = Ele é válido até { $time }.
result-mailed = Um e-mail com o link está a caminho de { $email }.
result-links = Cada link é para uma só pessoa e abre uma vez. Um e-mail com ele está a caminho.
result-link = Link
result-copied = Link copiado
result-qr = Mostrar código QR
result-qr-name = Código QR do link
result-share = Compartilhar…
result-mail = Escrever um e-mail
result-mail-subject = Um segredo para você
result-mail-body = Este link só abre uma vez. Abra-o pessoalmente, quando tiver tempo de ler e guardar o conteúdo:
result-passphrase-hint = Informe-a por um meio diferente do usado para o link. Ela não será mostrada de novo.
result-copy-passphrase = Copiar frase-senha
result-passphrase-copied = Frase-senha copiada
result-receipt = Abrir o comprovante
result-receipt-hint = O comprovante é para você: ele mostra se e quando o link foi aberto.
result-another = Compartilhar outro segredo

## Reveal
reveal-heading = Alguém enviou um segredo para você
reveal-text = Um texto de cerca de { $size }.
reveal-files = { $count ->
    [one] Um arquivo de cerca de { $size }.
   *[other] { $count } arquivos, cerca de { $size } no total.
 }
reveal-files-uncounted = Arquivos, cerca de { $size } no total.
reveal-once = Este segredo só pode ser aberto uma vez, por você. Revele-o quando tiver tempo de ler e guardar o conteúdo.
reveal-until = Você tem até { $time }.
reveal-passphrase-hint = Você a recebeu do remetente por um meio diferente do link.
reveal-passphrase-needed = Digite primeiro a frase-senha.
reveal-wrong = Essa frase-senha não está correta. O link continua válido; tente de novo.
reveal-locked = Houve tentativas demais com frases-senha incorretas. Peça ao remetente que desbloqueie este segredo no comprovante. Nada se perdeu.
reveal-button = Revelar segredo
reveal-opening = Abrindo…
reveal-in-app = Salvar arquivos pode falhar dentro de um aplicativo de e-mail: abra antes esta página no seu navegador.
reveal-scripts = Este segredo foi lacrado no dispositivo do remetente. Para abri-lo, esta página precisa de JavaScript. Nada foi aberto.
reveal-http = Este link só abre por https. Nada foi aberto.
reveal-newer = Este link foi criado com uma versão mais recente. Nada foi aberto; consulte o remetente ou abra o link no servidor em que foi criado.
reveal-not-opened = O que foi recebido não abre com este link. Peça um novo ao remetente.
revealed-heading = Seu segredo
revealed-copy = Copiar segredo
revealed-copied = Segredo copiado
revealed-hide = Ocultar segredo
revealed-show = Mostrar segredo
revealed-save = Salvar { $name }
revealed-saving = Se nada acontecer, talvez este aplicativo não salve arquivos. Tente de novo ou abra este link no seu navegador em até { $seconds } segundos.
revealed-used-up = Este link já foi usado: ninguém mais pode abri-lo. Copie o que precisar antes de sair desta página.
revealed-save-first = Este link já foi usado: ninguém mais pode abri-lo. Salve o que precisar antes de sair desta página.
revealed-again = Se algo der errado, recarregue esta aba em até { $seconds } segundos para ver o segredo mais uma vez; depois disso, não resta nada.
revealed-forget = Já tenho, apagar agora
revealed-forgotten = Apagado. Não resta nada deste segredo neste servidor.
revealed-here = Você abriu este segredo aqui: { $time }.
incomplete-heading = Este link não está completo
incomplete-text = Falta a parte depois de #; alguns sistemas de e-mail a cortam. Cole aqui o link completo ou peça-o de novo ao remetente. Nada foi aberto.
incomplete-wrong = A parte depois de # não corresponde a este link; alguns sistemas de e-mail a alteram. Cole aqui o link completo ou peça-o de novo ao remetente. Nada se perdeu.
incomplete-link = Link completo
incomplete-continue = Continuar
incomplete-receipt = Esse é o link de um comprovante. Peça ao remetente o link que contém /secret/.
incomplete-other = Esse link leva a outro servidor.
incomplete-still = Esse link também não está completo.
gone-heading = Este link não abre nada
gone-why = Talvez ele já tenha sido aberto, tenha sido retirado pelo remetente ou tenha expirado; ou falta uma parte do link.
gone-ask = Fale com a pessoa que o enviou: o comprovante dela mostra se e quando ele foi aberto. Se foi aberto, e não por você, ela deve trocar o que havia nele, por exemplo, uma senha.
contact = Dúvidas:

## Receipt
receipt-heading = Comprovante
receipt-lead = Esta página é para a pessoa que enviou o segredo; o segredo não está aqui. Se alguém enviou esta página para que você lesse um segredo, peça a essa pessoa o link que contém /secret/.
receipt-waiting = Aguardando abertura
receipt-opened = Aberto
receipt-burned = Destruído
receipt-expired = Expirado sem ser aberto
receipt-timeline = Histórico
receipt-passphrase = É preciso uma frase-senha para abri-lo.
receipt-device-link = O link foi mostrado uma vez, quando você o criou. Este servidor não o conhece.
receipt-show = Mostrar o link
receipt-link-kept = Este servidor pode mostrar o link de novo enquanto o segredo não for aberto.
receipt-not-mailed = Não enviado por e-mail: o envio de e-mails não está configurado neste servidor. Envie o link por conta própria.
receipt-mailed = Enviado por e-mail
receipt-mail-queued = O e-mail aguarda o envio.
receipt-mail-reply = O servidor de e-mail pediu para tentar mais tarde ({ $reply }).
receipt-mail-refused = Não enviado por e-mail: o servidor de e-mail o recusou ({ $reply }).
receipt-mail-given-up = Não enviado por e-mail: nenhum servidor de e-mail o aceitou a tempo.
receipt-mail-ended = Não enviado por e-mail: o segredo já não existia.
receipt-mail-yourself = Envie o link por conta própria.
receipt-locked = Houve tentativas demais com frases-senha incorretas, e por isso ninguém pode abrir o segredo agora. Se foi o seu destinatário, desbloqueie-o; caso contrário, destrua-o.
receipt-unlock = Desbloquear
receipt-burn = Destruir segredo
receipt-burn-heading = Destruir este segredo?
receipt-burn-text = Ele será destruído sem ter sido lido. O link não abrirá mais nada, e não é possível desfazer isso.
receipt-burn-yes = Destruir
receipt-burn-no = Manter
receipt-after-opened = O segredo foi aberto uma vez, e não resta nada dele. Se o destinatário disser que foi outra pessoa, troque o que havia nele, por exemplo, uma senha.
receipt-after-burned = O segredo foi destruído sem ter sido lido.
receipt-after-expired = Ninguém abriu o segredo a tempo. Ele foi destruído.
receipt-kept-until = Este comprovante fica guardado até { $time }.
receipt-none-heading = Este comprovante não existe
receipt-none = Um comprovante fica guardado pelo dobro do prazo de validade do segredo. Verifique o endereço.

## Sign in, invitation
signin-heading = Entrar
signin-email = E-mail
signin-secret = Senha ou chave de API
signin-wrong = Os dados não conferem. Verifique o endereço e a senha ou a chave de API.
signin-none = Não tem conta? Fale com quem administra este servidor.
signup-heading = Criar uma conta
signup-domains = Aqui as contas são somente para endereços de { $domains }.
forgot-heading = Esqueceu a senha?
asked-send = Enviar um link para mim
asked-text = Se este endereço pode ter uma conta aqui, um e-mail com um link está a caminho. O link vale por 72 horas.
invite-heading = Defina sua senha
invite-lead = Para { $email }.
invite-button = Definir senha
invite-existing = Esta conta já existe. Assim que você definir a senha, as chaves de API, as sessões e a senha anterior da conta deixarão de funcionar, e a lista de segredos anteriores começará vazia. Os links e os comprovantes continuarão funcionando. Se você ainda tem uma chave de API, entre com ela e defina a senha em “Conta”: assim nada se perde.
invite-gone = { $mail ->
    [yes] Este link não é mais válido: foi usado, substituído por um mais novo ou venceu. Entre; lá também é possível pedir outro.
   *[no] Este convite não é mais válido. Peça um novo a quem administra este servidor.
 }
password-hint = Pelo menos 12 caracteres. Uma frase é fácil de lembrar.
password-short = A senha deve ter pelo menos 12 caracteres.
password-long = Esta senha é longa demais.

## Recent secrets
recent-heading = Segredos recentes
recent-search = Buscar
recent-state = Situação
recent-filter = Aplicar
recent-all = Todos
recent-waiting = Aguardando
recent-expired = Expirado
recent-burn-short = Destruir
recent-untitled = Sem rótulo
recent-burn = Destruir { $label }
recent-empty = Ainda não há nada aqui. O que você compartilhar depois de entrar fica na lista pelo dobro do prazo de validade.
recent-newer = Mais recentes
recent-older = Mais antigos

## Account
account-heading = Conta
account-current = Senha atual
account-change = Trocar senha
account-changed = A senha foi trocada. As outras sessões foram encerradas.
account-wrong = A senha atual não está correta. Nada foi alterado.
account-keys = Chaves de API
account-keys-lead = Para a API e o conector: o endereço de e-mail é o nome de usuário, e a chave é a senha.
account-key-label = Rótulo da chave
account-key-create = Criar chave de API
account-key-new = Nova chave de API
account-key-once = Ela é mostrada uma única vez. Guarde-a onde o seu programa a encontre.
account-key-copy = Copiar chave de API
account-key-copied = Chave de API copiada
account-key-revoke = Revogar { $label }
account-key-revoked = A chave foi revogada.
account-label-long = O rótulo é longo demais; o máximo é de 100 caracteres.
account-keys-many = Uma conta pode ter no máximo 50 chaves de API. Revogue uma antes.
account-notify = Notificações
account-notify-opened = Enviar um e-mail para mim quando um segredo for aberto
account-notify-expired = Enviar um e-mail para mim quando um segredo expirar sem ser aberto
account-notify-hint = Para os segredos que você compartilhar a partir de agora. Estes e-mails não contêm nem o segredo nem o link.
account-notify-save = Salvar
account-notify-saved = Sua escolha foi salva.
account-created = Criada
account-used = Último uso
account-never = nunca
account-sessions = Sessões
account-sessions-count = { $count ->
    [one] Sua única sessão aberta é esta.
   *[other] Você tem { $count } sessões abertas.
 }
account-signout-all = Sair de todas as sessões

## How it works, errors
about-heading = Como funciona
about-lead = Você insere um segredo e recebe um link. A primeira pessoa que abre o link e pressiona o botão lê o segredo. Depois disso, o link não abre mais nada, e aqui não resta nada do segredo.
about-once-heading = Uma única vez
about-once = Olhar um link não muda nada: pré-visualizações e verificadores de e-mail podem carregá-lo. Só o botão abre o segredo. Uma frase-senha incorreta ou um link danificado não gasta nada. Se a resposta se perder no caminho, a mesma aba pode obtê-la de novo por { $seconds } segundos.
about-device = A página criptografa antes de enviar. A chave é a parte do link depois de #, que os navegadores nunca enviam a um servidor. Quem tem este servidor, seu disco e seus backups não consegue ler o segredo. Isso não protege você de uma página alterada por quem administra este servidor; o cliente de linha de comando protege.
about-server = Quando a página não consegue criptografar, e para links criados por programas, o servidor faz isso. Ele vê o texto nesse instante e o armazena com uma chave que está apenas no link.
about-passphrase = Uma frase-senha acrescenta uma segunda chave. Sistemas de e-mail que reescrevem links veem o link inteiro; a solução é uma frase-senha informada por outro meio.
about-mail = Um link que o servidor envia por e-mail espera aqui até ser enviado, por um dia no máximo, e enquanto isso este servidor pode abri-lo. O servidor de e-mail, e todos por quem o e-mail passa, também podem abri-lo: a solução é uma frase-senha informada por outro meio. As notificações não contêm nem o segredo nem o link.
about-limits-heading = Do que isto não protege
about-limits = De alguém que obtenha o link antes do destinatário. De uma tela observada ou de um dispositivo infectado. Do que o destinatário fizer depois com o segredo.
about-kept-heading = O que fica guardado
about-kept = Até o fim: o segredo lacrado, quando foi criado e quando expira. Depois, um comprovante para o remetente, com datas e horários e sem conteúdo, pelo dobro do prazo de validade. Nenhum endereço IP, nenhum terceiro, nenhum cookie antes de você entrar ou escolher um idioma.
about-unreviewed = O texto desta página neste idioma ainda não foi revisado por um falante nativo.
error-heading = Ocorreu um erro
error-none-heading = Esta página não existe
error-none = Verifique o endereço.

## Mail
mail-link-subject = { $sender } enviou um segredo para você
mail-link-first = { $sender } enviou um segredo para você por meio de { $name }. Se você não o espera, confirme com essa pessoa antes de abri-lo, por exemplo, por telefone.
mail-link-open = Ir para o segredo
mail-passphrase = É preciso uma frase-senha para abri-lo. O remetente a informa por outro meio, nunca por e-mail.
mail-link-ask = Alguma dúvida? Responda a este e-mail: sua resposta vai para { $sender }.
mail-copy = Se não funcionar, copie este endereço no seu navegador:
mail-pair = { $name }: { $value }
mail-untitled = { $recipient ->
    [none] Segredo de { $time }
   *[other] Segredo para { $recipient }, de { $time }
 }
mail-chosen = Você recebe este e-mail porque escolheu isso em “Conta”, “Notificações”.
mail-invite-new = Alguém, esperamos que você, pediu uma conta em { $name }. Para confirmá-la, defina uma senha.
mail-invite-back = Alguém, esperamos que você, pediu uma nova senha em { $name }.
mail-invite-costs = Assim que uma nova senha for definida, as chaves de API, as sessões e a senha anterior deixarão de funcionar, e a lista de segredos anteriores começará vazia.
mail-invite-until = O link só funciona uma vez, até { $time }.
mail-invite-ignore = Se não foi você, não faça nada: nada vai mudar.
mail-abuse = Há algo errado com este e-mail? Avise quem administra este servidor: { $contact }
