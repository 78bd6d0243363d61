//! The pages as people use them, in a real browser. Everything is found by its visible name and what it is, as a screen
//! reader finds it; every browser, when it is closed, must have an empty error console and must have sent nothing to
//! anybody else, and no fragment to anybody.

#![expect(clippy::disallowed_methods, reason = "files of people, no databases; the clock ends what hangs")]

#[path = "web/browser.rs"]
mod browser;
#[path = "web/device.rs"]
mod device;
#[path = "web/driver.rs"]
mod driver;
#[path = "web/element.rs"]
mod element;
#[expect(dead_code, reason = "the tests of the command line use all of it")]
#[path = "flow/fake.rs"]
mod fake;
#[path = "web/harness.rs"]
mod harness;
#[expect(dead_code, reason = "the tests of the command line use all of it")]
#[path = "flow/person.rs"]
mod person;
#[path = "web/record.rs"]
mod record;
#[expect(dead_code, reason = "the tests of the command line use all of it")]
#[path = "flow/running.rs"]
mod running;
#[path = "web/site.rs"]
mod site;
#[path = "web/visitor.rs"]
mod visitor;
