//! Redis servers of a test's own, in a folder of its own: nothing is shared with what else runs on the machine, nor with
//! other tests.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A server that is killed, and its data removed, when this is dropped.
pub(crate) struct Server {
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
    settings: Vec<String>,
    program: Option<Child>,
    /// Removed with the last of those that share it.
    owner: Option<TempDir>,
}

impl Server {
    /// One server that writes down what it does.
    pub(crate) fn start() -> Self {
        Self::with(|_| Vec::new())
    }

    /// One server, with settings that may name files in its folder.
    pub(crate) fn with(settings: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let owner = tempfile::Builder::new().prefix("redis").tempdir().unwrap();
        let settings = settings(owner.path());
        Self::made(owner, settings)
    }

    /// One server with its data on the disk of a folder.
    pub(crate) fn on(disk: &Path) -> Self {
        Self::made(tempfile::Builder::new().prefix("redis").tempdir_in(disk).unwrap(), Vec::new())
    }

    fn made(owner: TempDir, settings: Vec<String>) -> Self {
        let folder = owner.path().to_owned();
        let mut server = Self::ready(folder, settings);
        server.owner = Some(owner);
        server.resume();
        server
    }

    /// A sentinel that watches a primary, alone, and is quick to replace it.
    fn sentinel(primary: u16) -> Self {
        let owner = tempfile::Builder::new().prefix("redis").tempdir().unwrap();
        let mut server = Self::ready(owner.path().to_owned(), Vec::new());
        let settings = format!(
            "port {}\nbind 127.0.0.1\nlogfile log\ndir {}\nsentinel monitor main 127.0.0.1 {primary} 1\n\
             sentinel down-after-milliseconds main 500\nsentinel failover-timeout main 3000\n",
            server.port,
            server.folder.display()
        );
        let file = server.folder.join("sentinel.conf");
        std::fs::write(&file, settings).unwrap();
        server.run(&[file.to_str().unwrap(), "--sentinel"]);
        server.owner = Some(owner);
        server
    }

    /// One that is not started yet.
    fn ready(folder: PathBuf, settings: Vec<String>) -> Self {
        Self { folder, port: free_port(), settings, program: None, owner: None }
    }

    /// Starts it, for the first time or again after [`Server::kill`], and waits until it answers.
    pub(crate) fn resume(&mut self) {
        let (port, folder) = (self.port.to_string(), self.folder.to_str().unwrap().to_owned());
        let mut words = vec!["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "yes"];
        words.extend(["--daemonize", "no", "--loglevel", "warning", "--logfile", "log", "--dir", &folder]);
        let settings = self.settings.clone();
        words.extend(settings.iter().map(String::as_str));
        self.run(&words);
    }

    /// Runs the program. It ends with the test, however that ends.
    fn run(&mut self, words: &[&str]) {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig=KILL", "--", "redis-server"]).args(words);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        self.program = Some(command.spawn().expect("redis-server is needed: apt-get install redis-server"));
        self.await_answer();
    }

    #[expect(clippy::disallowed_methods, reason = "what a server logs is not SQLite's")]
    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn await_answer(&mut self) {
        loop {
            let ended = self.program.as_mut().and_then(|program| program.try_wait().unwrap());
            assert!(ended.is_none(), "the server ended: {}", self.log());
            if self.try_cli(&["PING"]).is_some_and(|said| said.contains("PONG")) {
                return;
            }
        }
    }

    /// Kills it, as a power failure does but for the disk.
    pub(crate) fn kill(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            let _ = program.wait();
        }
    }

    /// Lets it stand still, and go on.
    pub(crate) fn stop(&self) {
        self.signal("STOP");
    }

