//! The pages as a browser without scripts meets them: forms, cookies, and what never happens on GET.

use super::support::{Answer, Credentials, Request, TestServer, get, post};
use burnbag_server::config::{Config, MayCreate};

/// A browser's memory: its cookies.
#[derive(Default)]
pub(crate) struct Jar(pub(crate) Vec<(String, String)>);

impl Jar {
    pub(crate) async fn send(&mut self, server: &TestServer, request: Request) -> Answer {
        let answer = self.send_in_trouble(server, request).await;
        assert!(answer.status < 500, "{answer:?}");
        answer
    }

    /// The same, where the server may fail.
    pub(crate) async fn send_in_trouble(&mut self, server: &TestServer, request: Request) -> Answer {
        let cookies = self.cookies();
        let request = if cookies.is_empty() { request } else { request.header("Cookie", &cookies) };
        let answer = server.send(&request.header("Accept", "text/html")).await;
        for (_, line) in answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            assert!(line.contains("HttpOnly") && line.contains("SameSite="), "{line}");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            self.0.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.0.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    /// What the browser sends of them.
    pub(crate) fn cookies(&self) -> String {
        let cookies = self.0.iter().map(|(name, value)| format!("{name}={value}"));
        cookies.collect::<Vec<_>>().join("; ")
    }

    pub(crate) async fn sign_in(server: &TestServer, who: &Credentials) -> Self {
        let mut jar = Self::default();
        let form = jar.send(server, get("/signin")).await;
        let fields =
            [("form_token", &*field(&form, "form_token")), ("email", &who.email), ("password", &who.api_key)];
        let answer = jar.send(server, post("/signin").form(&fields)).await;
        assert_eq!((answer.status, answer.header("Location")), (303, Some("/")), "{answer:?}");
        jar
    }
}

/// The value of a page's hidden field.
pub(crate) fn field(page: &Answer, name: &str) -> String {
    between(page.text(), &format!("name=\"{name}\" value=\""), "\"").to_owned()
}

pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).map(|(_, rest)| rest);
    assert!(rest.is_some(), "{start} is not in {text}");
    rest.and_then(|rest| rest.split(end).next()).unwrap_or_default()
}

/// The key in the link that a page shows.
pub(crate) fn link_key(page: &Answer) -> String {
    let link = between(page.text(), "<textarea class=\"secret\" id=\"link\"", "</textarea>");
    link.rsplit("/secret/").next().expect("a key").to_owned()
}

#[tokio::test]
async fn a_secret_goes_in_and_is_read_once() {
    let server = TestServer::start().await;
    let mut jar = Jar::default();
    let text = "line one\r\n<b>&amp;\u{2028}</b>";
    let fields = [("secret", text), ("passphrase", "open sesame"), ("ttl", "3600")];
    let made = jar.send(&server, post("/").form(&fields)).await;
    assert_eq!(made.status, 200);
    assert!(
        made.text().contains("Your link is ready") && made.text().contains("href=\"/receipt/"),
        "{made:?}"
    );
    let path = format!("/secret/{}", link_key(&made));

    for method in ["GET", "HEAD", "GET"] {
        let looked = jar.send(&server, Request::new(method, &path)).await;
        assert_eq!(looked.status, 200, "{looked:?}");
    }
    let page = jar.send(&server, get(&path)).await;
    let repeat = field(&page, "repeat");
    let wrong = jar.send(&server, post(&path).form(&[("repeat", &repeat), ("passphrase", "nope")])).await;
    assert_eq!(wrong.status, 403);
    assert!(wrong.text().contains("That passphrase does not match. Nothing was used up; try again."));
    assert_eq!(field(&wrong, "repeat"), repeat, "the same reader");
    let missing = jar.send(&server, post(&path).form(&[("repeat", &repeat)])).await;
    assert!(missing.text().contains("Enter the passphrase first."), "{missing:?}");

    let right = [("repeat", &*repeat), ("passphrase", "open sesame")];
    for _ in 0..2 {
        // Once, and again for who repeats it: the browser's reload.
        let shown = jar.send(&server, post(&path).form(&right)).await;
        assert_eq!(shown.status, 200);
        assert!(
            shown.text().contains("line one\n&#60;b&#62;&#38;amp;\u{2028}&#60;/b&#62;</textarea>"),
            "{shown:?}"
        );
    }
    let stranger = jar.send(&server, post(&path).form(&[("passphrase", "open sesame")])).await;
    assert_eq!(stranger.status, 404);
    let forgotten = jar.send(&server, post(&format!("{path}/forget")).form(&right)).await;
    assert!(forgotten.text().contains("Forgotten. Nothing of this secret is left on this server."));
    assert_eq!(jar.send(&server, post(&path).form(&right)).await.status, 404);
}

