//! The lexicon: every form of every entity, every cue and every word, by its folded key.

mod automaton;
mod claim;
mod context;
mod filter;
mod neighbours;
mod packed;
mod people;
mod table;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::arabic::letters::Code;
use crate::arabic::{Folded, Spelling};
use crate::entity::{Entity, Marks, Relation, Rule, Surface};
use crate::gazetteer::{CueClass, Entities, Gazetteer};
use crate::kind::Kind;

pub(crate) use automaton::Automaton;
pub(crate) use claim::{Claim, Licence, Meaning};
pub(crate) use context::Theme;
pub(crate) use people::PersonName;
pub(crate) use table::Table;

use context::Nationalities;
use people::GivenNames;

/// What the tagger searches for and what each hit may mean.
///
/// A claim's number is its place in bytes, a key's that of its first claim.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    index: Index,
    key_count: usize,
    /// Key by key, each claim with its form after it, so that both are one look into the memory.
    claims: Cow<'static, [u8]>,
    /// When forms count; the first is of words and cues, which always do.
    licences: Vec<Licence>,
    entities: Entities,
    cues: Vec<CueClass>,
    themes: Vec<Theme>,
    nationalities: Nationalities,
    /// For each entity the number of its country, 0 for none.
    countries: Vec<u16>,
    /// The same, 0 for the kinds whose entities bear no nationality.
    nations: Vec<u16>,
    country_count: usize,
    /// The kinds, and for each entity the number of its own.
    kinds: Vec<Kind>,
    kind_numbers: Vec<u8>,
    given_names: GivenNames,
}

/// What finds keys. Both find the same, and the tests compare them.
#[derive(Debug, Clone)]
pub(crate) enum Index {
    /// The one that serves.
    Table(Table),
    /// The reference, and the key for each of its patterns.
    Automaton { automaton: Box<Automaton>, claims: Vec<u32> },
}

