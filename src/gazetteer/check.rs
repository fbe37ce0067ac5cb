//! The checks.

use super::ReadFile;
use crate::diagnostic::Diagnostic;

/// Runs every check over every file.
pub(super) fn check(_files: &[ReadFile]) -> Vec<Diagnostic> {
    Vec::new()
}
