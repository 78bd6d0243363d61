//! The ceiling of Redis: the load generator sends the very scripts that burnbag sends, with the same arguments.
//!
//! redis-benchmark cannot do it for an exchange of several scripts that are about one secret, nor wait for replicas, nor
//! find the servers of a cluster. It is asked beside, for the one script that it can run.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};

use super::monitor::Told;
use super::redis::{Primary, Servers};
use crate::connection::{Heard, Talk};

/// Buckets that rows are spread over.
const BUCKETS: u64 = 64;
/// Rows between two rounds.
const STRIDE: u64 = 1 << 40;
/// How much of a bad answer is shown.
const SHOWN: usize = 200;

/// The commands of one exchange, which can be said of any row.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    commands: Vec<Vec<Word>>,
    /// How many commands go together: a script with what waits for replicas.
    together: Vec<usize>,
    primaries: Vec<(SocketAddr, Vec<u64>)>,
}

#[derive(Clone, Debug)]
enum Word {
    Fixed(Vec<u8>),
    /// A key of the bucket.
    Bucket {
        before: String,
        behind: String,
    },
    /// A key of the row.
    Row {
        before: String,
        between: String,
    },
    Number,
}

impl Exchange {
    pub(crate) fn new(found: &[Told], servers: &Servers, prefix: &str) -> Result<Self> {
        if found.is_empty() {
            bail!("MONITOR shows nothing of a secret");
        }
        let (mut commands, mut together) = (Vec::new(), Vec::new());
        for told in found {
            if let Some(row) = told.row() {
                commands.push((0..told.words.len()).map(|at| word(told, at, row)).collect());
                together.push(1);
            } else {
                commands.push(told.words.iter().cloned().map(Word::Fixed).collect());
                *together.last_mut().context("a WAIT without its script")? += 1;
            }
        }
        let primaries = servers.primaries()?;
        let slots = (0..BUCKETS).map(|bucket| servers.slot(&format!("{prefix}:{{{bucket}}}:due")));
        let slots = slots.collect::<Result<Vec<u16>>>()?;
        let of = |primary: &Primary| {
            (0..BUCKETS).zip(&slots).filter(|(_, slot)| primary.has(**slot)).map(|(b, _)| b).collect()
        };
        let primaries = primaries.iter().map(|primary| (primary.address, of(primary))).collect();
        Ok(Self { commands, together, primaries })
    }

    /// The same without waiting for replicas, for who only fills.
    pub(crate) fn unconfirmed(&self) -> Self {
        let mut at = 0;
        let commands = self.together.iter().filter_map(|count| {
            let script = self.commands.get(at).cloned();
            at += count;
            script
        });
        let commands: Vec<Vec<Word>> = commands.collect();
        Self { together: vec![1; commands.len()], commands, primaries: self.primaries.clone() }
    }

    /// Where a connection leads, and what is said on it. Rounds with different numbers have different rows.
    pub(crate) fn call(&self, connection: usize, round: u64) -> Result<(SocketAddr, Box<dyn Talk>)> {
        let (server, buckets) =
            self.primaries.iter().cycle().nth(connection).cloned().context("no server")?;
        let exchange = self.clone();
        Ok((
            server,
            Box::new(Replay {
                exchange,
                buckets,
                base: (round + 1) * STRIDE,
                row: 0,
                at: 0,
                step: 0,
                bytes: 0,
            }),
        ))
    }
}

/// What stands in the place of a recorded word.
fn word(told: &Told, at: usize, row: &str) -> Word {
    let (first, behind) = (3, 3 + told.keys());
    let bytes = told.words.get(at).cloned().unwrap_or_default();
    if at == behind {
        return Word::Number;
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if (first..behind).contains(&at)
        && let Some((before, rest)) = text.split_once('{')
        && let Some((_, rest)) = rest.split_once('}')
    {
        let before = format!("{before}{{");
        // Behind the row of one key stands a claim, which may be that of others too.
        return match rest.strip_suffix(row) {
            Some(between) => Word::Row { before, between: format!("}}{between}") },
            None => Word::Bucket { before, behind: format!("}}{rest}") },
        };
    }
    // A moment by the engine's clock, after which it would refuse: sixteen digits, where times have ten.
    let is_last = at + 1 == told.words.len();
    if is_last && text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Word::Fixed(b"9000000000000000".to_vec());
    }
    Word::Fixed(bytes)
}

/// The exchange that is under way on one connection.
struct Replay {
    exchange: Exchange,
    buckets: Vec<u64>,
    base: u64,
    row: u64,
    /// The next command, and the next of those that go together.
    at: usize,
    step: usize,
    bytes: usize,
}

