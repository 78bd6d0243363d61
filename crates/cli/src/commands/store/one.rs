//! `burnbag store reopen` and `burnbag store erase`: what may be done with one store of a move.

use super::{Missing, named};
use crate::args::OneStore;
use crate::commands::{confirm, show, system_rng};
use crate::failure::{Exit, Failure};
use burnbag_store::{DynStore, MoveId, Stage, StoreError, transfer};
use serde::Serialize;

#[derive(Serialize)]
struct Reopened {
    reopened: bool,
}

#[derive(Serialize)]
struct Erased {
    erased: bool,
}

/// Opens a store again that was closed for a copy.
pub(super) async fn reopen(args: &OneStore) -> Result<(), Failure> {
    let (store, stage) = open(args).await?;
    match stage {
        Some(Stage::Leaving) => {}
        None | Some(Stage::Arrived) => {
            return Err(Failure::new(Exit::Other, "this store is open"));
        }
        Some(Stage::Arriving) => {
            return Err(Failure::new(
                Exit::Other,
                "this store is being filled from another one, and not complete",
            )
            .mend("the same burnbag store copy again goes on; burnbag store erase gives it up"));
        }
        Some(Stage::Left) => {
            return Err(Failure::new(Exit::Other, "what this store held is in another one, complete")
                .mend("opened again it would show secrets that were read there"));
        }
    }
    let question = "Open this store again? The one it was copied to must never be served: what is read there could be read here once more.";
    confirm(args.yes, question, "nothing was changed")?;
    transfer::reopen(&store, MoveId::make(&mut system_rng()?)).await.map_err(failed)?;
    show(args.json, &Reopened { reopened: true }, ["opened again".to_owned()])
}

/// Empties a store that nobody serves.
pub(super) async fn erase(args: &OneStore) -> Result<(), Failure> {
    let (store, stage) = open(args).await?;
    let question = match stage {
        Some(Stage::Left) => "Remove everything from this store? What it held is in another one.",
        Some(Stage::Arriving) => "Remove everything from this store? It was not filled completely.",
        Some(Stage::Leaving) => {
            return Err(Failure::new(Exit::Other, "what this store holds is on its way to another one")
                .mend("the same burnbag store copy again goes on; erase it then"));
        }
        None | Some(Stage::Arrived) => {
            return Err(Failure::new(Exit::Other, "this store serves")
                .mend("only what burnbag store copy has left can be erased"));
        }
    };
    confirm(args.yes, question, "nothing was changed")?;
    store.erase().await.map_err(failed)?;
    if stage == Some(Stage::Arriving) {
        store.set_last_move(None).await.map_err(failed)?;
    }
    show(args.json, &Erased { erased: true }, ["empty now".to_owned()])
}

async fn open(args: &OneStore) -> Result<(DynStore, Option<Stage>), Failure> {
    let store = named::open(&args.store, args.password_file.clone(), Missing::Refuse).await?;
    let stage = store.last_move().await.map_err(failed)?.map(|(_, stage)| stage);
    Ok((store, stage))
}

fn failed(error: StoreError) -> Failure {
    Failure::from(anyhow::Error::from(error))
}
