//! `burnbag store copy`: everything that one store holds, moved into another.

use super::{Missing, named};
use crate::commands::{show, system_rng};
use crate::failure::{Exit, Failure};
use crate::terminal;
use burnbag_core::sensitive::SensitiveText;
use burnbag_store::MoveId;
use burnbag_store::transfer::{Copied, Progress, TransferError, transfer};
use serde::Serialize;
use std::path::PathBuf;

/// After so many more records it is said how far it is.
const STEP: u64 = 10_000;

/// What was moved, as `--json` shows it.
#[derive(Serialize)]
struct Shown {
    moved: bool,
    accounts: u64,
    secrets: u64,
    receipts: u64,
    mails: u64,
}

type Named<'a> = (&'a SensitiveText, Option<PathBuf>);

pub(super) async fn run(from: Named<'_>, to: Named<'_>, json: bool) -> Result<(), Failure> {
    let from = named::open(from.0, from.1, Missing::Refuse).await?;
    let to = named::open(to.0, to.1, Missing::Make).await?;
    let mut last = 0;
    let seen = |progress| {
        if !json {
            tell(progress, &mut last);
        }
    };
    let copied = transfer(&from, &to, MoveId::make(&mut system_rng()?), seen).await.map_err(failure)?;
    let Copied { accounts, secrets, receipts, mails } = copied;
    show(json, &Shown { moved: true, accounts, secrets, receipts, mails }, [counts(&copied)])?;
    if !json {
        terminal::say(
            "The old store is closed for good. Start the nodes on the new one, with the same server key.",
        );
        terminal::say(
            "Then burnbag store erase empties the old one: what it holds could be opened there with the server key.",
        );
    }
    Ok(())
}

fn counts(copied: &Copied) -> String {
    let Copied { accounts, secrets, receipts, mails } = copied;
    if *copied == Copied::default() {
        return "moved: nothing, the old store had nothing left".to_owned();
    }
    format!(
        "moved: {secrets} waiting secrets, {receipts} receipts of ended ones, {accounts} accounts, {mails} waiting mails"
    )
}

fn tell(progress: Progress, last: &mut u64) {
    match progress {
        Progress::Closed => {
            terminal::say("The store to copy from is closed: from now on nothing changes there.");
        }
        Progress::Copied(copied) => {
            let all = copied.secrets + copied.receipts + copied.accounts;
            if all / STEP > *last {
                *last = all / STEP;
                terminal::say(&format!("copied so far: {all} records"));
            }
        }
    }
}

fn failure(error: TransferError) -> Failure {
    let problem = error.to_string();
    let mend = match error {
        TransferError::Store(cause) => {
            let cause = anyhow::Error::from(cause);
            return Failure::from(cause.context("the copy is not complete"))
                .mend_too("the same command again goes on where it was");
        }
        TransferError::Same => "name another one with --to",
        TransferError::Left => "that one can be copied from",
        TransferError::LeavesElsewhere => {
            "name that one with --to, to go on; if that was given up, burnbag store reopen"
        }
        TransferError::Incomplete => "complete that copy first",
        TransferError::Occupied => "name an empty one, not that with --from: two stores cannot be mixed",
        TransferError::Closed => "name another one; burnbag store erase empties one that was left",
    };
    Failure::new(Exit::Other, problem).mend(mend)
}
