//! How names of people begin.

use serde::{Deserialize, Serialize};

use super::words::WordMap;
use crate::arabic::Skeleton;
use crate::arabic::letters::{Code, SPACE};

/// The shortest word that counts as a given name, in letters.
const SHORTEST: usize = 3;

/// First words of the full names of people, and who has them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct GivenNames {
    words: WordMap<Vec<u32>>,
    skeletons: WordMap<Vec<u32>>,
}

/// How much of a person's name a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonName {
    /// One word: a surname, or a name that its bearer is known by.
    Single,
    /// Several words, the first of which does not begin the full name: دي ميستورا.
    Family,
    /// A given name and more.
    Full,
}

impl PersonName {
    /// That of a form with this key, of a person whose full name has that one.
    pub(super) fn of(key: &[Code], full: &[Code]) -> Self {
        let (first, _) = first_word(full);
        match first_word(key) {
            (_, false) => Self::Single,
            (word, true) if word == first => Self::Full,
            _ => Self::Family,
        }
    }

    /// The first code of the given name in a full name, 0 if the form has it or there is none.
    pub(super) fn given(self, full: &[Code]) -> Code {
        match (self, first_word(full)) {
            (Self::Single | Self::Family, ([first, ..], true)) => *first,
            _ => 0,
        }
    }
}

/// The first word of a key, and whether others follow.
fn first_word(key: &[Code]) -> (&[Code], bool) {
    let end = key.iter().position(|&code| code == SPACE);
    end.map_or((key, false), |end| (&key[..end], true))
}

impl GivenNames {
    /// Adds the first word of a form of an entity, if it has several.
    pub(super) fn add(&mut self, key: &[Code], entity: u32) {
        let (word, goes_on) = first_word(key);
        if goes_on && word.len() >= SHORTEST {
            insert(&mut self.words, word, entity);
            if let Some(skeleton) = Skeleton::new(word) {
                insert(&mut self.skeletons, skeleton.codes(), entity);
            }
        }
    }

    /// The entities that have a word as a given name, in the order of their numbers.
    pub(super) fn bearers(&self, word: &[Code]) -> &[u32] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The same for those that have it in any spelling.
    pub(super) fn bearers_alike(&self, word: &[Code]) -> &[u32] {
        let skeleton = Skeleton::new(word);
        let bearers = skeleton.and_then(|skeleton| self.skeletons.get(skeleton.codes()));
        bearers.map_or(&[], Vec::as_slice)
    }
}

/// Adds an entity to those of a word, which stay in their order.
fn insert(map: &mut WordMap<Vec<u32>>, word: &[Code], entity: u32) {
    let Some(entities) = map.get_mut(word) else {
        map.insert(word.into(), vec![entity]);
        return;
    };
    if let Err(place) = entities.binary_search(&entity) {
        entities.insert(place, entity);
    }
}
