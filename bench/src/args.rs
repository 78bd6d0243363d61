//! What the command line says.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::engine::Kind;

/// Measures a burnbag server against a bare axum handler.
///
/// Both answer the same requests with the same bytes, on the same core, in turn, for the same load
/// generator. Absolute figures from a shared machine mean nothing: the ratios are the result.
#[derive(Debug, Parser)]
#[command(name = "burnbag-bench", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) role: Option<Role>,

    /// Print one JSON document instead of the table
    #[arg(long)]
    pub(crate) json: bool,

    /// Shorter rounds and fewer secrets: about two minutes, for a first impression
    #[arg(long)]
    pub(crate) quick: bool,

    /// Also measure with 1,000, 10,000, 100,000 and 1,000,000 live secrets (some minutes more)
    #[arg(long)]
    pub(crate) million: bool,

    /// Only a part: the server beside bare HTTP, or the engines of the store
    #[arg(long, value_enum)]
    pub(crate) only: Option<Part>,

    /// Only this engine of the store; may be given again
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(crate) engine: Vec<Kind>,

    /// The server's program [default: `burnbag` in the directory of this program]
    #[arg(long, value_name = "PATH")]
    pub(crate) server: Option<PathBuf>,

    /// Keep-alive connections, each with one request under way
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) connections: u16,

    /// Where to put data directories [default: `bench-data` in the build's target directory]
    #[arg(long, value_name = "DIR")]
    pub(crate) scratch: Option<PathBuf>,

    /// Further arguments for `burnbag serve`
    #[arg(last = true, value_name = "ARGUMENTS")]
    pub(crate) serve: Vec<OsString>,
}

/// What can be measured alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The server with SQLite
    Server,
    /// The engines, with one node and three
    Stores,
}

/// What this process is, when it is not the benchmark itself.
#[derive(Debug, Subcommand)]
pub(crate) enum Role {
    /// Answer every request with the recorded answer in FILE
    #[command(hide = true)]
    Ceiling {
        #[arg(long, value_name = "FILE")]
        answer: PathBuf,
    },
}
