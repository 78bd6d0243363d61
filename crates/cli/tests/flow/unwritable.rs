//! Output that goes nowhere: what was made is not lost silently, and no program falls over it.

use crate::person::{Person, ended};
use crate::running::{Data, Ended};
use std::fs::File;
use std::process::Stdio;

fn full() -> Stdio {
    File::options().write(true).open("/dev/full").expect("a device").into()
}

/// With standard output that is full, or whose reader has gone.
fn without_output(person: &Person, arguments: &[&str], is_full: bool) -> Ended {
    let mut command = person.command(arguments);
    if is_full {
        command.stdout(full());
    }
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the program runs");
    drop(child.stdout.take());
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), b"hello").expect("it reads");
    ended(child.wait_with_output().expect("it ends"))
}

#[test]
fn a_link_that_cannot_be_written_is_told_with_what_burns_it() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&["--throttle", "off"]);
    ann.log_in(&server.address);
    for is_full in [true, false] {
        for arguments in [&["share"][..], &["share", "--json"], &["generate"], &["generate", "--json"]] {
            // What generates reads nothing; the pipe holds it.
            let lost = without_output(&ann, arguments, is_full);
            lost.assert(1, "the link could not be written");
            let told = lost.stderr.replace("\\n", "\n");
            let (_, receipt) = told.split_once("burnbag burn ").expect("a mend");
            let receipt = receipt.lines().next().expect("a receipt");
            assert_eq!(lost.stderr.contains("receipt     "), !arguments.contains(&"--json"), "{lost:?}");
            ann.run(&["burn", receipt]).assert(0, "Burned.");
        }
    }
    without_output(&ann, &["status"], true).assert(1, "the answer could not be written");
    without_output(&ann, &["status"], false).assert(0, "");
}

#[test]
fn what_cannot_be_said_stops_nothing() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    ann.log_in(&server.address);
    let silent = |arguments: &[&str]| ended(ann.command(arguments).stderr(full()).output().expect("it runs"));
    let generated = silent(&["generate"]);
    assert_eq!((generated.code, generated.stdout.lines().count()), (Some(0), 2), "{generated:?}");
    let link = generated.stdout.lines().nth(1).expect("a link");
    assert_eq!(silent(&["open", link]).code, Some(0));
    assert_eq!(silent(&["open", "nonsense!"]).code, Some(2));
}
