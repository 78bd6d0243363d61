//! How a server is reached where a URL names several: all are tried at once, and the first that takes writes is it. One after
//! the other, a server that stopped without closing its lines would take up the time of those behind it.

use deadpool_postgres::Connect;
use futures_util::future::select_ok;
use std::pin::Pin;
use tokio::spawn;
use tokio::task::JoinHandle;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Client, Config, Error, Socket};

/// Every server of a URL, and how to encrypt.
pub(super) struct AnyOf<T> {
    servers: Vec<Config>,
    tls: T,
}

type Connecting<'a> = Pin<Box<dyn Future<Output = Result<(Client, JoinHandle<()>), Error>> + Send + 'a>>;

impl<T> AnyOf<T> {
    pub(super) fn new(config: &Config, tls: T) -> Self {
        Self { servers: each(config), tls }
    }
}

impl<T> Connect for AnyOf<T>
where
    T: MakeTlsConnect<Socket> + Clone + Sync + Send + 'static,
    T::Stream: Sync + Send,
    T::TlsConnect: Sync + Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    fn connect(&self, _: &Config) -> Connecting<'_> {
        Box::pin(async move {
            let lines = self.servers.iter().map(|server| Box::pin(server.connect(self.tls.clone())));
            let ((client, line), _) = select_ok(lines).await?;
            // How a line ends is told to whoever uses it.
            Ok((client, spawn(async move { drop(line.await) })))
        })
    }
}

/// The same for one server at a time.
fn each(config: &Config) -> Vec<Config> {
    let (hosts, addresses, ports) = (config.get_hosts(), config.get_hostaddrs(), config.get_ports());
    let count = hosts.len().max(addresses.len());
    if count < 2 {
        return vec![config.clone()];
    }
    let one = |number: usize| {
        let mut one = without_hosts(config);
        if let Some(host) = hosts.get(number) {
            host_of(&mut one, host);
        }
        if let Some(address) = addresses.get(number) {
            one.hostaddr(*address);
        }
        if let Some(port) = ports.get(number).or_else(|| ports.first()) {
            one.port(*port);
        }
        one
    };
    (0..count).map(one).collect()
}

fn host_of(config: &mut Config, host: &tokio_postgres::config::Host) {
    match host {
        tokio_postgres::config::Host::Tcp(name) => config.host(name),
        #[cfg(unix)]
        tokio_postgres::config::Host::Unix(path) => config.host_path(path),
    };
}

fn without_hosts(config: &Config) -> Config {
    let mut other = Config::new();
    config.get_user().map(|user| other.user(user));
    config.get_password().map(|password| other.password(password));
    config.get_dbname().map(|name| other.dbname(name));
    config.get_options().map(|options| other.options(options));
    config.get_application_name().map(|name| other.application_name(name));
    config.get_connect_timeout().map(|time| other.connect_timeout(*time));
    config.get_tcp_user_timeout().map(|time| other.tcp_user_timeout(*time));
    config.get_keepalives_interval().map(|time| other.keepalives_interval(time));
    config.get_keepalives_retries().map(|count| other.keepalives_retries(count));
    other
        .ssl_mode(config.get_ssl_mode())
        .ssl_negotiation(config.get_ssl_negotiation())
        .channel_binding(config.get_channel_binding())
        .keepalives(config.get_keepalives())
        .keepalives_idle(config.get_keepalives_idle())
        .target_session_attrs(config.get_target_session_attrs());
    other
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio_postgres::config::Host;

    #[test]
    fn each_server_has_everything_but_the_others() {
        let all: Config =
            "postgres://ann:pw@one:1,two:2/db?application_name=a&connect_timeout=3".parse().unwrap();
        let each = each(&all);
        assert_eq!(each.len(), 2);
        for (one, (host, port)) in each.iter().zip([("one", 1), ("two", 2)]) {
            assert_eq!((one.get_hosts(), one.get_ports()), (&[Host::Tcp(host.to_owned())][..], &[port][..]));
            assert_eq!(one.get_password(), all.get_password());
            assert_eq!((one.get_user(), one.get_dbname()), (all.get_user(), all.get_dbname()));
            assert_eq!(one.get_application_name(), Some("a"));
            assert_eq!(one.get_connect_timeout(), all.get_connect_timeout());
        }
    }
}
