//! Configuration: flags over `BURNBAG_*` variables over `burnbag.toml` over defaults.
//!
//! Every option stands in `docs/config.example.toml` with its default; a test compares the two. Unknown keys and
//! unparsable values stop the start.

mod colour;
mod mail;
mod may_create;
mod networks;
mod plans;
mod public_url;
mod sections;
mod server_key;
mod signup;
mod store;
mod units;
mod web;

pub use colour::{Colour, LEAST_CONTRAST};
pub use mail::{Mail, MailServer, Password, Tls};
pub use may_create::MayCreate;
pub use networks::Networks;
pub use plans::{ANONYMOUS, PlanConfig, Plans, STANDARD};
pub use public_url::PublicUrl;
pub use sections::{Limits, Log, LogFormat, LogLevel, V1};
pub(crate) use server_key::missing_key;
pub use server_key::{KeyText, KeyringError, open_keyring, remembered};
pub use signup::{OpenSignup, Signup, SignupDomains};
pub use store::StoreOption;
pub use units::{Drain, FilesSize, Percent, Redelivery, Size, Timeout, Ttl};
pub use web::{Accent, Contact, DARK, DarkAccent, FooterLink, LIGHT, Web};

use crate::limit::Rate;
use figment::providers::{Env, Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::Deserialize;
use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Everything that an operator can set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one. Default `127.0.0.1:7143`.
    pub listen: SocketAddr,
    /// Data directory. Default `./burnbag-data`.
    pub data: PathBuf,
    /// Where secrets wait: `sqlite`, in the data directory, `postgres://USER@HOST/DATABASE`, or `redis://HOST`. Default
    /// `sqlite`.
    pub store: StoreOption,
    /// The file that the password to the store stands in. Default none.
    pub store_password_file: Option<PathBuf>,
    /// What links start with, `https://secrets.example.com`. Default: the host that a request came to.
    pub public_url: Option<PublicUrl>,
    /// Calls per time for each client, `100/60s` or `off`. Default `100/60s`.
    pub throttle: Rate,
    /// How long a reader who repeats a reveal with the same `Idempotency-Key` gets the same answer, up to ten minutes; 0:
    /// not at all. Default `60s`.
    pub redelivery: Redelivery,
    /// How long a server that is told to stop goes on taking requests, up to ten minutes, so that who sends them here learns of it
    /// first. Default: `5s` where other nodes may share the store, else not at all.
    pub drain: Option<Drain>,
    /// Addresses or networks of proxies whose `X-Forwarded-For`, `X-Forwarded-Proto` or `Forwarded` count. Default
    /// none.
    pub trusted_proxies: Networks,
    /// The server key, 64 hexadecimal digits. Default: in a file.
    pub server_key: Option<KeyText>,
    /// The file with the server key. Default `server.key` in the data directory.
    pub server_key_file: Option<PathBuf>,
    /// Files with earlier server keys, which open what they sealed and seal nothing new. Default none.
    pub older_server_key_files: Vec<PathBuf>,
    /// Who may make secrets: `"everyone"`, `"accounts"`, or networks from which nobody needs an account. Anyone may open
    /// one. Default `"everyone"`.
    pub may_create: MayCreate,
    /// Who may make an account for himself: `"closed"`, nobody, or `"open"`, whoever reads mail at an address. Default
    /// `"closed"`.
    pub signup: Signup,
    /// The domains of addresses that may. Default none: any.
    pub signup_domains: SignupDomains,
    /// The plan of accounts that are made so. Default `standard`.
    pub signup_plan: String,
    /// Limits by kind of caller.
    pub plans: Plans,
    /// Limits of the machine.
    pub limits: Limits,
    /// Switches of the v1 wire.
    pub v1: V1,
    /// The pages.
    pub web: Web,
    /// Mail.
    pub mail: Mail,
    /// Logging.
    pub log: Log,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 7143)),
            data: PathBuf::from("./burnbag-data"),
            store: StoreOption::Sqlite,
            store_password_file: None,
            public_url: None,
            throttle: "100/60s".parse().expect("a rate"),
            redelivery: Redelivery(60),
            drain: None,
            trusted_proxies: Networks::default(),
            server_key: None,
            server_key_file: None,
            older_server_key_files: Vec::new(),
            may_create: MayCreate::default(),
            signup: Signup::default(),
            signup_domains: SignupDomains::default(),
            signup_plan: STANDARD.to_owned(),
            plans: Plans::default(),
            limits: Limits::default(),
            v1: V1::default(),
            web: Web::default(),
            mail: Mail::default(),
            log: Log::default(),
        }
    }
}

