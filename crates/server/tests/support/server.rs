//! A server in this process: real sockets, a real store in a folder of its own, a clock that stands still.

use super::{Answer, Connection, Request, logs, post};
use burnbag_core::time::Timestamp;
use burnbag_server::app::App;
use burnbag_server::clock::FixedClock;
use burnbag_server::config::{Config, Percent, Size};
use burnbag_server::limit::Rate;
use burnbag_server::{upkeep, vault};
use burnbag_store::DynStore;
use burnbag_store::sqlite::{DataDir, Sqlite};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// What the clock says at first.
pub(crate) const START: i64 = 1_800_000_000;

/// A running server. Its task ends with the test's runtime, its folder with this.
pub(crate) struct TestServer {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) address: SocketAddr,
    store: DynStore,
    _folder: TempDir,
}

/// What an account signs in with.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) email: String,
    pub(crate) api_key: String,
}

impl TestServer {
    /// A server without a throttle, with defaults otherwise.
    pub(crate) async fn start() -> Self {
        Self::configured(|_| {}).await
    }

    /// A server whose configuration was changed. The throttle is off, and the machine's own disk does not matter,
    /// unless the change says otherwise.
    pub(crate) async fn configured(change: impl FnOnce(&mut Config)) -> Self {
        Self::over(|store| store, change).await
    }

    /// A server over a wrapped store.
    pub(crate) async fn over(
        wrap: impl FnOnce(DynStore) -> DynStore,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        // What is posted stays where a test can see it.
        Self::with_outbox(false, wrap, change).await
    }

    /// A server that sends its mails.
    pub(crate) async fn sending(change: impl FnOnce(&mut Config)) -> Self {
        Self::sending_over(|store| store, change).await
    }

    /// The same over a wrapped store.
    pub(crate) async fn sending_over(
        wrap: impl FnOnce(DynStore) -> DynStore,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        Self::with_outbox(true, wrap, change).await
    }

    async fn with_outbox(
        sends: bool,
        wrap: impl FnOnce(DynStore) -> DynStore,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        logs::start();
        let folder = tempfile::tempdir().expect("a folder");
        let dir = DataDir::create(folder.path()).expect("a data directory");
        let mut rng = StdRng::seed_from_u64(7);
        let store = wrap(Arc::new(Sqlite::open(&dir, &mut rng).expect("a store")));
        let mut config = Config { throttle: Rate::Off, ..Config::default() };
        config.limits.min_free_disk = Size(0);
        config.limits.min_free_disk_percent = Percent(0);
        change(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let clock = Arc::new(FixedClock::at(Timestamp(START)));
        let shared = Arc::<FixedClock>::clone(&clock);
        let app = App::new(&config, Arc::clone(&store), dir.path(), address, shared, rng).await;
        let mut app = app.expect("a service");
        app.outbox = app.outbox.filter(|_| sends);
        let app = Arc::new(app);
        tokio::spawn(burnbag_server::run(Arc::clone(&app), listener, std::future::pending()));
        Self { app, clock, address, store, _folder: folder }
    }

    /// A new account, made as the operator makes it.
    pub(crate) async fn account(&self, email: &str, plan: &str) -> Credentials {
        let address = email.parse().expect("an address");
        let mut rng = StdRng::seed_from_u64(u64::from(email.as_bytes()[0]));
        let now = Timestamp(START);
        let made = vault::create_account(&*self.store, address, plan.to_owned(), now, &mut rng).await;
        let api_key = made.expect("the store").expect("a new account").expose().to_owned();
        Credentials { email: email.to_owned(), api_key }
    }

    /// Moves the clock, and does what the server does every second.
    pub(crate) async fn pass(&self, seconds: i64) {
        self.clock.advance(seconds);
        upkeep::once(&self.app).await.expect("upkeep");
    }

    /// A connection.
    pub(crate) async fn connect(&self) -> Connection {
        Connection::open(self.address).await
    }

    /// One request on a connection of its own.
    pub(crate) async fn send(&self, request: &Request) -> Answer {
        self.connect().await.exchange(request).await
    }

    /// A secret by nobody: secret key and receipt key.
    pub(crate) async fn share(&self, secret: &str, passphrase: &str) -> (String, String) {
        let form = [("secret", secret), ("passphrase", passphrase)];
        self.send(&post("/api/v1/share").form(&form)).await.keys()
    }

    /// The reading of a secret.
    pub(crate) async fn reveal(&self, key: &str, passphrase: &str) -> Answer {
        self.send(&reveal(key, passphrase)).await
    }

    /// A receipt.
    pub(crate) async fn receipt(&self, key: &str) -> serde_json::Value {
        let answer = self.send(&super::get(&format!("/api/v1/private/{key}"))).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Whether the server still serves everybody else.
    pub(crate) async fn assert_serves(&self) {
        let (secret, _) = self.share("still here", "").await;
        assert_eq!(self.reveal(&secret, "").await.json()["value"], "still here");
    }
}

/// The request that reads a secret.
pub(crate) fn reveal(key: &str, passphrase: &str) -> Request {
    post(&format!("/api/v1/secret/{key}")).form(&[("passphrase", passphrase)])
}