impl Replay {
    fn write(&mut self, out: &mut Vec<u8>) {
        out.clear();
        let count = self.exchange.together.get(self.step).copied().unwrap_or(0);
        let (row, bucket) = (self.row.to_string(), (self.row % BUCKETS).to_string());
        for command in self.exchange.commands.iter().skip(self.at).take(count) {
            begin(out, b'*', command.len());
            for word in command {
                let parts: [&[u8]; 4] = match word {
                    Word::Fixed(bytes) => [bytes, b"", b"", b""],
                    Word::Bucket { before, behind } => {
                        [before.as_bytes(), bucket.as_bytes(), behind.as_bytes(), b""]
                    }
                    Word::Row { before, between } => {
                        [before.as_bytes(), bucket.as_bytes(), between.as_bytes(), row.as_bytes()]
                    }
                    Word::Number => [row.as_bytes(), b"", b"", b""],
                };
                begin(out, b'$', parts.iter().map(|part| part.len()).sum());
                for part in parts {
                    out.extend_from_slice(part);
                }
                out.extend_from_slice(b"\r\n");
            }
        }
    }
}

fn begin(out: &mut Vec<u8>, kind: u8, count: usize) {
    out.push(kind);
    out.extend_from_slice(count.to_string().as_bytes());
    out.extend_from_slice(b"\r\n");
}

impl Talk for Replay {
    fn begin(&mut self, number: u64, request: &mut Vec<u8>) {
        let bucket = self.buckets.iter().cycle().nth((number % BUCKETS) as usize).copied().unwrap_or(0);
        self.row = self.base + number * BUCKETS + bucket;
        (self.at, self.step) = (0, 0);
        self.write(request);
    }

    fn hear(&mut self, received: &[u8], request: &mut Vec<u8>) -> Result<Heard> {
        let count = self.exchange.together.get(self.step).copied().unwrap_or(0);
        let mut end = 0;
        for _ in 0..count {
            let Some(length) = length(received.get(end..).unwrap_or_default()) else {
                return Ok(Heard::Part);
            };
            end += length;
        }
        let said = received.get(..end).unwrap_or_default();
        if !is_good(said) {
            let shown = String::from_utf8_lossy(said.get(..SHOWN).unwrap_or(said)).into_owned();
            return Ok(Heard::Wrong(format!("the engine says {shown:?}")));
        }
        if self.step == 0 {
            self.bytes = end;
        }
        self.at += count;
        self.step += 1;
        if self.step == self.exchange.together.len() {
            return Ok(Heard::Done(self.bytes));
        }
        self.write(request);
        Ok(Heard::Next)
    }
}

/// Whether a script did its work, and replicas have it where that was asked for.
fn is_good(said: &[u8]) -> bool {
    const BAD: [&[u8]; 5] = [b"$-1\r\n", b"*-1\r\n", b"$4\r\nlost", b"$6\r\nexists", b"$4\r\nlate"];
    let holds = |bad: &[u8]| said.windows(bad.len()).take(16).any(|part| part == bad);
    !said.starts_with(b"-") && !BAD.iter().any(|bad| holds(bad)) && !said.ends_with(b"\r\n:0\r\n")
}

/// How many bytes the first answer has, once it is whole.
fn length(bytes: &[u8]) -> Option<usize> {
    let line = bytes.windows(2).position(|end| end == b"\r\n")?;
    let count = || std::str::from_utf8(bytes.get(1..line)?).ok()?.parse::<i64>().ok();
    let mut end = line + 2;
    match bytes.first()? {
        b'$' => {
            if let Ok(more) = usize::try_from(count()?) {
                end += more + 2;
            }
        }
        b'*' => {
            for _ in 0..count()?.max(0) {
                end += length(bytes.get(end..)?)?;
            }
        }
        _ => {}
    }
    (bytes.len() >= end).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_as_long_as_it_says() {
        for whole in ["+OK\r\n", ":1\r\n", "$-1\r\n", "$3\r\nabc\r\n", "*2\r\n$3\r\nwon\r\n$1\r\n5\r\n"] {
            assert_eq!(length(format!("{whole}$9").as_bytes()), Some(whole.len()), "{whole:?}");
            for cut in 0..whole.len() {
                assert_eq!(length(&whole.as_bytes()[..cut]), None, "{whole:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn what_was_not_done_is_no_good_answer() {
        for bad in [
            "-ERR\r\n",
            "$-1\r\n",
            "$6\r\nexists\r\n",
            "*2\r\n$4\r\nlost\r\n$1\r\n5\r\n",
            "$6\r\nstored\r\n:0\r\n",
        ] {
            assert!(!is_good(bad.as_bytes()), "{bad:?}");
        }
        assert!(is_good(b"$6\r\nstored\r\n:1\r\n"));
    }
}
