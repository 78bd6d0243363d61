//! How secrets are made in one call: where they are sealed, under which passphrase, for how long.

use super::Made;
use crate::args::{Making, Reach, SealedOn};
use crate::client::{Client, Trouble, Upload};
use crate::commands::{client, system_rng};
use crate::failure::{Exit, Failure};
use crate::lifetime::in_words;
use crate::link::{Link, is_key};
use crate::passphrase;
use crate::plain::is_misleading;
use crate::server_url::ServerUrl;
use crate::terminal;
use burnbag_api::{Receipt, Sealing};
use burnbag_core::content::Content;
use burnbag_core::envelope::Envelope;
use burnbag_core::fragment::Fragment;
use burnbag_core::password::make_spoken_passphrase;
use burnbag_core::plan::MAX_LABEL;
use zeroize::Zeroizing;

const MAILED: &str = "the server will mail the link";
const OTHER_SERVER: &str = "this server does not know another way";

/// All that is settled before anything is sent.
pub(in crate::commands) struct Sharing {
    client: Client,
    sealed: Sealing,
    /// Whether the server knows what Burnbag adds to v1.
    is_burnbag: bool,
    passphrase: Option<Zeroizing<String>>,
    suggested: bool,
    ttl: Option<String>,
    label: Option<String>,
    qr: bool,
}

impl Sharing {
    pub(in crate::commands) fn prepare(
        making: &Making,
        reach: &Reach,
        mailed: bool,
        files: bool,
    ) -> Result<Self, Failure> {
        making.label.as_deref().map_or(Ok(()), check_label)?;
        let client = client(None, reach)?;
        let is_burnbag = client.takes_device_sealed().map_err(|trouble| trouble.at(client.server()))?;
        let demanded = making.sealed;
        let (sealed, reason) = match demanded {
            _ if mailed => (Sealing::Server, Some(MAILED)),
            Some(SealedOn::Server) => (Sealing::Server, None),
            _ if is_burnbag => (Sealing::Device, None),
            Some(SealedOn::Device) => return Err(knows_no_device(&client, "sealing on the device")),
            None if files => return Err(knows_no_device(&client, "files")),
            None => (Sealing::Server, Some(OTHER_SERVER)),
        };
        if let Some(reason) = reason {
            // Before anything is sent.
            terminal::say(&format!("sealed on the server, because {reason}"));
        }
        let suggested = making.suggest_passphrase;
        let (ttl, label, qr) = (making.ttl.map(|ttl| ttl.to_string()), making.label.clone(), making.qr);
        Ok(Self { client, sealed, is_burnbag, passphrase: None, suggested, ttl, label, qr })
    }

    /// Settles the passphrase, after the content: that is the order in which a person is asked.
    pub(in crate::commands) fn choose_passphrase(&mut self, making: &Making) -> Result<(), Failure> {
        self.passphrase = if self.suggested {
            Some(Zeroizing::new(make_spoken_passphrase(&mut system_rng()?).expose().clone()))
        } else {
            passphrase::choose(&making.passphrases)?
        };
        Ok(())
    }

    pub(in crate::commands) const fn sealed(&self) -> Sealing {
        self.sealed
    }

    /// Makes one secret.
    pub(in crate::commands) fn share(
        &self,
        content: Content,
        recipient: Option<&str>,
    ) -> Result<Made, Failure> {
        let (upload, fragment) = match (self.sealed, content) {
            (Sealing::Device, content) => {
                let (upload, fragment) = self.seal(content)?;
                (upload, Some(fragment))
            }
            (Sealing::Server, Content::Text(text)) => {
                let secret = ("secret", text.expose().as_str());
                (Upload::of(self.members(recipient).into_iter().chain([secret])), None)
            }
            (Sealing::Server, Content::Files(_)) => unreachable!("files are sealed on the device"),
        };
        let (receipt, notice) = self.client.share(&upload).map_err(|trouble| self.explain(trouble))?;
        let mut made = self.made(receipt, fragment.as_ref(), notice)?;
        made.recipient = recipient.map(ToOwned::to_owned);
        Ok(made)
    }

    /// Has the server make the value too.
    pub(in crate::commands) fn generate(&self, length: &str) -> Result<Made, Failure> {
        let upload = Upload::of(self.members(None).into_iter().chain([("length", length)]));
        let (mut receipt, notice) = self.client.generate(&upload).map_err(|trouble| self.explain(trouble))?;
        let value = receipt.value.take().map(Zeroizing::new);
        let value = value.ok_or_else(|| Failure::new(Exit::Other, "the server told no value"))?;
        let mut made = self.made(receipt, None, notice)?;
        made.value = Some(value);
        Ok(made)
    }

