//! A client without a browser: any request, any header, and what it is answered.

use crate::site::Site;
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

pub(crate) struct Visitor {
    agent: Agent,
    origin: String,
}

/// An answer with its body read.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Visitor {
    pub(crate) fn new(site: &Site) -> Self {
        let settings = Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
        Self { agent: settings.build().into(), origin: site.origin() }
    }

    /// A request with headers, and a form's body if there is one.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        form: Option<&str>,
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if form.is_some() {
            request = request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        let request = request.body(form.unwrap_or_default().to_owned()).expect("a request");
        Answered::read(self.agent.run(request).expect("an answer"))
    }

    pub(crate) fn get(&self, path: &str) -> Answered {
        self.send("GET", path, &[], None)
    }
}

impl Answered {
    fn read(mut response: Response<Body>) -> Self {
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = response.body_mut().read_to_vec().expect("a body");
        Self { status: response.status().as_u16(), body, headers }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}
