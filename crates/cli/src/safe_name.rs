//! File names from strangers, made harmless: a single name that stays in its folder, on any system.

use burnbag_core::unseen::is_unseen;

/// Longest result in bytes; leaves room for ` (999)` within what file systems take.
const LONGEST: usize = 240;
/// Longest ending that is kept when a name is cut.
const LONGEST_ENDING: usize = 20;

/// A name that can be given to a file. What it was called is followed as far as it is harmless: the last part of a
/// path, without characters that control a terminal, a shell's globbing, or another system's files.
pub(crate) fn safe_name(claimed: &str) -> String {
    let last = claimed.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let name: String = last.chars().map(|c| if is_harmful(c) { '_' } else { c }).collect();
    let mut name = name.trim().trim_end_matches(['.', ' ']).to_owned();
    // Hidden files, the folder itself and the one above it; options of a command that is given `*`.
    let leading = name.bytes().take_while(|byte| matches!(byte, b'.' | b'-')).count();
    name.replace_range(..leading, &"_".repeat(leading));
    if name.is_empty() {
        name.push_str("file");
    }
    if is_device(&name) {
        name.insert(0, '_');
    }
    cut(name)
}

/// A name and its ending, which has its dot.
pub(crate) fn split_ending(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= LONGEST_ENDING => name.split_at(dot),
        _ => (name, ""),
    }
}

fn cut(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let (stem, ending) = split_ending(&name);
    let mut end = LONGEST - ending.len();
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", stem[..end].trim_end_matches(['.', ' ']))
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\')
        // Characters without a width, and those that turn the direction of writing: what is seen must be what is there.
        || is_unseen(c)
        || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Names that are devices on Windows, with any ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |start: &str| {
        let number = stem.strip_prefix(start).map(|rest| rest.chars().collect::<Vec<_>>());
        number.is_some_and(|rest| matches!(rest.as_slice(), ['0'..='9' | '¹' | '²' | '³']))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        let long = format!("{}.txt", "é".repeat(200));
        let cases = [
            ("report.pdf", "report.pdf"),
            ("Bericht März (2).pdf", "Bericht März (2).pdf"),
            ("../../etc/passwd", "passwd"),
            ("/etc/passwd", "passwd"),
            (r"..\..\Windows\win.ini", "win.ini"),
            (r"C:\Users\x\a.txt", "a.txt"),
            ("C:evil.txt", "C_evil.txt"),
            ("..", "file"),
            (".", "file"),
            ("", "file"),
            ("   ", "file"),
            ("///", "file"),
            ("folder/", "folder"),
            (".bashrc", "_bashrc"),
            ("..hidden", "__hidden"),
            ("-rf", "_rf"),
            ("a\0b\nc\u{1b}[2J", "a_b_c_[2J"),
            ("invoice\u{202e}fdp.exe", "invoice_fdp.exe"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("Com1.tar.gz", "_Com1.tar.gz"),
            ("COM¹", "_COM¹"),
            ("console.log", "console.log"),
            ("COM10", "COM10"),
            ("trailing. . .", "trailing"),
            ("a:b?c*d", "a_b_c_d"),
        ];
        for (claimed, name) in cases {
            assert_eq!(safe_name(claimed), name, "{claimed:?}");
        }
        let cut = safe_name(&long);
        assert!(cut.len() <= LONGEST && cut.ends_with("é.txt"), "{cut}");
    }

    proptest! {
        #[test]
        fn whatever_it_was_called_it_stays_in_its_folder(claimed in ".*", path in "[./\\\\A-Za-z:~ -]{0,20}") {
            for claimed in [claimed, path] {
                let name = safe_name(&claimed);
                prop_assert!(!name.is_empty() && name.len() <= LONGEST);
                prop_assert!(!name.contains(['/', '\\', '\0', ':']) && !name.chars().any(char::is_control));
                prop_assert!(!name.starts_with(['.', '-', ' ']) && !name.ends_with(['.', ' ']), "{:?}", name);
                prop_assert!(!is_device(&name));
                let path = std::path::Path::new("folder").join(&name);
                prop_assert_eq!(path.components().count(), 2);
                prop_assert_eq!(safe_name(&name), name);
            }
        }
    }
}
