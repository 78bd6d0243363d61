//! The pseudo-locale: English with accents, 40 % longer. What overflows with it is too narrow for some language.

/// Messages with longer texts. Placeholders and selectors stay as they are.
pub(super) fn stretched(source: &str) -> String {
    source.lines().map(stretched_line).collect::<Vec<_>>().join("\n")
}

fn stretched_line(line: &str) -> String {
    let (head, text) = split(line);
    // `{ $count ->` and `}` around a choice.
    if text.is_empty() || text.ends_with("->") || text == "}" {
        return line.to_owned();
    }
    format!("{head}{}", stretch(text))
}

/// What stands before a text (`id = `, blanks, `[one] `), and the text.
fn split(line: &str) -> (&str, &str) {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let start = if trimmed.starts_with('#') {
        line.len()
    } else if indent == 0 {
        line.find(" = ").map_or(line.len(), |end| end + 3)
    } else if trimmed.starts_with(['[', '*']) {
        line.find("] ").map_or(line.len(), |end| end + 2)
    } else {
        indent
    };
    line.split_at(start)
}

fn stretch(text: &str) -> String {
    let (mut longer, mut depth, mut letters) = (String::new(), 0_u32, 0_usize);
    for letter in text.chars() {
        depth += u32::from(letter == '{');
        if depth == 0 {
            letters += 1;
        }
        longer.push(match letter {
            'a' if depth == 0 => 'å',
            'e' if depth == 0 => 'é',
            'i' if depth == 0 => 'î',
            'o' if depth == 0 => 'ö',
            'u' if depth == 0 => 'ü',
            other => other,
        });
        depth -= u32::from(letter == '}');
    }
    longer.extend((0..(letters * 2).div_ceil(5)).map(|number| if number % 8 == 0 { ' ' } else { '~' }));
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_grow_and_placeholders_stay() {
        assert_eq!(stretched("# note\nid = Save { $name }"), "# note\nid = Såvé { $name } ~");
        let choice = "n = { $count ->\n    [one] one file\n   *[other] { $count } files\n }";
        let stretched = stretched(choice);
        assert!(stretched.starts_with("n = { $count ->\n    [one] öné fîlé ~"), "{stretched}");
        assert!(stretched.contains("*[other] { $count } fîlés"), "{stretched}");
        assert!(stretched.ends_with("\n }"), "{stretched}");
    }
}
