//! The twenty vectors of the v1 wire (wire spec §16), each a file of exchanges in `v1/` with its expectation in it.
//!
//! `{name}` stands for a value that the server makes up: it is checked for its form where it first appears in an
//! answer, and must be the same everywhere after. `{name:6}` is its beginning, `{x*10000}` a repetition, `{host}`
//! the server, `{token}` what `user@example.com` signs in with, `{other}` what `other@example.com` does.

mod exchange;
mod template;

use exchange::Vector;

macro_rules! vectors {
    ($($name:ident: $file:literal),+ $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                Vector::read(include_str!(concat!("v1/", $file))).run().await;
            }
        )+

        #[test]
        fn there_are_twenty() {
            let named = [$($file),+];
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/v1");
            let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
            let files: Vec<_> = files.filter(|name| name.to_string_lossy().ends_with(".toml")).collect();
            assert_eq!((named.len(), files.len()), (20, 20));
        }
    };
}

vectors! {
    v01_status: "01-status.toml",
    v02_credentials: "02-credentials.toml",
    v03_ways_to_send: "03-ways-to-send.toml",
    v04_body_over_query: "04-body-over-query.toml",
    v05_contents: "05-contents.toml",
    v06_lifetimes: "06-lifetimes.toml",
    v07_member_order: "07-member-order.toml",
    v08_anonymous: "08-anonymous.toml",
    v09_generate: "09-generate.toml",
    v10_receipt: "10-receipt.toml",
    v11_reveal: "11-reveal.toml",
    v12_passphrase: "12-passphrase.toml",
    v13_burn: "13-burn.toml",
    v14_recent: "14-recent.toml",
    v15_expiry: "15-expiry.toml",
    v16_parallel: "16-parallel.toml",
    v17_routes: "17-routes.toml",
    v18_aliases: "18-aliases.toml",
    v19_logs: "19-logs.toml",
    v20_errors: "20-errors.toml",
}
