//! What Redis servers are told, as MONITOR shows it.

/// A command: its words as they were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Whose connection it came on.
    by: String,
    pub(crate) words: Vec<Vec<u8>>,
}

impl Told {
    fn is(&self, name: &str) -> bool {
        self.words.first().is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// How many of a script's words are keys; they begin with the fourth.
    pub(crate) fn keys(&self) -> usize {
        let count = self.words.get(2).map(|count| String::from_utf8_lossy(count).parse());
        count.and_then(Result::ok).unwrap_or(0)
    }

    /// The secret that a script is about: what its first argument names, when a key ends with it.
    pub(crate) fn row(&self) -> Option<&str> {
        let row = std::str::from_utf8(self.words.get(3 + self.keys())?).ok()?;
        let pair = std::str::from_utf8(self.words.get(4)?).ok()?;
        let is_row = !row.is_empty() && row.len() < 20 && row.bytes().all(|byte| byte.is_ascii_digit());
        (is_row && pair.ends_with(&format!(":pair:{row}"))).then_some(row)
    }
}

/// The scripts that are about a secret, each with the WAIT behind it.
pub(crate) fn of_secrets(log: &str) -> Vec<Told> {
    let mut found: Vec<Told> = Vec::new();
    for told in log.lines().filter_map(parse) {
        let is_script = told.is("EVALSHA") && told.row().is_some();
        let is_wait =
            told.is("WAIT") && found.last().is_some_and(|last| last.by == told.by && last.is("EVALSHA"));
        if is_script || is_wait {
            found.push(told);
        }
    }
    found
}

/// Reads `1700000000.000001 [0 127.0.0.1:5000] "EVALSHA" "..." ...`. What scripts do is left out.
fn parse(line: &str) -> Option<Told> {
    let (by, words) = line.split_once(" [")?.1.split_once("] ")?;
    if by.ends_with(" lua") {
        return None;
    }
    let mut found = Vec::new();
    let mut signs = words.bytes();
    while let Some(sign) = signs.next() {
        if sign != b'"' {
            continue;
        }
        let mut word = Vec::new();
        loop {
            match signs.next()? {
                b'"' => break,
                b'\\' => word.push(escaped(&mut signs)?),
                sign => word.push(sign),
            }
        }
        found.push(word);
    }
    Some(Told { by: by.to_owned(), words: found })
}

fn escaped(signs: &mut impl Iterator<Item = u8>) -> Option<u8> {
    Some(match signs.next()? {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'a' => 7,
        b'b' => 8,
        b'x' => {
            let digits = [signs.next()?, signs.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        }
        sign => sign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = r#"OK
1700000000.1 [0 127.0.0.1:5] "EVALSHA" "abc" "2" "p:{3}:closed" "p:{3}:pair:67" "67" "\x00\"\n"
1700000000.2 [0 lua] "SET" "p:{3}:pair:67" "1"
1700000000.3 [0 127.0.0.1:5] "WAIT" "1" "1000"
1700000000.4 [0 127.0.0.1:6] "WAIT" "1" "1000"
1700000000.5 [0 127.0.0.1:6] "EVALSHA" "def" "2" "p:{3}:closed" "p:{3}:pair:" "" "9"
1700000000.6 [0 127.0.0.1:6] "TIME"
"#;

    #[test]
    fn scripts_of_secrets_are_found_with_their_wait() {
        let found = of_secrets(LOG);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].row(), Some("67"));
        assert_eq!(found[0].words.last().map(Vec::as_slice), Some(b"\0\"\n".as_slice()));
        assert_eq!(found[1].words[0], b"WAIT");
    }
}
