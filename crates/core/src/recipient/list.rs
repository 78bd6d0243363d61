//! Addresses in a text, as people write and paste them: `a@example.com`, `Ann <a@example.com>`, `"Example, Ann" <a@…>`.

use crate::account::Email;
use crate::unseen::is_unseen;
use std::iter;

/// The entries of a text, in their order: addresses, and parts that are none. Each is read when it is asked for, so that a
/// long text takes no more memory than a short one.
pub(super) fn entries(text: &str) -> impl Iterator<Item = Result<Email, String>> {
    pieces(text, is_end).flat_map(line)
}

/// The entries up to a semicolon or a line's end. A comma may be part of a name there, as in `Example, Ann <a@…>;`.
fn line(text: &str) -> impl Iterator<Item = Result<Email, String>> {
    let mut rest = Some(text);
    let sections = iter::from_fn(move || {
        let text = rest?;
        let found = next_bracketed(text);
        rest = found.map(|(_, _, after)| after);
        Some(found.map_or((text, None), |(before, bracketed, _)| (before, Some(bracketed))))
    });
    sections.flat_map(|(before, bracketed)| {
        let named = bracketed.map(|bracketed| named(before, bracketed));
        let (listed, named) = named.map_or((usize::MAX, None), |(listed, entry)| (listed, Some(entry)));
        listed_words(before).take(listed).map(address).chain(named)
    })
}

/// How many words before a `<…>` are entries of their own, and the entry that it makes with its name.
fn named(before: &str, bracketed: &str) -> (usize, Result<Email, String>) {
    let name = outside_quotes(before).filter(|(_, c)| is_comma(*c)).last();
    let (list, name) = name.map_or(("", before), |(at, c)| (&before[..at], &before[at + c.len_utf8()..]));
    // What stands behind the last address is the beginning of the name.
    let last = listed_words(list).enumerate().filter(|(_, word)| word.contains('@')).last();
    let found = address(bracketed);
    // `a@example.com <b@example.com>`: nobody knows who is meant.
    let contradicts = name.contains('@') && address(unquoted(name)) != found;
    let entry = if contradicts { Err(format!("{} <{bracketed}>", trimmed(name))) } else { found };
    (last.map_or(0, |(at, _)| at + 1), entry)
}

/// The address in the next `<…>`, and what stands before and behind it.
fn next_bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let open = outside_quotes(text).find(|(_, c)| *c == '<')?.0;
    let close = open + text[open..].find('>')?;
    let bracketed = trimmed(&text[open + 1..close]);
    bracketed.contains('@').then_some((&text[..open], bracketed, &text[close + 1..]))
}

fn listed_words(text: &str) -> impl Iterator<Item = &str> {
    pieces(text, is_comma).flat_map(|piece| piece.split(is_blank)).filter(|word| !word.is_empty())
}

fn address(text: &str) -> Result<Email, String> {
    text.parse().map_err(|_| text.to_owned())
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

fn unquoted(name: &str) -> &str {
    trimmed(name).trim_matches(['"', '\''])
}

/// Splits a text where no quotation marks stand around.
fn pieces(text: &str, separates: fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    iter::from_fn(move || {
        let text = rest?;
        let end = outside_quotes(text).find(|(_, c)| separates(*c));
        rest = end.map(|(at, c)| &text[at + c.len_utf8()..]);
        Some(end.map_or(text, |(at, _)| &text[..at]))
    })
}

/// The characters that do not stand in quotation marks. A mark that nothing closes is none.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quoted_until = 0;
    text.char_indices().filter(move |(at, c)| {
        if *at < quoted_until {
            return false;
        }
        let closing = (*c == '"').then(|| text[at + 1..].find('"')).flatten();
        quoted_until = closing.map_or(quoted_until, |length| at + length + 2);
        closing.is_none()
    })
}

/// Between two entries, whatever stands in them.
fn is_end(c: char) -> bool {
    matches!(c, ';' | '；' | '؛' | '\n' | '\r')
}

/// Between two entries, or in a name.
fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '،')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let shown = |entry: Result<Email, String>| match entry {
            Ok(address) => address.to_string(),
            Err(wrong) => format!("!{wrong}"),
        };
        entries(text).map(shown).collect()
    }

    #[test]
    fn names_are_no_addresses() {
        for one in [
            "<a@x.org>",
            "Ann <a@x.org>",
            "Ann Example <A@x.org>;",
            "Example, Ann < a@x.org >",
            "\"Example, Ann; \" <a@x.org>",
            "'a@x.org' <a@x.org>",
            "\u{200e}a@x.org\u{200f} <a@x.org>",
            "\u{feff}a@x.org\u{200b}",
            "a@x.org",
        ] {
            assert_eq!(read(one), ["a@x.org"], "{one}");
        }
    }

    #[test]
    fn several_stand_in_one_text() {
        for two in [
            "Example, Ann <a@x.org>; Example, Bob <b@x.org>",
            "\"Example, Ann\" <a@x.org>, \"Bob\" <b@x.org>",
            "Ann <a@x.org> Bob <b@x.org>",
            "a@x.org, Example, Bob <b@x.org>",
            "<a@x.org>b@x.org",
            "a@x.org b@x.org",
            "a@x.org、b@x.org",
            "a@x.org；b@x.org",
            "a@x.org،b@x.org",
            "Ann <a@x.org>\r\n\tb@x.org",
        ] {
            assert_eq!(read(two), ["a@x.org", "b@x.org"], "{two}");
        }
        assert!(read(" ;\n,\u{200b}، ").is_empty());
    }

    /// What may have been meant as an address is told, and nobody else gets a mail in its place.
    #[test]
    fn what_is_no_address_is_told() {
        for (text, entries) in [
            ("Ann; <b@x.org>", &["!Ann", "b@x.org"][..]),
            ("a@x.org <b@x.org>", &["!a@x.org <b@x.org>"]),
            ("\"a@x.org\" <b@x.org>", &["!\"a@x.org\" <b@x.org>"]),
            ("broken@, Bob <b@x.org>", &["!broken@", "b@x.org"]),
            ("nobody, a@x.org, Bob <b@x.org>", &["!nobody", "a@x.org", "b@x.org"]),
            ("Ann <a@x>", &["!a@x"]),
            ("Ann <>", &["!Ann", "!<>"]),
            ("<i>@x", &["!<i>@x"]),
            ("Ann <a@x.org", &["!Ann", "!<a@x.org"]),
            ("\"Ann <a@x.org>", &["a@x.org"]),
            ("Ann \"<a@x.org>\"", &["!Ann", "!\"<a@x.org>\""]),
            ("a@x.org\r\nBcc: b@x.org", &["a@x.org", "!Bcc:", "b@x.org"]),
        ] {
            assert_eq!(read(text), entries, "{text}");
        }
    }
}
