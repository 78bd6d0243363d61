//! `burnbag account`: works on the data itself, whether or not a server runs, and takes effect at once.

use super::store::{self, Missing};
use super::system_rng;
use crate::args::Account;
use crate::terminal;
use anyhow::{Context, bail};
use burnbag_core::account::{ApiKey, CredentialKind, Email};
use burnbag_server::clock::{Clock, SystemClock};
use burnbag_server::config::{Config, Flags, STANDARD};
use burnbag_server::mail::wire_address;
use burnbag_server::vault::{Invited, Invitee, create_account, invite, invited, rotate_key};
use burnbag_store::{CredentialView, DynStore};
use jiff::Timestamp;
use serde::Serialize;
use std::io;
use zeroize::Zeroizing;

pub(crate) fn run(command: Account) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Account::Create { email, plan, place } => create(&open(&place.flags()).await?, email, plan).await,
            Account::Invite { email, plan, place } => {
                send_for(&open(&place.flags()).await?, email, plan).await
            }
            Account::List { json, place } => list(&open(&place.flags()).await?, json).await,
            Account::RotateKey { email, place } => rotate(&open(&place.flags()).await?, &email).await,
            Account::Remove { email, place } => remove(&open(&place.flags()).await?, &email).await,
        }
    })
}

/// The data that a command works on.
struct Data {
    config: Config,
    store: DynStore,
}

/// Opens existing data; never makes any.
async fn open(flags: &Flags) -> anyhow::Result<Data> {
    let config = Config::load(flags)?;
    let (store, _) = store::open(&config, Missing::Refuse).await?;
    Ok(Data { config, store })
}

async fn create(data: &Data, email: Email, plan: String) -> anyhow::Result<()> {
    check_address(&email)?;
    check_plan(data, &plan)?;
    let now = SystemClock::start().now();
    let made = create_account(&*data.store, email.clone(), plan, now, &mut system_rng()?).await?;
    let Some(api_key) = made else {
        bail!(
            "there is an account {email} already\n  burnbag account rotate-key {email} prints a new key for it"
        );
    };
    show(&api_key, &email)?;
    terminal::say(
        "This key is shown once. API and connector: the e-mail address is the user name, this key the password.",
    );
    let server =
        data.config.public_url.as_ref().map_or_else(|| "this server".to_owned(), ToString::to_string);
    terminal::say(&format!(
        "In the connector's connection: \"Email\" is {email}, \"API Key\" is this key, the host is {server}."
    ));
    let signin = origin(&data.config).map_or_else(|| "/signin of this server".into(), |at| at + "/signin");
    terminal::say(&format!("In a browser: {signin}, with the same address and this key."));
    Ok(())
}

/// Invites somebody to set a password: the first one, or a new one in the place of everything that unlocks the account.
async fn send_for(data: &Data, email: Email, plan: Option<String>) -> anyhow::Result<()> {
    let Some(origin) = origin(&data.config) else {
        bail!(
            "an invitation is a link, and it is not known what links of this server start with\n  set public_url, like https://secrets.example.com"
        );
    };
    let now = SystemClock::start().now();
    let existing = match data.store.account(&email).await? {
        Some(account) if invited(&*data.store, &account, now).await? == Invited::Existing => Some(account),
        Some(_) | None => None,
    };
    let asked = plan.clone();
    let plan = plan.unwrap_or_else(|| STANDARD.to_owned());
    if let Some(account) = existing {
        if asked.is_some() && account.plan != plan {
            bail!("the account {email} has the plan {:?}, and keeps it\n  leave --plan out", account.plan);
        }
        terminal::say(
            "When it is accepted, every key, password and session of the account stops working, and the list of earlier secrets starts empty: only an earlier key could open it. Links and receipts keep working.",
        );
        if !terminal::confirm(&format!("Invite {email} to set a new password?")) {
            bail!("nothing was changed");
        }
    } else {
        check_address(&email)?;
        check_plan(data, &plan)?;
    }
    let invitee = Invitee { email: email.clone(), plan: Some(plan), provisional: false };
    let invited = invite(&*data.store, invitee, now, &mut system_rng()?).await?;
    let (token, _) = invited.context("the account was not made")?;
    let link = Zeroizing::new(format!("{origin}/invite/{}", token.expose().as_str()));
    terminal::answer(&link).with_context(|| {
        format!("the link could not be written\n  burnbag account invite {email} makes a new one")
    })?;
    // One that was invited before has its plan already; one that a stranger asked for has it now.
    let granted = data.store.account(&email).await?.map(|account| account.plan);
    if let Some(granted) = granted.filter(|granted| asked.is_some_and(|asked| asked != *granted)) {
        terminal::say(&format!("{email} was invited before, and keeps the plan {granted:?}."));
    }
    terminal::say(
        "Whoever opens this link within 72 hours sets the password, once. A newer invitation ends it.",
    );
    Ok(())
}

