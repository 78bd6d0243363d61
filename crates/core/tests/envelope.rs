//! The vectors of `docs/envelope.md`. Each file carries its inputs and what is expected; they were made by another
//! implementation, written from the document.

#[path = "support/given.rs"]
mod given;

use burnbag_core::content::{BadContent, Content, File, UnknownContent};
use burnbag_core::envelope::{Envelope, EnvelopeError, FILES_ENVELOPE_OVERHEAD, TEXT_ENVELOPE_OVERHEAD};
use burnbag_core::fragment::{Fragment, NeedsPassphrase, NotAFragment};
use burnbag_core::opener::Passphrase;
use burnbag_core::sensitive::SensitiveBytes;
use data_encoding::BASE64URL_NOPAD;
use given::Given;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    about: String,
    fragment: String,
    passphrase: Option<String>,
    proof: String,
    envelope: String,
    expect: String,
    text: Option<String>,
    files: Option<Vec<VectorFile>>,
}

#[derive(Deserialize)]
struct VectorFile {
    name: String,
    media_type: String,
    bytes: String,
}

impl Vector {
    fn passphrase(&self) -> Option<Passphrase> {
        self.passphrase.clone().and_then(|text| Passphrase::new(text.into()))
    }

    fn content(&self) -> Option<Content> {
        let file = |file: &VectorFile| File {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            bytes: BASE64URL_NOPAD.decode(file.bytes.as_bytes()).expect("base64url").into(),
        };
        let files = self.files.as_ref().map(|files| Content::Files(files.iter().map(file).collect()));
        self.text.clone().map(|text| Content::Text(text.into())).or(files)
    }

    /// What this implementation makes of it: a content, or the name of the error.
    fn run(&self) -> Result<Content, &'static str> {
        let fragment: Fragment = self.fragment.parse().map_err(|error| match error {
            NotAFragment::Malformed => "malformed fragment",
            NotAFragment::Newer => "newer fragment",
        })?;
        assert_eq!(*fragment.expose(), self.fragment);
        let keys = fragment.derive_keys(self.passphrase().as_ref());
        let keys = keys.map_err(|NeedsPassphrase| "needs passphrase")?;
        let envelope = Envelope::parse(&self.envelope).map_err(|_| "malformed envelope")?;
        assert_eq!(envelope.to_text(), self.envelope);
        let content = envelope.open(&keys).map_err(|error| match error {
            EnvelopeError::Malformed => "malformed envelope",
            EnvelopeError::Newer => "newer envelope",
            EnvelopeError::DidNotOpen => "does not open",
        })?;
        assert_eq!(*keys.proof.expose(), self.proof, "what opens has the right proof");
        let decoded = Content::decode(content.expose()).map_err(|UnknownContent| "unknown content")?;
        // The same inputs seal to the same bytes, and there is one way to write a content.
        assert_eq!(decoded.encode().expect("it was decoded").expose(), content.expose());
        let nonce = envelope.as_bytes()[1..13].to_vec();
        assert!(Envelope::seal(&content, &keys, &mut Given(&nonce)) == envelope);
        Ok(decoded)
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "files of vectors, no databases")]
fn vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/envelope");
    let mut count = 0;
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let vector: Vector = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let named = format!("{}: {}", path.display(), vector.about);
        match vector.run() {
            Ok(content) => {
                assert!(["text", "files"].contains(&vector.expect.as_str()), "{named}");
                assert!(vector.content() == Some(content), "{named}");
            }
            Err(error) => assert_eq!(error, vector.expect, "{named}"),
        }
        count += 1;
    }
    assert_eq!(count, 33);
}

#[test]
fn what_cannot_be_sealed_is_named() {
    let file = |name: &str, media_type: &str| File {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        bytes: SensitiveBytes::default(),
    };
    let encode = |files: Vec<File>| Content::Files(files).encode().map(|_| ());
    assert_eq!(encode(Vec::new()), Err(BadContent::Count(0)));
    assert_eq!(encode(vec![file("a", ""); 11]), Err(BadContent::Count(11)));
    assert_eq!(encode(vec![file("", "")]), Err(BadContent::Name(String::new())));
    assert!(matches!(encode(vec![file(&"ä".repeat(128), "")]), Err(BadContent::Name(_))));
    assert!(matches!(encode(vec![file("a", &"x".repeat(128))]), Err(BadContent::MediaType(_))));
    assert_eq!(encode(vec![file(&"a".repeat(255), &"x".repeat(127)); 10]), Ok(()));
}

fn contents() -> impl Strategy<Value = Content> {
    let file = ("\\PC{1,60}", "[a-z]{0,20}", prop::collection::vec(any::<u8>(), 0..300));
    let file = file.prop_map(|(name, media_type, bytes)| File { name, media_type, bytes: bytes.into() });
    prop_oneof![
        any::<String>().prop_map(|text| Content::Text(text.into())),
        prop::collection::vec(file, 1..=10).prop_map(Content::Files),
    ]
}

proptest! {
    #[test]
    fn what_is_sealed_opens_within_the_known_overhead(content in contents(), seed in any::<u64>()) {
        let rng = &mut StdRng::seed_from_u64(seed);
        let keys = Fragment::make(false, rng).derive_keys(None).unwrap();
        let envelope = Envelope::seal(&content.encode().unwrap(), &keys, rng);
        let added = envelope.as_bytes().len() - usize::try_from(content.size()).unwrap();
        match content {
            Content::Text(_) => prop_assert_eq!(added, TEXT_ENVELOPE_OVERHEAD),
            Content::Files(_) => prop_assert!(added <= FILES_ENVELOPE_OVERHEAD),
        }
        let opened = Envelope::parse(&envelope.to_text()).unwrap().open(&keys).unwrap();
        prop_assert!(Content::decode(opened.expose()) == Ok(content));
    }

    /// No bytes panic, and what decodes is written in one way only.
    #[test]
    fn arbitrary_bytes_decode_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(content) = Content::decode(&bytes) {
            let again = content.encode().unwrap();
            prop_assert_eq!(again.expose(), &bytes);
        }
        let keys = Fragment::make(false, &mut StdRng::seed_from_u64(1)).derive_keys(None).unwrap();
        prop_assert!(Envelope::from_bytes(bytes).open(&keys).is_err());
    }

    #[test]
    fn arbitrary_texts_are_fragments_or_not(text in "[A-Za-z0-9_-]{20,26}|\\PC{0,40}") {
        if let Ok(fragment) = text.parse::<Fragment>() {
            let again = fragment.expose();
            prop_assert_eq!(again.as_str(), text);
        }
    }
}
