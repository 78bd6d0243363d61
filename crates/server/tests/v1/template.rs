//! Texts with placeholders: filled in requests, matched in answers.

use std::collections::HashMap;

/// What the placeholders stand for, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<String, String>);

impl Known {
    pub(super) fn set(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    /// A text of which everything is known.
    pub(super) fn fill(&self, template: &str) -> String {
        pieces(template)
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Name(name) => self.get(name).unwrap_or_else(|| format!("<{name} is not known>")),
            })
            .collect()
    }

    /// Compares a text with a template and learns what the template names for the first time.
    pub(super) fn assert_matches(&mut self, template: &str, text: &str) {
        let mut at = 0;
        for piece in pieces(template) {
            if let Piece::Name(name) = piece
                && self.get(name).is_none()
            {
                let (length, allowed) = form(name);
                let value = text.get(at..at + length).unwrap_or_default().to_owned();
                let fits = value.len() == length && value.chars().all(allowed);
                assert!(fits, "no {name} at {at}\n expected {}\n      got {text}", self.fill(template));
                self.set(name, value);
            }
            at += match piece {
                Piece::Text(text) => text.len(),
                Piece::Name(name) => self.get(name).as_ref().map_or(0, String::len),
            };
        }
        assert_eq!(text, self.fill(template));
    }

    fn get(&self, name: &str) -> Option<String> {
        if let Some((text, times)) = name.split_once('*') {
            return Some(text.repeat(times.parse().ok()?));
        }
        match name.split_once(':') {
            Some((name, length)) => Some(self.0.get(name)?[..length.parse().ok()?].to_owned()),
            None => self.0.get(name).cloned(),
        }
    }
}

/// How long a made-up value is, and of what.
fn form(name: &str) -> (usize, fn(char) -> bool) {
    if name.starts_with("value") {
        return (12, |c| c.is_ascii_alphanumeric() && !"ilo1IO0".contains(c) || "*$!?()".contains(c));
    }
    assert!(name.starts_with("secret_key") || name.starts_with("metadata_key"), "{name} is not known");
    (31, |c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// Braces around a name without quotes and blanks are a placeholder; those of JSON never are.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (before, name, after) = placeholder(rest)?;
        if before.is_empty() && !name.is_empty() {
            rest = after;
            return Some(Piece::Name(name));
        }
        rest = &rest[before.len()..];
        Some(Piece::Text(before))
    })
}

/// The text up to the next placeholder, its name, and what follows; nothing when the text is empty.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inside = &text[open + 1..];
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && !"_:*é".contains(c));
        if let Some(end) = end.filter(|end| *end > 0 && inside[*end..].starts_with('}')) {
            return Some((&text[..open], &inside[..end], &inside[end + 1..]));
        }
        from = open + 1;
    }
    (!text.is_empty()).then_some((text, "", ""))
}
