//! One connection: made, encrypted, signed in, and known to be alive. Many commands are under way on it at once.

use super::address::{Address, RedisUrl};
use super::trouble::Trouble;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Cmd, Pipeline, RedisConnectionInfo, Value};
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(2);
/// Commands that wait for their turn to be written.
const QUEUE: usize = 1024;

/// How a connection is made.
#[derive(Clone)]
pub(super) struct Dial {
    pub(super) url: Arc<RedisUrl>,
    pub(super) tls: Option<TlsConnector>,
    /// From when on the handle counts time.
    pub(super) epoch: Instant,
    /// Whether only a primary will do.
    pub(super) primary: bool,
}

/// A connection. It is closed when nobody holds it any more.
pub(super) struct Line {
    connection: MultiplexedConnection,
    alive: Arc<AtomicBool>,
    driver: AbortHandle,
    /// How many microseconds the engine's clock is ahead of the handle's.
    ahead: AtomicI64,
    epoch: Instant,
}

impl Dial {
    /// A connection to a server.
    pub(super) async fn line(&self, address: &Address) -> Result<Line, Trouble> {
        let made = timeout(CONNECT, self.make(address)).await;
        made.unwrap_or_else(|_| Err(unreachable(address, "it does not answer in time")))
    }

    /// The same to a sentinel, which knows other users.
    pub(super) async fn sentinel(&self, address: &Address) -> Result<Line, Trouble> {
        let made = timeout(CONNECT, async {
            let none = RedisConnectionInfo::default().set_skip_set_lib_name();
            self.begin(address, &none).await
        });
        made.await.unwrap_or_else(|_| Err(unreachable(address, "it does not answer in time")))
    }

    async fn make(&self, address: &Address) -> Result<Line, Trouble> {
        let line = self.begin(address, &self.url.sign_in()).await?;
        let mut hello = Pipeline::new();
        hello.cmd("CLIENT").arg("SETNAME").arg("burnbag").cmd("TIME");
        if self.primary {
            hello.cmd("ROLE");
        }
        let said =
            line.exchange(&hello).await.map_err(|trouble| unreachable(address, &trouble.to_string()))?;
        match said.get(1) {
            Some(Value::ServerError(error)) => return Err(Trouble::said(error)),
            Some(time) => line.set_clock(clock(time)?),
            None => return Err(Trouble::Corrupt("the engine's time")),
        }
        if let Some(Value::Array(role)) = said.get(2)
            && role.first() != Some(&Value::BulkString(b"master".to_vec()))
        {
            return Err(unreachable(address, "it is a replica"));
        }
        Ok(line)
    }

    async fn begin(&self, address: &Address, who: &RedisConnectionInfo) -> Result<Line, Trouble> {
        let stream = TcpStream::connect((address.host.as_str(), address.port)).await;
        let stream = stream.map_err(|error| unreachable(address, &error.to_string()))?;
        // Without it small commands would wait for others.
        let _ = stream.set_nodelay(true);
        let Some(tls) = &self.tls else { return self.sign_in(stream, who).await };
        let name = ServerName::try_from(address.host.clone())
            .map_err(|_| unreachable(address, "its name is none that a certificate can prove"))?;
        let stream = tls.connect(name, stream).await;
        self.sign_in(stream.map_err(|error| unreachable(address, &format!("no TLS: {error}")))?, who).await
    }

    async fn sign_in<S>(&self, stream: S, who: &RedisConnectionInfo) -> Result<Line, Trouble>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        // Who asks knows best how long he waits.
        let config = AsyncConnectionConfig::new().set_response_timeout(None).set_pipeline_buffer_size(QUEUE);
        let made = MultiplexedConnection::new_with_config(who, stream, config).await;
        let (connection, driver) = made.map_err(|error| Trouble::refused(&error))?;
        let alive = Arc::new(AtomicBool::new(true));
        let ended = Arc::clone(&alive);
        let driver = tokio::spawn(async move {
            driver.await;
            ended.store(false, Ordering::SeqCst);
        });
        let (driver, epoch) = (driver.abort_handle(), self.epoch);
        Ok(Line { connection, alive, driver, ahead: AtomicI64::new(0), epoch })
    }
}

impl Line {
    /// Whether what is sent may arrive.
    pub(super) fn is_alive(&self) -> bool {
        self.alive.load(Ordering::SeqCst)
    }

    /// Nobody sends anything by it any more.
    pub(super) fn give_up(&self) {
        self.alive.store(false, Ordering::SeqCst);
    }

    /// Sends commands, one behind the other, and answers what came back for each.
    pub(super) async fn exchange(&self, commands: &Pipeline) -> Result<Vec<Value>, Trouble> {
        let answers = self.connection.clone().send_packed_commands(commands, 0, commands.len()).await;
        let answers = answers.map_err(|error| Trouble::Lost(error.to_string()))?;
        if answers.len() == commands.len() { Ok(answers) } else { Err(Trouble::Corrupt("number of answers")) }
    }

    /// Sends one command.
    pub(super) async fn one(&self, command: Cmd) -> Result<Value, Trouble> {
        let mut commands = Pipeline::with_capacity(1);
        commands.add_command(command);
        match self.exchange(&commands).await?.pop() {
            Some(Value::ServerError(error)) => Err(Trouble::said(&error)),
            Some(value) => Ok(value),
            None => Err(Trouble::Corrupt("number of answers")),
        }
    }

    /// Notes what the engine's clock showed just now, in microseconds.
    pub(super) fn set_clock(&self, shown: i64) {
        self.ahead.store(shown.saturating_sub(self.elapsed()), Ordering::SeqCst);
    }

    /// What the engine's clock will show then, in microseconds.
    pub(super) fn clock_in(&self, time: Duration) -> i64 {
        let time = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        self.elapsed().saturating_add(self.ahead.load(Ordering::SeqCst)).saturating_add(time)
    }

    fn elapsed(&self) -> i64 {
        i64::try_from(self.epoch.elapsed().as_micros()).unwrap_or(i64::MAX)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

fn unreachable(address: &Address, why: &str) -> Trouble {
    Trouble::Unreachable(format!("{address}: {why}"))
}

/// Seconds and microseconds, as `TIME` answers them, in microseconds.
fn clock(time: &Value) -> Result<i64, Trouble> {
    let parts: Result<(i64, i64), _> = redis::from_redis_value_ref(time);
    let (seconds, micros) = parts.map_err(|_| Trouble::Corrupt("the engine's time"))?;
    Ok(seconds.saturating_mul(1_000_000).saturating_add(micros))
}
