//! Ctrl-C ends the program with 130: at once with the terminal as it was, but not in the middle of a file.

use crate::failure::Failure;
use crate::terminal;
#[cfg(unix)]
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::process::exit;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What the program is about; the interruption comes in a thread of its own.
static PATIENCE: AtomicUsize = AtomicUsize::new(0);
static WAITING: AtomicBool = AtomicBool::new(false);
static CHILD: AtomicBool = AtomicBool::new(false);
static JSON: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
type Terminal = (File, rustix::termios::Termios);
#[cfg(not(unix))]
type Terminal = ();

/// The terminal as it was before something was asked hidden.
static TERMINAL: Mutex<Option<Terminal>> = Mutex::new(None);

/// From here on an interruption is ours. Where the system refuses, its own way of ending stands.
pub(crate) fn watch(json: bool) {
    JSON.store(json, Ordering::SeqCst);
    let _ = ctrlc::set_handler(|| {
        if CHILD.load(Ordering::SeqCst) {
            // The command that was started is interrupted too, and says how it ended.
        } else if PATIENCE.load(Ordering::SeqCst) > 0 {
            WAITING.store(true, Ordering::SeqCst);
        } else {
            end();
        }
    });
}

/// Ends the program, which programs are told as any failure.
fn end() -> ! {
    restore_terminal();
    if JSON.load(Ordering::SeqCst) {
        terminal::say(&Failure::interrupted().json());
    }
    exit(130)
}

/// While it lives, an interruption waits.
pub(crate) struct Uninterrupted(());

/// Nothing is left half done until the answer is dropped.
pub(crate) fn hold() -> Uninterrupted {
    PATIENCE.fetch_add(1, Ordering::SeqCst);
    Uninterrupted(())
}

impl Drop for Uninterrupted {
    fn drop(&mut self) {
        if PATIENCE.fetch_sub(1, Ordering::SeqCst) == 1 && WAITING.load(Ordering::SeqCst) {
            end();
        }
    }
}

/// From here on interruptions are for the command that was started.
pub(crate) fn leave_to_child() {
    CHILD.store(true, Ordering::SeqCst);
}

/// While it lives, an interruption brings the terminal back as it is now.
pub(crate) struct Remembered(());

/// Remembers how the terminal is.
pub(crate) fn remember_terminal() -> Remembered {
    #[cfg(unix)]
    if let (Ok(mut kept), Some(own)) = (TERMINAL.lock(), terminal::own()) {
        *kept = rustix::termios::tcgetattr(&own).ok().map(|now| (own, now));
    }
    Remembered(())
}

impl Drop for Remembered {
    fn drop(&mut self) {
        if let Ok(mut kept) = TERMINAL.lock() {
            *kept = None;
        }
    }
}

fn restore_terminal() {
    #[cfg(unix)]
    if let Some((own, kept)) = TERMINAL.lock().ok().and_then(|mut kept| kept.take()) {
        let now = rustix::termios::OptionalActions::Now;
        let _ = rustix::termios::tcsetattr(&own, now, &kept);
    }
    if std::io::stderr().is_terminal() {
        let _ = std::io::stderr().write_all(b"\n");
    }
}
