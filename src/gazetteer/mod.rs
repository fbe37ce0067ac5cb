//! Gazetteers: files → typed documents → checks → entities.

mod assemble;
mod check;
mod derive;
mod entities;
#[cfg(feature = "cli")]
mod format;
mod packed;
mod schema;
mod source;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::builtin;
use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::entity::{Entity, Marks};
use crate::error::Error;
use crate::kind::Kind;
use schema::Document;

pub(crate) use derive::definite;
pub(crate) use entities::Entities;

#[cfg(feature = "cli")]
pub use format::format;

/// Entities with their names, and the words that help to tell them apart.
///
/// Only the checks can make one, so whoever holds a gazetteer holds a sound one.
///
/// ```
/// use dalil::Gazetteer;
///
/// let gazetteer = Gazetteer::builtin();
/// let aleppo = gazetteer.get("place", "aleppo").expect("it is shipped");
/// assert_eq!(aleppo.en, "Aleppo");
/// ```
#[derive(Debug, Clone)]
pub struct Gazetteer {
    pub(crate) kinds: Vec<KindInfo>,
    /// The different marks of forms, by their numbers.
    marks: Vec<Arc<Marks>>,
    pub(crate) entities: Entities,
    pub(crate) cues: Vec<CueClass>,
    roles: Vec<RoleInfo>,
    pub(crate) themes: Vec<Theme>,
    /// Words that look like proclitics and a name, or like a name, and are neither.
    pub(crate) words: Vec<String>,
    /// The index of the names as [`Lexicon`](crate::lexicon::Lexicon) packs it, if it was opened and not changed since.
    pub(crate) index: Option<Cow<'static, [u8]>>,
    notices: Vec<Diagnostic>,
}

/// A kind, as `kinds.toml` declares it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KindInfo {
    pub(crate) kind: Kind,
    /// Classes of cue words that license its marked names unless an entry says otherwise.
    pub(crate) cues: Vec<String>,
    /// Whether its names are people's.
    pub(crate) people: bool,
    /// Whether its names may be plurals, which inflect.
    pub(crate) groups: bool,
    /// Whether the adjective of a state right after a name must be that of the entity's own.
    pub(crate) national: bool,
    /// Words that, right before a name of the kind, show that it names something else.
    pub(crate) reject_before: Vec<String>,
}

/// Words that show what the name beside them is, such as مدينة before a town.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CueClass {
    pub(crate) id: String,
    pub(crate) position: CuePosition,
    /// The most words between a cue and the name.
    pub(crate) gap: usize,
    pub(crate) words: Vec<String>,
    /// The characters right before and after the name, such as «».
    pub(crate) marks: Vec<(char, char)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum CuePosition {
    Before,
    After,
    Around,
}

/// What a role of terms of office is called.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct RoleInfo {
    id: String,
    /// With a form of the state in `{…}`, as patterns have it.
    names: Vec<String>,
    reject_before: Vec<String>,
    reject_after: Vec<String>,
}

/// What a document may be about, so that names in it mean something else: sports, where countries
/// are teams.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Theme {
    pub(crate) id: String,
    /// How many of its words a document of the theme has.
    pub(crate) least: usize,
    /// The kinds whose names mean something else
    pub(crate) kinds: Vec<Kind>,
    /// right after these words.
    pub(crate) reject_before: Vec<String>,
    /// or after one of these, a few words after one of those.
    pub(crate) links: Vec<String>,
    pub(crate) words: Vec<String>,
}

/// The files, by their stems, that make a layer a complete gazetteer.
const COMPLETE: [&str; 3] = ["kinds", "cues", "words"];

/// A file that was read, and whether what it declares may replace what came before.
struct ReadFile {
    source: Arc<SourceFile>,
    document: Document,
    /// Files of a later layer replace entries of an earlier one.
    layer: usize,
}

/// A sentence that shows what is, or is not, a mention of an entry.
pub(crate) struct Sentence {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) kind: String,
    pub(crate) id: String,
    /// With the mention in `[ ]`; without, no mention of the entry may be in it.
    pub(crate) text: schema::Located<String>,
}

