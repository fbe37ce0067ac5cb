//! `dalil fmt`: gazetteers in their canonical form.

use std::fs;
use std::path::{Path, PathBuf};

use crate::args::FmtArgs;
use crate::{Outcome, Stop};

pub(crate) fn run(args: &FmtArgs) -> Result<Outcome, Stop> {
    let mut files = Vec::new();
    for path in &args.paths {
        list(path, &mut files)?;
    }
    let mut outcome = Outcome::Found;
    for path in files {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        match dalil::format(&name, &text) {
            Err(error) => {
                eprintln!("{error}");
                outcome = Outcome::Failed;
            }
            Ok(formatted) if formatted == text => {}
            Ok(_) if args.check => {
                eprintln!("dalil: {name} is not in canonical form; run `dalil fmt {name}`");
                outcome = Outcome::Failed;
            }
            Ok(formatted) => {
                fs::write(&path, formatted).map_err(|error| format!("{name}: {error}"))?;
                eprintln!("formatted {name}");
            }
        }
    }
    Ok(outcome)
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    let failed = |error| format!("{}: {error}", path.display());
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "toml") {
            list(&path, files)?;
        }
    }
    Ok(())
}
