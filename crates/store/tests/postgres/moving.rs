//! What moves may be much, and the way to the database slow.

use crate::cluster::Cluster;
use crate::{open, put};
use burnbag_store::conformance::Wish;
use burnbag_store::{Cursor, Import, MoveId, Part, Stage};

/// Each row that is changed takes a while.
const SLOW: &str = "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_sleep(0.3); IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
    CREATE TRIGGER slow BEFORE INSERT OR DELETE ON pair FOR EACH ROW EXECUTE FUNCTION slow()";

/// A piece takes longer than any other call may, and what is erased does not take longer the more it is.
#[tokio::test(flavor = "multi_thread")]
async fn what_moves_has_more_time() {
    let cluster = Cluster::start();
    let store = open(&cluster.fresh("slow")).await;
    for seed in 0..20 {
        put(&store, Wish::default(), seed).await;
    }
    let piece = store.export(Cursor::at(Part::Pairs), 100).await.unwrap();
    cluster.sql(&format!("SET search_path = slow; {SLOW}"));
    store.erase().await.unwrap();
    let id = MoveId([1; 16]);
    store.set_last_move(Some((id, Stage::Arriving))).await.unwrap();
    assert_eq!(store.import(piece.records).await.unwrap(), Import::Done(20));
    store.set_last_move(Some((id, Stage::Left))).await.unwrap();
    store.erase().await.unwrap();
    assert!(store.export(Cursor::at(Part::Pairs), 1).await.unwrap().records.is_empty());
}
