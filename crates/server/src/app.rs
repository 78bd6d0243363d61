//! The collaborators of a running service, built once. Contradictions are refused here.

use crate::client::Client;
use crate::clock::Clock;
use crate::config::{
    ANONYMOUS, Config, ConfigError, KeyringError, MayCreate, Networks, OpenSignup, Plans, PublicUrl,
    open_keyring,
};
use crate::limit::{Calls, Disk, HeldBytes, Mails, Room, SentForms, Together, Wait};
use crate::mail::{Outbox, Relay, Writer};
use crate::site::{Site, SiteError};
use crate::vault::{Means, Vault};
use burnbag_core::plan::Plan;
use burnbag_store::{DynStore, StoreError};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// Forms that are given back at one time. Each may be some ten times as large in memory as the longest text.
const GIVEN_BACK: usize = 4;

/// What handlers work with.
#[derive(Debug)]
pub struct App {
    /// The use cases.
    pub vault: Arc<Vault>,
    /// Limits by kind of caller.
    pub plans: Plans,
    /// Who may make secrets without an account.
    pub may_create: MayCreate,
    /// What it takes to make an account for oneself, where that is open.
    pub signup: Option<OpenSignup>,
    /// How the pages look, and what they say.
    pub site: Site,
    /// Forms that must not work twice.
    pub(crate) sent_forms: SentForms,
    /// Calls by plan.
    pub calls: BTreeMap<String, Calls>,
    /// The count of all nodes, where there may be several.
    pub(crate) calls_together: Option<Together>,
    /// Room on the disk.
    pub disk: Arc<Disk>,
    /// Bytes of request bodies that may be read at one time.
    pub uploads: Arc<Semaphore>,
    /// Forms that are given back at one time, because they got nowhere.
    pub(crate) given_back: Arc<Semaphore>,
    /// Connections at one time.
    pub connections: Arc<Semaphore>,
    /// Whose word about a client's address counts.
    pub proxies: Networks,
    /// What links start with, if it is fixed.
    pub public_url: Option<PublicUrl>,
    /// Where we listen: what links start with when nothing better is known.
    pub local: SocketAddr,
    /// Whether reveals answer `share_domain`.
    pub reveal_share_domain: bool,
    /// Whether calls with a recipient are refused, because nothing can be mailed.
    pub mail_required: bool,
    /// What goes on after its answer.
    pub(crate) answered: TaskTracker,
    /// What sends mails, if a mail server is set up.
    pub outbox: Option<Arc<Outbox>>,
    /// How long requests are taken after the signal to stop.
    pub drain: Duration,
    /// Whether that signal came.
    pub is_stopping: AtomicBool,
    /// Whether requests are logged.
    pub log_requests: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Whether an unnamed private peer was seen to send forwarding headers.
    pub unnamed_proxy: AtomicBool,
    /// What the store's upkeep warns of.
    pub store_warning: Mutex<Option<&'static str>>,
}

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The server keys do not fit the store.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The pages cannot be served as configured.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// Options contradict each other.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An account has a plan that nobody defined.
    #[error(
        "account {email} has the plan {plan:?}, which the configuration does not define\n  add [plans.{plan}] to it"
    )]
    UnknownPlan {
        /// The account.
        email: String,
        /// Its plan.
        plan: String,
    },
}