/// Unknown, read, burned, expired, malformed: who holds the link learns nothing from the page.
#[tokio::test]
async fn what_is_gone_differs_in_no_byte() {
    let server = TestServer::start().await;
    let (read, _) = server.share("a", "").await;
    server.reveal(&read, "").await;
    let (burned, receipt) = server.share("b", "").await;
    server.send(&post(&format!("/api/v1/private/{receipt}/burn"))).await;
    let (expired, _) = server.share("c", "").await;
    server.pass(8 * 24 * 3600).await;
    let mut pages = Vec::new();
    for key in [&*read, &burned, &expired, &"a".repeat(31), "x", "%ff", "%2523", "%3Cscript%3E"] {
        let page = server.send(&get(&format!("/secret/{key}")).header("Accept", "text/html")).await;
        assert_eq!(page.status, 404, "{key}");
        pages.push(page);
    }
    let first = pages[0].text();
    assert!(first.contains("<h1 tabindex=\"-1\">This link does not open anything</h1>"));
    assert!(pages.iter().all(|page| page.text() == first));
    let visible = first.split("<template").next().expect("a first part");
    for never in ["<button", "<form", "<nav", "<footer"] {
        assert!(!visible.contains(never), "{never}");
    }
}

/// A device-sealed secret is nothing that a form could open, and no try.
#[tokio::test]
async fn a_form_does_not_touch_what_a_device_sealed() {
    let server = TestServer::start().await;
    let proof = "A".repeat(43);
    let envelope = "AQ".repeat(40);
    let shared = [("secret", &*envelope), ("proof", &proof)];
    let (key, _) = server.send(&post("/api/v1/share").form(&shared)).await.keys();
    for _ in 0..30 {
        let answer = server.send(&post(&format!("/secret/{key}")).form(&[("passphrase", "x")])).await;
        assert_eq!(answer.status, 403);
    }
    let status = server.send(&get(&format!("/api/v1/secret/{key}/status"))).await;
    assert_eq!(status.json()["state"], "new");
    let revealed = server.send(&post(&format!("/api/v1/secret/{key}")).form(&[("proof", &proof)])).await;
    assert_eq!(revealed.json()["value"], *envelope);
}

/// What is done in somebody's name needs the token that only his own pages carry.
#[tokio::test]
async fn forms_of_other_sites_do_nothing() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    let account = jar.send(&server, get("/account")).await;
    let token = field(&account, "form_token");
    for (path, fields) in [
        ("/", vec![("secret", "x")]),
        ("/account/keys", vec![("label", "mine")]),
        ("/account/password", vec![("password", "a good long password")]),
        ("/account/notifications", vec![("opened", "on")]),
        ("/account/signout", vec![]),
        ("/signout", vec![]),
        ("/language", vec![("language", "de"), ("to", "/")]),
    ] {
        for forged in [None, Some(""), Some("x"), Some(&token[..42])] {
            let mut fields = fields.clone();
            fields.extend(forged.map(|forged| ("form_token", forged)));
            // What a browser sends from a page without a referrer.
            let request = post(path).form(&fields).header("Origin", "null");
            let answer = jar.send(&server, request).await;
            assert_eq!(answer.status, 403, "{path} {answer:?}");
        }
        let foreign = post(path).form(&[("form_token", &token)]).header("Origin", "https://evil.example");
        assert_eq!(jar.send(&server, foreign).await.status, 403, "{path}");
    }
    // Scripts of our pages: the header, and never the cookie alone.
    let api = |form_token: &str| get("/api/v1/authcheck").header("X-Burnbag-Session", form_token);
    assert_eq!(jar.send(&server, api(&token)).await.status, 200);
    assert_eq!(jar.send(&server, api("x")).await.status, 404);
    assert_eq!(jar.send(&server, get("/api/v1/authcheck")).await.status, 404);
    assert_eq!(server.send(&api(&token)).await.status, 404, "without the cookie");
    let answer =
        jar.send(&server, post("/account/keys").form(&[("form_token", &token), ("label", "Flow")])).await;
    let key = between(between(answer.text(), "id=\"new-key\"", ">"), "value=\"", "\"").to_owned();
    let flow = Credentials { api_key: key, ..who.clone() };
    assert_eq!(server.send(&get("/api/v1/authcheck").basic(&flow)).await.status, 200);
}

