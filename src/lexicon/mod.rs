//! The lexicon: every form of every entity, every cue and every word, by its folded key.

mod automaton;
mod table;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::arabic::clitics::Contraction;
use crate::arabic::letters::{Code, SPACE};
use crate::arabic::{Folded, Spelling};
use crate::entity::{Entity, Marks, Rule, Surface};
use crate::gazetteer::{CueClass, Gazetteer, Theme, definite, is_feminine};
use automaton::Automaton;
use table::Table;

/// What the tagger searches for and what each hit may mean.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    index: Index,
    /// For each key the end of its claims; they begin where those of the key before end.
    claim_ends: Vec<u32>,
    claims: Vec<Claim>,
    entities: Vec<Entity>,
    cues: Vec<CueClass>,
    themes: Vec<Theme>,
    /// For each theme the folded words after which names mean something else.
    theme_rejects: Vec<Rejects>,
    /// The adjectives of states, with the article, and the country that each is of.
    nationalities: HashMap<Box<[Code]>, Nationality>,
    /// Words that are no names.
    words: Vec<String>,
    /// For each entity the number of its country, 0 for none.
    countries: Vec<u16>,
    /// The same, 0 for the kinds whose entities bear no nationality.
    nations: Vec<u16>,
    country_count: usize,
    /// First words of the full names of people.
    given_names: HashSet<Box<[Code]>>,
    /// The sets of words that rule names out; the first is empty.
    rejects: Vec<Rejects>,
}

/// What finds keys. Both find the same, and the tests compare them.
#[derive(Debug, Clone)]
enum Index {
    /// The one that serves.
    Table(Table),
    /// The reference.
    Automaton(Box<Automaton>),
}

/// Folded words that, right before or after a name, show that it is not the name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rejects {
    pub(crate) before: Vec<Box<[Code]>>,
    pub(crate) after: Vec<Box<[Code]>>,
    /// Words that join the name to one of `before`.
    pub(crate) links: Vec<Box<[Code]>>,
}

impl Rejects {
    fn of(marks: &Marks) -> Self {
        Self {
            before: fold_all(&marks.reject_before),
            after: fold_all(&marks.reject_after),
            links: Vec::new(),
        }
    }

    fn of_theme(theme: &Theme) -> Self {
        Self {
            before: fold_all(&theme.reject_before),
            after: Vec::new(),
            links: fold_all(&theme.links),
        }
    }
}

fn fold_all(words: &[String]) -> Vec<Box<[Code]>> {
    words.iter().map(|word| Folded::new(word).key().into()).collect()
}

/// One meaning of a key, in the order in which meanings of a key are preferred.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) meaning: Meaning,
    pub(crate) spelling: Spelling,
    /// Which of the lexicon's sets of words rules it out.
    rejects: u32,
    /// The classes of cues that license it, by their bits.
    pub(crate) cues: CueSet,
    /// Whether it names a person, and how.
    pub(crate) person: Option<PersonName>,
}

/// A set of classes of cues, by their numbers; a gazetteer declares few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CueSet(u64);

impl CueSet {
    fn of(ids: &[String], classes: &[CueClass]) -> Self {
        let number = |id: &String| classes.iter().position(|class| class.id == *id);
        Self(ids.iter().filter_map(number).fold(0, |set, number| set | Self::bit(number)))
    }

    fn bit(class: usize) -> u64 {
        u32::try_from(class).ok().and_then(|class| 1_u64.checked_shl(class)).unwrap_or(0)
    }

    pub(crate) fn contains(self, class: u32) -> bool {
        self.0 & Self::bit(class as usize) != 0
    }
}

/// How much of a person's name a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonName {
    /// One word: a surname, or a name that its bearer is known by.
    Single,
    /// A given name and more.
    Full,
}

impl Claim {
    /// Whether it is a word that is no name.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.meaning, Meaning::Word { .. })
    }
}

/// What the adjective of a state says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nationality {
    /// The number of the country.
    pub(crate) country: u16,
    /// Whether it is the feminine singular, the one of towns.
    pub(crate) feminine: bool,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A form of an entity.
    Surface { entity: u32, surface: u32 },
    /// A word of a class of cues.
    Cue { class: u32, word: u32 },
    /// A word of a theme.
    Theme { theme: u32, word: u32 },
    /// A word that is no name.
    Word { word: u32 },
}

