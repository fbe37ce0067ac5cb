//! An entity of a gazetteer and the surface forms it goes by.

use crate::arabic::CliticSet;
use crate::kind::Kind;
use crate::mention::Relation;

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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
/// assert!(!bare.clitics.contains(dalil::CliticSet::from_letters("ب").unwrap()));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Surface {
    /// The form in careful spelling.
    pub text: String,
    /// The rule that derived it, if it does not stand in the entry.
    pub rule: Option<&'static str>,
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
}

impl Surface {
    /// How the form names its entity.
    #[must_use]
    pub fn relation(&self) -> Relation {
        if self.rule == Some(Relation::DEMONYM) { Relation::Demonym } else { Relation::Name }
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
/// assert_eq!(al_bab.surfaces[0].context, Context::Required);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// It does.
    Free,
    /// Only with evidence: a cue word, the full name earlier, a list of its kind.
    Required,
    /// Only directly beside a cue word.
    NeverBare,
}
