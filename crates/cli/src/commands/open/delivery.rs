//! Handing over what was opened: to standard output, into a folder, or to a command.

use super::opening::Opened;
use crate::args::Open;
use crate::commands::as_json;
use crate::exec::{self, Prepared};
use crate::failure::{Exit, Failure};
use crate::output_folder::{OutputFolder, Saved};
use crate::{interrupt, terminal};
use burnbag_api::{ContentKind, Sealing};
use burnbag_core::content::{Content, File};
use rand::rngs::StdRng;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const NOT_OPENED: &str = "nothing has been opened";

/// Where it goes, as far as that was settled before it was opened.
pub(super) struct Delivery {
    command: Option<Prepared>,
    /// Where files are to go.
    path: Option<PathBuf>,
    folder: Option<OutputFolder>,
}

/// The answer with `--json`.
#[derive(Serialize)]
struct Shown<'a> {
    kind: ContentKind,
    sealed: Sealing,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<ShownFile<'a>>>,
}

#[derive(Serialize)]
struct ShownFile<'a> {
    /// As the sender called it.
    name: &'a str,
    path: String,
    size: usize,
}

impl Delivery {
    pub(super) fn prepare(args: &Open) -> Result<Self, Failure> {
        let command = args.exec.then(|| exec::prepare(args)).transpose()?;
        Ok(Self { command, path: None, folder: None })
    }

    /// There are files: they have a folder to go to, or the opening ends here.
    pub(super) fn expect_files(&mut self, args: &Open) -> Result<(), Failure> {
        if self.command.is_some() {
            return Err(Failure::usage("it holds files, which no command can be given")
                .mend("open it with --output DIR\nnothing has been opened"));
        }
        self.path = Some(folder_path(args, NOT_OPENED)?);
        Ok(())
    }

    /// It is going to be opened: the folder is made and proved, or the opening ends here.
    pub(super) fn make_ready(&mut self, args: &Open, rng: &mut StdRng) -> Result<(), Failure> {
        if let Some(path) = &self.path {
            self.folder = Some(prepare_folder(path, args, rng, NOT_OPENED)?);
        }
        Ok(())
    }

    /// Hands it over whole; the exit code. What fails here says whether it can be had again.
    pub(super) fn hand_over(
        &mut self,
        opened: &Opened,
        args: &Open,
        is_kept: bool,
        rng: &mut StdRng,
    ) -> Result<u8, Failure> {
        let again = Again(is_kept);
        match &opened.content {
            Some(Content::Text(text)) => self.hand_over_text(text.expose(), opened.sealed, args, again),
            Some(Content::Files(files)) => {
                if self.command.is_some() {
                    return Err(Failure::new(Exit::Other, "it holds files, though a text was announced")
                        .mend(again.with(", without --exec and with --output DIR")));
                }
                if self.folder.is_none() {
                    let otherwise = again.with(", with --output DIR");
                    let path = folder_path(args, &otherwise)?;
                    self.folder = Some(prepare_folder(&path, args, rng, &otherwise)?);
                }
                self.save(files, args, opened.sealed, again, rng)?;
                Ok(0)
            }
            None => {
                Err(Failure::new(Exit::Other, "what it holds is of a kind that this release does not know")
                    .mend(format!("get a newer burnbag, or open the link in a browser\n{}", again.with(""))))
            }
        }
    }

