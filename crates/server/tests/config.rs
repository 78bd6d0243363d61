//! Every option has its default, its place in the example, and its refusals; flags over variables over the file.
#![expect(clippy::result_large_err, reason = "the error type of figment's jail")]

mod secrecy;

use burnbag_server::config::{Config, Flags, MailServer, Tls};
use figment::Jail;
use std::path::PathBuf;
use std::process::Command;

const EXAMPLE: &str = include_str!("../../../docs/config.example.toml");

/// Of nobody; its key was thrown away.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBjTCCATOgAwIBAgIUArFDGGqxy6wGZi0+/PahCFc0AVEwCgYIKoZIzj0EAwIw\n\
HDEaMBgGA1UEAwwRRXhhbXBsZSBhdXRob3JpdHkwHhcNMjYxMTI4MDMxNjI3WhcN\n\
MzYxMTI1MDMxNjI3WjAcMRowGAYDVQQDDBFFeGFtcGxlIGF1dGhvcml0eTBZMBMG\n\
ByqGSM49AgEGCCqGSM49AwEHA0IABNK78GNeBLTKpLJ6B7Ta78cdS0hDlEC6edkp\n\
xiWbHrUDkTDv+V0crqAlCe76sbK7EColDZrwEfCSqN59qtk+/VGjUzBRMB0GA1Ud\n\
DgQWBBQietH3TlUnUjb7XmftruZBmH6ZyTAfBgNVHSMEGDAWgBQietH3TlUnUjb7\n\
XmftruZBmH6ZyTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDM\n\
5E7BkhGJPNIT1KiZ3UaL09fL5SShR1J1SMi1nHR7EwIgMi9J4dJEct/gQktT1T68\n\
DKNvxBo26GGwSX2vhNx7tX4=\n\
-----END CERTIFICATE-----";

fn load(text: &str) -> Result<Config, String> {
    let mut loaded = Err(String::new());
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_file("burnbag.toml", text)?;
        loaded = Config::load(&Flags::default()).map_err(|error| error.to_string());
        Ok(())
    });
    loaded
}

#[test]
fn the_example_is_the_default() {
    assert_eq!(load(EXAMPLE).unwrap(), Config::default());
    assert_eq!(load("").unwrap(), Config::default());
}

/// Options that have no default stand in the example behind a `#`, ready to be used.
#[test]
fn what_is_commented_out_in_the_example_can_be_used() {
    let is_option = |line: &str| {
        let rest = line.strip_prefix('#')?;
        (rest.starts_with('[') || rest.starts_with(|c: char| c.is_ascii_lowercase()) && rest.contains(" = "))
            .then(|| rest.to_owned())
    };
    let uncommented: Vec<String> =
        EXAMPLE.lines().map(|line| is_option(line).unwrap_or_else(|| line.to_owned())).collect();
    let config = load(&uncommented.join("\n")).unwrap();
    assert!(config.public_url.is_some() && config.server_key_file.is_some() && config.server_key.is_some());
    assert!(config.plans.names().count() > 2);
}

/// Taken from the names that an unknown key's error lists, which serde makes from the structures themselves.
#[test]
fn every_option_stands_in_the_example() {
    let mut names = 0;
    for section in ["", "[limits]\n", "[v1]\n", "[web]\n", "[mail]\n", "[log]\n", "[plans.standard]\n"] {
        let error = load(&format!("{section}zzz = 1")).unwrap_err();
        let expected = error.split("expected ").nth(1).expect("the known names");
        let is_name =
            |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        for name in expected.lines().next().unwrap_or_default().split('`').filter(is_name) {
            let stands = [
                format!("\n{name} = "),
                format!("\n#{name} = "),
                format!("\n[{name}]"),
                format!("\n[{name}."),
            ];
            assert!(stands.iter().any(|form| EXAMPLE.contains(form)), "{name} is not in the example");
            names += 1;
        }
    }
    assert!(names > 25, "{names}");
}

