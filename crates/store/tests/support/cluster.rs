//! A PostgreSQL server of a test's own, in a folder of its own: nothing is shared with what else runs on the machine, nor
//! with other tests.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// How many connections the stores of a test have together at most.
const CONNECTIONS: &str = "max_connections=400";

/// A server that is stopped, and its data removed, when this is dropped.
pub(crate) struct Cluster {
    folder: TempDir,
    /// Where the data are that are not in the folder.
    disk: Option<TempDir>,
    programs: PathBuf,
    settings: Vec<String>,
    server: Option<Child>,
}

impl Cluster {
    /// A server that is reached through a socket in its folder only.
    pub(crate) fn start() -> Self {
        Self::with(|_| vec!["listen_addresses=".to_owned()])
    }

    /// A server with settings that may name files in its folder.
    pub(crate) fn with(settings: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let folder = folder().tempdir().unwrap();
        let settings = settings(folder.path());
        Self::made(folder, None, settings)
    }

    /// A server with its data on the disk of a folder, whose name may be longer than a socket's.
    pub(crate) fn on(disk: &Path, settings: Vec<String>) -> Self {
        let disk = folder().tempdir_in(disk).unwrap();
        hand_over(disk.path());
        Self::made(folder().tempdir().unwrap(), Some(disk), settings)
    }

    fn made(folder: TempDir, disk: Option<TempDir>, settings: Vec<String>) -> Self {
        hand_over(folder.path());
        let mut cluster = Self { folder, disk, programs: programs(), settings, server: None };
        let data = cluster.data();
        let mut initdb = cluster.command("initdb");
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        let made = initdb.arg("--pgdata").arg(data).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        cluster.resume();
        cluster
    }

    /// Starts the server again after [`Cluster::kill`], and waits until it answers.
    pub(crate) fn resume(&mut self) {
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).arg("-k").arg(self.folder.path());
        // What the suite looks at is what nodes see of each other, not what a power failure leaves.
        for setting in ["fsync=off", "logging_collector=off", CONNECTIONS] {
            command.args(["-c", setting]);
        }
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        let mut server = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(server.stderr.take().unwrap());
        self.server = Some(server);
        let (mut all, mut line) = (String::new(), String::new());
        while !line.contains("ready to accept connections") {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "the server ended: {all}");
            all.push_str(&line);
        }
        self.write_down(said);
    }

    /// A server that nobody listens to would stop writing.
    #[expect(clippy::disallowed_methods, reason = "what a server logs is not SQLite's")]
    fn write_down(&self, mut said: impl Read + Send + 'static) {
        let mut log = std::fs::File::create(self.log()).unwrap();
        std::thread::spawn(move || std::io::copy(&mut said, &mut log));
    }

    /// Kills the server, as a power failure does but for the disk, and waits until nothing of it is left.
    pub(crate) fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
        // Those that serve connections end by themselves when they notice.
        while self.is_served() {
            std::thread::yield_now();
        }
    }

    /// Whether a process works in the server's data.
    fn is_served(&self) -> bool {
        let data = self.data();
        let mut processes = std::fs::read_dir("/proc").unwrap().flatten();
        processes.any(|process| std::fs::read_link(process.path().join("cwd")).is_ok_and(|at| at == data))
    }

    /// Where a store with a schema of its own is.
    pub(crate) fn url(&self, schema: &str) -> String {
        let host = self.folder.path().to_str().unwrap().replace('/', "%2F");
        format!("postgres://postgres@{host}/postgres?options=-c%20search_path%3D{schema}")
    }

    /// Makes a schema, and answers where a store with it is.
    pub(crate) fn fresh(&self, schema: &str) -> String {
        self.sql(&format!("CREATE SCHEMA {schema}"));
        self.url(schema)
    }

    /// What a statement answers, by PostgreSQL's own client.
    pub(crate) fn sql(&self, sql: &str) -> String {
        self.sql_at(5432, sql)
    }

    /// The same, of a server with another port.
    pub(crate) fn sql_at(&self, port: u16, sql: &str) -> String {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", "postgres"]);
        let done = psql
            .arg("-h")
            .arg(self.folder.path())
            .args(["-p", &port.to_string(), "-c", sql])
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }

    /// What the server said since it was ready.
    pub(crate) fn log(&self) -> PathBuf {
        self.path("log")
    }

    /// Where the server's data are.
    pub(crate) fn data(&self) -> PathBuf {
        self.disk.as_ref().unwrap_or(&self.folder).path().join("data")
    }

    /// Somebody who copies what the server writes, until this is dropped.
    pub(crate) fn follow(&self) -> Follower {
        let to = self.path("followed");
        std::fs::create_dir(&to).unwrap();
        hand_over(&to);
        let mut receive = self.command("pg_receivewal");
        receive.arg("-h").arg(self.folder.path()).args(["-U", "postgres", "-D"]).arg(to);
        Follower(receive.spawn().unwrap())
    }

    /// The socket that the server listens at.
    pub(crate) fn socket(&self) -> PathBuf {
        self.path(".s.PGSQL.5432")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// One of the server's programs, as a user whom it serves. It ends with the test, however that ends.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        if is_root() {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        command.args(["--pdeathsig=KILL", "--"]).arg(self.programs.join(program));
        command.current_dir(self.folder.path()).env("LC_ALL", "C").stdin(Stdio::null());
        command
    }
}

/// A program that follows a server.
pub(crate) struct Follower(Child);

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that nobody listens at.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn folder() -> tempfile::Builder<'static, 'static> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("pg");
    folder
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// PostgreSQL does not run as root, so what it works with belongs to its own user then.
pub(crate) fn hand_over(path: &Path) {
    if is_root() {
        let done = Command::new("chown").args(["-R", "postgres:postgres"]).arg(path).status().unwrap();
        assert!(done.success(), "there is no user postgres");
    }
}

/// Where the server's programs are: Debian keeps them apart from others, by version.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    found.extend(["/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin"].map(PathBuf::from));
    let found = found.into_iter().find(|folder| folder.join("initdb").is_file());
    found.expect("PostgreSQL's server is needed: apt-get install postgresql")
}