    pub(crate) fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.program.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
    }

    /// Its process, while it runs.
    pub(crate) fn process(&self) -> Option<u32> {
        self.program.as_ref().map(Child::id)
    }

    /// Where a store with a prefix of its own is.
    pub(crate) fn url(&self, prefix: &str) -> String {
        format!("redis://127.0.0.1:{}?prefix={prefix}", self.port)
    }

    /// What a command answers, by Redis's own client.
    pub(crate) fn cli(&self, words: &[&str]) -> String {
        self.try_cli(words).unwrap()
    }

    fn try_cli(&self, words: &[&str]) -> Option<String> {
        let mut cli = Command::new("redis-cli");
        let done = cli.args(["-p", &self.port.to_string()]).args(words).output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout).trim().to_owned();
        (done.status.success() && !said.starts_with("LOADING")).then_some(said)
    }

    /// Waits until an answer is as it should be.
    pub(crate) fn await_that(&self, words: &[&str], fits: impl Fn(&str) -> bool) {
        while !self.try_cli(words).is_some_and(|said| fits(&said)) {
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Six servers: three primaries that share the slots, and a replica of each.
pub(crate) struct Cluster {
    pub(crate) servers: Vec<Server>,
    _folder: TempDir,
}

impl Cluster {
    pub(crate) const PRIMARIES: usize = 3;

    /// One that is quick to replace a primary.
    pub(crate) fn start() -> Self {
        Self::made(tempfile::Builder::new().prefix("redis").tempdir().unwrap(), "1500")
    }

    /// One with its data on the disk of a folder, which has much to do and replaces nobody for being slow.
    pub(crate) fn on(disk: &Path) -> Self {
        Self::made(tempfile::Builder::new().prefix("redis").tempdir_in(disk).unwrap(), "15000")
    }

    fn made(owner: TempDir, patience: &str) -> Self {
        let mut servers = Vec::new();
        for number in 0..2 * Self::PRIMARIES {
            let folder = owner.path().join(number.to_string());
            std::fs::create_dir(&folder).unwrap();
            let settings = [
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                patience,
                "--repl-diskless-sync-delay",
                "0",
            ];
            let mut server = Server::ready(folder, settings.map(str::to_owned).into());
            server.resume();
            servers.push(server);
        }
        let cluster = Self { servers, _folder: owner };
        cluster.form();
        cluster
    }

    fn form(&self) {
        let first = &self.servers[0];
        for other in &self.servers[1..] {
            first.cli(&["CLUSTER", "MEET", "127.0.0.1", &other.port.to_string()]);
        }
        for (server, (from, to)) in
            self.servers.iter().zip([("0", "5460"), ("5461", "10922"), ("10923", "16383")])
        {
            server.cli(&["CLUSTER", "ADDSLOTSRANGE", from, to]);
        }
        for server in &self.servers {
            server.await_that(&["CLUSTER", "NODES"], |said| said.lines().count() == self.servers.len());
        }
        for at in 0..Self::PRIMARIES {
            let primary = self.servers[at].cli(&["CLUSTER", "MYID"]);
            let replica = &self.servers[at + Self::PRIMARIES];
            replica.await_that(&["CLUSTER", "REPLICATE", &primary], |said| said == "OK");
        }
        for server in &self.servers {
            server.await_that(&["CLUSTER", "INFO"], |said| said.contains("cluster_state:ok"));
        }
        for replica in &self.servers[Self::PRIMARIES..] {
            replica.await_that(&["INFO", "replication"], |said| said.contains("master_link_status:up"));
        }
    }

    /// Where a store with a prefix of its own is.
    pub(crate) fn url(&self, prefix: &str) -> String {
        let servers: Vec<String> =
            self.servers.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
        format!("redis+cluster://{}?prefix={prefix}", servers.join(","))
    }

    /// Which primary has the slot of a key.
    pub(crate) fn owner_of(&self, key: &str) -> usize {
        let slot: u16 = self.servers[0].cli(&["CLUSTER", "KEYSLOT", key]).parse().unwrap();
        usize::from(slot / 5461).min(Self::PRIMARIES - 1)
    }
}

/// A primary, its replica, and a sentinel that watches them.
pub(crate) struct Watched {
    pub(crate) primary: Server,
    pub(crate) replica: Server,
    sentinel: Server,
}

impl Watched {
    pub(crate) fn start() -> Self {
        let primary = Server::start();
        let of = ["--replicaof".to_owned(), format!("127.0.0.1 {}", primary.port)];
        let replica = Server::with(|_| of.into());
        replica.await_that(&["INFO", "replication"], |said| said.contains("master_link_status:up"));
        let sentinel = Server::sentinel(primary.port);
        let knows =
            |said: &str| said.lines().any(|line| line.contains("num-slaves")) && said.contains("\n1\n");
        sentinel
            .await_that(&["SENTINEL", "REPLICAS", "main"], |said| said.contains("127.0.0.1") || knows(said));
        Self { primary, replica, sentinel }
    }

    /// Where a store with a prefix of its own is, whose primary has this name.
    pub(crate) fn url(&self, prefix: &str, name: &str) -> String {
        format!("redis+sentinel://127.0.0.1:{}/{name}?prefix={prefix}", self.sentinel.port)
    }
}

/// A port that nobody listens at, nor at the one that its cluster would use.
pub(crate) fn free_port() -> u16 {
    loop {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if port < 50_000 && TcpListener::bind(("127.0.0.1", port + 10_000)).is_ok() {
            return port;
        }
    }
}