/// What `store` says, or why not; and that nothing shows a password. `password` is a file.
#[test]
fn a_store_is_sqlite_or_a_postgres_url() {
    let postgres = |text: &str| {
        let mut found = Err(String::new());
        Jail::expect_with(|jail| {
            jail.clear_env();
            jail.create_file("password", "hunter2\n")?;
            jail.create_file("burnbag.toml", text)?;
            let config = Config::load(&Flags::default());
            let url = config.and_then(|config| config.postgres().map(|url| (format!("{config:?}"), url)));
            found = url.map_err(|error| error.to_string());
            Ok(())
        });
        let shown = found.as_ref().map_or_else(Clone::clone, |(config, url)| format!("{config} {url:?}"));
        assert!(!shown.contains("hunter2"), "{shown}");
        found.map(|(_, url)| url)
    };
    assert!(postgres("").unwrap().is_none() && postgres("store = \"sqlite\"").unwrap().is_none());
    assert!(
        !Config::default().store.is_shared()
            && load("store = \"postgresql://h/d\"").unwrap().store.is_shared()
    );
    let url = postgres("store = \"postgres://u@db.example.com/d\"").unwrap().unwrap();
    assert!(!url.has_password() && !url.is_readable_on_the_way());
    let file = "store_password_file = \"password\"\nstore = ";
    assert!(postgres(&format!("{file}\"postgres://u@h/d\"")).unwrap().unwrap().has_password());
    let in_clear = "store = \"postgres://u:hunter2@db.example.com/d?sslmode=disable\"";
    assert!(postgres(in_clear).unwrap().unwrap().is_readable_on_the_way());
    for (text, problem, mend) in [
        (file.to_owned() + "\"sqlite\"", "the store is sqlite", "leave store_password_file out"),
        (file.to_owned() + "\"postgres://u:hunter2@h/d\"", "both", "keep one"),
        (
            file.replace("password\"", "nowhere\"") + "\"postgres://u@h/d\"",
            "nowhere cannot be read",
            "correct the path",
        ),
        ("store = \"mysql://u:hunter2@h/d\"".to_owned(), "no store", "postgres://USER@HOST/DATABASE"),
        (
            "store = \"postgres://u:hunter2@h:x/d\"".to_owned(),
            "cannot be read",
            "postgres://USER@HOST/DATABASE",
        ),
        ("store = \"postgres://u:hunter2@h/d?sslmode=hunter2\"".to_owned(), "sslmode", "verify-full"),
        ("store = \"redis:/hunter2\"".to_owned(), "no store", "redis://HOST"),
    ] {
        let error = postgres(&text).unwrap_err();
        assert!(error.contains(problem) && error.contains(mend), "{text}: {error}");
    }
}

/// The same of what Redis URLs say.
#[test]
fn a_store_may_be_a_redis_url() {
    let redis = |text: &str| {
        let mut found = Err(String::new());
        Jail::expect_with(|jail| {
            jail.clear_env();
            jail.create_file("password", "hunter2\n")?;
            jail.create_file("burnbag.toml", text)?;
            let config = Config::load(&Flags::default());
            let url = config.and_then(|config| config.redis().map(|url| (format!("{config:?}"), url)));
            found = url.map_err(|error| error.to_string());
            Ok(())
        });
        let shown = found.as_ref().map_or_else(Clone::clone, |(config, url)| format!("{config} {url:?}"));
        assert!(!shown.contains("hunter2"), "{shown}");
        found.map(|(_, url)| url)
    };
    assert!(redis("").unwrap().is_none() && redis("store = \"postgres://u@h/d\"").unwrap().is_none());
    assert!(load("store = \"redis://h\"").unwrap().store.is_shared());
    let url = redis("store = \"rediss+cluster://a:7000,b:7000?wait_replicas=1\"").unwrap().unwrap();
    assert!(!url.has_password() && !url.is_readable_on_the_way());
    let file = "store_password_file = \"password\"\nstore = ";
    assert!(redis(&format!("{file}\"redis://user@h/2\"")).unwrap().unwrap().has_password());
    for (text, problem, mend) in [
        (file.to_owned() + "\"redis://u:hunter2@h\"", "both", "keep one"),
        ("store = \"redis://u:hunter2@h?hunter2=1\"".to_owned(), "option", "wait_replicas"),
        ("store = \"redis+sentinel://h\"".to_owned(), "does not fit", "name of its primary"),
    ] {
        let error = redis(&text).unwrap_err();
        assert!(error.contains(problem) && error.contains(mend), "{text}: {error}");
    }
}