impl Gazetteer {
    /// The shipped gazetteers.
    #[must_use]
    pub fn builtin() -> Self {
        builtin::compiled()
    }

    /// What `files` declare, unchecked: for the build script, whose files the tests check.
    pub(crate) fn assemble(files: Vec<Arc<SourceFile>>) -> Self {
        let read = |source: Arc<SourceFile>| {
            let document = schema::read(&source, &mut Vec::new());
            ReadFile { source, document, layer: 0 }
        };
        let files: Vec<ReadFile> = files.into_iter().map(read).collect();
        assemble::assemble(&files)
    }

    /// The gazetteers of one folder, without the shipped entries.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or a check finds a problem.
    pub fn load(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        Self::builder().without_builtin_entries().folder(folder).load()
    }

    /// The shipped gazetteers, to be extended or left out.
    #[must_use]
    pub fn builder() -> Builder {
        Builder { builtin: true, layers: Vec::new() }
    }

    /// Gives every state the forms of its adjective, with the article and without.
    pub(crate) fn add_demonyms(&mut self) {
        self.index = None;
        self.entities.all_mut().iter_mut().for_each(derive::demonyms);
    }

    /// Gives every official the names of the offices held, which count at their times.
    pub(crate) fn add_roles(&mut self) {
        self.index = None;
        derive::roles(self.entities.all_mut(), &self.roles);
    }

    /// The entity of a kind and an id.
    #[must_use]
    pub fn get(&self, kind: &str, id: &str) -> Option<&Entity> {
        self.entities().iter().find(|entity| entity.kind == kind && entity.id == id)
    }

    /// Every entity, by kind as declared, then by id.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        self.entities.all()
    }

    /// Every kind, as declared.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().map(|info| &info.kind)
    }

    /// The codes of the problems that reading and checking report, and the rule that each stands for.
    #[doc(hidden)]
    pub fn check_codes() -> impl Iterator<Item = (&'static str, &'static str)> {
        check::codes()
    }

    /// What the reader of a loaded gazetteer should know: which shipped entries were replaced.
    #[must_use]
    pub fn notices(&self) -> &[Diagnostic] {
        &self.notices
    }
}

/// Collects folders and texts for a [`Gazetteer`].
///
/// ```
/// use dalil::Gazetteer;
///
/// let gazetteer = Gazetteer::builder()
///     .without_builtin_entries()
///     .text("harbours.toml", r#"
///         schema = 1
///         kind = "place"
///         [[entry]]
///         id = "tartus-harbour"
///         name = "ميناء طرطوس"
///         en = "Tartus harbour"
///         source = "own survey"
///     "#)
///     .load()?;
/// assert_eq!(gazetteer.entities().len(), 1);
/// # Ok::<(), dalil::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    builtin: bool,
    layers: Vec<Layer>,
}

#[derive(Debug, Clone)]
enum Layer {
    Folder(PathBuf),
    Text(Arc<SourceFile>),
}

impl Builder {
    /// Leaves the shipped entries out; the shipped kinds, cue words and words stay.
    #[must_use]
    pub fn without_builtin_entries(mut self) -> Self {
        self.builtin = false;
        self
    }

