//! Checks that see every file: what one entry says against what others say.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::characters;
use super::{Report, Written, is_reported};
use crate::arabic::clitics::readings;
use crate::arabic::{self, Folded, Folds, Spelling, accept, is_word};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::entity::{Entity, Rule, Surface};
use crate::gazetteer::schema::{Document, Located, PatternBlock, closest};
use crate::gazetteer::{Gazetteer, ReadFile, assemble, derive};

/// The most places that one message shows.
const SHOWN_PLACES: usize = 4;

/// Everything that was read, and what it makes.
pub(super) struct Corpus<'c> {
    files: &'c [ReadFile],
    /// Entries by kind and id, in the order of the files; the last one counts.
    entries: HashMap<(&'c str, &'c str), Vec<Written<'c>>>,
    gazetteer: Gazetteer,
    /// The forms of the gazetteer's entities by their key.
    claims: HashMap<Box<[u8]>, Vec<Claim>>,
}

/// A form of an entity, by their numbers.
#[derive(Debug, Clone, Copy)]
struct Claim {
    entity: usize,
    surface: usize,
}

/// Where a form is written, or what makes it.
struct Site<'c> {
    source: &'c Arc<SourceFile>,
    at: &'c Range<usize>,
    /// What stands there, for a label.
    by: String,
}

impl<'c> Corpus<'c> {
    pub(super) fn new(files: &'c [ReadFile]) -> Self {
        let gazetteer = assemble::assemble(files);
        let mut entries: HashMap<_, Vec<_>> = HashMap::new();
        for file in files {
            let Document::Entries(document) = &file.document else { continue };
            for entry in document.entries.iter().filter(|entry| entry.id.is_written()) {
                let key = (&*document.kind.value, &*entry.id.value);
                entries.entry(key).or_default().push(Written { file, entry });
            }
        }
        let mut claims: HashMap<_, Vec<_>> = HashMap::new();
        for (entity, made) in gazetteer.entities().iter().enumerate() {
            for (surface, form) in made.surfaces.iter().enumerate() {
                let key: Box<[u8]> = Folded::new(&form.text).key().into();
                if !key.is_empty() {
                    claims.entry(key).or_default().push(Claim { entity, surface });
                }
            }
        }
        Self { files, entries, gazetteer, claims }
    }

    fn get(&self, kind: &str, id: &str) -> Option<Written<'c>> {
        self.entries.get(&(kind, id))?.last().copied()
    }

    /// The entry that an entity was read from; a pattern may have made it from none.
    fn written(&self, entity: &Entity) -> Option<Written<'c>> {
        self.get(entity.kind.as_str(), &entity.id)
    }

    /// Every entity that was read, with its entry.
    fn entities(&self) -> impl Iterator<Item = (&Entity, Written<'c>)> {
        self.gazetteer.entities().iter().filter_map(|entity| Some((entity, self.written(entity)?)))
    }

    /// Every entry of the files that are checked.
    fn checked(&self) -> impl Iterator<Item = (&'c str, Written<'c>)> {
        self.files.iter().filter(|file| is_reported(file)).flat_map(|file| {
            let kind = match &file.document {
                Document::Entries(document) => &*document.kind.value,
                _ => "",
            };
            file.document.entries().iter().map(move |entry| (kind, Written { file, entry }))
        })
    }

    fn patterns(&self) -> impl Iterator<Item = (&'c ReadFile, &'c PatternBlock)> {
        self.files.iter().flat_map(|file| {
            let patterns = match &file.document {
                Document::Patterns(patterns) => patterns.as_slice(),
                _ => &[],
            };
            patterns.iter().map(move |pattern| (file, pattern))
        })
    }

    /// The pattern that makes an entity of some state.
    fn pattern_of(&self, entity: &Entity) -> Option<(&'c ReadFile, &'c PatternBlock)> {
        let states = || self.gazetteer.entities().iter().filter(|entity| entity.kind == "state");
        self.patterns().find(|(_, pattern)| {
            entity.kind == *pattern.kind.value
                && states().any(|state| pattern.id.value.replace("{state}", &state.id) == entity.id)
        })
    }

    fn site(&self, claim: Claim) -> Option<Site<'c>> {
        let entity = &self.gazetteer.entities()[claim.entity];
        let form = &entity.surfaces[claim.surface];
        let of_pattern = form.rule == Some(Rule::Pattern);
        if let Some(written) = self.written(entity).filter(|_| !of_pattern) {
            let named = |text: &str| names(written).find(|name| name.value == text);
            let parent = || {
                let count = names(written).count().min(entity.surfaces.len());
                let makes = |&at: &usize| {
                    spellings(&self.gazetteer, entity, at).any(|made| made.text == form.text)
                };
                (0..count).find(makes).and_then(|at| named(&entity.surfaces[at].text))
            };
            let name = named(&form.text).or_else(parent).unwrap_or(&written.entry.name);
            let rule =
                form.rule.map(|rule| format!(", by rule `{}`", rule.as_str())).unwrap_or_default();
            let by = format!("{} `{}`{rule}", entity.kind, entity.id);
            return Some(Site { source: &written.file.source, at: &name.at, by });
        }
        let (file, pattern) = self.pattern_of(entity)?;
        let by = format!("{} `{}`, by this pattern", entity.kind, entity.id);
        Some(Site { source: &file.source, at: &pattern.name.at, by })
    }

    /// Whether a file could not be read, so that what it would declare is not known.
    fn is_partial(&self) -> bool {
        self.files.iter().any(|file| matches!(file.document, Document::Broken))
    }
}

