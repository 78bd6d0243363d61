//! What is done every second, or for every call, looks at no more than it must: no table is read from end to end.

use super::cluster::Cluster;
use super::{open, put};
use burnbag_core::account::AccountId;
use burnbag_core::fate::Fate;
use burnbag_core::mail::MailKind;
use burnbag_store::conformance::{NOW, TTL, Wish};
use burnbag_store::{Claim, DynStore, Held, Holder, Stamp};

/// Secrets, lists, mails and credentials of which nothing is due.
const CROWD: &str = "
    INSERT INTO crowd.pair (row, due, created, expires, kind, strikes, copied, mailed, account, fate, ended,
        secret_check, receipt_check)
        SELECT n, 9000000000 + n, 1, 9000000000 + n, 0, 0, FALSE, FALSE, n % 100, 1, 2, '\\x00', '\\x00'
        FROM generate_series(1000000, 1030000) AS n;
    INSERT INTO crowd.listing SELECT account, created, row, '\\x00' FROM crowd.pair;
    INSERT INTO crowd.kept SELECT row, expires, '\\x00', FALSE, '\\x00', '\\x00' FROM crowd.pair;
    INSERT INTO crowd.credential (id, account, kind, wrapped, created, expires)
        SELECT decode(lpad(to_hex(row), 32, '0'), 'hex'), account, 2, '\\x00', 1, expires FROM crowd.pair;
    INSERT INTO crowd.outbox (id, kind, row, since, due, until, tries, pick, sealed)
        SELECT decode(lpad(to_hex(row), 32, '0'), 'hex'), 0, row, 1,
            CASE WHEN row % 2 = 0 THEN expires END, expires + 1, 0, 0, '\\x00' FROM crowd.pair;
    ANALYZE crowd.pair, crowd.listing, crowd.kept, crowd.credential, crowd.outbox";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_frequent_reads_whole_tables() {
    let cluster = Cluster::start();
    // One connection, so that each statement is run often enough for the plan that is kept.
    let url = cluster.fresh("crowd") + "&connections=1";
    close(&cluster, open(&url).await).await;
    cluster.sql(CROWD);
    let whole = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = 'crowd'
        AND relname IN ('pair', 'listing', 'kept', 'credential', 'outbox') ORDER BY relname";
    let before = cluster.sql(whole);
    let store = open(&url).await;
    for round in 0..12_u64 {
        let held = Some(Held { holder: Holder(1), bytes: 5 });
        let wish = Wish { mails: &[MailKind::Link, MailKind::Opened], held, ..Wish::default() };
        let (read, unread) = (put(&store, wish, 2 * round).await, put(&store, wish, 2 * round + 1).await);
        for sample in [&read, &unread] {
            store.peek(sample.row(), &sample.check(), NOW).await.unwrap().unwrap();
            store.receipt(sample.row(), &sample.receipt.check(), NOW).await.unwrap().unwrap();
        }
        let mail = store.pick_mail(NOW, NOW.after(60)).await.unwrap().unwrap();
        assert!(store.stamp_mail(&mail, Stamp::Sent, NOW).await.unwrap());
        let take = read.take(Fate::Revealed, Claim([1; 16]), NOW);
        assert!(store.take(take, None).await.unwrap());
        store.recent(AccountId(7), 10, NOW).await.unwrap();
        assert_eq!(store.sweep(NOW.after(TTL), 10).await.unwrap().expired, 1);
        store.sweep(NOW.after(2 * TTL), 10).await.unwrap();
        store.sweep(NOW, 10).await.unwrap();
    }
    close(&cluster, store).await;
    assert_eq!(cluster.sql(whole), before);
}

/// A list that grew while nobody counted rows is read from its newest end all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_grew_is_not_sorted() {
    let cluster = Cluster::with(|_| vec!["listen_addresses=".to_owned(), "autovacuum=off".to_owned()]);
    let url = cluster.fresh("grown") + "&connections=1";
    close(&cluster, open(&url).await).await;
    cluster.sql(
        "INSERT INTO grown.pair (row, due, created, expires, kind, strikes, copied, mailed, account, fate, ended,
            secret_check, receipt_check)
            SELECT n, 9000000000, n, 9000000000, 0, 0, FALSE, FALSE, 7, 1, 2, decode(repeat('00', 16), 'hex'), '\\x00'
            FROM generate_series(1, 20000) AS n;
         INSERT INTO grown.listing SELECT account, created, row, '\\x00' FROM grown.pair",
    );
    let looked_up =
        "SELECT idx_scan FROM pg_stat_user_tables WHERE schemaname = 'grown' AND relname = 'pair'";
    let looked_up = || cluster.sql(looked_up).parse::<u32>().unwrap();
    let before = looked_up();
    let store = open(&url).await;
    assert_eq!(store.recent(AccountId(7), 1000, NOW).await.unwrap().len(), 1000);
    close(&cluster, store).await;
    assert_eq!(looked_up() - before, 1000);
}

/// A list of 100,000 receipts of one account.
const LONG: &str = "
    INSERT INTO long.pair (row, due, created, expires, kind, strikes, copied, mailed, account, fate, ended,
        secret_check, receipt_check)
        SELECT n, 9000000000 + n, n, 9000000000 + n, 0, 0, FALSE, FALSE, 7, 1, 2, '\\x00', '\\x00'
        FROM generate_series(1, 100000) AS n;
    INSERT INTO long.listing SELECT account, created, row, '\\x00' FROM long.pair;
    ANALYZE long.pair, long.listing";

/// A long list costs what is shown of it, whatever plan the database keeps.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_no_further_than_it_is_asked_for() {
    let cluster = Cluster::start();
    let url = cluster.fresh("long") + "&connections=1";
    close(&cluster, open(&url).await).await;
    cluster.sql(LONG);
    let read = || {
        let entries = cluster.sql(
            "SELECT (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE schemaname = 'long')
                + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables
                    WHERE schemaname = 'long' AND relname IN ('pair', 'listing'))",
        );
        entries.parse::<u64>().unwrap()
    };
    let before = read();
    let store = open(&url).await;
    for _ in 0..12 {
        assert_eq!(store.recent(AccountId(7), 30, NOW).await.unwrap().len(), 30);
    }
    close(&cluster, store).await;
    let entries = read() - before;
    assert!((12 * 60..12 * 80).contains(&entries), "{entries}");
}

/// What a connection counted is told when it ends.
async fn close(cluster: &Cluster, store: DynStore) {
    drop(store);
    while cluster.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'burnbag'") != "0" {
        tokio::task::yield_now().await;
    }
}