/// A sign-in needs our own form too: nobody is signed in as somebody else without noticing.
#[tokio::test]
async fn a_sign_in_from_elsewhere_is_none() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let mut jar = Jar::default();
    let fields = [("email", &*who.email), ("password", &who.api_key), ("form_token", "guess")];
    let answer = jar.send(&server, post("/signin").form(&fields)).await;
    assert_eq!(answer.status, 403);
    assert!(!jar.0.iter().any(|(name, _)| name.contains("session")));
    let form = jar.send(&server, get("/signin")).await;
    for email in ["a@example.com", "nobody@example.com", "no address"] {
        let fields = [
            ("form_token", &*field(&form, "form_token")),
            ("email", email),
            ("password", "wrong wrong wrong"),
        ];
        let answer = jar.send(&server, post("/signin").form(&fields)).await;
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("These do not match."), "{answer:?}");
    }
}

/// Over TLS, as a proxy says, cookies are kept to it and to this very host.
#[tokio::test]
async fn cookies_are_kept_to_tls() {
    let server = TestServer::configured(|config| {
        config.trusted_proxies = serde_json::from_str("\"127.0.0.1\"").expect("a network");
        config.public_url = Some(String::from("https://s.example.com").try_into().expect("a URL"));
    })
    .await;
    let over_tls = get("/signin").header("X-Forwarded-For", "192.0.2.1").header("X-Forwarded-Proto", "https");
    let answer = server.send(&over_tls).await;
    let cookie = answer.header("Set-Cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-burnbag_form=") && cookie.contains("; Secure"), "{cookie}");
    // And in clear, under another name than a loopback one, there is no form at all.
    let in_clear = get("/signin").header("Host", "s.example.com");
    let answer = server.send(&in_clear).await;
    assert!(answer.text().contains("Open https://s.example.com instead"), "{answer:?}");
    assert!(!answer.text().contains("type=\"password\"") && answer.header("Set-Cookie").is_none());
}

#[tokio::test]
async fn a_receipt_shows_the_link_and_burns() {
    let server = TestServer::start().await;
    let mut jar = Jar::default();
    let (secret, receipt) = server.share("x", "passphrase").await;
    for name in ["receipt", "private", "metadata"] {
        let page = jar.send(&server, get(&format!("/{name}/{receipt}"))).await;
        assert!(page.text().contains("Waiting to be opened") && !page.text().contains(&secret), "{page:?}");
    }
    let path = format!("/receipt/{receipt}");
    let shown = jar.send(&server, get(&format!("{path}?show=link"))).await;
    assert_eq!(link_key(&shown), secret);
    let asked = jar.send(&server, get(&format!("{path}?burn=ask"))).await;
    assert!(asked.text().contains("Burn this secret?") && asked.text().contains("Waiting to be opened"));
    // Its holder needs no passphrase.
    let burned = jar.send(&server, post(&format!("{path}/burn"))).await;
    assert_eq!((burned.status, burned.header("Location")), (303, Some(&*path)));
    let page = jar.send(&server, get(&path)).await;
    assert!(page.text().contains("Burned") && page.text().contains("It was destroyed unread."), "{page:?}");
    assert_eq!(server.reveal(&secret, "passphrase").await.status, 404);
    assert_eq!(jar.send(&server, get("/receipt/unknown")).await.status, 404);
}

#[tokio::test]
async fn the_list_has_labels_and_no_links() {
    let server = TestServer::start().await;
    let who = server.account("a@example.com", "standard").await;
    let mut jar = Jar::sign_in(&server, &who).await;
    let empty = jar.send(&server, get("/recent")).await;
    assert!(empty.text().contains("Nothing here yet."));
    let token = field(&jar.send(&server, get("/")).await, "form_token");
    let mut keys = Vec::new();
    for number in 0..53 {
        let label = format!("<Label> {number}");
        let fields = [("form_token", &*token), ("secret", "x"), ("memo", &label)];
        keys.push(link_key(&jar.send(&server, post("/").form(&fields)).await));
    }
    server.reveal(&keys[7], "").await;
    let first = jar.send(&server, get("/recent")).await;
    let text = first.text();
    assert!(keys.iter().all(|key| !text.contains(key)), "no link is in the list");
    assert!(text.contains("&#60;Label&#62; 52<") && !text.contains("&#60;Label&#62; 2<"), "the newest fifty");
    let older = jar.send(&server, get("/recent?page=1")).await;
    assert!(older.text().contains("&#60;Label&#62; 2<"), "{older:?}");
    let opened = jar.send(&server, get("/recent?state=opened")).await;
    assert!(opened.text().contains("&#60;Label&#62; 7<") && !opened.text().contains("&#60;Label&#62; 8<"));
    let found = jar.send(&server, get("/recent?q=label%3E+4")).await;
    assert!(found.text().contains("&#60;Label&#62; 44<") && !found.text().contains("&#60;Label&#62; 5<"));
    assert_eq!(Jar::default().send(&server, get("/recent")).await.status, 303, "signed out");
}

