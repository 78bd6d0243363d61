//! The server key at the start: made once, found again, and nothing is started with one that cannot open what waits.
#![expect(clippy::disallowed_methods, reason = "files of server keys, no databases")]

use crate::support::START;
use burnbag_core::account::{CredentialKind, Password};
use burnbag_core::opener::Attempt;
use burnbag_core::time::Timestamp;
use burnbag_server::app::App;
use burnbag_server::clock::FixedClock;
use burnbag_server::config::{ANONYMOUS, Config};
use burnbag_server::upkeep;
use burnbag_server::vault::{Caller, Content, Draft, Invitee, Revealed, invite};
use burnbag_store::DynStore;
use burnbag_store::sqlite::{DataDir, Sqlite};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// A data folder that servers are started on, one after the other.
struct Data {
    folder: TempDir,
    starts: std::cell::Cell<u64>,
}

impl Data {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), starts: std::cell::Cell::new(0) }
    }

    fn key_file(&self) -> PathBuf {
        self.folder.path().join("server.key")
    }

    async fn start(&self, config: &Config) -> Result<App, String> {
        self.start_at(config, START).await
    }

    async fn start_at(&self, config: &Config, now: i64) -> Result<App, String> {
        let dir = DataDir::create(self.folder.path()).expect("a data directory");
        self.starts.set(self.starts.get() + 1);
        let mut rng = StdRng::seed_from_u64(self.starts.get());
        let store: DynStore = Arc::new(Sqlite::open(&dir, &mut rng).expect("a store"));
        let local = "127.0.0.1:1".parse().expect("an address");
        let clock = Arc::new(FixedClock::at(Timestamp(now)));
        App::new(config, store, dir.path(), local, clock, rng).await.map_err(|error| error.to_string())
    }

    /// Starts and conceals one secret.
    async fn conceal(&self, config: &Config) -> burnbag_core::key::SecretKey {
        let app = self.start(config).await.expect("a service");
        let draft = Draft {
            content: Content::Text { text: "hello".to_owned().into(), passphrase: None },
            lifetime: app.plan(ANONYMOUS).max_ttl,
            recipient: None,
            label: None,
        };
        let client = burnbag_server::client::Client::V4(1);
        app.vault.conceal(draft, Caller { client, session: None }).await.expect("a secret").secret
    }
}

async fn assert_reads_hello(app: &App, key: &burnbag_core::key::SecretKey) {
    let client = burnbag_server::client::Client::V4(1);
    let revealed = app.vault.reveal(key, &Attempt::default(), None, client).await;
    let content = revealed.expect("it is read").content;
    assert!(matches!(content, Revealed::Text(text) if text.expose() == "hello"));
}

