//! Documents → a gazetteer: later layers replace entries, rules derive names, marks find their form.

use std::collections::HashMap;
use std::sync::Arc;

use super::schema::{self, Document, EntryFile};
use super::{CueClass, CuePosition, Gazetteer, KindInfo, ReadFile, RoleInfo, Theme, derive};
use crate::arabic::CliticSet;
use crate::entity::{Context, Entity, Marks, Surface, Term};
use crate::kind::Kind;

/// The rank of an entry that gives none.
const DEFAULT_RANK: u32 = 100;

pub(super) fn assemble(files: &[ReadFile]) -> Gazetteer {
    let kinds = kinds(files);
    let mut entities: Vec<Entity> = Vec::new();
    let mut places: HashMap<(Kind, String), usize> = HashMap::new();
    for file in files {
        let Document::Entries(EntryFile { kind, entries }) = &file.document else { continue };
        let Some(info) = kinds.iter().find(|info| info.kind == *kind.value) else { continue };
        for entry in entries {
            let entity = entity(entry, info);
            let key = (entity.kind.clone(), entity.id.clone());
            match places.get(&key) {
                Some(&index) => entities[index] = entity,
                None => {
                    places.insert(key, entities.len());
                    entities.push(entity);
                }
            }
        }
    }
    let patterns = files.iter().flat_map(|file| match &file.document {
        Document::Patterns(patterns) => patterns.as_slice(),
        _ => &[],
    });
    for entity in derive::from_patterns(patterns, &entities, &kinds) {
        let key = (entity.kind.clone(), entity.id.clone());
        match places.get(&key) {
            // Whoever writes an entry under a pattern's id adds names to it.
            Some(&index) => derive::add_surfaces(&mut entities[index], entity.surfaces),
            None => {
                places.insert(key, entities.len());
                entities.push(entity);
            }
        }
    }
    for entity in &mut entities {
        derive::spellings(entity, &kinds);
    }
    let order = |kind: &Kind| kinds.iter().position(|info| info.kind == *kind);
    entities.sort_by(|a, b| (order(&a.kind), &a.id).cmp(&(order(&b.kind), &b.id)));

    let cues = cues(files);
    let roles = roles(files);
    let themes = themes(files);
    let words = files.iter().flat_map(|file| match &file.document {
        Document::Words(words) => words.as_slice(),
        _ => &[],
    });
    let words = words.map(|word| word.value.clone()).collect();
    let marks = share_marks(&mut entities);
    Gazetteer {
        kinds,
        marks,
        entities: entities.into(),
        cues,
        roles,
        themes,
        words,
        index: None,
        notices: Vec::new(),
    }
}

/// Adds an item, or puts it in the place of the one that goes by the same.
fn put<T, K: PartialEq>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> &K) {
    match list.iter_mut().find(|known| key(known) == key(&item)) {
        Some(known) => *known = item,
        None => list.push(item),
    }
}

fn kinds(files: &[ReadFile]) -> Vec<KindInfo> {
    let mut kinds: Vec<KindInfo> = Vec::new();
    for file in files {
        let Document::Kinds(blocks) = &file.document else { continue };
        for block in blocks {
            let info = KindInfo {
                kind: Kind::from(&*block.id.value),
                cues: texts(&block.cues),
                people: block.people,
                groups: block.groups,
                national: block.national,
                reject_before: texts(&block.reject_before),
            };
            put(&mut kinds, info, |info| &info.kind);
        }
    }
    kinds
}

fn cues(files: &[ReadFile]) -> Vec<CueClass> {
    let mut cues: Vec<CueClass> = Vec::new();
    for file in files {
        let Document::Cues(blocks) = &file.document else { continue };
        for block in blocks {
            let class = CueClass {
                id: block.id.value.clone(),
                position: match &*block.position.value {
                    "after" => CuePosition::After,
                    "around" => CuePosition::Around,
                    _ => CuePosition::Before,
                },
                gap: block.gap.as_ref().map_or(0, |gap| usize::try_from(gap.value).unwrap_or(0)),
                words: texts(&block.words),
                marks: block.marks.iter().filter_map(|marks| pair(&marks.value)).collect(),
            };
            put(&mut cues, class, |info| &info.id);
        }
    }
    cues
}

/// The two characters of a string that has no others.
pub(super) fn pair(marks: &str) -> Option<(char, char)> {
    let mut chars = marks.chars();
    let pair = chars.next().zip(chars.next());
    pair.filter(|_| chars.next().is_none())
}

