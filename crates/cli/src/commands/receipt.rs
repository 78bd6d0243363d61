//! `burnbag receipt`: what became of a secret; with `--watch` until it ends.

use super::{client, show};
use crate::args::{Receipt as Args, StateWord};
use crate::client::{Client, Trouble};
use crate::failure::{Exit, Failure};
use crate::link::Link;
use crate::standing::Standing;
use crate::terminal;
use std::thread;
use std::time::Duration;

/// How often a watched receipt is asked for.
const INTERVAL: Duration = Duration::from_secs(5);
/// Longest pause, whatever a server asks for.
const LONGEST: Duration = Duration::from_mins(1);
/// Failures in a row after which watching ends.
const PATIENCE: u32 = 10;

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let link = Link::of_receipt(&args.link)?;
    let client = client(link.server.as_ref(), &args.reach)?;
    let standing = if args.watch {
        watch(&client, &link, args.reach.pause(INTERVAL))?
    } else {
        ask(&client, &link).map_err(|trouble| explain(trouble, &client))?
    };
    let lines = standing.lines();
    show(args.reach.json, &standing, lines)?;
    let ended_unopened = matches!(standing.state, StateWord::Burned | StateWord::Expired);
    Ok(if args.watch && ended_unopened { Exit::Gone as u8 } else { 0 })
}

/// The receipt of this link.
pub(super) fn ask(client: &Client, link: &Link) -> Result<Standing, Trouble> {
    let receipt = client.receipt(&link.key)?;
    Ok(Standing::of(receipt, receipt_link(client, &link.key)))
}

pub(super) fn receipt_link(client: &Client, key: &str) -> String {
    format!("{}/receipt/{key}", client.server())
}

/// What is told where there is no such receipt, or nothing to do with it.
pub(super) fn explain(trouble: Trouble, client: &Client) -> Failure {
    if matches!(trouble, Trouble::Unknown) {
        return Failure::new(Exit::Gone, "there is no such receipt")
            .mend("receipts are kept for twice the lifetime of their secret");
    }
    trouble.at(client.server())
}

fn watch(client: &Client, link: &Link, interval: Duration) -> Result<Standing, Failure> {
    let mut failed = 0;
    let mut told = false;
    loop {
        let mut wait = interval;
        match ask(client, link) {
            Ok(standing) if standing.state != StateWord::Waiting => return Ok(standing),
            Ok(_) => {
                failed = 0;
                if !std::mem::replace(&mut told, true) {
                    terminal::say("waiting until it is opened, burned or expired");
                }
            }
            Err(Trouble::Throttled(seconds)) if failed < PATIENCE => {
                failed += 1;
                let wanted = Duration::from_secs(seconds.unwrap_or(0)).min(LONGEST);
                if wanted > wait {
                    terminal::say("too many calls; it is asked for again in a moment");
                    wait = wanted;
                }
            }
            Err(
                Trouble::Unreached(_)
                | Trouble::Lost(_)
                | Trouble::Silent
                | Trouble::Failing(_)
                | Trouble::Busy(_),
            ) if failed < PATIENCE => {
                failed += 1;
            }
            Err(trouble) => return Err(explain(trouble, client)),
        }
        thread::sleep(wait);
    }
}
