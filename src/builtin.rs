//! The shipped gazetteers: as files, for checks of what is laid over them; compiled, to start at once.

use std::sync::Arc;

use crate::diagnostic::SourceFile;
use crate::gazetteer::Gazetteer;

/// Path and text of every shipped file, in path order.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// The gazetteer that the build script assembled of [`FILES`], as `postcard` writes it.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.postcard"));

/// The shipped files.
pub(crate) fn files() -> Vec<Arc<SourceFile>> {
    let file = |&(path, text): &(&str, &str)| {
        Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() })
    };
    FILES.iter().map(file).collect()
}

/// The shipped gazetteer.
pub(crate) fn compiled() -> Gazetteer {
    // The bytes are the build script's; should they not read, the files do.
    read().unwrap_or_else(|| Gazetteer::assemble(files()))
}

fn read() -> Option<Gazetteer> {
    let mut gazetteer: Gazetteer = postcard::from_bytes(COMPILED).ok()?;
    gazetteer.restore_marks();
    Some(gazetteer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_gazetteer_is_that_of_the_files() {
        let compiled = read().expect("the build script wrote it");
        let assembled = Gazetteer::assemble(files());
        assert_eq!(compiled.entities(), assembled.entities());
        assert_eq!(format!("{:?}", compiled.cues), format!("{:?}", assembled.cues));
    }
}
