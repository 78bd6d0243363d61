//! The tests' own eyes: that they see what is there, and that what must not happen would be noticed.

use crate::album::{axe, faults_in_sight};
use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::fake::Fake;

const POLICY: &str = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const PAGE: &str = "<!doctype html><html lang=en><title>Page</title><main><h1>A page</h1>
    <label for=p>Passphrase</label><input id=p type=password>
    <label>Secret <textarea></textarea></label>
    <label>Link <input readonly value=x></label>
    <label>Add files <input type=file></label>
    <select aria-label='Expires in'><option>1 hour<option>7 days</select>
    <button hidden>Hidden</button><button aria-label='Create link'>x</button>
    <div role=status>Done</div></main>
    <noscript>no scripts</noscript><script src=script.js></script></html>";

/// Serves a page for each script, at its number.
fn pages(scripts: &'static [&'static str]) -> Fake {
    Fake::start(move |asked| {
        let name = asked.line().trim_start_matches("GET /");
        let number = name.strip_suffix(".js");
        let script = number.unwrap_or(name).parse().ok();
        let script = script.and_then(|number: usize| scripts.get(number));
        let page = PAGE.replace("script.js", &format!("{name}.js"));
        let (status, kind, body) = match script {
            Some(script) if number.is_some() => ("200 OK", "text/javascript", *script),
            Some(_) => ("200 OK", "text/html", page.as_str()),
            None => ("404 Not Found", "text/plain", ""),
        };
        let length = body.len();
        let head = format!("Content-Type: {kind}; charset=utf-8\r\nContent-Length: {length}");
        let head = format!("{head}\r\nContent-Security-Policy: {POLICY}\r\nConnection: close");
        Some(format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n{body}").into_bytes())
    })
}

fn at(fake: &Fake, device: Device) -> Browser {
    let browser = Browser::at(&format!("http://{}", fake.address), device);
    browser.tolerate("/favicon.ico");
    browser
}

#[test]
fn things_are_found_by_their_names_and_kinds() {
    let pages = pages(&[""]);
    let ann = at(&pages, Device::default());
    ann.open("/0");
    ann.see_heading("A page");
    ann.see_status("Done");
    assert_eq!(ann.names(Kind::Button), ["Create link"]);
    assert!(ann.has(Kind::Files, "Add files") && ann.has(Kind::Main, ""));
    ann.fill("Secret", "first");
    ann.fill("Secret", "naïve 🔥\n\tline");
    ann.fill("Passphrase", "four words");
    ann.choose("Expires in", "7 days");
    let value = |name: &str| ann.value(name);
    assert_eq!((value("Secret"), value("Expires in")), ("naïve 🔥\n\tline".into(), "7 days".into()));
    assert_eq!((value("Passphrase"), ann.read_only("Link")), ("four words".into(), "x".into()));
    ann.keys("\u{e004}");
    assert!(!ann.has(Kind::Link, "A page") && ann.status_code() == 200);
    assert!(ann.faults().is_empty());
}

#[test]
fn a_browser_without_scripts_runs_none() {
    let pages = pages(&["document.querySelector('h1').textContent = 'scripted'"]);
    let ann = at(&pages, Device::without_scripts());
    ann.open("/0");
    ann.see_heading("A page");
    ann.see("no scripts");
    let bob = at(&pages, Device::default());
    bob.open("/0");
    bob.see_heading("scripted");
}

#[test]
fn what_must_not_happen_is_noticed() {
    const SCRIPTS: &[&str] = &[
        "document.body.innerHTML = '<b>x</b>'",
        "eval('1')",
        "document.body.setAttribute('style', 'color: red')",
        "null.x",
        "console.error('spilt')",
        "fetch('/missing')",
        "new Image().src = '/x?' + location.hash.slice(1)",
        "fetch('/x', { method: 'POST', body: location.hash })",
        "fetch('http://localhost:9/').catch(() => {})",
    ];
    const FAULTS: [&str; 9] = [
        "TrustedHTML",
        "Trusted",
        "Content Security Policy",
        "TypeError",
        "spilt",
        "404",
        "a fragment was sent",
        "a fragment was sent",
        "Content Security Policy",
    ];
    let pages = pages(SCRIPTS);
    let ann = at(&pages, Device::default());
    ann.keep_back("/secret/key#fragment-of-a-link");
    for (number, fault) in FAULTS.iter().enumerate() {
        ann.open(&format!("/{number}#fragment-of-a-link"));
        let mut faults = Vec::new();
        ann.until("a fault", || {
            faults.extend(ann.faults());
            let is_noticed = faults.iter().any(|noted: &String| noted.contains(fault));
            is_noticed.then_some(()).ok_or_else(|| format!("{}: {faults:?}", SCRIPTS[number]))
        });
    }
    ann.open("about:blank");
    ann.tolerate("");
}

#[test]
fn a_request_to_somebody_else_is_noticed() {
    let (pages, other) = (pages(&[""]), pages(&[""]));
    let ann = at(&pages, Device::default());
    ann.open(&format!("http://{}/0", other.address));
    assert!(ann.faults().iter().any(|fault| fault.contains("somebody else")));
}

#[test]
fn what_is_wrong_with_a_page_is_seen() {
    let pages = pages(&[
        "",
        "document.querySelector('main').append(Object.assign(new Image(), { src: '/0' }))",
        "document.querySelector('h1').textContent = 'wide'.repeat(200)",
        "document.querySelector('textarea').parentElement.replaceWith(document.createElement('textarea'))",
    ]);
    let ann = at(&pages, Device::default());
    let axe = axe();
    for (number, fault) in [None, Some("image-alt"), Some("too wide"), Some("label")].iter().enumerate() {
        ann.open(&format!("/{number}"));
        let faults = faults_in_sight(&ann, &axe);
        assert_eq!(faults.is_empty(), fault.is_none(), "{number}: {faults:#?}");
        assert!(fault.is_none_or(|fault| faults.iter().any(|seen| seen.contains(fault))), "{faults:#?}");
    }
}
