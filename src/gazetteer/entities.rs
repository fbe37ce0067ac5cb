//! The entities of a gazetteer: all of them read, or each read when it is first asked for.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::entity::{Entity, Marks};

/// Entities by their numbers.
#[derive(Debug, Clone)]
pub(crate) struct Entities(Stored);

#[derive(Debug, Clone)]
enum Stored {
    Read(Vec<Entity>),
    Packed(Packed),
}

/// Entities as `postcard` writes them, one after the other.
#[derive(Debug, Clone)]
struct Packed {
    bytes: Cow<'static, [u8]>,
    /// Where each of them ends.
    ends: Vec<u32>,
    marks: Vec<Arc<Marks>>,
    read: Vec<OnceLock<Box<Entity>>>,
    all: OnceLock<Vec<Entity>>,
}

impl Entities {
    pub(super) fn packed(
        bytes: Cow<'static, [u8]>,
        ends: Vec<u32>,
        marks: Vec<Arc<Marks>>,
    ) -> Self {
        let mut read = Vec::new();
        read.resize_with(ends.len(), OnceLock::new);
        Self(Stored::Packed(Packed { bytes, ends, marks, read, all: OnceLock::new() }))
    }

    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Stored::Read(all) => all.len(),
            Stored::Packed(packed) => packed.ends.len(),
        }
    }

    /// One of them.
    ///
    /// # Panics
    ///
    /// If the number is that of none.
    pub(crate) fn get(&self, number: usize) -> &Entity {
        match &self.0 {
            Stored::Read(all) => &all[number],
            Stored::Packed(packed) => {
                packed.read[number].get_or_init(|| Box::new(packed.read(number)))
            }
        }
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Entity] {
        match &self.0 {
            Stored::Read(all) => all,
            Stored::Packed(packed) => packed.all.get_or_init(|| packed.read_all()),
        }
    }

    /// All of them, to be changed.
    pub(super) fn all_mut(&mut self) -> &mut Vec<Entity> {
        if let Stored::Packed(packed) = &self.0 {
            self.0 = Stored::Read(packed.read_all());
        }
        match &mut self.0 {
            Stored::Read(all) => all,
            Stored::Packed(_) => unreachable!("they were read just now"),
        }
    }
}

impl From<Vec<Entity>> for Entities {
    fn from(all: Vec<Entity>) -> Self {
        Self(Stored::Read(all))
    }
}

impl Packed {
    fn read_all(&self) -> Vec<Entity> {
        (0..self.ends.len()).map(|number| self.read(number)).collect()
    }

    fn read(&self, number: usize) -> Entity {
        let end = |number: usize| self.ends[number] as usize;
        let bytes = &self.bytes[number.checked_sub(1).map_or(0, end)..end(number)];
        let mut entity: Entity =
            postcard::from_bytes(bytes).expect("the whole was checked when it was opened");
        for surface in &mut entity.surfaces {
            surface.marks = Arc::clone(&self.marks[surface.mark as usize]);
        }
        entity
    }
}
