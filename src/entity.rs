//! An entity of a gazetteer and the surface forms it goes by.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::arabic::CliticSet;
use crate::kind::Kind;

/// Something with a name: a place, a faction, an official, a state, an organization.
///
/// The fields say what the entry in the gazetteer says; see `gazetteers/README.md`.
///
/// ```
/// let gazetteer = dalil::Gazetteer::builtin();
/// let damascus = gazetteer.get("place", "damascus").expect("it is shipped");
/// assert_eq!(damascus.country.as_deref(), Some("SY"));
/// assert!(damascus.coordinates.is_some());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// The kind; ids are unique in it.
    pub kind: Kind,
    /// The stable id, an ASCII slug.
    pub id: String,
    /// The full name in Arabic.
    pub name: String,
    /// The usual English name.
    pub en: String,
    /// The Wikidata id.
    pub qid: Option<String>,
    /// Where the facts stand, if not at Wikidata.
    pub source: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Latitude and longitude in decimal degrees.
    pub coordinates: Option<(f64, f64)>,
    /// The id of the place or state that contains it.
    pub within: Option<String>,
    /// Of a state: the id of its capital.
    pub capital: Option<String>,
    /// Of an official: the main role.
    pub role: Option<String>,
    /// Of an official: the offices held.
    pub terms: Vec<Term>,
    /// The first year, month or day of its life (ISO 8601, possibly shortened).
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
    /// Of a state: the forms of its adjective.
    pub demonyms: Vec<String>,
    /// Among homonyms the lower number wins.
    pub rank: u32,
    /// Ids of entries that were merged into this one.
    pub former_ids: Vec<String>,
    /// Every form it goes by: the name, the aliases, and what the rules derive from them.
    pub surfaces: Vec<Surface>,
}

/// An office held for a time.
///
/// ```
/// let gazetteer = dalil::Gazetteer::builtin();
/// let lavrov = gazetteer.get("official", "sergey-lavrov").expect("he is shipped");
/// let term = lavrov.terms.iter().find(|term| term.role == "foreign-minister").expect("he was");
/// assert!(term.covers("2015-07"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Term {
    /// The role, such as `foreign-minister`.
    pub role: String,
    /// ISO 3166-1 alpha-2 code of the state it was held in.
    pub country: Option<String>,
    /// The first year, month or day (ISO 8601, possibly shortened).
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
}

impl Entity {
    /// Whether a date (ISO 8601, possibly shortened) falls into its terms of office or its life;
    /// `None` if it says nothing about time.
    #[must_use]
    pub fn covers(&self, date: &str) -> Option<bool> {
        let own = (self.from.as_deref(), self.to.as_deref());
        let terms = self.terms.iter().map(|term| (term.from.as_deref(), term.to.as_deref()));
        let mut spans = std::iter::once(own).chain(terms).filter(|span| *span != (None, None));
        let first = spans.next()?;
        Some(std::iter::once(first).chain(spans).any(|(from, to)| covers(from, to, date)))
    }
}

impl Term {
    /// Whether a date falls into the term.
    #[must_use]
    pub fn covers(&self, date: &str) -> bool {
        covers(self.from.as_deref(), self.to.as_deref(), date)
    }
}

/// Compares dates as far as both are given: 2011 covers all of 2011-03.
fn covers(from: Option<&str>, to: Option<&str>, date: &str) -> bool {
    let shortened = |bound: &str| (date.get(..bound.len()).unwrap_or(date)).to_owned();
    from.is_none_or(|from| *from <= *shortened(from)) && to.is_none_or(|to| *shortened(to) <= *to)
}