impl App {
    /// Builds the service over a store. `rng` is the source of all keys; `data` is the data directory, if the store
    /// has one; `local` is where the service listens.
    pub async fn new(
        config: &Config,
        store: DynStore,
        data: &Path,
        local: SocketAddr,
        clock: Arc<dyn Clock>,
        mut rng: StdRng,
    ) -> Result<Self, AppError> {
        let relay = Relay::new(config, Arc::clone(&clock))?;
        let signup = config.open_signup()?;
        let ring = open_keyring(config, &data.join("server.key"), &store, clock.now(), &mut rng).await?;
        check_plans(config, &store).await?;
        let limits = &config.limits;
        let held = HeldBytes::new(limits.held_per_client.0, limits.held_in_total.0);
        held.set_total(store.held().await?);
        // Where the store is shared the disk that counts is another machine's.
        let is_ours = !config.store.is_shared();
        let least = if is_ours { (limits.min_free_disk.0, limits.min_free_disk_percent.0) } else { (0, 0) };
        let disk = Disk::new(data.to_owned(), least.0, least.1);
        disk.look();
        let disk = Arc::new(disk);
        let room = Room::new(limits.downloads.0);
        let mails =
            relay.as_ref().map(|_| Mails::new(config.mail.per_account, config.mail.per_recipient, &clock));
        let means = Means { held, room, disk: Arc::clone(&disk), redelivery: config.redelivery.0, mails };
        let calls = config
            .plans
            .names()
            .map(|name| (name.to_owned(), Calls::new(config.plans.rate(name, config.throttle), &clock)));
        let calls_together =
            config.store.is_shared().then(|| Together::new(Arc::clone(&store), ring.sealing()));
        let uploads = usize::try_from(limits.uploads.0).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        let vault = Vault::new(store, ring, Arc::clone(&clock), StdRng::from_rng(&mut rng), means);
        let vault = Arc::new(vault);
        let outbox = relay.zip(config.public_url.clone()).map(|(relay, origin)| {
            let writer = Writer::new(&config.web, relay.server().from.clone(), origin);
            Arc::new(Outbox::new(Arc::clone(&vault), relay, writer, config.web.language))
        });
        Ok(Self {
            calls: calls.collect(),
            calls_together,
            vault,
            plans: config.plans.clone(),
            may_create: config.may_create.clone(),
            signup,
            site: Site::new(&config.web)?,
            sent_forms: SentForms::default(),
            disk,
            uploads: Arc::new(Semaphore::new(uploads)),
            given_back: Arc::new(Semaphore::new(GIVEN_BACK)),
            connections: Arc::new(Semaphore::new(limits.connections as usize)),
            proxies: config.trusted_proxies.clone(),
            public_url: config.public_url.clone(),
            local,
            reveal_share_domain: config.v1.share_domain,
            mail_required: config.mail.required && outbox.is_none(),
            answered: TaskTracker::new(),
            outbox,
            drain: config.drain(),
            is_stopping: AtomicBool::new(false),
            log_requests: config.log.requests,
            clock,
            unnamed_proxy: AtomicBool::new(false),
            store_warning: Mutex::new(None),
        })
    }

    /// The limits of a plan. An account whose plan was taken out of the configuration has the anonymous ones.
    pub fn plan(&self, name: &str) -> Plan {
        let plan = self.plans.get(name).or_else(|| self.plans.get(ANONYMOUS));
        plan.expect("the anonymous plan always exists")
    }

    /// Counts a call for a client: on this node, whose memory is quick and bounds what the store is asked, and then on
    /// all of them.
    ///
    /// # Errors
    /// It made too many.
    pub async fn count(&self, plan: &str, client: Client) -> Result<(), Wait> {
        let Some(calls) = self.calls.get(plan).or_else(|| self.calls.get(ANONYMOUS)) else {
            return Ok(());
        };
        calls.count(client)?;
        match &self.calls_together {
            Some(together) => together.count(plan, calls, client).await,
            None => Ok(()),
        }
    }

    /// What an operator should mend, in sentences.
    pub fn warnings(&self) -> Vec<&'static str> {
        let store = *self.store_warning.lock().unwrap_or_else(PoisonError::into_inner);
        let proxy = self.unnamed_proxy.load(std::sync::atomic::Ordering::Relaxed);
        let proxy = proxy.then_some(
            "a peer on a private address sends X-Forwarded-For but is not named in trusted_proxies: limits count for it",
        );
        let disk = self.disk.is_low().then_some("the disk is nearly full: new secrets are refused");
        let in_trouble = self.outbox.as_ref().is_some_and(|outbox| outbox.is_in_trouble());
        let mail =
            in_trouble.then_some("mail cannot be sent; the log says why, and burnbag mail test tries it");
        [store, proxy, disk, mail].into_iter().flatten().collect()
    }
}

async fn check_plans(config: &Config, store: &DynStore) -> Result<(), AppError> {
    for account in store.accounts().await? {
        if config.plans.get(&account.plan).is_none() {
            return Err(AppError::UnknownPlan { email: account.email.to_string(), plan: account.plan });
        }
    }
    Ok(())
}
