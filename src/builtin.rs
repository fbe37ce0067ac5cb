//! The shipped gazetteers: as files, for checks of what is laid over them; compiled, to start at once.

use std::sync::Arc;

use crate::diagnostic::SourceFile;
use crate::gazetteer::Gazetteer;

/// Path and text of every shipped file, in path order.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// The gazetteer that the build script assembled of [`FILES`], with its index.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.packed"));

/// A checksum of what the build script packed.
pub(crate) fn checksum() -> u128 {
    xxhash_rust::xxh3::xxh3_128(PACKED)
}

/// The shipped files.
pub(crate) fn files() -> Vec<Arc<SourceFile>> {
    let file = |&(path, text): &(&str, &str)| {
        Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() })
    };
    FILES.iter().map(file).collect()
}

/// The shipped gazetteer.
pub(crate) fn compiled() -> Gazetteer {
    // The bytes are the build script's; should they not open, the files do.
    Gazetteer::open(PACKED).unwrap_or_else(|| Gazetteer::assemble(files()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_gazetteer_is_that_of_the_files() {
        let compiled = Gazetteer::open(PACKED).expect("the build script wrote it");
        let assembled = Gazetteer::assemble(files());
        assert_eq!(compiled.entities(), assembled.entities());
        assert_eq!(format!("{:?}", compiled.cues), format!("{:?}", assembled.cues));
    }
}
