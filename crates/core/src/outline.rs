//! What a reader may know of a content before it is taken: text or files, and about how large.

/// What its sender says of a content. Not checked against it: the server cannot look inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Text, or files.
    pub form: Form,
    /// Bytes, rounded up by [`rounded`].
    pub size: u64,
}

/// Text, or files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One text.
    Text,
    /// Files, and how many where the sender said it.
    Files(Option<u8>),
}

/// The least size that is told: below it nobody learns whether it was a PIN or a password.
const LEAST: u64 = 256;

/// A size that tells little of the exact one: rounded up to at most 12 % more, so that few sizes remain (the scheme is
/// Padmé's, Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019).
#[must_use]
pub const fn rounded(size: u64) -> u64 {
    if size <= LEAST {
        return LEAST;
    }
    let exponent = size.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1 << (exponent - kept)) - 1;
    match size.checked_add(mask) {
        Some(sum) => sum & !mask,
        None => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let cases = [
            (0, 256),
            (12, 256),
            (256, 256),
            (257, 272),
            (1_000, 1_024),
            (10_000, 10_240),
            (4_194_304, 4_194_304),
            (25_000_000, 25_165_824),
            (u64::MAX, u64::MAX),
        ];
        for (size, told) in cases {
            assert_eq!(rounded(size), told, "{size}");
            assert_eq!(rounded(told), told, "{size}");
        }
        for size in (257..100_000_000).step_by(9_973) {
            let told = rounded(size);
            assert!(told >= size && told - size <= size / 8, "{size} {told}");
        }
    }
}
