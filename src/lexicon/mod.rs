//! The lexicon: every form of every entity, every cue and every word, by its folded key.

mod automaton;
mod table;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::arabic::clitics::Contraction;
use crate::arabic::letters::{Code, SPACE};
use crate::arabic::{Folded, Spelling};
use crate::entity::{Entity, Surface};
use crate::gazetteer::{CueClass, Gazetteer};
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
    /// For each entity the number of its country, 0 for none.
    countries: Vec<u16>,
    country_count: usize,
    /// First words of the full names of people.
    given_names: HashSet<Box<[Code]>>,
    /// The different sets of words that rule names out; the first is empty.
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Rejects {
    pub(crate) before: Vec<Box<[Code]>>,
    pub(crate) after: Vec<Box<[Code]>>,
}

impl Rejects {
    fn of(surface: &Surface) -> Self {
        let fold = |words: &[String]| words.iter().map(|w| Folded::new(w).key().into()).collect();
        Self { before: fold(&surface.reject_before), after: fold(&surface.reject_after) }
    }
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
        self.meaning == Meaning::Word
    }
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A form of an entity.
    Surface { entity: u32, surface: u32 },
    /// A word of a class of cues.
    Cue { class: u32 },
    /// A word that is no name.
    Word,
}

impl Lexicon {
    /// Indexes a gazetteer; `reference` takes the reference index.
    pub(crate) fn new(gazetteer: Gazetteer, reference: bool) -> Self {
        let Gazetteer { kinds, entities, cues, words, .. } = gazetteer;
        let mut keys: BTreeMap<Box<[Code]>, Vec<Claim>> = BTreeMap::new();
        let mut folded = Folded::default();
        let mut rejects: HashMap<Rejects, u32> = HashMap::from([(Rejects::default(), 0)]);
        let mut given_names: HashSet<Box<[Code]>> = HashSet::new();
        let mut add = |text: &str, meaning: Meaning, cues: CueSet, words: Rejects, people: bool| {
            folded.refill(text);
            if !folded.key().is_empty() {
                let next = short(rejects.len());
                let rejects = *rejects.entry(words).or_insert(next);
                let person = people.then(|| person_name(folded.key(), &mut given_names));
                let claim = Claim { meaning, spelling: Spelling::new(text), rejects, cues, person };
                keys.entry(folded.key().into()).or_default().push(claim);
            }
        };
        for (index, entity) in entities.iter().enumerate() {
            let people = kinds.iter().any(|info| info.people && info.kind == entity.kind);
            for (number, surface) in entity.surfaces.iter().enumerate() {
                let meaning = Meaning::Surface { entity: short(index), surface: short(number) };
                let licensing = CueSet::of(&surface.cues, &cues);
                add(&surface.text, meaning, licensing, Rejects::of(surface), people);
            }
        }
        for (index, class) in cues.iter().enumerate() {
            for word in &class.words {
                let meaning = Meaning::Cue { class: short(index) };
                add(word, meaning, CueSet::default(), Rejects::default(), false);
            }
        }
        for word in &words {
            add(word, Meaning::Word, CueSet::default(), Rejects::default(), false);
        }
        let mut rejects: Vec<(Rejects, u32)> = rejects.into_iter().collect();
        rejects.sort_by_key(|&(_, number)| number);
        let rejects = rejects.into_iter().map(|(words, _)| words).collect();

        let mut patterns = Vec::with_capacity(keys.len());
        let mut claim_ends = Vec::with_capacity(keys.len());
        let mut claims = Vec::new();
        for (key, mut meanings) in keys {
            let rank = |claim: &Claim| match claim.meaning {
                Meaning::Surface { entity, .. } => entities[entity as usize].rank,
                Meaning::Cue { .. } | Meaning::Word => u32::MAX,
            };
            meanings.sort_by_key(|claim| (rank(claim), claim.meaning));
            claims.append(&mut meanings);
            claim_ends.push(short(claims.len()));
            patterns.push(key);
        }
        let index = if reference {
            Index::Automaton(Box::new(Automaton::new(&patterns)))
        } else {
            Index::Table(Table::new(&patterns))
        };
        let countries = number_countries(&entities);
        let country_count = countries.iter().max().map_or(1, |&last| usize::from(last) + 1);
        Self {
            index,
            claim_ends,
            claims,
            entities,
            cues,
            countries,
            country_count,
            given_names,
            rejects,
        }
    }

    /// Calls `found(key, end)` for every key that goes on from `start`, where the token ends at
    /// `token`, once the letters that the contraction leaves out are put before it.
    #[inline]
    pub(crate) fn search(
        &self,
        contraction: Contraction,
        text: &[Code],
        start: usize,
        token: usize,
        mut found: impl FnMut(u32, usize),
    ) {
        let missing = contraction.missing();
        match &self.index {
            Index::Table(table) => table.search(missing, text, start, token, &mut found),
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
            Meaning::Cue { .. } | Meaning::Word => None,
        }
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

/// The shortest word that counts as a given name, in letters.
const GIVEN_NAME: usize = 3;

fn person_name(key: &[Code], given_names: &mut HashSet<Box<[Code]>>) -> PersonName {
    let Some(end) = key.iter().position(|&code| code == SPACE) else { return PersonName::Single };
    if end >= GIVEN_NAME {
        given_names.insert(key[..end].into());
    }
    PersonName::Full
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
