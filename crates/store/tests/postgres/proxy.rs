//! What stands between a store and its server, and cuts the line at a chosen moment.

use super::cluster::Cluster;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::Notify;

/// How a write's end looks on the wire.
const COMMIT: &[u8] = b"COMMIT\0";

/// What is done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing.
    Pass,
    /// It is cut instead of passing the next commit on.
    LoseCommit,
    /// It is cut when the server has done the next commit, before the store hears of it.
    LoseAnswer,
    /// The same, and all others from then on as if it were `Refuse`.
    LoseAnswerAndAll,
    /// It is cut towards the store at the next commit, which the server gets only when it is told to.
    DelayCommit,
    /// It is cut when this text comes by, once.
    CutAt(&'static str),
    /// Every line is cut as soon as the store says something.
    Refuse,
}

/// A proxy, on a port of this machine.
pub(crate) struct Proxy {
    port: u16,
    plan: Arc<Mutex<Plan>>,
    go_on: Arc<Notify>,
}

impl Proxy {
    pub(crate) async fn start(cluster: &Cluster) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (plan, go_on) = (Arc::new(Mutex::new(Plan::Pass)), Arc::new(Notify::new()));
        let (socket, proxy) = (cluster.socket(), Self { port, plan, go_on });
        let (plan, go_on) = (Arc::clone(&proxy.plan), Arc::clone(&proxy.go_on));
        tokio::spawn(async move {
            while let Ok((store, _)) = listener.accept().await {
                tokio::spawn(pass(store, socket.clone(), Arc::clone(&plan), Arc::clone(&go_on)));
            }
        });
        proxy
    }

    /// Where a store with a schema is, through this proxy.
    pub(crate) fn url(&self, schema: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres?options=-c%20search_path%3D{schema}", self.port)
    }

    pub(crate) fn plan(&self, plan: Plan) {
        *self.plan.lock().unwrap() = plan;
    }

    /// Whether what was planned has not happened yet.
    pub(crate) fn plans(&self, plan: Plan) -> bool {
        *self.plan.lock().unwrap() == plan
    }

    /// Lets a commit that was delayed reach the server.
    pub(crate) fn go_on(&self) {
        self.go_on.notify_one();
    }
}

/// Passes on what both sides say, until one of them or the plan ends it. Both lines are closed by being dropped.
async fn pass(store: TcpStream, socket: PathBuf, plan: Arc<Mutex<Plan>>, go_on: Arc<Notify>) {
    let Ok(server) = UnixStream::connect(socket).await else { return };
    let ((mut asks, mut hears), (mut answers, mut is_told)) = (store.into_split(), server.into_split());
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = answers.read(&mut answered) => match read {
                Ok(length @ 1..) if hears.write_all(&answered[..length]).await.is_ok() => {}
                _ => return,
            },
            read = asks.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let said = &asked[..length];
                let planned = take(&plan, said);
                match planned {
                    Plan::Pass => {
                        if is_told.write_all(said).await.is_err() {
                            return;
                        }
                    }
                    Plan::LoseAnswer | Plan::LoseAnswerAndAll => {
                        let _ = is_told.write_all(said).await;
                        let _ = answers.read(&mut answered).await;
                        return;
                    }
                    Plan::DelayCommit => {
                        drop((asks, hears));
                        go_on.notified().await;
                        let _ = is_told.write_all(said).await;
                        let _ = answers.read(&mut answered).await;
                        return;
                    }
                    Plan::LoseCommit | Plan::CutAt(_) | Plan::Refuse => return,
                }
            }
        }
    }
}

/// What is to be done with this, which then is done.
fn take(plan: &Mutex<Plan>, said: &[u8]) -> Plan {
    let mut plan = plan.lock().unwrap();
    let holds = |text: &[u8]| said.windows(text.len()).any(|part| part == text);
    let is_meant = match *plan {
        Plan::Pass | Plan::Refuse => return *plan,
        Plan::LoseCommit | Plan::LoseAnswer | Plan::LoseAnswerAndAll | Plan::DelayCommit => holds(COMMIT),
        Plan::CutAt(text) => holds(text.as_bytes()),
    };
    let next = if *plan == Plan::LoseAnswerAndAll { Plan::Refuse } else { Plan::Pass };
    if is_meant { std::mem::replace(&mut *plan, next) } else { Plan::Pass }
}