impl Lexicon {
    /// Indexes a gazetteer; `reference` takes the reference index.
    pub(crate) fn new(gazetteer: Gazetteer, reference: bool) -> Self {
        let Gazetteer { kinds, entities, cues, themes, words, .. } = gazetteer;
        let mut collector = Collector::default();
        let mut licences: HashMap<*const Marks, (CueSet, u32)> = HashMap::new();
        let mut rejects = vec![Rejects::default()];
        for (index, entity) in (0..).zip(&entities) {
            let people = kinds.iter().any(|info| info.people && info.kind == entity.kind);
            for (number, surface) in (0..).zip(&entity.surfaces) {
                let licence = licences.entry(Arc::as_ptr(&surface.marks)).or_insert_with(|| {
                    rejects.push(Rejects::of(&surface.marks));
                    (CueSet::of(&surface.marks.cues, &cues), short(rejects.len() - 1))
                });
                let meaning = Meaning::Surface { entity: index, surface: number };
                let person = people && surface.rule != Some(Rule::Role);
                collector.add(&surface.text, meaning, *licence, person, entity.rank);
            }
        }
        let unlicensed = (CueSet::default(), 0);
        for (class, cue) in (0..).zip(&cues) {
            for (word, text) in (0..).zip(&cue.words) {
                collector.add(text, Meaning::Cue { class, word }, unlicensed, false, u32::MAX);
            }
        }
        for (theme, about) in (0..).zip(&themes) {
            for (word, text) in (0..).zip(&about.words) {
                collector.add(text, Meaning::Theme { theme, word }, unlicensed, false, u32::MAX);
            }
        }
        for (word, text) in (0..).zip(&words) {
            collector.add(text, Meaning::Word { word }, unlicensed, false, u32::MAX);
        }

        let Collector { codes, mut rows, given_names, .. } = collector;
        rows.sort_unstable_by(|a, b| {
            let by_key = || codes[a.key.clone()].cmp(&codes[b.key.clone()]);
            a.head
                .cmp(&b.head)
                .then_with(by_key)
                .then_with(|| (a.rank, a.claim.meaning).cmp(&(b.rank, b.claim.meaning)))
        });
        let mut keys: Vec<&[Code]> = Vec::with_capacity(rows.len());
        let mut claim_ends: Vec<u32> = Vec::with_capacity(rows.len());
        for (number, row) in (1..).zip(&rows) {
            let key = &codes[row.key.clone()];
            if keys.last() == Some(&key) {
                claim_ends.pop();
            } else {
                keys.push(key);
            }
            claim_ends.push(number);
        }
        let index = if reference {
            Index::Automaton(Box::new(Automaton::new(&keys)))
        } else {
            Index::Table(Table::new(&keys))
        };
        let claims = rows.into_iter().map(|row| row.claim).collect();
        let countries = number_countries(&entities);
        let country_count = countries.iter().max().map_or(1, |&last| usize::from(last) + 1);
        let national =
            |entity: &Entity| kinds.iter().any(|info| info.national && info.kind == entity.kind);
        let nation =
            |(entity, &country): (&Entity, &u16)| if national(entity) { country } else { 0 };
        let nations = entities.iter().zip(&countries).map(nation).collect();
        let nationalities = nationalities(&entities, &countries);
        let theme_rejects = themes.iter().map(Rejects::of_theme).collect();
        Self {
            index,
            claim_ends,
            claims,
            entities,
            cues,
            themes,
            theme_rejects,
            nationalities,
            words,
            countries,
            nations,
            country_count,
            given_names,
            rejects,
        }
    }

    /// The text of a claim's form, cue or word.
    pub(crate) fn text_of(&self, claim: &Claim) -> &str {
        match claim.meaning {
            Meaning::Surface { entity, surface } => &self.surface(entity, surface).text,
            Meaning::Cue { class, word } => &self.cues[class as usize].words[word as usize],
            Meaning::Theme { theme, word } => &self.themes[theme as usize].words[word as usize],
            Meaning::Word { word } => &self.words[word as usize],
        }
    }

    /// Whether some key may begin with the letters that the contraction leaves out and go on from
    /// `start`, where the token ends at `token`; what [`Lexicon::search`] needs to know of it.
    #[inline]
    pub(crate) fn begins(
        &self,
        contraction: Contraction,
        text: &[Code],
        start: usize,
        token: usize,
    ) -> Option<u64> {
        match &self.index {
            Index::Table(table) => table.first_token(contraction.missing(), text, start, token),
            Index::Automaton(_) => Some(0),
        }
    }

    /// Calls `found(key, end)` for every key that begins so; `hash` is from [`Lexicon::begins`].
    #[inline]
    pub(crate) fn search(
        &self,
        hash: u64,
        contraction: Contraction,
        text: &[Code],
        start: usize,
        token: usize,
        mut found: impl FnMut(u32, usize),
    ) {
        let missing = contraction.missing();
        match &self.index {
            Index::Table(table) => table.walk(hash, missing, text, start, token, &mut found),
            Index::Automaton(automaton) => automaton.search(missing, text, start, &mut found),
        }
    }

    /// The numbers of the claims on a key, the preferred first.
    pub(crate) fn claims_of(&self, key: u32) -> std::ops::Range<u32> {
        let key = key as usize;
        let start = key.checked_sub(1).map_or(0, |before| self.claim_ends[before]);
        start..self.claim_ends[key]
    }

    pub(crate) fn claim(&self, claim: u32) -> &Claim {
        &self.claims[claim as usize]
    }

    pub(crate) fn entity(&self, entity: u32) -> &Entity {
        &self.entities[entity as usize]
    }

    pub(crate) fn surface(&self, entity: u32, surface: u32) -> &Surface {
        &self.entities[entity as usize].surfaces[surface as usize]
    }