/// The names that an entry writes: its name, then its aliases.
fn names<'c>(written: Written<'c>) -> impl Iterator<Item = &'c Located<String>> {
    let aliases = written.entry.aliases.iter().map(|alias| &alias.text);
    std::iter::once(&written.entry.name).chain(aliases)
}

/// The forms that rules make of one form of an entity.
fn spellings(
    gazetteer: &Gazetteer,
    entity: &Entity,
    surface: usize,
) -> impl Iterator<Item = Surface> + use<> {
    let mut alone = entity.clone();
    alone.surfaces = vec![entity.surfaces[surface].clone()];
    derive::spellings(&mut alone, &gazetteer.kinds);
    alone.surfaces.into_iter().skip(1)
}

pub(super) fn ids(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    type Place<'c> = (&'c Arc<SourceFile>, &'c Located<String>, Option<&'c str>);
    let mut uses: BTreeMap<(usize, String, &str), Vec<Place<'_>>> = BTreeMap::new();
    for file in corpus.files.iter().filter(|file| is_reported(file)) {
        for (what, id, country) in declared(&file.document) {
            let key = (file.layer, what, &*id.value);
            uses.entry(key).or_default().push((&file.source, id, country));
        }
    }
    for ((_, what, id), places) in uses {
        for pair in places.windows(2) {
            let [(first_file, first, _), (file, second, country)] = pair else { continue };
            let state = |country: &str| {
                let mut entities = corpus.gazetteer.entities().iter();
                let state =
                    entities.find(|e| e.kind == "state" && e.country.as_deref() == Some(country));
                state.map(|state| state.id.clone())
            };
            let suffix = country.and_then(|country| {
                Some(state(country).unwrap_or_else(|| country.to_ascii_lowercase()))
            });
            let help = match suffix {
                Some(suffix) => {
                    format!("is it another? add the country: `{id}-{suffix}`; if not, keep one")
                }
                None => "keep one of them, or give the second another id".to_owned(),
            };
            report.add(
                report
                    .error(format!("id `{id}` is used twice {what}"))
                    .at(file, &second.at, "second use")
                    .at(first_file, &first.at, "first use")
                    .help(help),
            );
        }
    }
}

/// The ids that a file declares, among what each must be the only one, and the country of an entry.
fn declared(document: &Document) -> Vec<(String, &Located<String>, Option<&str>)> {
    let all: Vec<(String, &Located<String>, Option<&str>)> = match document {
        Document::Entries(document) => {
            let what = format!("in kind `{}`", document.kind.value);
            let entries = document.entries.iter();
            entries.map(|e| (what.clone(), &e.id, e.country.as_ref().map(|c| &*c.value))).collect()
        }
        Document::Kinds(kinds) => kinds.iter().map(|k| ("by kinds".into(), &k.id, None)).collect(),
        Document::Cues(classes) => {
            classes.iter().map(|c| ("by classes of cues".into(), &c.id, None)).collect()
        }
        Document::Patterns(patterns) => {
            patterns.iter().map(|p| ("by patterns".into(), &p.id, None)).collect()
        }
        Document::Roles(roles) => roles.iter().map(|r| ("by roles".into(), &r.id, None)).collect(),
        Document::Themes(themes) => {
            themes.iter().map(|t| ("by themes".into(), &t.id, None)).collect()
        }
        Document::Words(_) | Document::Broken => Vec::new(),
    };
    all.into_iter().filter(|(_, id, _)| id.is_written()).collect()
}

