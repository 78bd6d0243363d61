//! A mail as its reader gets it, taken apart by a parser that is not its writer.

use mail_parser::{Message, MessageParser, MimeHeaders};

/// A mail's headers and parts.
pub(super) struct Read {
    pub(super) raw: String,
    /// Names and decoded values, in their order.
    pub(super) headers: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) html: String,
}

impl Read {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let message = MessageParser::default().parse(bytes).expect("a message");
        assert_eq!(message.parts.len(), 3, "a mail is a text and its HTML");
        assert_eq!((message.text_body.len(), message.html_body.len(), message.attachment_count()), (1, 1, 0));
        for part in &message.parts[1..] {
            let media_type = part.content_type().expect("a media type");
            assert_eq!(media_type.attribute("charset"), Some("utf-8"));
        }
        let headers =
            message.headers().iter().map(|header| (header.name().to_owned(), value(&message, header.name())));
        Self {
            raw: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
            headers: headers.collect(),
            text: message.body_text(0).expect("a text").replace("\r\n", "\n"),
            html: message.body_html(0).expect("HTML").into_owned(),
        }
    }

    /// The only header of a name.
    pub(super) fn header(&self, name: &str) -> &str {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let (_, value) = found.next().expect(name);
        assert!(found.next().is_none(), "{name} stands twice");
        value
    }

    /// What a browser shows of the HTML: texts of the body.
    pub(super) fn shown(&self) -> String {
        let body = &self.html[self.html.find("<body").expect("a body")..];
        let pieces = body.split('<').filter_map(|piece| piece.split_once('>'));
        let texts = pieces
            .map(|(tag, text)| if tag.contains("span") { text.to_owned() } else { format!("\n{text}") });
        unescaped(&texts.collect::<String>())
    }

    /// Names of all elements of the HTML, each where it begins.
    pub(super) fn elements(&self) -> Vec<&str> {
        let starts = self.html.split('<').skip(1).filter(|piece| !piece.starts_with('/'));
        starts.map(|piece| piece.split([' ', '>']).next().unwrap_or_default()).collect()
    }
}

fn value(message: &Message<'_>, name: &str) -> String {
    let value = message.header(name).expect("it is there");
    if let Some(address) = value.as_address() {
        let one = address.first().expect("an address");
        assert_eq!(address.iter().count(), 1, "{name}");
        return format!("{}|{}", one.name().unwrap_or_default(), one.address().unwrap_or_default());
    }
    let text = value.as_text().map(str::to_owned);
    text.or_else(|| value.as_datetime().map(mail_parser::DateTime::to_rfc3339)).unwrap_or_default()
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        let (number, behind) = after.split_once(';').expect("a reference ends");
        out.push_str(before);
        out.extend(number.parse().ok().and_then(char::from_u32));
        rest = behind;
    }
    out + rest
}
