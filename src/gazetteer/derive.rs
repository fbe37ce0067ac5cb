//! Names that rules make from names: spellings of one entity, and entities of every state.
//!
//! | rule | from | makes |
//! |---|---|---|
//! | `kunya` | أبو X | أبا X, أبي X |
//! | `abd` | عبد X | عبدX, and back for the joined names of God |
//! | `plural` | المسلمون, مجاهدو X | المسلمين, مجاهدي X |
//! | `demonym` | a state | its adjective, where the tagger is asked for it |
//! | `role` | a term of office and `roles.toml` | the office of that state, where the tagger is asked for it |
//! | `pattern` | a state and `patterns.toml` | its ministries, army, agencies |

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::schema::PatternBlock;
use super::{KindInfo, RoleInfo};
use crate::entity::{Context, Entity, Marks, Rule, Surface, Term};
use crate::kind::Kind;

/// أبو and the cases it takes inside a sentence.
const KUNYA: &str = "\u{0623}\u{0628}\u{0648}"; // أبو
const KUNYA_CASES: [&str; 2] = [
    "\u{0623}\u{0628}\u{0627}", // أبا
    "\u{0623}\u{0628}\u{064A}", // أبي
];

/// عبد, written apart from the name of God after it or joined to it.
const ABD: &str = "\u{0639}\u{0628}\u{062F}"; // عبد
const ARTICLE: &str = "\u{0627}\u{0644}"; // ال

/// The endings of a sound masculine plural: as a subject, and as anything else.
const NOMINATIVE: &str = "\u{0648}\u{0646}"; // ون
const OBLIQUE: &str = "\u{064A}\u{0646}"; // ين

/// Adds the spellings that rules make from an entity's forms; plurals inflect in names of groups.
pub(super) fn spellings(entity: &mut Entity, kinds: &[KindInfo]) {
    let groups = kinds.iter().any(|info| info.groups && info.kind == entity.kind);
    let mut index = 0;
    while index < entity.surfaces.len() {
        let surface = &entity.surfaces[index];
        let mut made: Vec<(Rule, String)> = Vec::new();
        for case in kunya_cases(&surface.text) {
            made.push((Rule::Kunya, case));
        }
        made.extend(abd_spacing(&surface.text).map(|text| (Rule::Abd, text)));
        if groups {
            made.extend(oblique(&surface.text).map(|text| (Rule::Plural, text)));
        }
        let made =
            made.into_iter().map(|(rule, text)| Surface::new(text, Some(rule), &surface.marks));
        let made: Vec<Surface> = made.collect();
        add_surfaces(entity, made);
        index += 1;
    }
}

/// Adds the forms of a state's adjective, with the article and without.
pub(super) fn demonyms(state: &mut Entity) {
    let forms = state.demonyms.iter().flat_map(|form| [definite(form), form.clone()]);
    let marks = Arc::new(Marks::default());
    let surfaces = forms.map(|text| Surface::new(text, Some(Rule::Demonym), &marks));
    let surfaces = surfaces.collect();
    add_surfaces(state, surfaces);
}

/// Adds to every official the offices held since a known date, as forms that count in their terms.
pub(super) fn roles(entities: &mut [Entity], roles: &[RoleInfo]) {
    let mut states: HashMap<String, Entity> = HashMap::new();
    for state in entities.iter().filter(|entity| entity.kind == "state") {
        if let Some(country) = &state.country {
            states.insert(country.clone(), state.clone());
        }
    }
    for entity in entities.iter_mut().filter(|entity| !entity.terms.is_empty()) {
        for role in roles {
            let mut by_country: Vec<(&Entity, Vec<Term>)> = Vec::new();
            // A term of unknown start would count before it too.
            let held = |term: &&Term| term.role == role.id && term.from.is_some();
            for term in entity.terms.iter().filter(held) {
                let country = term.country.as_ref().or(entity.country.as_ref());
                let Some(state) = country.and_then(|country| states.get(country)) else { continue };
                match by_country.iter_mut().find(|(known, _)| known.id == state.id) {
                    Some((_, terms)) => terms.push(term.clone()),
                    None => by_country.push((state, vec![term.clone()])),
                }
            }
            for (state, terms) in by_country {
                let marks = Arc::new(Marks {
                    reject_before: role.reject_before.clone(),
                    reject_after: role.reject_after.clone(),
                    terms,
                    ..Marks::default()
                });
                let texts = role.names.iter().flat_map(|name| expand(name, state));
                let surfaces = texts.map(|text| Surface::new(text, Some(Rule::Role), &marks));
                add_surfaces(entity, surfaces.collect());
            }
        }
    }
}

/// Adds forms that the entity does not have yet.
pub(super) fn add_surfaces(entity: &mut Entity, surfaces: Vec<Surface>) {
    for surface in surfaces {
        if entity.surfaces.iter().all(|known| known.text != surface.text) {
            entity.surfaces.push(surface);
        }
    }
}

fn kunya_cases(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let Some(at) = words.iter().position(|&word| word == KUNYA) else { return Vec::new() };
    let with_case = |case: &&str| {
        let mut words = words.clone();
        words[at] = case;
        words.join(" ")
    };
    KUNYA_CASES.iter().map(with_case).collect()
}