#[test]
fn bad_values_are_named_with_their_place() {
    let cases = [
        ("listen = \"nowhere\"", "listen"),
        ("listne = \"127.0.0.1:1\"", "listne"),
        ("throttle = \"100\"", "no rate of calls"),
        ("throttle = 100", "throttle"),
        ("public_url = \"https://example.com/secrets\"", "has a path"),
        ("public_url = \"example.com\"", "write it like https://"),
        ("trusted_proxies = [\"proxy.example\"]", "neither an address nor a network"),
        ("signup = \"ajar\"", "signup"),
        ("signup_domains = [\"example.com\", \"@example.org\"]", "\"@example.org\" is no domain"),
        ("signup_domains = \"localhost\"", "is no domain"),
        ("signup_domains = \"xn--x.org\"", "\"xn--x.org\" is no domain"),
        ("[limits]\nheld_in_total = \"1 TB\"", "held_in_total"),
        ("[limits]\nmin_free_disk_percent = 101", "min_free_disk_percent"),
        ("[limits]\nconnections = -1", "connections"),
        ("[plans.standard]\nmax_ttl = \"2 years\"", "max_ttl"),
        ("[plans.standard]\nmax_tll = \"7d\"", "max_tll"),
        ("[plans.anonymous]\ntext = \"lots\"", "text"),
        ("[log]\nlevel = \"loud\"", "level"),
        ("[mail]\nrequired = \"perhaps\"", "required"),
        ("[mail]\ntls = \"maybe\"", "starttls"),
        ("[mail]\nport = 0", "port"),
        ("[mail]\nport = 70000", "port"),
        ("[mail]\ntimeout = \"0s\"", "from one second to ten minutes"),
        ("[mail]\nper_account = \"often\"", "no rate"),
        ("[mail]\nsmtp = \"x\"", "smtp"),
        ("[mail]\npassword = 31415926", "stands in double quotes"),
        ("[nothing]", "nothing"),
        ("listen = ", "burnbag.toml"),
    ];
    for (text, named) in cases {
        let error = load(text).unwrap_err();
        assert!(error.contains(named) && error.contains("burnbag.toml"), "{text}: {error}");
        assert!(error.contains("docs/config.example.toml"), "{text}: {error}");
    }
}

/// What stands in the way of signing up, and its mend.
#[test]
fn who_signs_up_needs_mail() {
    let open = |text: &str| load(text).unwrap().open_signup().map_err(|error| error.to_string());
    let (url, mail) = ("public_url = \"https://s.example.com\"", "[mail]\nserver = \"mail.example.com\"");
    let refused = [
        (format!("signup = \"open\"\n{url}"), "set mail.server"),
        ("signup_domains = \"example.com\"".to_owned(), "set signup = \"open\""),
        (format!("signup = \"open\"\nsignup_plan = \"team\"\n{url}\n{mail}"), "add it to [plans]"),
    ];
    for (text, mend) in refused {
        let error = open(&text).unwrap_err();
        assert!(error.starts_with("signup") && error.contains(mend), "{text}: {error}");
    }
    assert_eq!(open("").unwrap(), None);
    let domains = "signup_domains = \"Example.com, example.org, MÜLLER.de, xn--bcher-kva.example\"\nsignup_plan = \"team\"";
    let team = "[plans.team]\ntext = \"5 MB\"";
    let opened = open(&format!("signup = \"open\"\n{domains}\n{url}\n{mail}\n{team}")).unwrap().unwrap();
    assert_eq!(
        (opened.domains.names(), &*opened.plan),
        (&["example.com", "example.org", "müller.de", "bücher.example"].map(String::from)[..], "team")
    );
    for (email, may) in [
        ("a@EXAMPLE.com", true),
        ("a@sub.example.com", false),
        ("a@badexample.com", false),
        ("a@müller.de", true),
        ("a@xn--mller-kva.de", true),
        ("a@Bücher.example", true),
        ("a@muller.de", false),
    ] {
        assert_eq!(opened.domains.allow(&email.parse().unwrap()), may, "{email}");
    }
}

