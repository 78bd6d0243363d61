//! Paragraphs as lines that a terminal shows well and a phone joins again (RFC 3676, `format=flowed`).

use std::iter;

/// Columns of a line.
const WIDTH: usize = 72;

/// What stands together on a line, and whether a space comes before it.
struct Word {
    text: String,
    spaced: bool,
}

/// Writes a paragraph. With `delsp` a line that is joined loses its last space, so that scripts without spaces can be
/// broken anywhere.
pub(super) fn write_paragraph(paragraph: &str, delsp: bool, out: &mut String) {
    let (mut line, mut columns) = (String::new(), 0);
    for word in paragraph.split(' ').flat_map(words) {
        let width = usize::from(word.spaced) + width(&word.text);
        if columns > 0 && columns + width > WIDTH {
            line.push_str(match (word.spaced, delsp) {
                (true, true) => "  ",
                (true, false) | (false, true) => " ",
                (false, false) => "",
            });
            write_line(&line, out);
            (line, columns) = (String::new(), 0);
        }
        if word.spaced && columns > 0 {
            line.push(' ');
        }
        line.push_str(&word.text);
        columns += width;
    }
    write_line(&line, out);
}

/// A line that could be mistaken for a quotation or a mailbox's mark gets a space, which readers take away (§4.4).
fn write_line(line: &str, out: &mut String) {
    if [">", " ", "From "].iter().any(|start| line.starts_with(start)) {
        out.push(' ');
    }
    out.push_str(line);
    out.push('\n');
}

/// The parts between which what stood between two spaces may be broken: around the letters of scripts without spaces,
/// but never before what closes or after what opens.
fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut rest = text;
    let mut spaced = true;
    iter::from_fn(move || {
        let mut pairs = rest.char_indices().zip(rest.chars().skip(1));
        let end = pairs.find(|((_, one), two)| breaks(*one, *two)).map(|((at, one), _)| at + one.len_utf8());
        let (text, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        (!text.is_empty()).then(|| Word { text: text.to_owned(), spaced: std::mem::take(&mut spaced) })
    })
}

const fn breaks(one: char, two: char) -> bool {
    (is_wide(one) || is_wide(two)) && !opens(one) && !closes(two)
}

fn width(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

/// Whether a letter takes two columns (UAX #11), as those of scripts without spaces do.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

const fn opens(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '【' | '《' | '“' | '‘' | '(' | '[' | '\u{2068}')
}

const fn closes(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '！'
            | '）'
            | '」'
            | '』'
            | '】'
            | '》'
            | '”'
            | '’'
            | 'ー'
            | 'ぁ'
            ..='ぉ'
                | 'っ'
                | 'ゃ'
                | 'ゅ'
                | 'ょ'
                | 'ァ'
                | 'ィ'
                | 'ゥ'
                | 'ェ'
                | 'ォ'
                | 'ッ'
                | 'ャ'
                | 'ュ'
                | 'ョ'
                | ')'
                | ']'
                | '.'
                | ','
                | ':'
                | ';'
                | '!'
                | '?'
                | '\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flowed(paragraph: &str, delsp: bool) -> Vec<String> {
        let mut out = String::new();
        write_paragraph(paragraph, delsp, &mut out);
        assert!(out.ends_with('\n'));
        out.lines().map(str::to_owned).collect()
    }

    /// As a reader joins it.
    fn joined(lines: &[String], delsp: bool) -> String {
        let lines = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.map(|line| if delsp { line.strip_suffix(' ').unwrap_or(line) } else { line }).collect()
    }

    #[test]
    fn lines_are_short_and_join_again() {
        let latin = "It can be opened once, by you. ".repeat(9).trim_end().to_owned();
        let mixed = "このリンクは一度しか開けません。ご本人が API キーで（必ず）開いてください。".repeat(4);
        let quote = format!("> {} From {}", "x".repeat(70), "y".repeat(70));
        for (text, delsp) in [(&latin, false), (&latin, true), (&mixed, true), (&quote, false)] {
            let lines = flowed(text, delsp);
            assert!(lines.len() > 2, "{lines:?}");
            assert!(lines.iter().all(|line| width(line.trim()) <= WIDTH), "{lines:?}");
            assert_eq!(joined(&lines, delsp), *text);
            assert!(lines.iter().all(|line| !line.starts_with('>') && !line.starts_with("From ")));
            assert!(lines.iter().all(|line| !line.starts_with(closes)), "{lines:?}");
        }
    }

    #[test]
    fn what_cannot_be_broken_stays_whole() {
        let long = "x".repeat(100);
        assert_eq!(flowed(&long, false), [long.clone()]);
        assert_eq!(
            flowed(&format!("a {long} b"), false),
            ["a ".to_owned(), format!("{long} "), "b".to_owned()]
        );
        assert_eq!(flowed("", false), [""]);
    }
}