pub(super) fn useless_aliases(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    for (entity, written) in corpus.entities().filter(|(_, w)| is_reported(w.file)) {
        let names: Vec<Form<'_>> = names(written)
            .zip(&entity.surfaces)
            .map(|(name, surface)| Form::new(name, surface))
            .collect();
        for (at, alias) in names.iter().enumerate().skip(1) {
            let others = (0..names.len()).filter(|&other| other != at && alias.name.is_written());
            let reason = others
                .map(|other| (other, why_useless(&corpus.gazetteer, entity, &names, at, other)));
            let Some((other, reason)) = reason.into_iter().find_map(|(o, why)| Some((o, why?)))
            else {
                continue;
            };
            let other_name = if other == 0 { "the name" } else { "another alias" };
            let (message, label, help) = match reason {
                Useless::SameKey(folds) if folds.is_empty() => (
                    format!("alias adds nothing: it is {other_name} again"),
                    "the same".to_owned(),
                    "a name is written once".to_owned(),
                ),
                Useless::SameKey(folds) => (
                    format!("alias adds nothing: it has the same key as {other_name}"),
                    format!("same key but for {}", folds.names().collect::<Vec<_>>().join(" and ")),
                    "vowel marks, tatweel, hamzas on alef and the like are folded for you"
                        .to_owned(),
                ),
                Useless::Made(rule) => (
                    format!("alias adds nothing: rule `{rule}` makes it of {other_name}"),
                    "the rule starts here".to_owned(),
                    "see \"What not to write\" in gazetteers/README.md".to_owned(),
                ),
                Useless::Proclitic => (
                    format!("alias adds nothing: it is {other_name} with a proclitic"),
                    "found with proclitics before it".to_owned(),
                    "see \"What not to write\" in gazetteers/README.md".to_owned(),
                ),
            };
            report.add(
                report
                    .error(message)
                    .at(written.source(), &alias.name.at, "delete this line")
                    .at(written.source(), &names[other].name.at, label)
                    .help(help),
            );
        }
    }
}

/// A name of an entry with what is needed to compare it with another.
struct Form<'c> {
    name: &'c Located<String>,
    surface: &'c Surface,
    folded: Folded,
}

impl<'c> Form<'c> {
    fn new(name: &'c Located<String>, surface: &'c Surface) -> Self {
        Self { name, surface, folded: Folded::new(&name.value) }
    }

    /// What must be folded to find this form under another spelling.
    fn found_under(&self, spelling: &str) -> Option<Folds> {
        let key = self.folded.key();
        if key.is_empty() || Folded::new(spelling).key() != key {
            return None;
        }
        let rules = Spelling::new(spelling, key);
        let form = arabic::Form { utf8: spelling.as_bytes(), codes: key.len(), spelling: rules };
        let codes = arabic::Codes::new(&self.name.value, &self.folded, 1, 1 + key.len());
        accept(form, 0, codes, &mut Folded::default())
    }
}

