//! `open --exec`: the secret goes to a command, and nowhere else.

use crate::person::Person;
use crate::running::Data;

#[test]
fn a_command_gets_the_secret_and_its_exit_code_is_passed_on() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    ann.log_in(&server.address);
    let exec = |link: &str, arguments: &[&str]| ann.open(link, &[&["--exec"], arguments].concat());
    let shared = ann.share("hello", &[]);
    let ended =
        exec(shared.link(), &["--env", "SECRET", "--", "sh", "-c", "test \"$SECRET\" = hello && exit 7"]);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(7), "", ""));
    exec(shared.link(), &["--stdin", "--", "cat"]).assert(3, "");

    let text = "x\n".repeat(4_000);
    let shared = ann.share(&text, &["--sealed", "server"]);
    assert_eq!(shared.0["sealed"], "server");
    let ended = exec(shared.link(), &["--stdin", "--", "sh", "-c", "cat; echo end >&2"]);
    assert_eq!((ended.code, ended.stdout == text, ended.stderr.as_str()), (Some(0), true, "end\n"));
    // A command that does not care, and one that a signal ends.
    let ended = exec(ann.share(&text, &[]).link(), &["--stdin", "--", "true"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let ended = exec(ann.share("x", &[]).link(), &["--stdin", "--", "sh", "-c", "kill -TERM $$"]);
    assert_eq!(ended.code, Some(128 + 15), "{ended:?}");
}

#[test]
fn nothing_is_opened_for_a_command_that_cannot_have_it() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    ann.log_in(&server.address).put("no-program", "x");
    let shared = ann.share("hel\0lo", &[]);
    let open = |arguments: &[&str]| ann.open(shared.link(), &[&["--exec"], arguments].concat());
    open(&["--stdin", "--", "no-such-command"]).assert(2, "there is no command no-such-command");
    open(&["--stdin", "--", "./no-program"]).assert(2, "nothing has been opened");
    open(&["--env", "A=B", "--", "true"]).assert(2, "nothing has been opened");
    open(&["--", "true"]).assert(2, "--env NAME or --stdin");
    assert_eq!(ann.run(&["receipt", shared.receipt(), "--json"]).json()["state"], "waiting");
    // No variable can hold it: it is opened by then, and comes again.
    open(&["--env", "SECRET", "--", "true"]).assert(1, "repeat the command within a minute");
    assert_eq!(open(&["--stdin", "--", "cat"]).stdout, "hel\0lo");
}

/// The same would fail again, so it is said what to change.
#[test]
fn what_no_variable_holds_goes_by_standard_input() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    ann.log_in(&server.address);
    let shared = ann.share("a\0b", &[]);
    let refused = ann.open(shared.link(), &["--exec", "--env", "SECRET", "--", "true"]);
    refused.assert(1, "repeat the command within a minute, with --stdin instead of --env");
    assert_eq!(ann.open(shared.link(), &["--exec", "--stdin", "--", "cat"]).stdout, "a\0b");
}
