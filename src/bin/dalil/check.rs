//! `dalil check`: every problem of every file, and the examples.

use std::io::{self, Write};

use dalil::{Gazetteer, Severity};

use crate::args::CheckArgs;
use crate::{Outcome, Stop};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Stop> {
    let mut builder = Gazetteer::builder();
    for folder in &args.folders {
        builder = builder.folder(folder);
    }
    let problems = builder.prove().map_err(|error| error.to_string())?;
    let color = args.color.wanted(&io::stderr());
    let mut err = io::stderr().lock();
    for problem in &problems {
        writeln!(err, "{}\n", problem.render(color))?;
    }
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    if errors == 0 {
        writeln!(err, "no problems")?;
        return Ok(Outcome::Found);
    }
    writeln!(err, "{errors} problem{}", if errors == 1 { "" } else { "s" })?;
    Ok(Outcome::Failed)
}