#[test]
fn flags_over_variables_over_the_file() {
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_file("burnbag.toml", "data = \"/file\"\nthrottle = \"1/1s\"\nlisten = \"127.0.0.1:1\"")?;
        let mut flags = Flags::default();
        let load = |flags: &Flags| Config::load(flags).map_err(|error| error.to_string());
        assert_eq!(load(&flags)?.data, PathBuf::from("/file"));
        for (name, value) in [
            ("BURNBAG_DATA", "/variable"),
            ("BURNBAG_THROTTLE", "2/2s"),
            ("BURNBAG_LIMITS__CONNECTIONS", "17"),
            ("BURNBAG_PLANS__ANONYMOUS__TEXT", "20 kB"),
            ("BURNBAG_TRUSTED_PROXIES", "10.0.0.1, 192.168.0.0/16"),
            ("BURNBAG_LOG__LEVEL", "debug"),
            ("BURNBAG_URL", "https://for.the.client"),
        ] {
            jail.set_env(name, value);
        }
        flags.options = vec![("data", "/flag".to_owned())];
        let config = load(&flags)?;
        assert_eq!((config.data, config.listen.port()), (PathBuf::from("/flag"), 1));
        assert_eq!((config.throttle.to_string().as_str(), config.limits.connections), ("2/2s", 17));
        assert_eq!(config.plans.get("anonymous").unwrap().text, 20_000);
        assert!(config.trusted_proxies.contains("192.168.7.7".parse().unwrap()));
        jail.set_env("BURNBAG_THROTTLE", "often");
        let error = load(&flags).unwrap_err();
        assert!(error.contains("throttle") && error.contains("environment"), "{error}");
        jail.set_env("BURNBAG_THROTTLE", "off");
        jail.set_env("BURNBAG_NONSENSE", "1");
        assert!(load(&flags).unwrap_err().contains("nonsense"));
        Ok(())
    });
}

#[test]
fn the_file_is_found_where_it_is_named() {
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_file("elsewhere.toml", "data = \"/elsewhere\"")?;
        jail.create_file("variable.toml", "data = \"/variable\"")?;
        let load = |flags: &Flags| Config::load(flags).map_err(|error| error.to_string());
        jail.set_env("BURNBAG_CONFIG", "variable.toml");
        assert_eq!(load(&Flags::default())?.data, PathBuf::from("/variable"));
        let flags = |name: &str| Flags { config: Some(name.into()), ..Flags::default() };
        assert_eq!(load(&flags("elsewhere.toml"))?.data, PathBuf::from("/elsewhere"));
        let pipe = Command::new("mkfifo").arg("pipe").status().map_err(|error| error.to_string())?;
        assert!(pipe.success());
        for none in ["missing.toml", ".", "pipe"] {
            let error = load(&flags(none)).unwrap_err();
            assert!(error.contains(&format!("no configuration file at {none}")), "{error}");
        }
        let error = load(&flags("elsewhere.toml/burnbag.toml")).unwrap_err();
        assert!(error.contains("elsewhere.toml/burnbag.toml cannot be read"), "{error}");
        Ok(())
    });
}

/// The mail server that `[mail]` describes, or why there is none. `password` and `empty` are files.
fn mail_server(options: &str) -> Result<Option<MailServer>, String> {
    let mut found = Err(String::new());
    Jail::expect_with(|jail| {
        jail.clear_env();
        let bad = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let files = [("password", "secret word\r\n"), ("marked", "\u{feff}secret word\r\n"), ("empty", "\n")];
        for (name, text) in files.into_iter().chain([("good.pem", CERTIFICATE), ("bad.pem", bad)]) {
            jail.create_file(name, text)?;
        }
        jail.create_file("two", "secret word\nand another\n")?;
        std::fs::write(jail.directory().join("latin"), b"Gr\xfc\xdfe\n")
            .map_err(|error| error.to_string())?;
        jail.create_file("burnbag.toml", options)?;
        let config = Config::load(&Flags::default()).map_err(|error| error.to_string())?;
        found = config.mail_server().map_err(|error| error.to_string());
        Ok(())
    });
    found
}

const MAILS: &str = "public_url = \"https://secrets.example.com\"\n[mail]\nserver = \"Mail.example.com\"\nfrom = \"secrets@example.com\"\n";

