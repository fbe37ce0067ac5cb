//! A lexicon as bytes: what is large lies in them as it lies in memory.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::claim::Licence;
use super::context::{Nationalities, Theme};
use super::people::GivenNames;
use super::table::Table;
use super::{Index, Lexicon};
use crate::kind::Kind;

#[derive(Serialize, Deserialize)]
struct Packed<'b> {
    key_count: usize,
    country_count: usize,
    kinds: Vec<Kind>,
    licences: Vec<Licence>,
    themes: Vec<Theme>,
    nationalities: Nationalities,
    given_names: GivenNames,
    #[serde(borrow)]
    table: [&'b [u8]; 3],
    #[serde(borrow)]
    claims: &'b [u8],
    /// Two bytes an entity.
    #[serde(borrow)]
    countries: &'b [u8],
    #[serde(borrow)]
    nations: &'b [u8],
    /// One byte an entity.
    #[serde(borrow)]
    kind_numbers: &'b [u8],
}

impl Lexicon {
    /// The lexicon as bytes; `None` if it has the reference index, which has no such form.
    pub(crate) fn pack(&self) -> Option<Vec<u8>> {
        let Index::Table(table) = &self.index else { return None };
        let [slots, firsts, longer] = table.to_bytes();
        let bytes = |numbers: &[u16]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        let (countries, nations): (Vec<u8>, Vec<u8>) =
            (bytes(&self.countries), bytes(&self.nations));
        let packed = Packed {
            key_count: self.key_count,
            country_count: self.country_count,
            kinds: self.kinds.clone(),
            licences: self.licences.clone(),
            themes: self.themes.clone(),
            nationalities: self.nationalities.clone(),
            given_names: self.given_names.clone(),
            table: [&slots, &firsts, &longer],
            claims: &self.claims,
            countries: &countries,
            nations: &nations,
            kind_numbers: &self.kind_numbers,
        };
        postcard::to_stdvec(&packed).ok()
    }

    /// Opens what was packed, without the entities and the cues, which the gazetteer has.
    pub(super) fn open(index: Cow<'static, [u8]>) -> Option<Self> {
        match index {
            Cow::Borrowed(bytes) => Self::open_with(bytes, Cow::Borrowed),
            Cow::Owned(bytes) => Self::open_with(&bytes, |part| Cow::Owned(part.to_vec())),
        }
    }

    fn open_with<'b>(bytes: &'b [u8], keep: fn(&'b [u8]) -> Cow<'static, [u8]>) -> Option<Self> {
        let packed: Packed<'b> = postcard::from_bytes(bytes).ok()?;
        Some(Self {
            index: Index::Table(Table::from_bytes(packed.table)?),
            key_count: packed.key_count,
            claims: keep(packed.claims),
            licences: packed.licences,
            entities: Vec::new().into(),
            cues: Vec::new(),
            themes: packed.themes,
            nationalities: packed.nationalities,
            countries: numbers(packed.countries),
            nations: numbers(packed.nations),
            country_count: packed.country_count,
            kinds: packed.kinds,
            kind_numbers: packed.kind_numbers.to_vec(),
            given_names: packed.given_names,
        })
    }
}

fn numbers(bytes: &[u8]) -> Vec<u16> {
    bytes.as_chunks().0.iter().map(|&two| u16::from_le_bytes(two)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn the_shipped_index_opens_and_is_that_of_its_gazetteer() {
        let mut gazetteer = Gazetteer::builtin();
        let index = gazetteer.index.take().expect("the build script wrote it");
        let opened = Lexicon::open(index).expect("it opens");
        let built = Lexicon::new(gazetteer, false);
        let (Index::Table(ours), Index::Table(theirs)) = (&opened.index, &built.index) else {
            panic!("the table serves");
        };
        assert_eq!(ours.to_bytes(), theirs.to_bytes());
        assert_eq!(opened.claims, built.claims);
        assert_eq!(opened.given_names, built.given_names);
        assert_eq!(
            (opened.countries, opened.nations, opened.kind_numbers),
            (built.countries, built.nations, built.kind_numbers)
        );
    }
}
