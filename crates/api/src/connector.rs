//! The package that makes a custom connector for Power Automate, Logic Apps and Power Apps out of a server: the files in
//! `connector/`, with the host filled in. The operations, their parameters and the members of their answers are those
//! of the public One-Time Secret connector, so that flows move.

mod host;

pub use host::{BadHost, Host};

/// Where a server gives out the definition for its own host.
pub const DEFINITION_PATH: &str = "/connector/apiDefinition.swagger.json";

/// The files of a package, and how it is reached.
#[derive(Clone, Debug)]
pub struct Package {
    /// The server.
    pub host: Host,
    /// Whether the platform goes through the on-premises data gateway.
    pub gateway: bool,
}

impl Package {
    /// Name and content of each file.
    #[must_use]
    pub fn files(&self) -> [(&'static str, Vec<u8>); 4] {
        let properties = if self.gateway {
            include_str!("connector/apiProperties.gateway.json")
        } else {
            include_str!("connector/apiProperties.json")
        };
        [
            ("apiDefinition.swagger.json", definition(&self.host).into()),
            ("apiProperties.json", fill(properties, &self.host).into()),
            ("icon.png", include_bytes!("connector/icon.png").to_vec()),
            ("README.md", fill(include_str!("connector/README.md"), &self.host).into()),
        ]
    }
}

/// The actions, in Swagger 2.0, which is what the platform reads.
#[must_use]
pub fn definition(host: &Host) -> String {
    fill(include_str!("connector/apiDefinition.swagger.json"), host)
}

/// A host has no characters that JSON or Markdown would read as anything else.
fn fill(template: &str, host: &Host) -> String {
    template.replace("{host}", host.as_str())
}