    /// Whether a word begins the name of some person.
    pub(crate) fn is_given_name(&self, word: &[Code]) -> bool {
        self.given_names.contains(word)
    }

    /// The words that rule a claim out.
    pub(crate) fn rejects(&self, claim: u32) -> &Rejects {
        &self.rejects[self.claim(claim).rejects as usize]
    }

    /// The entity and the form of a claim on one.
    pub(crate) fn surface_of(&self, claim: u32) -> Option<(u32, &Surface)> {
        match self.claim(claim).meaning {
            Meaning::Surface { entity, surface } => Some((entity, self.surface(entity, surface))),
            Meaning::Cue { .. } | Meaning::Theme { .. } | Meaning::Word { .. } => None,
        }
    }

    /// The country of a word that is the adjective of a state, with the article.
    pub(crate) fn nationality(&self, word: &[Code]) -> Option<Nationality> {
        self.nationalities.get(word).copied()
    }

    pub(crate) fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The words after which names mean something else in a document of a theme.
    pub(crate) fn theme_rejects(&self, theme: usize) -> &Rejects {
        &self.theme_rejects[theme]
    }

    pub(crate) fn cue(&self, class: u32) -> &CueClass {
        &self.cues[class as usize]
    }

    pub(crate) fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The number of an entity's country, 0 for none.
    pub(crate) fn country(&self, entity: u32) -> u16 {
        self.countries[entity as usize]
    }

    /// The number of the country whose adjective may follow an entity's name, 0 for any.
    pub(crate) fn nation(&self, entity: u32) -> u16 {
        self.nations[entity as usize]
    }

    /// How many countries there are, with the 0 for none.
    pub(crate) fn country_count(&self) -> usize {
        self.country_count
    }

    pub(crate) fn key_count(&self) -> usize {
        self.claim_ends.len()
    }

    /// How many bytes the index holds.
    pub(crate) fn index_memory(&self) -> usize {
        match &self.index {
            Index::Table(table) => table.memory(),
            Index::Automaton(automaton) => automaton.memory(),
        }
    }
}

/// Keys and claims as they come.
#[derive(Default)]
struct Collector {
    /// The codes of all keys.
    codes: Vec<Code>,
    rows: Vec<Row>,
    given_names: HashSet<Box<[Code]>>,
    folded: Folded,
}

struct Row {
    /// The first codes of the key, in an order that is theirs.
    head: u64,
    /// The row's key in the collector's codes.
    key: std::ops::Range<usize>,
    rank: u32,
    claim: Claim,
}

impl Collector {
    fn add(
        &mut self,
        text: &str,
        meaning: Meaning,
        (cues, rejects): (CueSet, u32),
        people: bool,
        rank: u32,
    ) {
        self.folded.refill(text);
        let key = self.folded.key();
        if key.is_empty() {
            return;
        }
        let mut head = [0; 8];
        head.iter_mut().zip(key).for_each(|(byte, code)| *byte = *code);
        let start = self.codes.len();
        self.codes.extend_from_slice(key);
        let person = people.then(|| person_name(key, &mut self.given_names));
        let spelling = Spelling::new(text, key);
        let claim = Claim { meaning, spelling, rejects, cues, person };
        let head = u64::from_be_bytes(head);
        self.rows.push(Row { head, key: start..self.codes.len(), rank, claim });
    }
}

/// The shortest word that counts as a given name, in letters.
const GIVEN_NAME: usize = 3;

fn person_name(key: &[Code], given_names: &mut HashSet<Box<[Code]>>) -> PersonName {
    let Some(end) = key.iter().position(|&code| code == SPACE) else { return PersonName::Single };
    if end >= GIVEN_NAME {
        given_names.insert(key[..end].into());
    }
    PersonName::Full
}

/// The adjectives of states, with the article; one that several states have is left out.
fn nationalities(entities: &[Entity], countries: &[u16]) -> HashMap<Box<[Code]>, Nationality> {
    let mut all: HashMap<Box<[Code]>, Nationality> = HashMap::new();
    let mut shared: HashSet<Box<[Code]>> = HashSet::new();
    let states = entities.iter().zip(countries).filter(|(entity, _)| entity.kind == "state");
    for (state, &country) in states {
        for demonym in &state.demonyms {
            let word: Box<[Code]> = Folded::new(&definite(demonym)).key().into();
            let nationality = Nationality { country, feminine: is_feminine(demonym) };
            if all.insert(word.clone(), nationality).is_some_and(|other| other.country != country) {
                shared.insert(word);
            }
        }
    }
    all.retain(|word, _| !shared.contains(word));
    all
}

fn number_countries(entities: &[Entity]) -> Vec<u16> {
    let codes: std::collections::BTreeSet<&str> =
        entities.iter().filter_map(|entity| entity.country.as_deref()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let number = |entity: &Entity| {
        let place = codes.binary_search(&entity.country.as_deref()?).ok()?;
        u16::try_from(place + 1).ok()
    };
    entities.iter().map(|entity| number(entity).unwrap_or(0)).collect()
}

/// Numbers of entities, forms, keys and claims fit 32 bits: the checks limit them.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
