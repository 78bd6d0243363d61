//! The parameters of the v1 wire: any query, any content types, any body. Nothing may panic, and what was read is
//! never longer than what was sent.
#![no_main]

use burnbag_server::v1::params::Params;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // Query, content types and body, divided by zero bytes.
    let mut parts = data.splitn(3, |byte| *byte == 0);
    let query = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let types = parts.next().unwrap_or_default();
    let body = parts.next().unwrap_or_default();
    let query = (!query.is_empty()).then_some(query.as_ref());
    let types = types.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    if let Ok(params) = Params::read(query, types, body) {
        // A byte that is no UTF-8 becomes three.
        let most = 3 * (data.len() + 2);
        let longest = params.secret.as_ref().map_or(0, |secret| secret.expose().len());
        assert!(longest <= most && params.recipient.iter().all(|text| text.len() <= most));
    }
});
