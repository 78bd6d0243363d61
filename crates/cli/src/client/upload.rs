//! The body of a request: a JSON object, and in it at most one sealed envelope, which is encoded while it is sent.

use burnbag_core::envelope::Envelope;
use data_encoding::BASE64URL_NOPAD;
use std::io::{self, Read};
use zeroize::Zeroizing;

/// Bytes that are encoded at one time; a multiple of three, so that the pieces are one text.
const PIECE: usize = 48 * 1024;
/// What stands around an envelope.
const BEFORE: &str = r#""secret":""#;
const AFTER: &str = r#""}"#;

/// A body that can be sent, and sent again.
pub(crate) struct Upload {
    head: Zeroizing<Vec<u8>>,
    envelope: Option<Envelope>,
}

/// Its bytes, one piece at a time.
pub(crate) struct Reader<'a> {
    upload: &'a Upload,
    piece: Zeroizing<Vec<u8>>,
    read: usize,
    next: Next,
}

enum Next {
    Envelope(usize),
    End,
    Nothing,
}

impl Upload {
    /// An object of texts.
    pub(crate) fn of<'a>(members: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let members: Vec<_> = members.into_iter().collect();
        // JSON's escapes make a byte six at most; at once, so that no copy stays behind.
        let room: usize = members.iter().map(|(name, text)| name.len() + 6 * text.len() + 6).sum();
        let mut head = Zeroizing::new(Vec::with_capacity(room + 2));
        head.push(b'{');
        for (number, (name, text)) in members.iter().enumerate() {
            if number > 0 {
                head.push(b',');
            }
            let written = serde_json::to_writer(&mut *head, name);
            head.push(b':');
            written.and(serde_json::to_writer(&mut *head, text)).expect("texts are JSON");
        }
        head.push(b'}');
        Self { head, envelope: None }
    }

    /// An object of texts and, as `secret`, an envelope.
    pub(crate) fn sealed<'a>(
        members: impl IntoIterator<Item = (&'a str, &'a str)>,
        envelope: Envelope,
    ) -> Self {
        let mut upload = Self::of(members);
        upload.head.pop();
        if upload.head.len() > 1 {
            upload.head.push(b',');
        }
        upload.head.extend_from_slice(BEFORE.as_bytes());
        Self { envelope: Some(envelope), ..upload }
    }

    pub(crate) fn length(&self) -> u64 {
        let envelope = self.envelope.as_ref();
        let sealed = envelope
            .map_or(0, |envelope| BASE64URL_NOPAD.encode_len(envelope.as_bytes().len()) + AFTER.len());
        (self.head.len() + sealed) as u64
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        let next = if self.envelope.is_some() { Next::Envelope(0) } else { Next::Nothing };
        Reader { upload: self, piece: self.head.clone(), read: 0, next }
    }
}

impl Reader<'_> {
    /// The next piece; none at the end.
    fn fill(&mut self) {
        let envelope = self.upload.envelope.as_ref().map_or(&[][..], Envelope::as_bytes);
        self.piece.clear();
        self.read = 0;
        match self.next {
            Next::Envelope(from) => {
                let to = envelope.len().min(from + PIECE);
                self.piece.extend_from_slice(BASE64URL_NOPAD.encode(&envelope[from..to]).as_bytes());
                self.next = if to < envelope.len() { Next::Envelope(to) } else { Next::End };
            }
            Next::End => {
                self.piece.extend_from_slice(AFTER.as_bytes());
                self.next = Next::Nothing;
            }
            Next::Nothing => {}
        }
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.piece.len() {
            self.fill();
        }
        let read = (&self.piece[self.read..]).read(buffer)?;
        self.read += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(upload: &Upload) -> String {
        let mut text = String::new();
        upload.reader().read_to_string(&mut text).unwrap();
        assert_eq!(text.len() as u64, upload.length());
        text
    }

    #[test]
    fn bodies() {
        assert_eq!(text(&Upload::of([])), "{}");
        assert_eq!(text(&Upload::of([("a", "\"\n"), ("b", "é")])), r#"{"a":"\"\n","b":"é"}"#);
        let envelope = |length| Envelope::from_bytes(vec![7; length]);
        assert_eq!(text(&Upload::sealed([], envelope(2))), r#"{"secret":"Bwc"}"#);
        for length in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2] {
            let upload = Upload::sealed([("kind", "files")], envelope(length));
            let json: serde_json::Value = serde_json::from_str(&text(&upload)).unwrap();
            assert_eq!(json["kind"], "files");
            let sealed = Envelope::parse(json["secret"].as_str().unwrap()).unwrap();
            assert!(sealed == envelope(length), "{length}");
            // It can be sent again.
            assert_eq!(text(&upload).len() as u64, upload.length());
        }
    }
}
