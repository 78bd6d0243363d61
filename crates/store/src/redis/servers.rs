//! Which server has which bucket, and the connections to each.

use super::address::{Address, Form};
use super::key::Bucket;
use super::line::{Dial, Line};
use super::trouble::Trouble;
use futures_util::future::select_ok;
use redis::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections to each server that read: those that write may wait for replicas.
const READERS: usize = 4;

/// Connections to one server.
pub(super) struct Node {
    pub(super) address: Address,
    writers: Vec<Lane>,
    readers: Vec<Lane>,
    next: AtomicUsize,
}

/// Where a connection is, or will be.
type Lane = tokio::sync::Mutex<Option<Arc<Line>>>;

/// What a command does, and so which connections it may use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Read,
    Write,
}

impl Node {
    fn new(address: Address, writers: usize) -> Self {
        let lanes = |count| std::iter::repeat_with(Lane::default).take(count).collect();
        Self { address, writers: lanes(writers), readers: lanes(READERS), next: AtomicUsize::new(0) }
    }

    /// A connection that lives, made if there is none.
    pub(super) async fn line(&self, dial: &Dial, usage: Use) -> Result<Arc<Line>, Trouble> {
        let lanes = if usage == Use::Read { &self.readers } else { &self.writers };
        let at = self.next.fetch_add(1, Ordering::Relaxed) % lanes.len();
        let mut lane = lanes[at].lock().await;
        if let Some(line) = lane.as_ref().filter(|line| line.is_alive()) {
            return Ok(Arc::clone(line));
        }
        let line = Arc::new(dial.line(&self.address).await?);
        *lane = Some(Arc::clone(&line));
        Ok(line)
    }
}

/// All servers.
pub(super) struct Servers {
    pub(super) dial: Dial,
    routes: Mutex<Routes>,
    /// Who looks where things are; others wait for what he finds.
    looking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Routes {
    of: Vec<Option<Arc<Node>>>,
    nodes: HashMap<Address, Arc<Node>>,
    /// How often it was looked where things are.
    looked: u64,
}

impl Servers {
    pub(super) fn new(dial: Dial) -> Self {
        let of = vec![None; Bucket::COUNT];
        let routes = Mutex::new(Routes { of, ..Routes::default() });
        Self { dial, routes, looking: tokio::sync::Mutex::default() }
    }

    /// Who has a bucket.
    pub(super) async fn of(&self, bucket: Bucket) -> Result<Arc<Node>, Trouble> {
        let (known, looked) = self.known(bucket);
        if let Some(node) = known {
            return Ok(node);
        }
        self.look(looked).await?;
        self.known(bucket).0.ok_or_else(|| Trouble::Unreachable("no server has this slot".to_owned()))
    }

    /// All that have a bucket.
    pub(super) async fn all(&self) -> Result<Vec<Arc<Node>>, Trouble> {
        self.of(Bucket::ACCOUNTS).await?;
        let mut nodes: Vec<Arc<Node>> = self.routes().of.iter().flatten().cloned().collect();
        nodes.sort_by(|one, other| one.address.cmp(&other.address));
        nodes.dedup_by(|one, other| one.address == other.address);
        Ok(nodes)
    }

    fn known(&self, bucket: Bucket) -> (Option<Arc<Node>>, u64) {
        let routes = self.routes();
        (routes.of[bucket.index()].clone(), routes.looked)
    }

    fn routes(&self) -> MutexGuard<'_, Routes> {
        self.routes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it may be another server that has something now.
    pub(super) fn may_change(&self) -> bool {
        !matches!(self.dial.url.form, Form::Single(_))
    }

    /// Somebody said who has a bucket.
    pub(super) fn point(&self, bucket: Bucket, target: &str) {
        if let Some(node) = self.node_at(target) {
            self.routes().of[bucket.index()] = Some(node);
        }
    }

    /// The server at an address, as servers write it.
    pub(super) fn node_at(&self, target: &str) -> Option<Arc<Node>> {
        // An IPv6 address stands without brackets there.
        let (host, port) = target.rsplit_once(':')?;
        let found = Address { host: host.to_owned(), port: port.parse().ok()? };
        (!host.is_empty()).then(|| self.node(&found))
    }

    fn node(&self, address: &Address) -> Arc<Node> {
        let writers = self.dial.url.connections;
        let mut routes = self.routes();
        let made = || Arc::new(Node::new(address.clone(), writers));
        Arc::clone(routes.nodes.entry(address.clone()).or_insert_with(made))
    }

