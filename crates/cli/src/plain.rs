//! Texts of strangers, as a terminal may be given them: a server, a sender, a file's name say nothing to the terminal
//! itself, and cannot look like lines of ours.

use std::borrow::Cow;

/// In one line, with what would control a terminal or turn the direction of writing spelled out.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    escape(text, is_misleading)
}

/// The same for a text of our own, whose line ends are meant.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| c != '\n' && is_misleading(c))
}

/// Controls, line ends of any kind, and what makes a text look like another.
pub(crate) fn is_misleading(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(text: &str, is_harmful: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_harmful(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_controls_is_spelled_out() {
        for (text, shown) in [
            ("grüße \u{1f525}", "grüße \u{1f525}"),
            ("a\u{1b}[2Jb\u{7}", r"a\u{1b}[2Jb\u{7}"),
            ("one\r\ntwo", r"one\r\ntwo"),
            ("\u{9b}31m \u{202e}fdp", r"\u{9b}31m \u{202e}fdp"),
            ("family \u{1f468}\u{200d}\u{1f467}", "family \u{1f468}\u{200d}\u{1f467}"),
        ] {
            assert_eq!(plain(text), shown);
        }
        assert_eq!(lines("one\ntwo\u{1b}"), "one\ntwo\\u{1b}");
    }
}