enum Useless {
    SameKey(Folds),
    Made(&'static str),
    Proclitic,
}

/// Why one name of an entry adds nothing beside another, if so.
fn why_useless(
    gazetteer: &Gazetteer,
    entity: &Entity,
    names: &[Form<'_>],
    at: usize,
    other: usize,
) -> Option<Useless> {
    let (alias, known) = (&names[at], &names[other]);
    if other < at && alias.folded.key() == known.folded.key() {
        return alias.found_under(&known.name.value).map(Useless::SameKey);
    }
    if let Some(made) =
        spellings(gazetteer, entity, other).find(|made| alias.found_under(&made.text).is_some())
    {
        let mutual =
            spellings(gazetteer, entity, at).any(|made| known.found_under(&made.text).is_some());
        return (other < at || !mutual)
            .then_some(Useless::Made(made.rule.map_or("spelling", Rule::as_str)));
    }
    let key = alias.folded.key();
    let word = key.iter().position(|&code| !is_word(code)).unwrap_or(key.len());
    let mut found = false;
    readings(&key[..word], |reading| {
        let name = reading.contraction.missing().iter().chain(&key[usize::from(reading.skip)..]);
        found |= reading.skip > 0
            && known.surface.marks.clitics.contains(reading.clitics)
            && name.eq(known.folded.key());
    });
    found.then_some(Useless::Proclitic)
}

pub(super) fn shared_keys(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    // By where the forms are written, so that one pair of names is shown once, whatever rules make
    // of it; of those the one with the fewest rules.
    let mut found: BTreeMap<Vec<(&str, usize)>, (usize, Diagnostic)> = BTreeMap::new();
    for claims in corpus.claims.values() {
        let mut by_entity: BTreeMap<usize, Claim> = BTreeMap::new();
        for claim in claims {
            by_entity.entry(claim.entity).or_insert(*claim);
        }
        if by_entity.len() < 2 {
            continue;
        }
        let claims: Vec<Claim> = by_entity.into_values().collect();
        let Some((sites, problem)) = shared_key(corpus, &claims, report) else { continue };
        let places = sites.iter().map(|site| (&*site.source.path, site.at.start)).collect();
        let rule = |claim: &&Claim| {
            corpus.gazetteer.entities()[claim.entity].surfaces[claim.surface].rule.is_some()
        };
        let rules = claims.iter().filter(rule).count();
        match found.get(&places) {
            Some(&(fewest, _)) if fewest <= rules => {}
            _ => {
                found.insert(places, (rules, problem));
            }
        }
    }
    found.into_values().for_each(|(_, problem)| report.add(problem));
}

fn shared_key<'c>(
    corpus: &Corpus<'c>,
    claims: &[Claim],
    report: &Report<'_>,
) -> Option<(Vec<Site<'c>>, Diagnostic)> {
    let entity = |claim: &Claim| &corpus.gazetteer.entities()[claim.entity];
    let written = |claim: &Claim| corpus.written(entity(claim));
    let of_patterns_only = claims.iter().all(|claim| written(claim).is_none());
    let is_unmarked = |claim: &&Claim| match written(claim) {
        Some(written) => is_reported(written.file) && !written.entry.ambiguous,
        // What a pattern makes is as ambiguous as its state; beside an entry, that one's mark is enough.
        None => of_patterns_only && !is_of_ambiguous_state(corpus, entity(claim)),
    };
    let (unmarked, marked): (Vec<&Claim>, Vec<&Claim>) = claims.iter().partition(is_unmarked);
    if unmarked.is_empty() {
        return None;
    }
    let kind = &entity(&claims[0]).kind;
    let of_kind = if claims.iter().all(|claim| entity(claim).kind == *kind) {
        format!(" of kind `{kind}`")
    } else {
        String::new()
    };
    let number = if claims.len() == 2 { "two".to_owned() } else { claims.len().to_string() };
    let mut problem = report.error(format!("{number} entries{of_kind} claim one key"));
    let mut sites = Vec::new();
    for claim in unmarked.iter().chain(&marked) {
        let Some(site) = corpus.site(**claim) else { continue };
        if sites.len() < SHOWN_PLACES {
            let start = if sites.is_empty() { "claimed here by" } else { "and here by" };
            let is_marked = written(claim).is_some_and(|written| written.entry.ambiguous);
            let mark = if is_marked { ", marked already" } else { "" };
            problem = problem.at(site.source, site.at, format!("{start} {}{mark}", site.by));
        }
        sites.push(site);
    }
    let made = claims.iter().find(|claim| written(claim).is_none());
    let help = match made {
        Some(_) if of_patterns_only => {
            "set `ambiguous = true` in each of the states, or give the pattern its `countries`"
                .to_owned()
        }
        Some(made) => format!(
            "delete it, or give the entry the id `{}` to join the two, or set `ambiguous = true`",
            entity(made).id
        ),
        None => {
            "keep it in one entry, or set `ambiguous = true` in each; `rank` says which is usual"
                .to_owned()
        }
    };
    let more = match claims.len().saturating_sub(SHOWN_PLACES) {
        0 => String::new(),
        more => format!("; {more} more claim it"),
    };
    Some((sites, problem.help(help + &more)))
}

fn is_of_ambiguous_state(corpus: &Corpus<'_>, entity: &Entity) -> bool {
    let state = entity.within.as_deref().and_then(|id| corpus.get("state", id));
    state.is_some_and(|state| state.entry.ambiguous)
}

pub(super) fn references(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    kinds(corpus, report);
    classes(corpus, report);
    if !corpus.is_partial() {
        containers(corpus, report);
        countries(corpus, report);
    }
}

fn kinds(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    let known: Vec<&str> = corpus.gazetteer.kinds.iter().map(|info| info.kind.as_str()).collect();
    let named = corpus.files.iter().flat_map(|file| {
        let kinds: Vec<&Located<String>> = match &file.document {
            Document::Entries(document) => vec![&document.kind],
            Document::Patterns(patterns) => patterns.iter().map(|p| &p.kind).collect(),
            Document::Themes(themes) => themes.iter().flat_map(|theme| &theme.kinds).collect(),
            _ => Vec::new(),
        };
        kinds.into_iter().map(move |kind| (file, kind))
    });
    for (file, kind) in named {
        if !kind.is_written() || known.contains(&&*kind.value) {
            continue;
        }
        let help = match closest(&kind.value, known.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "a new kind is declared in kinds.toml".to_owned(),
        };
        report.add(
            report
                .error(format!("kind `{}` is not known", kind.value))
                .at(&file.source, &kind.at, format!("expected {}", one_of(&known)))
                .help(help),
        );
    }
}

fn classes(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    let known: Vec<&str> = corpus.gazetteer.cues.iter().map(|class| &*class.id).collect();
    for file in corpus.files.iter().filter(|file| is_reported(file)) {
        let texts = file.document.texts().into_iter().filter(|text| text.field == "cues");
        for class in texts.map(|text| text.text) {
            if known.contains(&&*class.value) {
                continue;
            }
            let help = match closest(&class.value, known.iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None => "a new class is declared in cues.toml".to_owned(),
            };
            report.add(
                report
                    .error(format!("cue class `{}` is not known", class.value))
                    .at(&file.source, &class.at, format!("expected {}", one_of(&known)))
                    .help(help),
            );
        }
    }
}

fn one_of(known: &[&str]) -> String {
    match known {
        [] => "one that is declared, and none is".to_owned(),
        _ => format!("one of `{}`", known.join("`, `")),
    }
}

fn containers(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    for (_, written) in corpus.checked() {
        let within =
            ("within", &written.entry.within, &["place", "state"][..], "a place or a state");
        let capital = ("capital", &written.entry.capital, &["place"][..], "a place");
        for (field, id, kinds, expected) in [within, capital] {
            let Some(id) = id else { continue };
            if kinds.iter().any(|kind| corpus.entries.contains_key(&(kind, &*id.value))) {
                continue;
            }
            let near = |&&(kind, known): &&(&str, &str)| {
                kinds.contains(&kind)
                    && known.as_bytes().first() == id.value.as_bytes().first()
                    && known.len().abs_diff(id.value.len()) <= 2
            };
            let mut near: Vec<&str> =
                corpus.entries.keys().filter(near).map(|&(_, known)| known).collect();
            near.sort_unstable();
            let help = match closest(&id.value, near) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("write the id of {expected}, or add its entry first"),
            };
            report.add(
                report
                    .error(format!("`{field}` names no entry: `{}`", id.value))
                    .at(written.source(), &id.at, format!("expected the id of {expected}"))
                    .help(help),
            );
        }
    }
}