/// What the command line said, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`: the file, instead of `./burnbag.toml` where that exists.
    pub config: Option<PathBuf>,
    /// Other flags: the option's key and its text.
    pub options: Vec<(&'static str, String)>,
}

/// A configuration that cannot be used: key, source and mend.
#[derive(Debug, thiserror::Error)]
#[error("{problem}\n  {mend}")]
pub struct ConfigError {
    problem: String,
    mend: &'static str,
}

impl ConfigError {
    /// `problem` names the option.
    pub(crate) fn new(problem: impl Into<String>, mend: &'static str) -> Self {
        Self { problem: problem.into(), mend }
    }
}

/// Variables of the command-line client, which are no options of the server, and the one that names the file.
const NOT_OPTIONS: [&str; 5] = ["config", "url", "email", "api_key", "api_key_file"];

/// How long a node that others stand beside goes on, unless it is said.
const DRAIN: Duration = Duration::from_secs(5);

impl Config {
    /// How long a server that is told to stop goes on taking requests.
    #[must_use]
    pub fn drain(&self) -> Duration {
        let usual = if self.store.is_shared() { DRAIN } else { Duration::ZERO };
        self.drain.map_or(usual, |Drain(time)| time)
    }

    /// Reads the configuration from all its sources.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let mut figment = Figment::new();
        if let Some(path) = config_file(flags) {
            must_be_readable(&path)?;
            figment = figment.merge(Toml::file_exact(path));
        }
        figment
            .merge(Env::prefixed("BURNBAG_").ignore(&NOT_OPTIONS).split("__"))
            .merge(FlagProvider(&flags.options))
            .extract()
            .map_err(|error| ConfigError { problem: describe(&error), mend: MEND })
    }
}

const MEND: &str = "every option and its form stands in docs/config.example.toml";

#[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
fn config_file(flags: &Flags) -> Option<PathBuf> {
    let named = flags.config.clone().or_else(|| std::env::var("BURNBAG_CONFIG").ok().map(PathBuf::from));
    named.or_else(|| Some(PathBuf::from("burnbag.toml")).filter(|path| path.is_file()))
}

#[expect(clippy::disallowed_methods, reason = "the configuration is not SQLite's")]
fn must_be_readable(path: &Path) -> Result<(), ConfigError> {
    let denied = |error: io::Error| ConfigError {
        problem: format!("the configuration file {} cannot be read: {error}", path.display()),
        mend: "run burnbag as the server's user, and let that one read the file",
    };
    // Who opens a pipe may wait for ever.
    match path.metadata().map(|found| found.is_file()) {
        Ok(true) => File::open(path).map(drop).map_err(denied),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(denied(error)),
        Ok(false) | Err(_) => Err(ConfigError {
            problem: format!("there is no configuration file at {}", path.display()),
            mend: "correct --config or BURNBAG_CONFIG, or leave it out",
        }),
    }
}

/// One line per error: what, at which key, from which source.
fn describe(error: &figment::Error) -> String {
    let lines = error.clone().into_iter().map(|error| {
        let key = error.path.join(".");
        let source = error.metadata.as_ref().map_or_else(
            || "the defaults".into(),
            |metadata| {
                let place = metadata.source.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{} {place}", metadata.name).trim().to_owned()
            },
        );
        if key.is_empty() {
            format!("configuration: {} (in {source})", without_source(&error.kind.to_string()))
        } else {
            format!("configuration: `{key}`: {} (in {source})", error.kind)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A syntax error without the line of the file that it shows: passwords and the server key stand in such lines.
fn without_source(error: &str) -> String {
    let is_source = |line: &&str| {
        let line = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        line.starts_with('|')
    };
    match error.split_once('\n') {
        Some((place, rest)) => {
            let said: Vec<_> = rest.lines().filter(|line| !is_source(line)).collect();
            format!("{place}: {}", said.join(", "))
        }
        None => error.to_owned(),
    }
}

/// Flags as a source that error messages can name.
struct FlagProvider<'a>(&'a [(&'static str, String)]);

impl Provider for FlagProvider<'_> {
    fn metadata(&self) -> Metadata {
        Metadata::named("the command line")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let options = self.0.iter().map(|(key, text)| ((*key).to_owned(), Value::from(text.as_str())));
        Ok(Profile::Default.collect(options.collect()))
    }
}
