//! Commands and what they print, to the character: one file a case in `cmd/`. Those of the client are the same in both
//! builds.

use std::process::Command;

#[test]
fn commands() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cmd/client/*.toml");
    cases.case(if cfg!(feature = "server") { "tests/cmd/*.toml" } else { "tests/cmd/client-only/*.toml" });
}

fn burnbag(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_burnbag")).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_command_has_a_page_and_is_completed() {
    let folder = tempfile::tempdir().expect("a folder");
    burnbag(&["man", "--output", folder.path().to_str().expect("UTF-8")]);
    let (page, bash) = (burnbag(&["man"]), burnbag(&["completions", "bash"]));
    for command in [
        "share",
        "open",
        "generate",
        "receipt",
        "burn",
        "recent",
        "login",
        "logout",
        "status",
        "connector",
        "completions",
        "man",
    ] {
        assert!(folder.path().join(format!("burnbag-{command}.1")).is_file(), "{command}");
        assert!(page.contains(&format!("burnbag\\-{command}")) && bash.contains(command), "{command}");
    }
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        assert!(burnbag(&["completions", shell]).contains("suggest-passphrase"), "{shell}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(!burnbag(&["completions", shell]).contains("pause"), "{shell}");
    }
}