#[tokio::test]
async fn a_first_start_makes_a_private_key_that_is_found_again() {
    let data = Data::new();
    let key = data.conceal(&Config::default()).await;
    let made = std::fs::read_to_string(data.key_file()).unwrap();
    assert_eq!(made.trim().len(), 64);
    assert_eq!(std::fs::metadata(data.key_file()).unwrap().permissions().mode() & 0o777, 0o600);
    let app = data.start(&Config::default()).await.unwrap();
    assert_reads_hello(&app, &key).await;
    assert_eq!(std::fs::read_to_string(data.key_file()).unwrap(), made);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused_with_the_mend() {
    let hex = |pair: &str| pair.repeat(32);
    let cases = [
        ("", "empty"),
        (" \n", "empty"),
        ("abc", "64 hexadecimal digits"),
        (&hex("00"), "placeholder"),
        (&hex("zz"), "64 hexadecimal digits"),
        (&hex("ff"), "placeholder"),
        ("change-me", "64 hexadecimal digits"),
    ];
    for (text, problem) in cases {
        let data = Data::new();
        std::fs::write(data.key_file(), text).unwrap();
        let error = data.start(&Config::default()).await.unwrap_err();
        assert!(
            error.contains(problem) && error.contains("server.key") && error.contains("restore"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(data.key_file()).unwrap(), text, "nothing is written over it");
        let config = Config { server_key: Some(text.to_owned().into()), ..Config::default() };
        let error = Data::new().start(&config).await.unwrap_err();
        assert!(error.contains(problem) && (text.is_empty() || !error.contains(text)), "{error}");
    }
}

#[tokio::test]
async fn a_key_that_got_lost_is_not_made_anew() {
    let data = Data::new();
    data.conceal(&Config::default()).await;
    std::fs::remove_file(data.key_file()).unwrap();
    let error = data.start(&Config::default()).await.unwrap_err();
    assert!(error.contains("the server key is missing") && error.contains("restore the file"), "{error}");
    assert!(!data.key_file().exists());
}

#[tokio::test]
async fn a_file_that_was_named_must_be_there() {
    let data = Data::new();
    let file = data.folder.path().join("elsewhere.key");
    let config = Config { server_key_file: Some(file.clone()), ..Config::default() };
    let error = data.start(&config).await.unwrap_err();
    assert!(error.contains("elsewhere.key"), "{error}");
    assert!(!file.exists() && !data.key_file().exists());
    let both = Config { server_key: Some("0a".repeat(32).into()), ..config };
    assert!(data.start(&both).await.unwrap_err().contains("keep one of them"));
}

#[tokio::test]
async fn another_key_is_refused_while_anything_waits() {
    let data = Data::new();
    let key = data.conceal(&Config::default()).await;
    let other = Config { server_key: Some(format!("{}ff", "0a".repeat(31)).into()), ..Config::default() };
    let error = data.start(&other).await.unwrap_err();
    assert!(error.contains("wrong server key") && error.contains("older_server_key_files"), "{error}");
    // Beside the new key the earlier one opens what it sealed; what is made now, the new one seals.
    let both = Config { older_server_key_files: vec![data.key_file()], ..other.clone() };
    let newer = data.conceal(&both).await;
    let app = data.start(&both).await.unwrap();
    for key in [&key, &newer] {
        assert_reads_hello(&app, key).await;
    }
    drop(app);
    // The earlier one alone does not do any more.
    assert!(data.start(&Config::default()).await.unwrap_err().contains("wrong server key"));
    // Once nothing waits that the earlier one sealed, it is needed no more.
    let later = START + 40 * 24 * 60 * 60;
    assert!(data.start_at(&other, later).await.is_ok());
}

/// On an empty store any key does, so that two servers may have come with two.
#[tokio::test]
async fn a_server_with_another_key_on_the_same_store_is_warned_of() {
    let data = Data::new();
    let other = Config { server_key: Some(format!("{}ff", "0a".repeat(31)).into()), ..Config::default() };
    let app = data.start(&other).await.unwrap();
    upkeep::once(&app).await.unwrap();
    assert_eq!(app.warnings(), [""; 0]);
    let own = Config { server_key: Some(format!("{}ff", "0b".repeat(31)).into()), ..Config::default() };
    data.conceal(&own).await;
    upkeep::once(&app).await.unwrap();
    let warnings = app.warnings();
    assert!(
        warnings.iter().any(|warning| warning.contains("give all servers the same keys")),
        "{warnings:?}"
    );
}

/// A password is salted with the server key. Under a new one it is wrapped anew by the first sign-in, after which the
/// earlier one is not needed for it; until then the store remembers that it is.
#[tokio::test]
async fn a_password_moves_to_the_new_key() {
    let data = Data::new();
    let client = burnbag_server::client::Client::V4(1);
    let (text, email) = (|| "correct horse battery".to_owned().into(), "ann@example.com");
    let app = data.start(&Config::default()).await.unwrap();
    let rng = &mut StdRng::seed_from_u64(1);
    let now = app.vault.now();
    let plan = Some("standard".to_owned());
    let invitee = Invitee { email: email.parse().unwrap(), plan, provisional: false };
    let invited = invite(&**app.vault.store(), invitee, now, rng).await.unwrap();
    let accepted = app.vault.accept_invitation(&invited.unwrap().0, Password::new(&text()).unwrap()).await;
    let (_, session) = accepted.unwrap().unwrap();
    drop(app);
    let other = Config { server_key: Some(format!("{}ff", "0a".repeat(31)).into()), ..Config::default() };
    let needed = START + 400 * 24 * 60 * 60;
    assert!(data.start_at(&other, needed).await.unwrap_err().contains("wrong server key"));
    let both = Config { older_server_key_files: vec![data.key_file()], ..other.clone() };
    let app = data.start_at(&both, needed).await.unwrap();
    let wrong = app.vault.sign_in(email, "wrong, and long enough".to_owned().into(), client).await;
    assert!(wrong.unwrap().is_none());
    assert!(app.vault.sign_in(email, text(), client).await.unwrap().is_some());
    drop(app);
    let app = data.start_at(&other, needed + 2 * 24 * 60 * 60).await.unwrap();
    let (_, again) = app.vault.sign_in(email, text(), client).await.unwrap().unwrap();
    assert_eq!(again.account.id, session.account.id);
    let views = app.vault.credentials(&again).await.unwrap();
    let passwords: Vec<_> = views.iter().filter(|view| view.kind == CredentialKind::Password).collect();
    assert_eq!(passwords.len(), 1);
    assert_eq!(passwords[0].created, Timestamp(START), "when it was chosen, not when it was wrapped anew");
}
