//! A bar on a terminal while much is sent or received.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Read, stderr};

/// Below this nobody waits.
const LARGE: u64 = 1_000_000;

/// A reader whose progress is seen.
pub(crate) struct Watched<R> {
    inner: R,
    bar: ProgressBar,
}

/// Shows how far a reader is, where a person sees it and it takes a while.
pub(crate) fn watch<R>(inner: R, what: &'static str, length: Option<u64>) -> Watched<R> {
    let length = length.filter(|length| *length > LARGE && stderr().is_terminal());
    let bar = length.map_or_else(ProgressBar::hidden, |length| {
        let style = ProgressStyle::with_template("{msg} {bar:30} {decimal_bytes}/{decimal_total_bytes}");
        ProgressBar::new(length)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            .with_message(what)
    });
    Watched { inner, bar }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bar.inc(read as u64);
        Ok(read)
    }
}

impl<R> Drop for Watched<R> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
