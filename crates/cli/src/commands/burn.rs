//! `burnbag burn`: destroys a secret before it is opened.

use super::{client, confirm, show};
use crate::args::Burn;
use crate::client::{Client, Trouble};
use crate::failure::{Exit, Failure};
use crate::link::Link;
use crate::standing::Standing;
use crate::{passphrase, terminal};
use burnbag_api::{Burned, WireState};

/// How often a person may mistype the passphrase.
const TRIES: u32 = 3;

pub(crate) fn run(args: &Burn) -> Result<u8, Failure> {
    let link = Link::of_receipt(&args.link)?;
    let client = client(link.server.as_ref(), &args.reach)?;
    let question = "Burn it now? Nobody can open it then.";
    confirm(args.yes, question, "nothing was burned")?;
    let mut burned = burn(&client, &link, args)?.state;
    // Another server tells the state from before.
    burned.state = WireState::Burned;
    let standing = Standing::of(burned, super::receipt::receipt_link(&client, &link.key));
    if !args.reach.json {
        terminal::say("Burned. Nobody can open it any more.");
    }
    show(args.reach.json, &standing, [])?;
    Ok(0)
}

fn burn(client: &Client, link: &Link, args: &Burn) -> Result<Burned, Failure> {
    let mut given = passphrase::given(&args.passphrases)?;
    for tried in 1..=TRIES {
        let trouble = match client.burn(&link.key, given.as_ref().map(|given| given.as_str())) {
            Ok(burned) => return Ok(burned),
            Err(trouble) => trouble,
        };
        let can_ask = args.passphrases.passphrase_file.is_none() && terminal::can_ask_hidden();
        if matches!(trouble, Trouble::Unknown) {
            return Err(Failure::new(Exit::Gone, "there is nothing to burn")
                .mend("it was opened, burned or has expired; or this is no receipt"));
        }
        if !matches!(&trouble, Trouble::Refused(message) if message.contains("passphrase")) {
            return Err(trouble.at(client.server()));
        }
        if !can_ask || tried == TRIES {
            break;
        }
        if given.is_some() {
            terminal::say("that passphrase does not match; nothing was burned");
        }
        given = Some(passphrase::ask("Passphrase of the secret")?);
    }
    Err(wrong_passphrase(given.is_some()))
}

fn wrong_passphrase(given: bool) -> Failure {
    let problem = if given { "that passphrase does not match" } else { "burning it needs its passphrase" };
    Failure::new(Exit::NotOpened, problem).mend(
        "--passphrase asks for it, --passphrase-file FILE reads it; logged in as its owner you need none\nnothing was burned",
    )
}
