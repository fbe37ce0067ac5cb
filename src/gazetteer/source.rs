//! Gazetteer files in folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::SourceFile;
use crate::error::Error;

/// Every `.toml` file of a folder and the folders in it, in path order; or the one file named.
pub(super) fn folder(root: &Path) -> Result<Vec<Arc<SourceFile>>, Error> {
    let mut paths = Vec::new();
    list(root, &mut paths)?;
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|source| Error::io(path, source))?;
        Ok(Arc::new(SourceFile { path: path.display().to_string(), text }))
    };
    paths.iter().map(read).collect()
}

fn list(path: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |source| Error::io(path, source);
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        paths.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "toml") {
            list(&path, paths)?;
        }
    }
    Ok(())
}