    fn hand_over_text(&self, text: &str, sealed: Sealing, args: &Open, again: Again) -> Result<u8, Failure> {
        if let Some(command) = &self.command {
            let ended = command.run(text);
            // What no variable can hold, it can hold at no time.
            let change = if args.env.is_some() { ", with --stdin instead of --env" } else { "" };
            return ended.map_err(|error| {
                Failure::other("the command cannot be run with it", error).mend(again.with(change))
            });
        }
        if args.output.is_some() {
            terminal::say("note: it is a text, so --output is not used");
        }
        let written = if args.reach.json {
            let shown = Shown { kind: ContentKind::Text, sealed, text: Some(text), files: None };
            let mut bytes = Zeroizing::new(Vec::with_capacity(6 * text.len() + 256));
            serde_json::to_writer(&mut *bytes, &shown).expect("our own shapes are JSON");
            bytes.push(b'\n');
            terminal::hand_over(&bytes)
        } else {
            terminal::hand_over(text.as_bytes())
        };
        written
            .map(|()| 0)
            .map_err(|error| Failure::other("it cannot be printed", error).mend(again.with("")))
    }

    fn save(
        &mut self,
        files: &[File],
        args: &Open,
        sealed: Sealing,
        again: Again,
        rng: &mut StdRng,
    ) -> Result<(), Failure> {
        let folder = self.folder.as_mut().expect("made above");
        let whole = interrupt::hold();
        let mut saved = Vec::with_capacity(files.len());
        for file in files {
            match folder.save(&file.name, file.bytes.expose(), rng) {
                Ok(one) => saved.push(one),
                Err(error) => {
                    folder.take_back();
                    let problem = format!("{:?} cannot be saved in {}", file.name, folder.path().display());
                    return Err(
                        Failure::other(problem, error).mend(again.with(", with another --output DIR"))
                    );
                }
            }
        }
        folder.finish();
        let shown = show(files, &saved, args.reach.json, sealed);
        // Who interrupts while files are saved learns first where they are.
        drop(whole);
        shown.map_err(|error| {
            let problem =
                format!("the files are in {}; their names cannot be printed", folder.path().display());
            Failure::other(problem, error)
        })
    }
}

/// The folder for files: given, or asked for.
fn folder_path(args: &Open, otherwise: &str) -> Result<PathBuf, Failure> {
    let path = match &args.output {
        Some(path) => path.clone(),
        None if terminal::can_ask() => {
            PathBuf::from(terminal::ask("It holds files. Folder to save them in: ")?.unwrap_or_default())
        }
        None => {
            return Err(Failure::usage("it holds files, and no folder for them was given")
                .mend(format!("--output DIR saves them\n{otherwise}")));
        }
    };
    if path.as_os_str().is_empty() {
        return Err(Failure::usage("no folder was named").mend(otherwise));
    }
    Ok(path)
}

fn prepare_folder(
    path: &Path,
    args: &Open,
    rng: &mut StdRng,
    otherwise: &str,
) -> Result<OutputFolder, Failure> {
    OutputFolder::prepare(path, args.force, rng).map_err(|error| {
        Failure::other(format!("no files can be saved in {}", path.display()), error).mend(otherwise)
    })
}

fn show(files: &[File], saved: &[Saved], json: bool, sealed: Sealing) -> io::Result<()> {
    if !json {
        for one in saved {
            let instead =
                one.instead_of.as_deref().map(|name| format!("  (called {name:?})")).unwrap_or_default();
            terminal::say(&format!("saved {}{instead}", one.path.display()));
        }
        return Ok(());
    }
    let files = files.iter().zip(saved).map(|(file, one)| ShownFile {
        name: &file.name,
        path: one.path.display().to_string(),
        size: file.bytes.expose().len(),
    });
    let shown = Shown { kind: ContentKind::Files, sealed, text: None, files: Some(files.collect()) };
    terminal::answer(&as_json(&shown))
}

/// Whether what was opened can be had again.
#[derive(Clone, Copy)]
struct Again(bool);

impl Again {
    /// What is told of it. Where the same would fail again, `change` says what must be different.
    fn with(self, change: &str) -> String {
        if self.0 {
            let same = if change.is_empty() { "it gives the same again" } else { "it gives the same" };
            format!("repeat the command within a minute{change}: {same}")
        } else {
            "it was opened and cannot be had again: ask the sender to share it once more".to_owned()
        }
    }
}
