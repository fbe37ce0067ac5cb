//! `dalil check`: every problem of every file, and the examples.

use std::io::{self, Write};

use dalil::{Diagnostic, Gazetteer, Severity};

use crate::args::CheckArgs;
use crate::{Outcome, Stop};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Stop> {
    let mut builder = Gazetteer::builder();
    for folder in &args.folders {
        builder = builder.folder(folder);
    }
    let problems = builder.prove().map_err(|error| error.to_string())?;
    let color = args.color.wanted(&io::stderr());
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    // Whether anybody reads the report or not, the verdict stands.
    let _ = report(&problems, errors, color);
    Ok(if errors == 0 { Outcome::Found } else { Outcome::Failed })
}

fn report(problems: &[Diagnostic], errors: usize, color: bool) -> io::Result<()> {
    let mut err = io::stderr().lock();
    for problem in problems {
        writeln!(err, "{}\n", problem.render(color))?;
    }
    match errors {
        0 => writeln!(err, "no problems"),
        1 => writeln!(err, "1 problem"),
        _ => writeln!(err, "{errors} problems"),
    }
}
