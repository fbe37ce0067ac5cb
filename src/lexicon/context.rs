//! What the words around a name may say of it: of which state it is, and what the text is about.

use serde::{Deserialize, Serialize};

use super::neighbours::Neighbours;
use super::words::{WordMap, Words};
use crate::arabic::Folded;
use crate::arabic::letters::Code;
use crate::entity::Entity;
use crate::gazetteer::definite;
use crate::kind::Kind;

/// The adjectives of states, folded, with the article, and the number of the country that each
/// says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Nationalities(WordMap<u16>);

impl Nationalities {
    /// Those of the states among entities, whose countries have these numbers; an adjective that
    /// several states have says nothing.
    pub(super) fn new(entities: &[Entity], countries: &[u16]) -> Self {
        let mut all: WordMap<u16> = WordMap::default();
        let mut shared = Words::default();
        let states = entities.iter().zip(countries).filter(|(entity, _)| entity.kind == "state");
        for (state, &country) in states {
            for demonym in &state.demonyms {
                let word: Box<[Code]> = Folded::new(&definite(demonym)).key().into();
                if all.insert(word.clone(), country).is_some_and(|other| other != country) {
                    shared.insert(word);
                }
            }
        }
        all.retain(|word, _| !shared.contains(word));
        Self(all)
    }

    pub(super) fn get(&self, word: &[Code]) -> Option<u16> {
        self.0.get(word).copied()
    }
}

/// What a text may be about, so that names in it mean something else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Theme {
    pub(crate) id: String,
    /// How many of its words a document of the theme has.
    pub(crate) least: u32,
    /// The kinds whose names mean something else
    pub(crate) kinds: Vec<Kind>,
    /// right after these words, folded,
    pub(crate) reject_before: Neighbours,
    /// or after one of these, a few words after one of those.
    pub(crate) links: Neighbours,
}

impl Theme {
    pub(super) fn new(theme: &crate::gazetteer::Theme) -> Self {
        Self {
            id: theme.id.clone(),
            least: u32::try_from(theme.least).unwrap_or(u32::MAX),
            kinds: theme.kinds.clone(),
            reject_before: Neighbours::before(&theme.reject_before),
            links: Neighbours::before(&theme.links),
        }
    }
}
