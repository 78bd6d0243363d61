//! No bytes that a server or a link may hold make the reader's side panic, and what decodes is written in one way only.
#![no_main]

use burnbag_core::content::Content;
use burnbag_core::envelope::Envelope;
use burnbag_core::fragment::Fragment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(content) = Content::decode(data) {
        assert_eq!(content.encode().expect("it was decoded").expose(), data);
    }
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Ok(fragment) = text.parse::<Fragment>() {
        assert_eq!(*fragment.expose(), text);
    }
    if let Ok(envelope) = Envelope::parse(text) {
        assert_eq!(envelope.to_text(), text);
        let fragment: Fragment = "EAAAAAAAAAAAAAAAAAAAAAA".parse().expect("a fragment");
        let keys = fragment.derive_keys(None).expect("it needs no passphrase");
        let _ = envelope.open(&keys);
    }
});