#[test]
fn a_mail_server_has_the_usual_ports_and_whole_credentials() {
    assert!(mail_server("").unwrap().is_none());
    assert!(mail_server("[mail]\nrequired = true").unwrap().is_none());
    for (more, tls, port) in [
        ("", Tls::StartTls, 587),
        ("tls = \"tls\"", Tls::Tls, 465),
        ("tls = \"none\"", Tls::None, 25),
        ("port = 2525", Tls::StartTls, 2525),
    ] {
        let server = mail_server(&format!("{MAILS}{more}")).unwrap().unwrap();
        assert_eq!((server.tls, server.port), (tls, port), "{more}");
        assert_eq!(server.host.to_string(), "mail.example.com");
        assert_eq!(server.own_host.to_string(), "secrets.example.com");
        assert_eq!(server.is_readable_on_the_way(), tls == Tls::None, "{more}");
    }
    for password in
        ["password = \"secret word\"", "password_file = \"password\"", "password_file = \"marked\""]
    {
        let more = format!("user = \"u\"\n{password}");
        let (user, password) = mail_server(&format!("{MAILS}{more}")).unwrap().unwrap().credentials.unwrap();
        assert_eq!((user.as_str(), password.expose()), ("u", "secret word"), "{more}");
    }
    for host in ["localhost", "127.0.0.1", "::1", "[::1]"] {
        let options = MAILS.replace("Mail.example.com", host);
        let more = "tls = \"none\"\nuser = \"u\"\npassword = \"p\"";
        let server = mail_server(&format!("{options}{more}")).unwrap().unwrap();
        assert!(!server.is_readable_on_the_way() && server.credentials.is_some(), "{host}");
    }
    assert_eq!(mail_server(&format!("{MAILS}ca_file = \"good.pem\"")).unwrap().unwrap().authorities.len(), 1);
}

#[test]
fn contradictions_about_mail_are_named_with_their_mend() {
    let without = |key: &str| {
        let kept = MAILS.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n"));
        kept.collect::<String>()
    };
    let with = |more: &str| format!("{MAILS}{more}");
    let cases = [
        ("[mail]\nuser = \"u\"".to_owned(), "mail.user is set, but no mail server", "set mail.server"),
        ("[mail]\nper_account = \"1/1h\"".to_owned(), "mail.per_account", "set mail.server"),
        (without("from"), "mail.from", "set the address"),
        (without("public_url"), "public_url: mails hold links", "set public_url"),
        (without("from") + "from = \"nobody\"", "mail.from", "secrets@example.com"),
        (without("from") + "from = \"Us <us@example.com>\"", "mail.from", "web.name"),
        (without("from") + "from = \"j\u{f6}rg@example.com\"", "mail.from", "ASCII"),
        (MAILS.replace("Mail.", "smtp://mail."), "not a host name", "like mail.example.com"),
        (MAILS.replace(".com\"\nfrom", ".com:587\"\nfrom"), "not a host name", "the port is an option"),
        (with("user = \"u\""), "mail.user is set, but no password", "mail.password_file"),
        (with("password = \"p\""), "not mail.user", "set mail.user"),
        (with("user = \"u\"\npassword = \"p\"\npassword_file = \"password\""), "both", "keep one"),
        (with("user = \"u\"\npassword = \"\""), "mail.password is empty", "write the password"),
        (with("user = \"u\"\npassword = \"a\\nb\""), "control character", "one line"),
        (with("user = \"u\"\npassword_file = \"empty\""), "empty is empty", "on one line"),
        (with("user = \"u\"\npassword_file = \"two\""), "two holds more than one line", "leave only"),
        (with("user = \"u\"\npassword_file = \"latin\""), "latin is not UTF-8", "save it as"),
        (
            with("ca_file = \"bad.pem\""),
            "bad.pem holds a certificate that cannot be used",
            "BEGIN CERTIFICATE",
        ),
        (with("user = \"u\"\npassword_file = \"nowhere\""), "nowhere cannot be read", "correct the path"),
        (with("user = \"u\"\npassword = \"p\"\ntls = \"none\""), "in clear", "starttls"),
        (with("ca_file = \"nowhere\""), "nowhere cannot be read", "BEGIN CERTIFICATE"),
        (with("ca_file = \"empty\""), "holds no certificate", "BEGIN CERTIFICATE"),
        (with("ca_file = \"password\""), "holds no certificate", "BEGIN CERTIFICATE"),
    ];
    for (options, problem, mend) in cases {
        let error = mail_server(&options).unwrap_err();
        assert!(error.contains(problem) && error.contains(mend), "{options}: {error}");
    }
}
