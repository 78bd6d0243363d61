//! `signup`: who may make an account for himself.

use super::{Config, ConfigError};
use burnbag_core::account::Email;
use serde::Deserialize;

/// Who may make an account for himself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signup {
    /// Nobody: the operator makes accounts.
    #[default]
    Closed,
    /// Whoever reads mail at an address.
    Open,
}

/// Domains of addresses, in lower case. None: any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct SignupDomains(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    /// A variable: separated by commas.
    Text(String),
    List(Vec<String>),
}

impl TryFrom<Written> for SignupDomains {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let names = match written {
            Written::Text(text) => {
                text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
            }
            Written::List(names) => names,
        };
        names.iter().map(|name| domain(name)).collect::<Result<_, _>>().map(Self)
    }
}

/// What can stand behind the `@` of an address.
fn domain(name: &str) -> Result<String, String> {
    let address = format!("x@{name}").parse::<Email>();
    let address = address.map_err(|_| format!("{name:?} is no domain; write it like \"example.com\""))?;
    Ok(address.parts().1.to_owned())
}

impl SignupDomains {
    /// Whether an address may. A subdomain is another domain.
    #[must_use]
    pub fn allow(&self, email: &Email) -> bool {
        self.0.is_empty() || self.0.iter().any(|domain| domain == email.parts().1)
    }

    /// Their names, if not any may.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

/// What it takes to sign up, where that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSignup {
    /// Whose addresses may.
    pub domains: SignupDomains,
    /// The plan of the accounts.
    pub plan: String,
}

impl Config {
    /// What it takes to sign up; nothing where that is closed.
    ///
    /// # Errors
    /// Options contradict each other.
    pub fn open_signup(&self) -> Result<Option<OpenSignup>, ConfigError> {
        let (domains, plan) = (&self.signup_domains, &self.signup_plan);
        match self.signup {
            Signup::Closed if domains.names().is_empty() => Ok(None),
            Signup::Closed => Err(ConfigError::new(
                "signup_domains are named, but signup is closed",
                "set signup = \"open\", or leave signup_domains out",
            )),
            Signup::Open if self.mail.server.is_none() => Err(ConfigError::new(
                "signup is open, but no mail is set up, and an account begins with a mailed link",
                "set mail.server, or close signup",
            )),
            Signup::Open if self.plans.get(plan).is_none() => Err(ConfigError::new(
                format!("signup_plan is {plan:?}, which the configuration does not define"),
                "add it to [plans], or name another plan",
            )),
            Signup::Open => Ok(Some(OpenSignup { domains: domains.clone(), plan: plan.clone() })),
        }
    }
}