#[tokio::test]
async fn who_may_create_is_the_operators_choice() {
    let accounts = |config: &mut Config| config.may_create = MayCreate::Accounts;
    let server = TestServer::configured(accounts).await;
    let who = server.account("a@example.com", "standard").await;
    let refused = server.send(&post("/api/v1/share").form(&[("secret", "x")])).await;
    assert_eq!(
        (refused.status, refused.message().as_str()),
        (404, "An account is required to create secrets on this server")
    );
    assert_eq!(server.send(&post("/").form(&[("secret", "x")])).await.status, 403);
    let page = server.send(&get("/")).await;
    assert!(page.text().contains("href=\"/signin\"") && !page.text().contains("<textarea"), "{page:?}");
    let shared = server.send(&post("/api/v1/share").form(&[("secret", "x")]).basic(&who)).await;
    let (key, _) = shared.keys();
    assert_eq!(server.reveal(&key, "").await.json()["value"], "x", "anyone may open");
    for (network, status) in [("127.0.0.0/8", 200), ("192.0.2.0/24", 404)] {
        let server = TestServer::configured(|config| {
            config.may_create =
                MayCreate::From(serde_json::from_str(&format!("\"{network}\"")).expect("a network"));
        })
        .await;
        let answer = server.send(&post("/api/v1/share").form(&[("secret", "x")])).await;
        assert_eq!(answer.status, status, "{network}");
    }
}

/// Every page: HTML with the whole policy, in the asked language, for nobody's cache; scripts for every cache.
#[tokio::test]
async fn every_page_is_protected() {
    let server = TestServer::configured(|config| {
        config.web.contact = Some(String::from("it@example.com").try_into().expect("a contact"));
    })
    .await;
    for path in
        ["/", "/about", "/signin", "/docs/api", "/secret/x", "/receipt/x", "/invite/x", "/no/such/page"]
    {
        let page =
            server.send(&get(path).header("Accept", "text/html,*/*").header("Accept-Language", "de")).await;
        assert_eq!(page.header("Content-Type"), Some("text/html; charset=utf-8"), "{path}");
        assert!(page.text().contains("<html lang=\"de\" dir=\"ltr\">"), "{path}");
        let policy = page.header("Content-Security-Policy").expect("a policy");
        for part in [
            "default-src 'none'",
            "require-trusted-types-for 'script'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        assert_eq!(page.header("Cache-Control"), Some("no-store"), "{path}");
        assert!(
            !page.text().contains("<script>")
                && !page.text().contains(" style=")
                && !page.text().contains(" onclick")
        );
        for asset in
            page.text().split("=\"/assets/").skip(1).map(|rest| rest.split('"').next().expect("a name"))
        {
            let file = server.send(&get(&format!("/assets/{asset}")).header("Accept-Encoding", "gzip")).await;
            assert_eq!(file.status, 200, "{asset}");
            assert_eq!(file.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
            assert_eq!(file.header("Content-Encoding"), Some("gzip"), "{asset}");
        }
    }
    let robots = server.send(&get("/robots.txt")).await;
    assert_eq!(robots.text(), "User-agent: *\nDisallow: /\n");
    let security = server.send(&get("/.well-known/security.txt")).await;
    assert!(security.text().starts_with("Contact: mailto:it@example.com\nExpires: 2027-"), "{security:?}");
    let api = server.send(&get("/api/v1/none").header("Accept", "text/html")).await;
    assert_eq!(api.header("Content-Type"), Some("application/json"), "programs get JSON");
}

/// Secrets, passphrases and keys are for no dictionary, no translator and no password store.
#[tokio::test]
async fn fields_of_secrets_are_for_nobody_else() {
    let server = TestServer::start().await;
    let (secret, receipt) = server.share("x", "passphrase").await;
    let made = server.send(&post("/").form(&[("secret", "x"), ("passphrase", "p")])).await;
    let mut pages = vec![made];
    for path in ["/".to_owned(), format!("/secret/{secret}"), format!("/receipt/{receipt}?show=link")] {
        pages.push(server.send(&get(&path)).await);
    }
    let mut fields = 0;
    for page in &pages {
        for tag in page.text().split('<').filter(|tag| tag.contains("class=\"secret\"")) {
            let tag = tag.split('>').next().expect("a tag");
            assert!(tag.contains("spellcheck=\"false\"") && tag.contains("translate=\"no\""), "{tag}");
            assert!(tag.contains("readonly") || tag.contains("autocomplete=\"off\""), "{tag}");
            fields += 1;
        }
    }
    assert!(fields >= 8, "{fields}");
}
