//! Every page in every state that can be made, in both themes, on a phone and on a desk, in four languages: nothing is
//! wider than the screen, axe finds nothing, the console is clean. Pictures of all of them go to `target/screens`.
//!
//! Names differ from language to language, so here things are found by what they do.

use crate::album::Album;
use crate::browser::Browser;
use crate::device::Device;
use crate::habits::parts;
use crate::person::Person;
use crate::site::Site;
use serde_json::{Value, json};
use std::panic::AssertUnwindSafe;

const TEXT: &str =
    "a password: 5dX-!qqP&<b>\nand a line that is long enough to be broken on every telephone that there is";

/// A place to take pictures of, and how to get there.
type Stop = (&'static str, fn(&World, &Browser));

const FOR_ANYBODY: &[Stop] = &[
    ("share", |_, ann| ann.open("/")),
    ("result", |_, ann| make(ann, "")),
    ("result-passphrase", |_, ann| make(ann, "right")),
    ("reveal", |world, ann| ann.open(&world.share(&[]))),
    ("reveal-server", |world, ann| ann.open(&world.share(&["--sealed", "server"]))),
    ("reveal-passphrase", |world, ann| ann.open(&world.share(&["--passphrase-file", "right"]))),
    ("reveal-wrong", |world, ann| {
        ann.open(&world.share(&["--passphrase-file", "right"]));
        ann.type_into("main input[type=password]", "wrong");
        ann.submit();
        ann.await_one("main [role=alert]:not(:empty)");
    }),
    ("reveal-files", |world, ann| ann.open(&world.share_files())),
    ("revealed", |world, ann| {
        ann.open(&world.share(&[]));
        ann.submit();
        ann.await_one("main textarea[readonly]");
    }),
    ("revealed-files", |world, ann| {
        ann.open(&world.share_files());
        ann.submit();
        ann.await_one("main ul li");
    }),
    ("incomplete", |world, ann| {
        let link = world.share(&[]);
        ann.open(&format!("/secret/{}", parts(&link).0));
        ann.await_one("main input");
    }),
    ("gone", |_, ann| ann.open(&format!("/secret/{}", "0".repeat(31)))),
    ("receipt-device", |world, ann| ann.open(&world.receipt(&[], "waits"))),
    ("receipt-server", |world, ann| ann.open(&world.receipt(&["--sealed", "server"], "waits"))),
    ("receipt-link", |world, ann| {
        ann.open(&world.receipt(&["--sealed", "server"], "waits"));
        ann.submit();
        ann.await_one("main textarea[readonly]");
    }),
    ("receipt-burn", |world, ann| {
        ann.open(&world.receipt(&[], "waits"));
        ann.submit();
        ann.await_one("dialog[open]");
    }),
    ("receipt-opened", |world, ann| ann.open(&world.receipt(&[], "opened"))),
    ("receipt-burned", |world, ann| ann.open(&world.receipt(&[], "burned"))),
    ("signin", |_, ann| ann.open("/signin")),
    ("signin-wrong", |_, ann| {
        ann.open("/signin");
        ann.type_into("main input[type=email]", "ann@example.com");
        ann.type_into("main input[type=password]", "wrong");
        ann.submit();
        ann.await_one("main [role=alert]:not(:empty)");
    }),
    ("invite", |world, ann| ann.open(&world.site.invite("new@example.com"))),
    ("invite-existing", |world, ann| ann.open(&world.site.invite("old@example.com"))),
    ("about", |_, ann| ann.open("/about")),
    ("missing", |_, ann| ann.open("/no-such-page")),
];

const FOR_WHO_IS_SIGNED_IN: &[Stop] = &[
    ("recent-empty", |_, ann| ann.open("/recent")),
    ("recent", |world, ann| {
        world.fill_the_list();
        ann.open("/recent");
    }),
    ("share-signed-in", |_, ann| ann.open("/")),
    ("share-files", |world, ann| {
        ann.open("/");
        ann.choose_files(
            "main input[type=file]",
            &[world.sender.path("a file.txt"), world.sender.path("b.pdf")],
        );
        ann.await_one("main ul li");
    }),
    ("account", |_, ann| ann.open("/account")),
    ("account-key", |_, ann| {
        ann.open("/account");
        ann.type_into("main input:not([type=password]):not([type=hidden])", "Power Automate");
        ann.keys("\u{e007}");
        ann.await_one("main input[readonly]");
    }),
];

/// Where the server sends mail.
const WITH_MAIL: &[Stop] = &[
    ("signin-mail", |_, ann| ann.open("/signin")),
    ("signup", |_, ann| ann.open("/signup")),
    ("signup-refused", |_, ann| {
        ann.open("/signup");
        ann.type_into("main input[type=email]", "bob@example.org");
        ann.submit();
        ann.await_one("main [role=alert]:not(:empty)");
    }),
    ("forgot", |_, ann| ann.open("/forgot")),
    ("forgot-asked", |_, ann| {
        ann.open("/forgot");
        ann.type_into("main input[type=email]", "ann@example.com");
        ann.submit();
        ann.until("an answer", || {
            let is_there = ann.ask("return !document.querySelector('main form')");
            is_there.as_bool().filter(|there| *there).map(drop).ok_or_else(|| "still the form".to_owned())
        });
    }),
    ("about-mail", |_, ann| ann.open("/about")),
];

const WITH_MAIL_SIGNED_IN: &[Stop] = &[
    ("share-mail", |_, ann| {
        ann.open("/");
        ann.type_into("#recipient", "bob@example.com, dan@example.com");
    }),
    ("share-mail-files", |world, ann| {
        ann.open("/");
        ann.choose_files("main input[type=file]", &[world.sender.path("b.pdf")]);
        ann.await_one("main ul li");
    }),
    ("share-mail-wrong", |_, ann| mail(ann, "bob@example.com dan@", "main [role=alert]:not(:empty)")),
    ("result-mail", |_, ann| mail(ann, "bob@example.com", "#mail-link")),
    ("receipt-mail", |_, ann| {
        mail(ann, "bob@example.com", "#mail-link");
        ann.await_one("#receipt-link");
        ann.ask("document.getElementById('receipt-link').click()");
        ann.await_one("#receipt");
    }),
    ("result-several", |_, ann| {
        let long = format!("{}@example.com", "donaudampfschiff".repeat(3));
        mail(ann, &format!("cay@example.com {long}"), "#links");
    }),
    // Of ten mails five are left.
    ("share-partly", |_, ann| {
        let many: Vec<_> = (0..8).map(|number| format!("number{number}@example.com")).collect();
        mail(ann, &many.join(" "), "#links");
    }),
    ("account-mail", |_, ann| ann.open("/account")),
];

/// Where three calls an hour are let through.
const LIMITED: &[Stop] = &[("share-again", |_, ann| {
    mail(ann, "bob@example.com, cay@example.com, dan@example.com", "#links");
    mail(ann, "bob@example.com", "main h1 + [role=alert]");
})];

struct World {
    site: Site,
    sender: Person,
    ann: String,
}

impl World {
    fn new() -> Self {
        Self::at(Site::new())
    }

    fn at(site: Site) -> Self {
        let (ann, sender) = (site.account("ann@example.com"), site.person());
        site.account("old@example.com");
        let key = site.account("sender@example.com");
        sender.log_in_as(&site.server.address, "sender@example.com", &key);
        sender.put("right", "right").put("a file.txt", "bytes").put("b.pdf", vec![7; 70_000]);
        Self { site, sender, ann }
    }

    fn share(&self, arguments: &[&str]) -> String {
        self.sender.share(TEXT, arguments).link().to_owned()
    }

    fn share_files(&self) -> String {
        let shared = self.sender.run(&["share", "a file.txt", "b.pdf"]);
        shared.stdout.trim().to_owned()
    }

    /// A receipt, after this happened.
    fn receipt(&self, arguments: &[&str], event: &str) -> String {
        let label = ["--label", "VPN for Ann in the branch office of Llanfairpwllgwyngyll"];
        let shared = self.sender.share(TEXT, &[&label, arguments].concat());
        match event {
            "opened" => self.sender.open(shared.link(), &[]).assert(0, ""),
            "burned" => self.sender.run(&["burn", shared.receipt(), "--yes"]).assert(0, ""),
            _ => {}
        }
        shared.receipt().to_owned()
    }

    /// One secret in every state, and one with a long name.
    fn fill_the_list(&self) {
        let person = self.site.person();
        person.log_in_as(&self.site.server.address, "ann@example.com", &self.ann);
        person.share("x", &[]);
        person.share("x", &["--label", "VPN for Ann"]);
        person.share("x", &["--label", &"Donaudampfschifffahrtsgesellschaft".repeat(2)]);
        let opened = person.share("x", &["--label", "Printer", "--sealed", "server"]);
        person.open(opened.link(), &[]).assert(0, "");
        let burned = person.share("x", &["--recipient", "bob@example.com"]);
        let receipt = burned.0["secrets"][0]["receipt"].as_str().or(burned.0["receipt"].as_str());
        person.run(&["burn", receipt.expect("a receipt"), "--yes"]).assert(0, "");
    }
}

fn make(ann: &Browser, passphrase: &str) {
    ann.open("/");
    ann.type_into("main textarea", TEXT);
    ann.type_into("main input[type=password]", passphrase);
    ann.submit();
    ann.await_one("main textarea[readonly]");
}

/// Sends the form with recipients, and waits for what comes.
fn mail(ann: &Browser, recipients: &str, awaited: &str) {
    ann.open("/");
    ann.type_into("main textarea", TEXT);
    ann.type_into("main input[type=password]", "four words");
    ann.type_into("#recipient", recipients);
    ann.submit();
    ann.await_one(awaited);
}

/// Looks at everything in a language, on screens of these widths.
fn look_at_everything(language: &str, widths: &[u64]) {
    let mut album = Album::new(language);
    let rounds = [(FOR_ANYBODY, false), (FOR_WHO_IS_SIGNED_IN, true)];
    look_around(&World::new(), &mut album, &rounds, language, widths);
    let limits = [("BURNBAG_SIGNUP_DOMAINS", "example.com"), ("BURNBAG_MAIL__PER_ACCOUNT", "10/3600s")];
    let world = World::at(Site::mailing(&limits));
    look_around(&world, &mut album, &[(WITH_MAIL, false), (WITH_MAIL_SIGNED_IN, true)], language, widths);
    let world = World::at(Site::mailing(&[("BURNBAG_THROTTLE", "3/1h")]));
    look_around(&world, &mut album, &[(LIMITED, true)], language, widths);
    album.close();
}

fn look_around(world: &World, album: &mut Album, rounds: &[(&[Stop], bool)], language: &str, widths: &[u64]) {
    for (stops, is_signed_in) in rounds {
        let ann = Browser::with(&world.site, Device::default());
        ann.tolerate("the server responded with a status of 4");
        if *is_signed_in {
            ann.sign_in("ann@example.com", &world.ann);
        } else {
            ann.open("/about");
        }
        let cookie = json!({ "name": "burnbag_language", "value": language, "path": "/" });
        ann.driver().post("cookie", json!({ "cookie": cookie })).expect("a cookie");
        for (name, go) in *stops {
            // A page that cannot be reached hides no other.
            let arrive = AssertUnwindSafe(|| {
                go(world, &ann);
                ann.await_one("main h1");
            });
            if std::panic::catch_unwind(arrive).is_err() {
                album.note(name, "arrival", &json!(["not reached, see above"]));
            }
            let spoken = ann.ask("return document.documentElement.lang");
            if spoken != language {
                album.note(name, "language", &json!([spoken.to_string()]));
            }
            album.look(&ann, name, widths);
        }
    }
}

#[test]
fn english() {
    look_at_everything("en", &[360, 1280]);
}

#[test]
fn german() {
    look_at_everything("de", &[360, 1280]);
}

#[test]
fn arabic() {
    look_at_everything("ar", &[360, 1280]);
}

/// A language that nobody speaks: texts are 40 % longer, and from right to left.
#[test]
fn a_long_language() {
    look_at_everything("en-XB", &[360]);
}

impl Browser {
    /// Waits for the first thing that is visible of those that the selector names.
    #[track_caller]
    fn await_one(&self, selector: &str) -> Value {
        const FIRST: &str = "
            const seen = e => e.checkVisibility() && e.getBoundingClientRect().height > 0 || e.type === 'file';
            return [...document.querySelectorAll(arguments[0])].find(seen) ?? null;";
        self.until(selector, || {
            let found = self.driver().run(FIRST, &[json!(selector)])?;
            if found.is_null() { Err("not there".to_owned()) } else { Ok(found) }
        })
    }

    #[track_caller]
    fn type_into(&self, selector: &str, text: &str) {
        let field = self.await_one(selector);
        self.driver().run("arguments[0].focus()", &[field]).expect("a focus");
        self.driver().chromium("Input.insertText", &json!({ "text": text }));
    }

    #[track_caller]
    fn choose_files(&self, selector: &str, files: &[std::path::PathBuf]) {
        let input = self.await_one(selector);
        let id = crate::driver::element_id(&input).expect("an element").to_owned();
        let paths: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
        let text = json!({ "text": paths.join("\n") });
        self.driver().post(&format!("element/{id}/value"), text).expect("files are chosen");
    }

    /// Presses the first button of the page that sends a form.
    #[track_caller]
    fn submit(&self) {
        let button = self.await_one("main form button:not([type=button])");
        let id = crate::driver::element_id(&button).expect("an element").to_owned();
        self.until("a press", || self.driver().post(&format!("element/{id}/click"), json!({})));
    }
}