/// An address that nobody can have is a slip of the hand.
fn check_address(email: &Email) -> anyhow::Result<()> {
    if wire_address(email).is_none() {
        bail!("no mail can reach {email}\n  check how it is written");
    }
    Ok(())
}

fn check_plan(data: &Data, plan: &str) -> anyhow::Result<()> {
    if data.config.plans.get(plan).is_none() {
        let plans = data.config.plans.names().collect::<Vec<_>>().join(", ");
        bail!("there is no plan {plan:?}\n  the configuration has: {plans}");
    }
    Ok(())
}

/// What links start with, as far as the configuration alone tells: a server that only this machine reaches needs no
/// public URL.
fn origin(config: &Config) -> Option<String> {
    let is_local = config.listen.ip().is_loopback() && config.listen.port() != 0;
    match &config.public_url {
        Some(url) => Some(url.to_string()),
        None => is_local.then(|| format!("http://{}", config.listen)),
    }
}

async fn rotate(data: &Data, email: &Email) -> anyhow::Result<()> {
    let warning = "The list of earlier secrets starts empty: only an earlier key could open it. Links and receipts keep working.";
    terminal::say(warning);
    if !terminal::confirm(&format!("Revoke every key, password and session of {email}, and make a new key?"))
    {
        bail!("nothing was changed");
    }
    let now = SystemClock::start().now();
    match rotate_key(&*data.store, email, now, &mut system_rng()?).await? {
        Some(api_key) => show(&api_key, email)?,
        None => bail!("there is no account {email}\n  burnbag account list shows all"),
    }
    Ok(())
}

async fn remove(data: &Data, email: &Email) -> anyhow::Result<()> {
    if !data.store.remove_account(email).await? {
        bail!("there is no account {email}\n  burnbag account list shows all");
    }
    terminal::say(&format!(
        "{email} is removed; its key is refused from now on. Links that it made still open."
    ));
    Ok(())
}

/// A key, alone on standard output.
fn show(api_key: &ApiKey, email: &Email) -> anyhow::Result<()> {
    terminal::answer(api_key.expose()).with_context(|| {
        format!("the key could not be written\n  burnbag account rotate-key {email} makes a new one")
    })
}

/// An account as `--json` shows it.
#[derive(Serialize)]
struct Listed {
    email: String,
    plan: String,
    /// `active`; `invited`: nobody has accepted yet; `locked`: nothing unlocks it, and nobody is invited.
    state: &'static str,
    /// RFC 3339, UTC.
    created_at: String,
}

async fn list(data: &Data, json: bool) -> anyhow::Result<()> {
    let (now, mut accounts) = (SystemClock::start().now(), Vec::new());
    for account in data.store.accounts().await? {
        let state = state(&data.store.credentials(account.id, now).await?);
        let created_at = Timestamp::from_second(account.created.0).unwrap_or_default().to_string();
        accounts.push(Listed { email: account.email.to_string(), plan: account.plan, state, created_at });
    }
    if json {
        return listed(terminal::answer(&serde_json::to_string(&accounts)?));
    }
    if accounts.is_empty() {
        terminal::say("no accounts; burnbag account create you@example.com");
    }
    let width = accounts.iter().map(|account| account.email.chars().count()).max().unwrap_or(0);
    let row =
        |one: &Listed| format!("{:width$}  {:10}  {:8}  {}", one.email, one.plan, one.state, one.created_at);
    listed(accounts.iter().try_for_each(|account| terminal::answer(&row(account))))
}

fn state(credentials: &[CredentialView]) -> &'static str {
    let invites = |credential: &CredentialView| credential.kind == CredentialKind::Invitation;
    match credentials {
        [] => "locked",
        credentials if credentials.iter().all(invites) => "invited",
        _ => "active",
    }
}

/// A reader that has seen enough is not trouble.
fn listed(written: io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("the list could not be written")
        }
        _ => Ok(()),
    }
}
