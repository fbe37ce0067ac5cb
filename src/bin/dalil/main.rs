//! `dalil`: tags named entities in Arabic text.
//!
//! Exit codes: 0 something was found (or all is well), 1 nothing was found, 2 an error.

mod args;
mod check;
mod eval;
mod explain;
mod fmt;
mod input;
mod stats;
mod tag;

use std::io;
use std::process::ExitCode;

use args::{Args, Command};

/// What a command came to.
enum Outcome {
    /// Something was found; all is well.
    Found,
    /// Nothing was found.
    Nothing,
    /// Something failed, and was reported.
    Failed,
}

/// Why a command stopped.
enum Stop {
    /// Nobody reads the output any more.
    BrokenPipe,
    /// A failure to report.
    Message(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Message(error.to_string()),
        }
    }
}

impl From<String> for Stop {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

fn main() -> ExitCode {
    let args = Args::parse_or_exit();
    let outcome = match args.command {
        Command::Tag(args) => tag::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Stats(args) => stats::run(&args),
    };
    match outcome {
        Ok(Outcome::Found) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(Stop::Message(message)) => {
            eprintln!("dalil: {message}");
            ExitCode::from(2)
        }
    }
}
