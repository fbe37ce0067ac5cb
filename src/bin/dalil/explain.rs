//! `dalil explain`: what every stage makes of a text.

use std::io::{self, Read, Write};

use dalil::Tagger;

use crate::args::ExplainArgs;
use crate::{Outcome, Stop};

pub(crate) fn run(args: &ExplainArgs) -> Result<Outcome, Stop> {
    let tagger = Tagger::new(args.gazetteers.load()?);
    let mut read = Vec::new();
    let bytes = if args.text == "-" {
        io::stdin().lock().read_to_end(&mut read)?;
        &read[..]
    } else {
        args.text.as_bytes()
    };
    let (text, first_invalid) = dalil::decode(bytes);
    if let Some(at) = first_invalid {
        eprintln!("dalil: not UTF-8 at byte {at}; the rest was explained");
    }
    let explanation = tagger.explain(&text);
    let mut out = io::stdout().lock();
    write!(out, "{explanation}")?;
    let kept = explanation.steps.iter().any(|step| step.kept);
    Ok(if kept { Outcome::Found } else { Outcome::Nothing })
}