/// A code counts if ISO 3166-1 has it, or a state of the gazetteer: Kosovo has only a code of custom.
fn countries(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    let states = corpus.gazetteer.entities().iter().filter(|entity| entity.kind == "state");
    let states: HashSet<&str> = states.filter_map(|state| state.country.as_deref()).collect();
    for file in corpus.files.iter().filter(|file| is_reported(file)) {
        for text in file.document.texts() {
            let (is_country, code) =
                (matches!(text.field, "country" | "countries"), &*text.text.value);
            let written = code.bytes().all(|letter| letter.is_ascii_uppercase());
            let is_known = || states.contains(code) || rust_iso3166::from_alpha2(code).is_some();
            if is_country && written && code.len() == 2 && !is_known() {
                report.add(
                    report
                        .error(format!("country `{code}` is not known"))
                        .at(&file.source, &text.text.at, "expected a code of ISO 3166-1")
                        .help("look the code up in ISO 3166-1, or add the state"),
                );
            }
        }
    }
}

pub(super) fn folders(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    for file in corpus.files {
        let Document::Entries(document) = &file.document else { continue };
        let kind = &document.kind;
        let mut parts = file.source.path.rsplit(['/', '\\']).skip(1);
        let Some(folder) = parts.next() else { continue };
        let bears_a_kind = corpus.gazetteer.kinds.iter().any(|info| info.kind == *folder);
        if kind.is_written() && bears_a_kind && kind.value != folder {
            report.add(
                report
                    .error(format!("file of kind `{}` is in the folder `{folder}`", kind.value))
                    .at(&file.source, &kind.at, format!("expected `{folder}`"))
                    .help(format!(
                        "write `kind = \"{folder}\"`, or move the file to `{}`",
                        kind.value
                    )),
            );
        }
    }
}