    /// Looks where everything is, unless somebody did since.
    pub(super) async fn look_again(&self) -> Result<(), Trouble> {
        let looked = self.routes().looked;
        self.look(looked).await
    }

    async fn look(&self, looked: u64) -> Result<(), Trouble> {
        let _alone = self.looking.lock().await;
        if self.routes().looked != looked {
            return Ok(());
        }
        let found = match self.dial.url.form.clone() {
            Form::Single(_) => vec![self.node(&self.dial.url.servers[0]); Bucket::COUNT],
            Form::Sentinel(name) => vec![self.node(&self.ask_sentinels(&name).await?); Bucket::COUNT],
            Form::Cluster => self.ask_cluster().await?,
        };
        let mut routes = self.routes();
        routes.of = found.into_iter().map(Some).collect();
        let used: Vec<Address> = routes.of.iter().flatten().map(|node| node.address.clone()).collect();
        routes.nodes.retain(|address, _| used.contains(address));
        routes.looked += 1;
        Ok(())
    }

    /// The primary, of the first sentinel that knows one.
    async fn ask_sentinels(&self, name: &str) -> Result<Address, Trouble> {
        let mut trouble = Trouble::Unreachable(format!("no sentinel knows of {name}"));
        for sentinel in &self.dial.url.servers {
            let mut ask = redis::cmd("SENTINEL");
            ask.arg("GET-MASTER-ADDR-BY-NAME").arg(name);
            let asked = async { self.dial.sentinel(sentinel).await?.one(ask).await };
            match asked.await {
                Ok(Value::Nil) => {}
                Ok(found) => {
                    let found: Result<(String, u16), _> = redis::from_redis_value(found);
                    let (host, port) = found.map_err(|_| Trouble::Corrupt("a sentinel's answer"))?;
                    return Ok(Address { host, port });
                }
                Err(other) => trouble = Trouble::Unreachable(other.to_string()),
            }
        }
        Err(trouble)
    }

    /// Who has what, by the first server that knows who has everything. All are asked at once: one that stands still
    /// keeps nobody waiting.
    async fn ask_cluster(&self) -> Result<Vec<Arc<Node>>, Trouble> {
        let mut known: BTreeSet<Address> = self.routes().nodes.keys().cloned().collect();
        known.extend(self.dial.url.servers.iter().cloned());
        let (owners, _) = select_ok(known.into_iter().map(|server| Box::pin(self.ask_slots(server)))).await?;
        Ok(owners.iter().map(|owner| self.node(owner)).collect())
    }

    async fn ask_slots(&self, server: Address) -> Result<Vec<Address>, Trouble> {
        let mut ask = redis::cmd("CLUSTER");
        ask.arg("SLOTS");
        let slots = self.dial.line(&server).await?.one(ask).await;
        let slots = slots.map_err(|trouble| Trouble::Unreachable(trouble.to_string()))?;
        let unknown = || {
            Trouble::Unreachable(format!(
                "{server} does not know who has all slots; make one cluster of the servers, or wait until it is whole"
            ))
        };
        owners(&slots, &server).ok_or_else(unknown)
    }
}

/// Who has each bucket, if it is known of all: of `CLUSTER SLOTS`, which is from, to, the primary, and its replicas.
fn owners(slots: &Value, asked: &Address) -> Option<Vec<Address>> {
    let Value::Array(ranges) = slots else { return None };
    let mut found = vec![None; Bucket::COUNT];
    for range in ranges {
        let Value::Array(range) = range else { return None };
        let [Value::Int(from), Value::Int(to), Value::Array(primary), ..] = range.as_slice() else {
            return None;
        };
        let [host, Value::Int(port), ..] = primary.as_slice() else { return None };
        // No name is the name by which it was asked.
        let host: Option<String> = redis::from_redis_value_ref(host).ok()?;
        let host = host.filter(|host| !host.is_empty()).unwrap_or_else(|| asked.host.clone());
        let owner = Address { host, port: u16::try_from(*port).ok()? };
        for bucket in Bucket::all().filter(|bucket| (*from..=*to).contains(&i64::from(bucket.slot()))) {
            found[bucket.index()] = Some(owner.clone());
        }
    }
    found.into_iter().collect()
}
