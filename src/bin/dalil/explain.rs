//! `dalil explain`: what every stage makes of a text.

use std::io::{self, Read, Write};

use dalil::Tagger;

use crate::args::ExplainArgs;
use crate::{Outcome, Stop};

pub(crate) fn run(args: &ExplainArgs) -> Result<Outcome, Stop> {
    let tagger = Tagger::new(args.gazetteers.load()?);
    let mut read = String::new();
    let text = if args.text == "-" {
        io::stdin().lock().read_to_string(&mut read)?;
        &read
    } else {
        &args.text
    };
    let explanation = tagger.explain(text);
    let mut out = io::stdout().lock();
    write!(out, "{explanation}")?;
    let kept = explanation.steps.iter().any(|step| step.kept);
    Ok(if kept { Outcome::Found } else { Outcome::Nothing })
}