/// The form with every عبد ال… joined, if it has one apart; apart, if it has one joined.
fn abd_spacing(text: &str) -> Option<String> {
    let apart = format!("{ABD} {ARTICLE}");
    let joined = format!("{ABD}{ARTICLE}");
    let starts_word = |at: usize| at == 0 || text[..at].ends_with(' ');
    if text.match_indices(&apart).any(|(at, _)| starts_word(at)) {
        Some(text.replace(&apart, &joined))
    } else if text.match_indices(&joined).any(|(at, _)| starts_word(at)) {
        Some(text.replace(&joined, &apart))
    } else {
        None
    }
}

/// The form with its sound masculine plurals in the oblique case, if it has some: definite ones in
/// ون anywhere, one in و before what it governs at the start.
fn oblique(text: &str) -> Option<String> {
    const STEM: usize = 3;
    let words: Vec<&str> = text.split(' ').collect();
    let inflect = |(index, &word): (usize, &&str)| -> Option<String> {
        let definite = word.strip_prefix(ARTICLE).and_then(|rest| rest.strip_suffix(NOMINATIVE));
        if let Some(stem) = definite
            && stem.chars().count() >= STEM
        {
            return Some(format!("{ARTICLE}{stem}{OBLIQUE}"));
        }
        let governs = index == 0 && words.len() > 1 && !word.starts_with(ARTICLE);
        let stem = word.strip_suffix('\u{0648}').filter(|_| governs)?; // و
        (stem.chars().count() > STEM).then(|| format!("{stem}\u{064A}")) // ي
    };
    let inflected: Vec<Option<String>> = words.iter().enumerate().map(inflect).collect();
    if inflected.iter().all(Option::is_none) {
        return None;
    }
    let forms = words.iter().zip(inflected);
    let forms: Vec<String> = forms.map(|(word, form)| form.unwrap_or((*word).to_owned())).collect();
    Some(forms.join(" "))
}

/// The entities that patterns make of each state with an adjective.
pub(super) fn from_patterns<'p>(
    patterns: impl Iterator<Item = &'p PatternBlock>,
    entities: &[Entity],
    kinds: &[KindInfo],
) -> Vec<Entity> {
    let mut made: Vec<Entity> = Vec::new();
    let mut places: HashMap<(Kind, String), usize> = HashMap::new();
    for pattern in patterns {
        let Some(info) = kinds.iter().find(|info| info.kind == *pattern.kind.value) else {
            continue;
        };
        for state in entities.iter().filter(|entity| entity.kind == "state") {
            if let Some(entity) = apply(pattern, state, info) {
                match places.entry((entity.kind.clone(), entity.id.clone())) {
                    Entry::Occupied(place) => {
                        add_surfaces(&mut made[*place.get()], entity.surfaces)
                    }
                    Entry::Vacant(place) => {
                        place.insert(made.len());
                        made.push(entity);
                    }
                }
            }
        }
    }
    made
}

fn apply(pattern: &PatternBlock, state: &Entity, info: &KindInfo) -> Option<Entity> {
    let wanted = pattern.countries.is_empty()
        || pattern.countries.iter().any(|country| Some(&country.value) == state.country.as_ref());
    if !wanted {
        return None;
    }
    let templates = std::iter::once(&pattern.name).chain(&pattern.names);
    let mut texts: Vec<String> = Vec::new();
    for template in templates {
        for text in expand(&template.value, state) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    let name = texts.first()?.clone();
    let marks = Arc::new(Marks {
        cues: info.cues.clone(),
        reject_before: pattern.reject_before.iter().map(|word| word.value.clone()).collect(),
        ..Marks::default()
    });
    let surfaces = texts.into_iter().map(|text| Surface::new(text, Some(Rule::Pattern), &marks));
    Some(Entity {
        kind: Kind::from(info.kind.as_str()),
        id: pattern.id.value.replace("{state}", &state.id),
        name,
        en: pattern.en.value.replace("{en}", &state.en),
        qid: None,
        source: Some(format!("pattern {}", pattern.id.value)),
        country: state.country.clone(),
        coordinates: None,
        within: Some(state.id.clone()),
        capital: None,
        role: None,
        terms: Vec::new(),
        from: None,
        to: None,
        demonyms: Vec::new(),
        rank: state.rank,
        former_ids: Vec::new(),
        surfaces: surfaces.collect(),
    })
}

/// Fills a template once for every form of the state that it asks for.
fn expand(template: &str, state: &Entity) -> Vec<String> {
    let (slot, fillers): (&str, Vec<String>) = if template.contains("{f}") {
        (
            "{f}",
            state
                .demonyms
                .iter()
                .filter(|form| is_feminine(form))
                .map(|form| definite(form))
                .collect(),
        )
    } else if template.contains("{m}") {
        (
            "{m}",
            state
                .demonyms
                .iter()
                .filter(|form| is_masculine(form))
                .map(|form| definite(form))
                .collect(),
        )
    } else {
        let free = |surface: &&Surface| surface.marks.context == Context::Free;
        ("{name}", state.surfaces.iter().filter(free).map(|surface| surface.text.clone()).collect())
    };
    fillers.iter().map(|filler| template.replace(slot, filler)).collect()
}

/// A demonym with the article: السوري.
pub(crate) fn definite(demonym: &str) -> String {
    format!("{ARTICLE}{demonym}")
}

/// Whether a demonym is the feminine singular: سورية.
fn is_feminine(demonym: &str) -> bool {
    demonym.ends_with("\u{064A}\u{0629}") // ية
}

/// Whether a demonym is the masculine singular: سوري.
fn is_masculine(demonym: &str) -> bool {
    demonym.ends_with('\u{064A}') // ي
}
