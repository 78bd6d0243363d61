//! `burnbag recent`: the secrets of the account, newest first. Never a link to one.

use super::{client, show};
use crate::args::Recent;
use crate::failure::{Exit, Failure};
use crate::standing::Standing;
use crate::terminal;
use serde::Serialize;

/// The answer with `--json`.
#[derive(Serialize)]
struct Shown {
    secrets: Vec<Standing>,
}

pub(crate) fn run(args: &Recent) -> Result<u8, Failure> {
    let client = client(None, &args.reach)?;
    let server = client.server();
    if !client.has_credentials() {
        return Err(Failure::new(Exit::NotAuthorized, format!("no account on {server} is known"))
            .mend(format!("burnbag login {server}")));
    }
    let receipts = client.recent().map_err(|trouble| trouble.at(server))?;
    let standings = receipts.into_iter().map(|receipt| {
        let link = super::receipt::receipt_link(&client, &receipt.metadata_key);
        Standing::of(receipt, link)
    });
    let secrets: Vec<_> = standings.filter(|one| args.state.is_none_or(|state| one.state == state)).collect();
    if secrets.is_empty() && !args.reach.json {
        terminal::say("Nothing here. What you share while logged in stays listed for twice its lifetime.");
    }
    let rows: Vec<_> = secrets.iter().map(Standing::row).collect();
    show(args.reach.json, &Shown { secrets }, rows)?;
    Ok(0)
}