pub(super) fn replacements(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    for (&(kind, id), written) in &corpus.entries {
        for pair in written.windows(2) {
            let [old, new] = pair else { continue };
            if old.file.layer < new.file.layer {
                report.add(
                    report
                        .note(format!("{kind} `{id}` replaces an entry of another gazetteer"))
                        .at(new.source(), &new.entry.id.at, "counts")
                        .at(old.source(), &old.entry.id.at, "is left out, with all its names")
                        .help("if it is another entity, give it another id"),
                );
            }
        }
    }
}

pub(super) fn former_ids(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    let mut claimed: HashMap<(&str, &str), (Written<'_>, &Located<String>)> = HashMap::new();
    let files = corpus.files.iter().filter_map(|file| match &file.document {
        Document::Entries(document) => Some((file, document)),
        _ => None,
    });
    let entries = files.flat_map(|(file, document)| {
        document.entries.iter().map(move |entry| (&*document.kind.value, Written { file, entry }))
    });
    for (kind, written) in entries {
        // What a later layer replaced claims nothing.
        let counts = corpus.get(kind, &written.entry.id.value);
        if counts.is_none_or(|counts| !std::ptr::eq(counts.entry, written.entry)) {
            continue;
        }
        for former in &written.entry.former_ids {
            let key = (kind, &*former.value);
            let (other, label) = if let Some(live) = corpus.get(kind, &former.value) {
                ((live, &live.entry.id), "the entry that has it")
            } else if let Some(&first) = claimed.get(&key) {
                (first, "also a former id here")
            } else {
                claimed.insert(key, (written, former));
                continue;
            };
            report.add(
                report
                    .error(format!("former id `{}` of {kind} stands for two entries", former.value))
                    .at(written.source(), &former.at, "claimed here")
                    .at(other.0.source(), &other.1.at, label)
                    .help("leave it to the entry that the old one was merged into"),
            );
        }
    }
}

pub(super) fn vowel_marks(corpus: &Corpus<'_>, report: &mut Report<'_>) {
    for (_, written) in corpus.entities().filter(|(_, w)| is_reported(w.file)) {
        for (at, name) in names(written).enumerate() {
            if !name.value.contains(characters::is_vowel_mark) {
                continue;
            }
            // A second form of the same entry is for the check of useless aliases.
            let claims = corpus.claims.get(Folded::new(&name.value).key());
            if claims.is_some_and(|claims| claims.len() > 1) {
                continue;
            }
            let plain: String =
                name.value.chars().filter(|&c| !characters::is_vowel_mark(c)).collect();
            let what = if at == 0 { "name" } else { "alias" };
            report.add(
                report
                    .error(format!("{what} has vowel marks that tell no entries apart"))
                    .at(written.source(), &name.at, "no other entry has its letters")
                    .help(format!("texts are searched with marks and without; write {plain}")),
            );
        }
    }
}
