//! `burnbag open`: looks first, asks, opens once, hands over, and only then has the server forget.
//!
//! Whatever can be wrong on this machine is found out before anything is consumed. Until the last step the same command
//! gives the secret again, within the minute that the server keeps it for this device.

mod delivery;
mod opening;

use super::{PAUSE, confirm, system_rng, warn_if_readable};
use crate::args::Open;
use crate::client::{Client, Look};
use crate::client_key::ClientKey;
use crate::failure::{Exit, Failure};
use crate::lifetime::in_words;
use crate::link::Link;
use crate::passphrase;
use crate::profile::Profile;
use crate::server_url::ServerUrl;
use crate::settings_folder::SettingsFolder;
use crate::terminal::{self, as_text};
use burnbag_api::{ContentKind, Sealing, SecretStatus};
use delivery::Delivery;
use opening::{Opened, Opening, gone};
use rand::rngs::StdRng;
use zeroize::Zeroizing;

pub(crate) fn run(args: &Open) -> Result<u8, Failure> {
    let mut rng = system_rng()?;
    let mut delivery = Delivery::prepare(args)?;
    let link = Link::of_secret(&link_text(args)?)?;
    let folder = SettingsFolder::find();
    let server = match &link.server {
        Some(server) => server.clone(),
        None => Profile::load(folder.as_ref())?.server_or(args.reach.url.as_ref())?,
    };
    // A reader is nobody: credentials would only tell who read it.
    let client = Client::new(server.clone(), None, args.reach.pause(PAUSE));
    warn_if_readable(&server);
    let look = client.look(&link.key).map_err(|trouble| trouble.at(&server))?;
    refuse_downgrade(&link, &look, &server)?;
    let device = ClientKey::load_or_make(folder.as_ref(), &mut rng);
    let again = device.idempotency_key(server.origin(), &link.key);
    let mut opening = Opening { client: &client, link: &link, again, fragment: None, is_repeatable: false };
    let opened = match look {
        Look::There(status) => {
            opening.is_repeatable = true;
            open_what_is_there(args, &mut opening, &status, &mut delivery, &mut rng)?
        }
        // It may have been opened here a moment ago, by a call that was ended before it could hand it over.
        Look::Gone if device.is_kept => {
            opening.is_repeatable = true;
            open_again(args, &mut opening)?
        }
        Look::Gone => return Err(gone()),
        Look::NotTold => open_untold(args, &opening)?,
    };
    let code = delivery.hand_over(&opened, args, opening.is_repeatable && device.is_kept, &mut rng)?;
    if opening.is_repeatable {
        // Best effort: without it the server forgets by itself, within a minute.
        let _ = client.forget(&link.key, &opened.brought, &opening.again);
    }
    Ok(code)
}

/// What a link with a whole fragment leads to was sealed on a device. Whoever says otherwise would get the passphrase.
fn refuse_downgrade(link: &Link, look: &Look, server: &ServerUrl) -> Result<(), Failure> {
    let denied = match look {
        Look::There(status) => status.sealed == Sealing::Server,
        Look::NotTold => true,
        Look::Gone => false,
    };
    if !denied || link.fragment().is_err() {
        return Ok(());
    }
    let problem = format!("the link says that it was sealed on a device, and {server} does not");
    Err(Failure::new(Exit::NotOpened, problem)
        .mend("nothing was sent and nothing was used up: ask the sender whether the link is right"))
}

/// The link: an argument, or typed, or from standard input.
fn link_text(args: &Open) -> Result<Zeroizing<String>, Failure> {
    if let Some(link) = &args.link {
        return Ok(Zeroizing::new(link.expose().clone()));
    }
    if terminal::can_ask() {
        return terminal::ask("Link: ").map(|line| Zeroizing::new(line.unwrap_or_default()));
    }
    if args.passphrases.passphrase_file.as_ref().is_some_and(|path| path.as_os_str() == "-") {
        return Err(Failure::usage("standard input cannot be both link and passphrase")
            .mend("give one of them by an argument or a file"));
    }
    as_text(terminal::read_input()?, "standard input")
}

fn open_what_is_there(
    args: &Open,
    opening: &mut Opening,
    status: &SecretStatus,
    delivery: &mut Delivery,
    rng: &mut StdRng,
) -> Result<Opened, Failure> {
    if status.locked == Some(true) {
        return Err(opening::locked());
    }
    if status.sealed == Sealing::Device {
        opening.fragment = Some(opening.link.fragment()?);
    }
    let asks = !args.yes && terminal::can_ask();
    if asks {
        terminal::tell(&describe(status));
    }
    if status.kind == ContentKind::Files {
        delivery.expect_files(args)?;
    }
    if asks {
        confirm(false, "Open it now? It can be opened once.", "it was not opened; the link still works")?;
    }
    delivery.make_ready(args, rng)?;
    let needs_passphrase = match &opening.fragment {
        Some(fragment) => fragment.needs_passphrase(),
        None => status.passphrase_required,
    };
    let mut given = passphrase::given(&args.passphrases)?;
    let mut may_ask = false;
    if needs_passphrase && given.is_none() {
        if !terminal::can_ask_hidden() {
            return Err(Failure::new(Exit::NotOpened, "a passphrase is needed")
                .mend("--passphrase-file FILE reads it\nnothing was used up"));
        }
        may_ask = true;
        given = Some(passphrase::ask("Passphrase")?);
    }
    opening.open(given, may_ask || args.passphrases.passphrase)
}

/// Asks for what this device has already been given. Says no more than that it is gone, if it was not.
fn open_again(args: &Open, opening: &mut Opening) -> Result<Opened, Failure> {
    if opening.link.has_fragment() {
        opening.fragment = Some(opening.link.fragment().map_err(|_| gone())?);
    }
    let mut given = passphrase::given(&args.passphrases)?;
    if given.is_none()
        && opening.fragment.as_ref().is_some_and(burnbag_core::fragment::Fragment::needs_passphrase)
    {
        if !terminal::can_ask_hidden() {
            return Err(gone());
        }
        terminal::say(
            "It was opened or has ended. If that was this device, less than a minute ago, it opens again.",
        );
        given = Some(passphrase::ask("Passphrase")?);
    }
    opening.open_again(given.as_ref())
}

/// Another server: nothing is told before, and a wrong passphrase is told like a secret that is gone.
fn open_untold(args: &Open, opening: &Opening) -> Result<Opened, Failure> {
    let question = "This server does not tell what it is. Open it now? It can be opened once.";
    confirm(args.yes || !terminal::can_ask(), question, "it was not opened; the link still works")?;
    opening.open_untold(passphrase::given(&args.passphrases)?.as_ref())
}

fn describe(status: &SecretStatus) -> String {
    let what = match (status.kind, status.files) {
        (ContentKind::Text, _) => "A text".to_owned(),
        (ContentKind::Files, Some(1)) => format!("A file, about {}", size(status.size)),
        (ContentKind::Files, Some(count)) => format!("{count} files, about {}", size(status.size)),
        (ContentKind::Files, None) => format!("Files, about {}", size(status.size)),
    };
    let sealed = match status.sealed {
        Sealing::Device => "sealed on its sender's device",
        Sealing::Server => "sealed on the server",
    };
    format!("{what}, {sealed}; expires in {}.", in_words(status.secret_ttl))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}