    /// Adds every `.toml` file of a folder. An entry with an id that an earlier layer has in the
    /// same kind replaces it; a folder with a `kinds.toml`, a `cues.toml` and a `words.toml` replaces all
    /// that came before.
    #[must_use]
    pub fn folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.layers.push(Layer::Folder(path.into()));
        self
    }

    /// Adds one file given as text; `path` is what messages show.
    #[must_use]
    pub fn text(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        let file = SourceFile { path: path.into(), text: text.into() };
        self.layers.push(Layer::Text(Arc::new(file)));
        self
    }

    /// Reads and checks everything.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or a check finds a problem.
    pub fn load(&self) -> Result<Gazetteer, Error> {
        self.load_sources(self.sources()?)
    }

    pub(crate) fn load_sources(
        &self,
        sources: Vec<Vec<Arc<SourceFile>>>,
    ) -> Result<Gazetteer, Error> {
        let (files, problems) = self.read_and_check(sources);
        let (problems, notices): (Vec<_>, Vec<_>) =
            problems.into_iter().partition(|problem| problem.severity() == Severity::Error);
        if !problems.is_empty() {
            return Err(Error::gazetteer(problems));
        }
        let mut gazetteer = assemble::assemble(&files);
        gazetteer.notices = notices;
        Ok(gazetteer)
    }

    /// Every problem and notice of the gazetteer, by file and place.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn check(&self) -> Result<Vec<Diagnostic>, Error> {
        Ok(self.read_and_check(self.sources()?).1)
    }

    /// The gazetteer with the sentences of its own layers, if it is sound; and what was found.
    #[allow(clippy::type_complexity, reason = "one caller takes it apart at once")]
    pub(crate) fn examine(
        &self,
    ) -> Result<(Option<(Gazetteer, Vec<Sentence>)>, Vec<Diagnostic>), Error> {
        let (files, problems) = self.read_and_check(self.sources()?);
        if problems.iter().any(|problem| problem.severity() == Severity::Error) {
            return Ok((None, problems));
        }
        let own = files.iter().filter(|file| file.layer > 0 || self.layers.is_empty());
        let sentences = own.flat_map(sentences).collect();
        Ok((Some((assemble::assemble(&files), sentences)), problems))
    }

    fn read_and_check(
        &self,
        sources: Vec<Vec<Arc<SourceFile>>>,
    ) -> (Vec<ReadFile>, Vec<Diagnostic>) {
        let (files, mut problems) = self.read(sources);
        problems.extend(check::check(&files));
        sort(&mut problems);
        (files, problems)
    }

    pub(crate) fn has_builtin_entries(&self) -> bool {
        self.builtin
    }

    /// The files of each layer.
    pub(crate) fn sources(&self) -> Result<Vec<Vec<Arc<SourceFile>>>, Error> {
        let read = |layer: &Layer| match layer {
            Layer::Folder(path) => source::folder(path),
            Layer::Text(file) => Ok(vec![Arc::clone(file)]),
        };
        self.layers.iter().map(read).collect()
    }

    /// Reads the shipped files as layer 0 and the others after it.
    ///
    /// A layer with kinds, cues and words of its own is a complete gazetteer: what comes before it is left
    /// out altogether, the shipped files too. The problems of the shipped files are not reported;
    /// in the repository, where `gazetteers` is a layer of its own, they are.
    fn read(&self, layers: Vec<Vec<Arc<SourceFile>>>) -> (Vec<ReadFile>, Vec<Diagnostic>) {
        let has = |sources: &Vec<Arc<SourceFile>>, stem: &str| {
            sources.iter().any(|file| schema::file_stem(&file.path) == stem)
        };
        let complete =
            layers.iter().rposition(|sources| COMPLETE.iter().all(|stem| has(sources, stem)));
        let mut problems = Vec::new();
        let mut files = Vec::new();
        if complete.is_none() {
            for source in builtin::files() {
                if self.builtin || schema::is_shared(&source.path) {
                    let document = schema::read(&source, &mut Vec::new());
                    files.push(ReadFile { source, document, layer: 0 });
                }
            }
        }
        for (index, sources) in layers.into_iter().enumerate().skip(complete.unwrap_or(0)) {
            for source in sources {
                let document = schema::read(&source, &mut problems);
                files.push(ReadFile { source, document, layer: index + 1 });
            }
        }
        (files, problems)
    }
}

/// The examples and counterexamples of a file.
fn sentences(file: &ReadFile) -> Vec<Sentence> {
    let Document::Entries(entries) = &file.document else { return Vec::new() };
    let of_entry = |entry: &schema::Entry| -> Vec<Sentence> {
        let texts = entry.examples.iter().chain(&entry.counterexamples);
        let sentence = |text: &schema::Located<String>| Sentence {
            file: Arc::clone(&file.source),
            kind: entries.kind.value.clone(),
            id: entry.id.value.clone(),
            text: text.clone(),
        };
        texts.map(sentence).collect()
    };
    entries.entries.iter().flat_map(of_entry).collect()
}

fn sort(problems: &mut Vec<Diagnostic>) {
    problems.sort_by_cached_key(Diagnostic::sort_key);
    problems.dedup();
}
