//! Embeds the shipped gazetteers: the list of their files, and what they declare, compiled by the
//! very modules that read a user's files.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "the modules serve the crate first")]

mod arabic;
mod diagnostic;
mod entity;
mod error;
mod gazetteer;
mod kind;
mod lexicon;

/// Stands in for the crate's module of what this script makes.
mod builtin {
    use std::sync::Arc;

    pub(crate) fn files() -> Vec<Arc<crate::diagnostic::SourceFile>> {
        Vec::new()
    }

    pub(crate) fn compiled() -> crate::gazetteer::Gazetteer {
        crate::gazetteer::Gazetteer::assemble(Vec::new())
    }
}

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let gazetteers = root.join("gazetteers");
    println!("cargo::rerun-if-changed=gazetteers");
    for source in [
        "arabic",
        "diagnostic",
        "entity.rs",
        "error.rs",
        "gazetteer",
        "kind.rs",
        "lexicon",
        "build.rs",
    ] {
        println!("cargo::rerun-if-changed=src/{source}");
    }

    let mut files = Vec::new();
    list(&gazetteers, &mut files)?;
    files.sort();

    let mut list = String::from("&[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    list.push_str("]\n");
    fs::write(out.join("builtin.rs"), list)?;

    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path)?;
        Ok(Arc::new(diagnostic::SourceFile { path: name, text }))
    };
    let sources = files.iter().map(read).collect::<io::Result<Vec<_>>>()?;
    let gazetteer = gazetteer::Gazetteer::assemble(sources);
    let index = lexicon::Lexicon::new(gazetteer.clone(), false).pack().unwrap_or_default();
    let packed = gazetteer.pack(&index).map_err(io::Error::other)?;
    fs::write(out.join("builtin.packed"), packed)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