/// One form that an entity goes by, and when it counts.
///
/// ```
/// let gazetteer = dalil::Gazetteer::builtin();
/// let hamas = gazetteer.get("faction", "hamas").expect("it is shipped");
/// let bare = hamas.surfaces.iter().find(|surface| surface.text == "حماس").expect("a form");
/// // It is never read with ب: that means "with enthusiasm".
/// assert!(!bare.marks.clitics.contains(dalil::CliticSet::from_letters("ب").unwrap()));
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Surface {
    /// The form in careful spelling.
    pub text: String,
    /// The rule that derived it, if it does not stand in the entry.
    pub rule: Option<Rule>,
    /// When it counts.
    #[serde(skip)]
    pub marks: Arc<Marks>,
    /// The number of its marks in a compiled gazetteer.
    pub(crate) mark: u32,
}

/// When a form counts; forms with the same marks share them.
///
/// ```
/// let free = dalil::Marks::default();
/// assert_eq!((free.context, free.clitics), (dalil::Context::Free, dalil::CliticSet::ALL));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Marks {
    /// Whether it needs evidence around it.
    pub context: Context,
    /// The classes of cue words that are evidence.
    pub cues: Vec<String>,
    /// The proclitics it may carry.
    pub clitics: CliticSet,
    /// Words that, right before it, show that it is not the name.
    pub reject_before: Vec<String>,
    /// Words that, right after it, show that it is not the name.
    pub reject_after: Vec<String>,
    /// The terms of office in which it counts; with none it counts always.
    pub terms: Vec<Term>,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            context: Context::Free,
            cues: Vec::new(),
            clitics: CliticSet::ALL,
            reject_before: Vec::new(),
            reject_after: Vec::new(),
            terms: Vec::new(),
        }
    }
}

impl PartialEq for Surface {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.rule, &self.marks) == (&other.text, other.rule, &other.marks)
    }
}

impl Surface {
    pub(crate) fn new(text: String, rule: Option<Rule>, marks: &Arc<Marks>) -> Self {
        Self { text, rule, marks: Arc::clone(marks), mark: u32::MAX }
    }

    /// How the form names its entity.
    #[must_use]
    pub fn relation(&self) -> Relation {
        match self.rule {
            Some(Rule::Demonym) => Relation::Demonym,
            Some(Rule::Role) => Relation::Role,
            _ => Relation::Name,
        }
    }
}

/// How words name an entity.
///
/// ```
/// use dalil::{Gazetteer, Relation, Tagger};
///
/// let tagger = Tagger::builder(Gazetteer::builtin()).demonyms(true).build();
/// let mentions = tagger.tag("الوفد السوري");
/// assert_eq!((mentions[0].id(), mentions[0].relation), ("syria", Relation::Demonym));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Relation {
    /// They are a name of it.
    #[default]
    Name,
    /// They are the adjective of a state or its people: السوري.
    Demonym,
    /// They are an office, and the entity held it at the document's date: وزير الخارجية الروسي.
    Role,
}

/// A rule that derives forms of an entity.
///
/// ```
/// assert_eq!(dalil::Rule::Kunya.as_str(), "kunya");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Rule {
    /// The cases of أبو.
    Kunya,
    /// عبد joined to the name after it, or apart.
    Abd,
    /// The oblique case of a sound plural.
    Plural,
    /// A state's adjective, filled into a pattern.
    Pattern,
    /// A state's adjective itself.
    Demonym,
    /// An office of a state, for the one who holds it.
    Role,
}

impl Rule {
    /// The name of the rule in `gazetteers/README.md`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kunya => "kunya",
            Self::Abd => "abd",
            Self::Plural => "plural",
            Self::Pattern => "pattern",
            Self::Demonym => "demonym",
            Self::Role => "role",
        }
    }
}

/// Whether a form counts on its own.
///
/// ```
/// use dalil::Context;
///
/// let gazetteer = dalil::Gazetteer::builtin();
/// let al_bab = gazetteer.get("place", "al-bab").expect("it is shipped");
/// // الباب is "the door" more often than the town.
/// assert_eq!(al_bab.surfaces[0].marks.context, Context::Required);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Context {
    /// It does.
    Free,
    /// Only with evidence: a cue word, the full name earlier, a list of its kind.
    Required,
    /// Only directly beside a cue word.
    NeverBare,
}