fn roles(files: &[ReadFile]) -> Vec<RoleInfo> {
    let mut roles: Vec<RoleInfo> = Vec::new();
    for file in files {
        let Document::Roles(blocks) = &file.document else { continue };
        for block in blocks {
            let role = RoleInfo {
                id: block.id.value.clone(),
                names: texts(&block.names),
                reject_before: texts(&block.reject_before),
                reject_after: texts(&block.reject_after),
            };
            put(&mut roles, role, |info| &info.id);
        }
    }
    roles
}

fn themes(files: &[ReadFile]) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for file in files {
        let Document::Themes(blocks) = &file.document else { continue };
        for block in blocks {
            let theme = Theme {
                id: block.id.value.clone(),
                least: usize::try_from(block.least.value).unwrap_or(usize::MAX),
                kinds: block.kinds.iter().map(|kind| Kind::from(&*kind.value)).collect(),
                reject_before: texts(&block.reject_before),
                links: texts(&block.links),
                words: texts(&block.words),
            };
            put(&mut themes, theme, |info| &info.id);
        }
    }
    themes
}

fn entity(entry: &schema::Entry, info: &KindInfo) -> Entity {
    let mut surfaces = vec![surface(&entry.name.value, &entry.marks, info)];
    for alias in &entry.aliases {
        let marks = alias.marks.as_ref().unwrap_or(&entry.marks);
        surfaces.push(surface(&alias.text.value, marks, info));
    }
    Entity {
        kind: info.kind.clone(),
        id: entry.id.value.clone(),
        name: entry.name.value.clone(),
        en: entry.en.value.clone(),
        qid: text(entry.qid.as_ref()),
        source: text(entry.source.as_ref()),
        country: text(entry.country.as_ref()),
        coordinates: entry.lat.as_ref().zip(entry.lon.as_ref()).map(|(a, b)| (a.value, b.value)),
        within: text(entry.within.as_ref()),
        capital: text(entry.capital.as_ref()),
        role: text(entry.role.as_ref()),
        terms: entry.terms.iter().map(term).collect(),
        from: text(entry.from.as_ref()),
        to: text(entry.to.as_ref()),
        demonyms: texts(&entry.demonyms),
        rank: entry
            .rank
            .as_ref()
            .and_then(|rank| u32::try_from(rank.value).ok())
            .unwrap_or(DEFAULT_RANK),
        former_ids: texts(&entry.former_ids),
        surfaces,
    }
}

fn surface(text: &str, marks: &schema::Marks, info: &KindInfo) -> Surface {
    let clitics = match marks.clitics.as_ref().map(|clitics| &*clitics.value) {
        None => CliticSet::ALL,
        Some("none") => CliticSet::NONE,
        Some(letters) => CliticSet::from_letters(letters).unwrap_or(CliticSet::ALL),
    };
    let marks = Marks {
        context: match marks.context.as_ref().map(|context| &*context.value) {
            Some("required") => Context::Required,
            Some("never-bare") => Context::NeverBare,
            _ => Context::Free,
        },
        cues: if marks.cues.is_empty() { info.cues.clone() } else { texts(&marks.cues) },
        clitics,
        reject_before: [texts(&marks.reject_before), info.reject_before.clone()].concat(),
        reject_after: texts(&marks.reject_after),
        ..Marks::default()
    };
    Surface::new(text.to_owned(), None, &Arc::new(marks))
}

/// Lets forms of equal marks share them, and numbers them.
fn share_marks(entities: &mut [Entity]) -> Vec<Arc<Marks>> {
    let mut numbers: HashMap<Arc<Marks>, u32> = HashMap::new();
    let mut all = Vec::new();
    for surface in entities.iter_mut().flat_map(|entity| &mut entity.surfaces) {
        let next = u32::try_from(all.len()).unwrap_or(u32::MAX);
        surface.mark = *numbers.entry(Arc::clone(&surface.marks)).or_insert(next);
        if surface.mark == next {
            all.push(Arc::clone(&surface.marks));
        }
        surface.marks = Arc::clone(&all[surface.mark as usize]);
    }
    all
}

fn term(term: &schema::Term) -> Term {
    Term {
        role: term.role.value.clone(),
        country: text(term.country.as_ref()),
        from: text(term.from.as_ref()),
        to: text(term.to.as_ref()),
    }
}

fn text(value: Option<&schema::Located<String>>) -> Option<String> {
    value.map(|located| located.value.clone())
}

fn texts(values: &[schema::Located<String>]) -> Vec<String> {
    values.iter().map(|located| located.value.clone()).collect()
}
