//! The one error: loading can fail, tagging cannot.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

use crate::diagnostic::Diagnostic;

/// Why a gazetteer could not be loaded.
///
/// ```
/// let error = dalil::Gazetteer::load("no/such/folder").unwrap_err();
/// assert!(error.to_string().starts_with("no/such/folder: "));
/// assert!(error.diagnostics().is_empty());
/// ```
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
}

#[derive(Debug)]
enum ErrorKind {
    Io { path: PathBuf, source: io::Error },
    Gazetteer(Vec<Diagnostic>),
}

impl Error {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self { kind: ErrorKind::Io { path: path.to_owned(), source } }
    }

    pub(crate) fn gazetteer(problems: Vec<Diagnostic>) -> Self {
        Self { kind: ErrorKind::Gazetteer(problems) }
    }

    /// Every problem found, in file order; empty if a file could not be read at all.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match &self.kind {
            ErrorKind::Io { .. } => &[],
            ErrorKind::Gazetteer(problems) => problems,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Io { path, source } => write!(f, "{}: {source}", path.display()),
            ErrorKind::Gazetteer(problems) => {
                for problem in problems {
                    writeln!(f, "{problem}\n")?;
                }
                let count = problems.len();
                write!(f, "{count} problem{} in the gazetteers", if count == 1 { "" } else { "s" })
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io { source, .. } => Some(source),
            ErrorKind::Gazetteer(_) => None,
        }
    }
}