impl Lexicon {
    /// Indexes a gazetteer; `reference` takes the reference index.
    pub(crate) fn new(gazetteer: Gazetteer, reference: bool) -> Self {
        let Gazetteer { kinds, entities, cues, themes, words, index, .. } = gazetteer;
        if let Some(index) = index.filter(|_| !reference)
            && let Some(opened) = Self::open(index)
        {
            return Self { entities, cues, ..opened };
        }
        let stored = entities;
        let entities = stored.all();
        let mut collector = Collector::default();
        let mut licences = vec![Licence::of(&Marks::default(), &cues)];
        let mut known: HashMap<*const Marks, u32> = HashMap::new();
        for (index, entity) in (0..).zip(entities) {
            let people = kinds.iter().any(|info| info.people && info.kind == entity.kind);
            for (number, surface) in (0..).zip(&entity.surfaces) {
                let licence = *known.entry(Arc::as_ptr(&surface.marks)).or_insert_with(|| {
                    licences.push(Licence::of(&surface.marks, &cues));
                    short(licences.len() - 1)
                });
                let meaning = Meaning::Surface { entity: index, surface: number };
                let person = people && surface.rule != Some(Rule::Role);
                let person = person.then_some(index);
                collector.add(&surface.text, meaning, licence, person, entity.rank);
            }
        }
        for (class, cue) in (0..).zip(&cues) {
            for (word, text) in (0..).zip(&cue.words) {
                collector.add(text, Meaning::Cue { class, word }, 0, None, u32::MAX);
            }
        }
        for (theme, about) in (0..).zip(&themes) {
            for (word, text) in (0..).zip(&about.words) {
                collector.add(text, Meaning::Theme { theme, word }, 0, None, u32::MAX);
            }
        }
        for (word, text) in (0..).zip(&words) {
            collector.add(text, Meaning::Word { word }, 0, None, u32::MAX);
        }

        let Collector { codes, mut rows, given_names, .. } = collector;
        rows.sort_unstable_by(|a, b| {
            let by_key = || codes[a.key.clone()].cmp(&codes[b.key.clone()]);
            a.head
                .cmp(&b.head)
                .then_with(by_key)
                .then_with(|| (a.rank, a.claim.meaning()).cmp(&(b.rank, b.claim.meaning())))
        });
        let mut keys: Vec<(&[Code], u32)> = Vec::with_capacity(rows.len());
        let mut claims: Vec<u8> = Vec::new();
        let mut rows = rows.iter().peekable();
        while let Some(row) = rows.next() {
            let key = &codes[row.key.clone()];
            if keys.last().is_none_or(|&(last, _)| last != key) {
                keys.push((key, short(claims.len())));
            }
            let last = rows.peek().is_none_or(|next| codes[next.key.clone()] != *key);
            let (form, relation) = match row.claim.meaning() {
                Meaning::Surface { entity, surface } => {
                    let surface = &entities[entity as usize].surfaces[surface as usize];
                    (&surface.text, surface.relation())
                }
                Meaning::Cue { class, word } => {
                    (&cues[class as usize].words[word as usize], Relation::Name)
                }
                Meaning::Theme { theme, word } => {
                    (&themes[theme as usize].words[word as usize], Relation::Name)
                }
                Meaning::Word { word } => (&words[word as usize], Relation::Name),
            };
            row.claim.write(form, relation, last, &mut claims);
        }
        let key_count = keys.len();
        let index = if reference {
            let (keys, claims): (Vec<&[Code]>, Vec<u32>) = keys.into_iter().unzip();
            Index::Automaton { automaton: Box::new(Automaton::new(&keys)), claims }
        } else {
            Index::Table(Table::new(&keys))
        };
        let countries = number_countries(entities);
        let country_count = countries.iter().max().map_or(1, |&last| usize::from(last) + 1);
        let national =
            |entity: &Entity| kinds.iter().any(|info| info.national && info.kind == entity.kind);
        let nation =
            |(entity, &country): (&Entity, &u16)| if national(entity) { country } else { 0 };
        let nations = entities.iter().zip(&countries).map(nation).collect();
        let nationalities = Nationalities::new(entities, &countries);
        let themes = themes.iter().map(Theme::new).collect();
        let kind_number = |entity: &Entity| {
            let number = kinds.iter().position(|info| info.kind == entity.kind);
            number.and_then(|number| u8::try_from(number).ok()).unwrap_or(u8::MAX)
        };
        let kind_numbers = entities.iter().map(kind_number).collect();
        let kinds = kinds.iter().map(|info| info.kind.clone()).collect();
        Self {
            index,
            key_count,
            claims: claims.into(),
            licences,
            entities: stored,
            cues,
            themes,
            nationalities,
            countries,
            nations,
            country_count,
            kinds,
            kind_numbers,
            given_names,
        }
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// The UTF-8 of the form, cue or word that a claim is on.
    #[inline]
    pub(crate) fn form(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let form = self.claim_at(number).form();
        &self.claims[number + form.start..number + form.end]
    }

    /// The claims on a key with their numbers, the preferred first.
    #[inline]
    pub(crate) fn claims_of(&self, key: u32) -> impl Iterator<Item = (u32, Claim)> {
        self.claims_from(key, self.claim(key))
    }

    /// The same, given the first of them.
    #[inline]
    pub(crate) fn claims_from(&self, key: u32, first: Claim) -> impl Iterator<Item = (u32, Claim)> {
        std::iter::successors(Some((key, first)), |&(number, claim)| {
            let next = number + short(claim.form().end);
            (!claim.is_last()).then(|| (next, self.claim(next)))
        })
    }

    #[inline]
    pub(crate) fn claim(&self, number: u32) -> Claim {
        self.claim_at(number as usize)
    }

    #[inline]
    fn claim_at(&self, at: usize) -> Claim {
        let bytes = self.claims[at..].first_chunk();
        Claim::read(bytes.expect("numbers are those of claims"))
    }

    pub(crate) fn entity(&self, entity: u32) -> &Entity {
        self.entities.get(entity as usize)
    }

    /// Whether a word begins the name of some person.
    pub(crate) fn is_given_name(&self, word: &[Code]) -> bool {
        !self.given_names.bearers(word).is_empty()
    }

    /// Whether a word is a person's given name, as some form has it.
    pub(crate) fn is_given_name_of(&self, word: &[Code], person: u32) -> bool {
        self.given_names.bearers(word).binary_search(&person).is_ok()
    }

    /// Whether a word may be a spelling of a person's given name that no form has, and is no other
    /// name in the person's country.
    pub(crate) fn is_like_given_name_of(&self, word: &[Code], person: u32) -> bool {
        let bearers = self.given_names.bearers(word);
        let country = self.country(person);
        self.given_names.bearers_alike(word).binary_search(&person).is_ok()
            && (country != 0 || bearers.is_empty())
            && !bearers.iter().any(|&other| self.country(other) == country)
    }

    /// When the form of a claim counts.
    #[inline]
    pub(crate) fn licence(&self, claim: Claim) -> &Licence {
        &self.licences[claim.licence()]
    }

    /// The entity and the form of a claim on one.
    pub(crate) fn surface_of(&self, claim: u32) -> Option<(&Entity, &Surface)> {
        match self.claim(claim).meaning() {
            Meaning::Surface { entity, surface } => {
                let entity = self.entity(entity);
                Some((entity, &entity.surfaces[surface as usize]))
            }
            Meaning::Cue { .. } | Meaning::Theme { .. } | Meaning::Word { .. } => None,
        }
    }

    /// The country of a word that is the adjective of a state, with the article.
    pub(crate) fn nationality(&self, word: &[Code]) -> Option<u16> {
        self.nationalities.get(word)
    }

    pub(crate) fn themes(&self) -> &[Theme] {
        &self.themes
    }

    pub(crate) fn cue(&self, class: u32) -> &CueClass {
        &self.cues[class as usize]
    }

    /// The kind of an entity.
    pub(crate) fn kind(&self, entity: u32) -> Option<&Kind> {
        self.kinds.get(usize::from(self.kind_numbers[entity as usize]))
    }

    pub(crate) fn entity_count(&self) -> usize {
        self.entities.len()
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
        self.key_count
    }

    /// How many bytes the index holds, with the claims and their forms.
    pub(crate) fn index_memory(&self) -> usize {
        let index = match &self.index {
            Index::Table(table) => table.memory(),
            Index::Automaton { automaton, claims } => automaton.memory() + claims.len() * 4,
        };
        index + self.claims.len()
    }
}

/// Keys and claims as they come.
#[derive(Default)]
struct Collector {
    /// The codes of all keys.
    codes: Vec<Code>,
    rows: Vec<Row>,
    given_names: GivenNames,
    /// The key of the main name, an entity's first form.
    name: Vec<Code>,
    folded: Folded,
}

struct Row {
    /// The first codes of the key, in an order that is theirs.
    head: u64,
    /// The row's key in the collector's codes.
    key: Range<usize>,
    rank: u32,
    claim: Claim,
}

impl Collector {
    /// Adds a form; a person's with the number of the person.
    fn add(&mut self, text: &str, meaning: Meaning, licence: u32, person: Option<u32>, rank: u32) {
        self.folded.refill(text);
        let key = self.folded.key();
        // The checks refuse names as long as that.
        if key.is_empty() || text.len() > claim::LONGEST {
            return;
        }
        let mut head = [0; 8];
        head.iter_mut().zip(key).for_each(|(byte, code)| *byte = *code);
        let start = self.codes.len();
        self.codes.extend_from_slice(key);
        if let Meaning::Surface { surface: 0, .. } = meaning {
            self.name.clear();
            self.name.extend_from_slice(key);
        }
        let person = person.map(|person| {
            self.given_names.add(key, person);
            PersonName::of(key, &self.name)
        });
        let given = person.map_or(0, |person| person.given(&self.name));
        let spelling = Spelling::new(text, key);
        let claim = Claim::new(meaning, key.len(), spelling, person, given, licence);
        let head = u64::from_be_bytes(head);
        self.rows.push(Row { head, key: start..self.codes.len(), rank, claim });
    }
}

fn number_countries(entities: &[Entity]) -> Vec<u16> {
    let codes: BTreeSet<&str> =
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
