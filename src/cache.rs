//! Loaded gazetteers kept as files, so that the next start need not read, check and index them.
//!
//! A file is named by what it was made of, and begins with a checksum: a changed gazetteer has another
//! name, and a damaged file is made anew.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::builtin;
use crate::diagnostic::SourceFile;
use crate::error::Error;
use crate::gazetteer::{Builder, Gazetteer};
use crate::lexicon::Lexicon;

const EXTENSION: &str = "dalil";
/// The most files that are kept.
const KEPT: usize = 16;
/// Bytes of the checksum.
const CHECKSUM: usize = 16;

impl Builder {
    /// The same as [`load`](Builder::load), by way of a file in a folder for such files.
    ///
    /// What stands in the folder is only taken if it was made of the very same texts by this version of
    /// the crate and is whole; where the folder cannot be written, nothing is kept.
    ///
    /// # Errors
    ///
    /// If a file of the gazetteer cannot be read, or a check finds a problem.
    ///
    /// ```
    /// # let (mine, cache) = (tempfile::tempdir()?, tempfile::tempdir()?);
    /// # std::fs::write(mine.path().join("a.toml"), "schema = 1\nkind = \"place\"\n")?;
    /// use dalil::Gazetteer;
    ///
    /// let builder = Gazetteer::builder().folder(mine.path());
    /// let gazetteer = builder.load_cached(cache.path())?;
    /// assert_eq!(gazetteer.entities(), builder.load_cached(cache.path())?.entities());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn load_cached(&self, folder: impl AsRef<Path>) -> Result<Gazetteer, Error> {
        let sources = self.sources()?;
        let path = folder.as_ref().join(self.key(&sources)).with_extension(EXTENSION);
        if let Some(gazetteer) = read(&path) {
            return Ok(gazetteer);
        }
        let gazetteer = self.load_sources(sources)?;
        // What it has to tell its reader is told at every start.
        if !gazetteer.notices().is_empty() {
            return Ok(gazetteer);
        }
        let index = Lexicon::new(gazetteer.clone(), false).pack();
        let Some(packed) = index.and_then(|index| gazetteer.pack(&index).ok()) else {
            return Ok(gazetteer);
        };
        // A cache that cannot be written is no reason to stop.
        let _ = write(&path, &packed);
        Ok(Gazetteer::open_copy(&packed).unwrap_or(gazetteer))
    }

    /// A name for what the sources make.
    fn key(&self, layers: &[Vec<Arc<SourceFile>>]) -> String {
        let mut hash = Xxh3::new();
        let mut add = |bytes: &[u8]| {
            hash.update(&bytes.len().to_le_bytes());
            hash.update(bytes);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(&builtin::checksum().to_le_bytes());
        add(&[u8::from(self.has_builtin_entries())]);
        for layer in layers {
            add(&layer.len().to_le_bytes());
            for file in layer {
                // Checks look at folders too.
                add(file.path.as_bytes());
                add(file.text.as_bytes());
            }
        }
        format!("{:032x}", hash.digest128())
    }
}

fn read(path: &Path) -> Option<Gazetteer> {
    let bytes = fs::read(path).ok()?;
    let (checksum, packed) = bytes.split_first_chunk::<CHECKSUM>()?;
    (u128::from_le_bytes(*checksum) == xxh3_128(packed)).then_some(())?;
    Gazetteer::open_copy(packed)
}

/// Writes beside the file and renames, so that nobody reads a half.
fn write(path: &Path, packed: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let unfinished = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(&xxh3_128(packed).to_le_bytes())?;
    file.write_all(packed)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    forget_old(folder)
}

/// Removes all but the newest files.
fn forget_old(folder: &Path) -> std::io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == EXTENSION) {
            files.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    files.sort();
    let old = files.len().saturating_sub(KEPT);
    files[..old].iter().try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWN: &str = "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"a\"\n\
                        name = \"\u{062D}\u{0644}\u{0628}\u{0627}\"\nen = \"A\"\nsource = \"s\"\n";

    fn builder(text: &str) -> Builder {
        Gazetteer::builder().without_builtin_entries().text("towns.toml", text)
    }

    fn only_file(folder: &Path) -> PathBuf {
        let mut files = fs::read_dir(folder).expect("a folder");
        let path = files.next().expect("a file").expect("an entry").path();
        assert!(files.next().is_none());
        path
    }

    #[test]
    fn damaged_and_cut_files_are_made_anew() {
        let cache = tempfile::tempdir().expect("a folder");
        let made = builder(TOWN).load_cached(cache.path()).expect("sound");
        let path = only_file(cache.path());
        let whole = fs::read(&path).expect("bytes");
        for at in [0, CHECKSUM, whole.len() / 2, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            for bytes in [&damaged[..], &whole[..at]] {
                fs::write(&path, bytes).expect("written");
                let again = builder(TOWN).load_cached(cache.path()).expect("sound");
                assert_eq!(again.entities(), made.entities());
                assert_eq!(fs::read(&path).expect("bytes"), whole);
            }
        }
    }

    #[test]
    fn another_text_has_another_file() {
        let cache = tempfile::tempdir().expect("a folder");
        for number in 0..KEPT + 3 {
            let text = TOWN.replace("\"A\"", &format!("\"A{number}\""));
            let made = builder(&text).load_cached(cache.path()).expect("sound");
            assert_eq!(made.entities()[0].en, format!("A{number}"));
        }
        assert_eq!(fs::read_dir(cache.path()).expect("a folder").count(), KEPT);
    }

    #[test]
    fn problems_are_reported_and_nothing_is_kept() {
        let cache = tempfile::tempdir().expect("a folder");
        let wrong = TOWN.replace("schema = 1", "schema = 9");
        assert!(builder(&wrong).load_cached(cache.path()).is_err());
        assert_eq!(fs::read_dir(cache.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn a_folder_that_cannot_be_written_stops_nobody() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        assert!(builder(TOWN).load_cached(file.path().join("in")).is_ok());
    }
}
