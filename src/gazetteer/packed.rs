//! A gazetteer and its index in one piece of bytes, from which a tagger starts at once.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::entities::Entities;
use super::{CueClass, Gazetteer, KindInfo, RoleInfo, Theme};
use crate::entity::Marks;

/// What is written, but for what is large and kept as it is.
#[derive(Serialize, Deserialize)]
struct Packed<'b> {
    kinds: Vec<KindInfo>,
    marks: Vec<Arc<Marks>>,
    cues: Vec<CueClass>,
    roles: Vec<RoleInfo>,
    themes: Vec<Theme>,
    words: Vec<String>,
    entity_ends: Vec<u32>,
    #[serde(borrow)]
    entities: &'b [u8],
    #[serde(borrow)]
    index: &'b [u8],
}

impl Gazetteer {
    /// Puts the gazetteer and its index into one piece.
    ///
    /// # Errors
    ///
    /// If it holds four gigabytes of entities or more.
    pub(crate) fn pack(&self, index: &[u8]) -> Result<Vec<u8>, postcard::Error> {
        let mut entities = Vec::new();
        let mut entity_ends = Vec::new();
        for entity in self.entities.all() {
            entities = postcard::to_extend(entity, entities)?;
            let end = u32::try_from(entities.len());
            entity_ends.push(end.map_err(|_| postcard::Error::SerializeBufferFull)?);
        }
        let Self { kinds, marks, cues, roles, themes, words, .. } = self.clone();
        let entities = entities.as_slice();
        postcard::to_stdvec(&Packed {
            kinds,
            marks,
            cues,
            roles,
            themes,
            words,
            entity_ends,
            entities,
            index,
        })
    }

    /// Opens what the build script packed.
    pub(crate) fn open(bytes: &'static [u8]) -> Option<Self> {
        Self::open_with(bytes, Cow::Borrowed)
    }

    /// Opens what was packed, by a copy of its large parts.
    pub(crate) fn open_copy(bytes: &[u8]) -> Option<Self> {
        Self::open_with(bytes, |part| Cow::Owned(part.to_vec()))
    }

    fn open_with<'b>(bytes: &'b [u8], keep: fn(&'b [u8]) -> Cow<'static, [u8]>) -> Option<Self> {
        let packed: Packed<'b> = postcard::from_bytes(bytes).ok()?;
        let Packed { kinds, marks, cues, roles, themes, words, entity_ends, .. } = packed;
        let entities = Entities::packed(keep(packed.entities), entity_ends, marks.clone());
        let index = Some(keep(packed.index));
        Some(Self {
            kinds,
            marks,
            entities,
            cues,
            roles,
            themes,
            words,
            index,
            notices: Vec::new(),
        })
    }
}
