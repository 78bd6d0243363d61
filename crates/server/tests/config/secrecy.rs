//! What is wrong with a configuration is told without what is secret in it.

use burnbag_server::config::{Config, Flags};
use figment::Jail;

#[test]
fn a_password_is_not_shown_whatever_it_looks_like() {
    Jail::expect_with(|jail| {
        jail.clear_env();
        for password in [
            "31415926",
            "-31415926",
            "3.1415926",
            "[31415926]",
            "{a=31415926}",
            "\"31415926\"",
            "word31415926",
        ] {
            jail.set_env("BURNBAG_MAIL__PASSWORD", password);
            let loaded = Config::load(&Flags::default());
            let shown = loaded.map_or_else(|error| error.to_string(), |config| format!("{config:?}"));
            assert!(!shown.contains("31415926"), "{password}: {shown}");
        }
        jail.clear_env();
        for line in ["= \"31415926", "= x31415926", "= \"a\"\npassword = \"31415926\"", "\"31415926\""] {
            jail.create_file("burnbag.toml", &format!("[mail]\npassword {line}\n"))?;
            let error = Config::load(&Flags::default()).unwrap_err().to_string();
            assert!(!error.contains("31415926") && error.contains(" at line "), "{line}: {error}");
        }
        Ok(())
    });
}
