//! The pages as people use them, in a real browser. Everything is found by its visible name and what it is, as a screen
//! reader finds it; every browser, when it is closed, must have an empty error console and must have sent nothing to
//! anybody else, and no fragment to anybody.

#![expect(clippy::disallowed_methods, reason = "files of people, no databases; the clock ends what hangs")]

#[path = "web/accounts.rs"]
mod accounts;
#[path = "web/album.rs"]
mod album;
#[path = "web/beside_the_program.rs"]
mod beside_the_program;
#[path = "web/browser.rs"]
mod browser;
#[path = "web/connections.rs"]
mod connections;
#[path = "web/damaged_links.rs"]
mod damaged_links;
#[path = "web/device.rs"]
mod device;
#[path = "web/driver.rs"]
mod driver;
#[path = "web/element.rs"]
mod element;
#[expect(dead_code, reason = "the tests of the command line use all of it")]
#[path = "flow/fake.rs"]
mod fake;
#[path = "web/fields.rs"]
mod fields;
#[path = "web/files.rs"]
mod files;
#[path = "web/forms.rs"]
mod forms;
#[path = "web/habits.rs"]
mod habits;
#[path = "web/harness.rs"]
mod harness;
#[path = "web/in_an_app.rs"]
mod in_an_app;
#[path = "web/keyboard.rs"]
mod keyboard;
#[path = "web/languages.rs"]
mod languages;
#[path = "web/mail.rs"]
mod mail;
#[path = "web/pages.rs"]
mod pages;
#[path = "web/passphrases.rs"]
mod passphrases;
#[expect(dead_code, reason = "the tests of the command line use all of it")]
#[path = "flow/person.rs"]
mod person;
#[path = "web/plain_http.rs"]
mod plain_http;
#[path = "web/receipts.rs"]
mod receipts;
#[path = "web/recent.rs"]
mod recent;
#[path = "web/record.rs"]
mod record;
#[expect(dead_code, reason = "the tests of the command line use all of it")]
#[path = "flow/running.rs"]
mod running;
#[path = "web/sharing.rs"]
mod sharing;
#[path = "web/site.rs"]
mod site;
#[path = "web/visitor.rs"]
mod visitor;
#[path = "web/weight.rs"]
mod weight;
#[path = "web/without_scripts.rs"]
mod without_scripts;
