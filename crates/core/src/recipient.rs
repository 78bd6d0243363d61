//! Who is to be told about a secret: one e-mail address, obscured as soon as it is recorded.

mod list;

use crate::account::Email;
use std::collections::HashSet;

/// Two characters of the local part, five stars, the domain's first letter, five stars, the last label
/// (wire spec §8.3): `foo@example.com` → `fo*****@e*****.com`. A `+tag` never shows.
#[must_use]
pub fn obscure(address: &Email) -> String {
    let (local, domain) = address.parts();
    let shown: String = local.split('+').next().unwrap_or_default().chars().take(2).collect();
    let first: String = domain.chars().take(1).collect();
    match domain.rsplit_once('.') {
        Some((_, last)) => format!("{shown}*****@{first}*****.{last}"),
        None => format!("{shown}*****@{first}*****"),
    }
}

/// The first address in a text that may hold several, separated by commas, semicolons or blanks, with names before them
/// or without. Nothing else is guessed: a first part that is no address is refused.
///
/// # Errors
/// The part that is not an address.
pub fn first_address(text: &str) -> Result<Option<Email>, String> {
    list::entries(text).next().transpose()
}

/// All addresses in a text, each once, in the order in which they stand there.
///
/// # Errors
/// The parts that are no addresses, ten at most: somebody may have pasted a letter.
pub fn all_addresses(text: &str) -> Result<Vec<Email>, Vec<String>> {
    const MOST_WRONG: usize = 10;
    let (mut addresses, mut known, mut wrong) = (Vec::new(), HashSet::new(), Vec::new());
    for entry in list::entries(text) {
        match entry {
            Ok(address) => {
                if known.insert(address.clone()) {
                    addresses.push(address);
                }
            }
            Err(part) => wrong.push(part),
        }
        if wrong.len() == MOST_WRONG {
            break;
        }
    }
    if wrong.is_empty() { Ok(addresses) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obscures_as_v1_clients_expect() {
        let cases = [
            ("foo@example.com", "fo*****@e*****.com"),
            ("a@example.org", "a*****@e*****.org"),
            ("aldo@spanish.ie", "al*****@s*****.ie"),
            ("x+secrettag@mail.example.co.uk", "x*****@m*****.uk"),
        ];
        for (address, obscured) in cases {
            assert_eq!(obscure(&address.parse().unwrap()), obscured);
        }
    }

    #[test]
    fn takes_all_once_or_names_what_is_wrong() {
        let all =
            all_addresses(" b@example.com,;a@example.com\r\nB@Example.com\u{a0}c@example.org ").unwrap();
        let all: Vec<_> = all.iter().map(Email::as_str).collect();
        assert_eq!(all, ["b@example.com", "a@example.com", "c@example.org"]);
        assert_eq!(all_addresses("a@example.com, Bob <b@x>").unwrap_err(), ["b@x"]);
        assert!(all_addresses(" ;\n, ").unwrap().is_empty());
    }

    #[test]
    fn takes_the_first_of_several() {
        assert_eq!(first_address(" , ").unwrap(), None);
        assert_eq!(
            first_address("one@example.com,two@example.org").unwrap().unwrap().as_str(),
            "one@example.com"
        );
        assert_eq!(first_address("tom@online").unwrap_err(), "tom@online");
        assert!(first_address("a@foo.online").unwrap().is_some());
    }
}
