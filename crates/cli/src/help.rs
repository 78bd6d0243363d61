//! The page that `burnbag` alone prints: three first steps, then the commands in groups. `clap` cannot group commands,
//! so the list is made here, from the commands themselves.

use crate::args::Args;
use clap::{Command, CommandFactory};
use std::fmt::Write;

/// The commands of each group. What is in none stands in the last line.
const GROUPS: [(&str, &[&str]); 2] = [
    (
        "Share and open",
        &["share", "open", "generate", "receipt", "burn", "recent", "login", "logout", "status"],
    ),
    ("Run a server", &["serve", "account", "mail", "store", "connector"]),
];

const EXAMPLES: [&str; 3] = [
    "burnbag login https://secrets.example.com    once: which server to use",
    "burnbag share report.pdf                     prints a link that opens once",
    "burnbag open 'LINK'                          opens it",
];

/// The command line with its page.
pub(crate) fn command() -> Command {
    let command = Args::command();
    let template = template(&command);
    command.help_template(template)
}

fn template(command: &Command) -> String {
    let mut lines = format!("{{about}}\n\n  {}\n\n{{usage-heading}} {{usage}}\n", EXAMPLES.join("\n  "));
    for (heading, names) in shown(command) {
        let _ = writeln!(lines, "\n{heading}:");
        for one in names.iter().filter_map(|name| command.find_subcommand(name)) {
            let about = one.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(lines, "  {:9} {about}", one.get_name());
        }
    }
    let is_grouped = |name: &&str| shown(command).any(|(_, names)| names.contains(name));
    let others = command.get_subcommands().map(Command::get_name).filter(|name| !is_grouped(name));
    let others: Vec<_> = others.chain(["help"]).collect();
    let _ = writeln!(lines, "\nAlso: {}\n\nOptions:\n{{options}}", others.join(", "));
    lines
}

/// The groups of this build: one whose first command is not there has no heading.
fn shown(command: &Command) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    GROUPS.into_iter().filter(|(_, names)| command.find_subcommand(names[0]).is_some())
}