    fn seal(&self, content: Content) -> Result<(Upload, Fragment), Failure> {
        let mut rng = system_rng()?;
        let fragment = Fragment::make(self.passphrase.is_some(), &mut rng);
        let passphrase = self.passphrase.as_ref().and_then(passphrase::for_sealing);
        let keys = fragment.derive_keys(passphrase.as_ref()).expect("the fragment asks for what is there");
        let (kind, count) = match &content {
            Content::Text(_) => ("text", None),
            Content::Files(files) => ("files", Some(files.len().to_string())),
        };
        let size = content.size().to_string();
        let encoded = content.encode().map_err(|error| Failure::new(Exit::Refused, error.to_string()))?;
        // What is large stands in memory no longer than it must.
        drop(content);
        let envelope = Envelope::seal(&encoded, &keys, &mut rng);
        drop(encoded);
        let proof = keys.proof.expose();
        let required = if self.passphrase.is_some() { "true" } else { "false" };
        let mut members = vec![
            ("proof", proof.as_str()),
            ("kind", kind),
            ("size", &size),
            ("passphrase_required", required),
        ];
        members.extend(count.as_deref().map(|count| ("files", count)));
        members.extend(self.ttl.as_deref().map(|ttl| ("ttl", ttl)));
        members.extend(self.label.as_deref().map(|label| ("memo", label)));
        Ok((Upload::sealed(members, envelope), fragment))
    }

    /// What is sent beside a text.
    fn members<'a>(&'a self, recipient: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
        let passphrase = self.passphrase.as_ref().map(|passphrase| ("passphrase", passphrase.as_str()));
        let ttl = self.ttl.as_deref().map(|ttl| ("ttl", ttl));
        let label = self.label.as_deref().filter(|_| self.is_burnbag).map(|label| ("memo", label));
        let recipient = recipient.map(|recipient| ("recipient", recipient));
        [passphrase, ttl, label, recipient].into_iter().flatten().collect()
    }

    fn made(
        &self,
        receipt: Receipt,
        fragment: Option<&Fragment>,
        notice: Option<String>,
    ) -> Result<Made, Failure> {
        let server = self.client.server();
        let key = receipt.secret_key.as_deref().filter(|key| !key.is_empty());
        let link = match (receipt.share_url.filter(|url| is_link_of(url, key)), key) {
            (Some(url), _) => url,
            (None, Some(key)) if is_key(key) => format!("{server}/secret/{key}"),
            (None, _) => return Err(Trouble::Strange(200).at(server)),
        };
        if !is_key(&receipt.metadata_key) {
            return Err(Trouble::Strange(200).at(server));
        }
        // Receipt and link stand on one host, which need not be the one that was called.
        let origin =
            Link::of_secret(&link).ok().and_then(|link| link.server).unwrap_or_else(|| server.clone());
        let page = if self.is_burnbag { "receipt" } else { "private" };
        let mut link = Zeroizing::new(link);
        if let Some(fragment) = fragment {
            link = Zeroizing::new(format!("{}#{}", link.as_str(), fragment.expose().as_str()));
        }
        let lifetime = receipt.secret_ttl.unwrap_or(receipt.ttl);
        Ok(Made {
            value: None,
            link,
            receipt: format!("{origin}/{page}/{}", receipt.metadata_key),
            expires_at: Made::expiry(receipt.created, lifetime),
            passphrase_required: self.passphrase.is_some(),
            passphrase: self.passphrase.clone().filter(|_| self.suggested),
            sealed: self.sealed,
            recipient: None,
            notice: notice.or_else(|| self.not_as_asked(receipt.ttl, &origin)),
            lifetime,
            qr: self.qr,
        })
    }

    /// What the server did otherwise, in our words where it has none.
    fn not_as_asked(&self, granted: i64, origin: &ServerUrl) -> Option<String> {
        let asked = self.ttl.as_deref().and_then(|ttl| ttl.parse::<i64>().ok());
        let server = self.client.server();
        if asked.is_some_and(|asked| asked != granted) && self.is_burnbag {
            return Some(format!("this server allows {} for it", in_words(granted)));
        }
        if self.label.is_some() && !self.is_burnbag {
            return Some("this server keeps no labels".to_owned());
        }
        (origin != server).then(|| format!("the link is of {origin}, as {server} wishes"))
    }

    fn explain(&self, trouble: Trouble) -> Failure {
        let server = self.client.server();
        let is_guest = !self.client.has_credentials();
        if matches!(trouble, Trouble::Lost(_) | Trouble::Silent | Trouble::Failing(_)) {
            let problem = format!("{server} broke off; a secret may have been made");
            return Failure::new(Exit::Unreachable, problem).mend("nobody has its link: repeat the command");
        }
        let may_help = is_guest && matches!(trouble, Trouble::Refused(_));
        let failure = trouble.at(server);
        if may_help && !failure.has_mend() {
            return failure.mend(format!("with an account more is allowed: burnbag login {server}"));
        }
        failure
    }
}

/// Whether an address is what a link of this secret looks like; the fragment is ours to add.
fn is_link_of(url: &str, key: Option<&str>) -> bool {
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    plain
        && Link::of_secret(url).is_ok_and(|link| {
            link.server.is_some() && !link.has_fragment() && key.is_none_or(|key| *link.key == *key)
        })
}

/// A label is shown in lists, on a line of its own.
fn check_label(label: &str) -> Result<(), Failure> {
    let length = label.chars().count();
    if length > MAX_LABEL {
        return Err(Failure::usage(format!("--label has {length} characters; {MAX_LABEL} at most")));
    }
    if label.chars().any(is_misleading) {
        return Err(
            Failure::usage("--label has control characters").mend("letters and spaces are shown as they are")
        );
    }
    Ok(())
}

fn knows_no_device(client: &Client, what: &str) -> Failure {
    Failure::new(Exit::Other, format!("{} does not know {what}", client.server()))
        .mend("it is another server than Burnbag, or an older one; nothing was shared")
}
