//! The oracle: a tagger so plain that it is unlikely to be wrong. It tries every form at every
//! position with every legal string of proclitics, and knows nothing of the crate but its entities.
//!
//! It leaves context out: compare it with a tagger that has `context(false)`.

use std::collections::BTreeMap;

use dalil::{CliticSet, Entity, Gazetteer, Surface};

/// A mention, as far as the oracle goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub start: usize,
    pub end: usize,
    pub token_start: usize,
    pub clitics: String,
    pub id: String,
}

/// A letter of a text or a gap between words.
#[derive(Debug, Clone, PartialEq)]
enum Item {
    Letter { key: char, c: char, start: usize, end: usize, marks: String, cluster: usize },
    Gap { hard: bool, lines: usize },
}

const LEGAL_PREFIXES: [&str; 12] =
    ["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"];

pub fn tag(gazetteer: &Gazetteer, text: &str) -> Vec<Hit> {
    let items = fold(text);
    let forms: Vec<(&Entity, &Surface, Vec<Item>)> = gazetteer
        .entities()
        .iter()
        .flat_map(|entity| entity.surfaces.iter().map(move |surface| (entity, surface)))
        .map(|(entity, surface)| (entity, surface, fold(&surface.text)))
        .collect();

    let mut found: Vec<Found<'_>> = Vec::new();
    for word in 0..items.len() {
        if !is_boundary(word.checked_sub(1).and_then(|before| items.get(before)), items.get(word)) {
            continue;
        }
        let mut explained: BTreeMap<usize, usize> = BTreeMap::new();
        for prefix in LEGAL_PREFIXES {
            let letters = prefix.chars().count();
            let Some(start) = after_prefix(&items, word, prefix) else { continue };
            let mut longest = 0;
            let shadow: usize = explained.range(..letters).map(|(_, &end)| end).max().unwrap_or(0);
            for (entity, surface, form) in &forms {
                for missing in 0..3 {
                    let contracted = missing > 0;
                    if contracted && !prefix.ends_with('ل') {
                        continue;
                    }
                    let Some(end) = matches(&items, start, form, missing) else { continue };
                    if !is_boundary(items.get(end - 1), items.get(end))
                        || !clitics_allowed(prefix, surface, missing)
                        || !accepted(&items[start..end], &form[missing..], &surface.text)
                    {
                        continue;
                    }
                    longest = longest.max(end);
                    if end > shadow {
                        found.push(Found { word, start, end, missing, letters, entity, prefix });
                    }
                }
            }
            if longest > 0 {
                let entry = explained.entry(letters).or_default();
                *entry = (*entry).max(longest);
            }
        }
    }
    choose(found, &items)
}

#[derive(Debug, Clone)]
struct Found<'g> {
    word: usize,
    start: usize,
    end: usize,
    missing: usize,
    letters: usize,
    entity: &'g Entity,
    prefix: &'static str,
}

/// Longest first; then fewer proclitics, uncontracted, earlier, and the preferred entity.
fn choose(mut found: Vec<Found<'_>>, items: &[Item]) -> Vec<Hit> {
    let kinds = ["state", "place", "official", "faction", "organization"];
    found.sort_by_key(|it| {
        let kind = kinds.iter().position(|kind| it.entity.kind == *kind);
        let length = std::cmp::Reverse(it.end - it.start);
        (length, it.letters, it.missing, it.start, it.entity.rank, kind, it.entity.id.clone())
    });
    let mut chosen: Vec<Found<'_>> = Vec::new();
    for it in found {
        if chosen.iter().all(|other| it.end <= other.start || other.end <= it.start) {
            chosen.push(it);
        }
    }
    let mut hits: Vec<Hit> = chosen.iter().map(|it| hit(it, items)).collect();
    hits.sort();
    hits
}

fn hit(it: &Found<'_>, items: &[Item]) -> Hit {
    let Item::Letter { start, .. } = &items[it.start] else {
        panic!("a name starts with a letter")
    };
    let Item::Letter { end, cluster, .. } = &items[it.end - 1] else { panic!("and ends with one") };
    let Item::Letter { start: token_start, .. } = &items[it.word] else { panic!("a word") };
    Hit {
        start: *start,
        end: end + cluster,
        token_start: *token_start,
        clitics: it.prefix.to_owned(),
        id: it.entity.id.clone(),
    }
}

fn is_letter(item: Option<&Item>) -> Option<bool> {
    match item {
        Some(Item::Letter { key, .. }) => Some(!key.is_ascii_digit()),
        _ => None,
    }
}

/// A name may start before `right` and end after `left`.
fn is_boundary(left: Option<&Item>, right: Option<&Item>) -> bool {
    match (is_letter(left), is_letter(right)) {
        (Some(left), Some(right)) => left != right,
        _ => true,
    }
}

fn after_prefix(items: &[Item], word: usize, prefix: &str) -> Option<usize> {
    let mut at = word;
    for wanted in prefix.chars() {
        match items.get(at) {
            Some(Item::Letter { key, .. }) if *key == wanted => at += 1,
            _ => return None,
        }
    }
    matches!(items.get(at), Some(Item::Letter { .. })).then_some(at)
}

fn matches(items: &[Item], start: usize, form: &[Item], missing: usize) -> Option<usize> {
    let form = form.get(missing..)?;
    let first_is_lam = matches!(form.first(), Some(Item::Letter { key: 'ل', .. }));
    if form.is_empty() || (missing > 0 && !first_is_lam) {
        return None;
    }
    for (offset, wanted) in form.iter().enumerate() {
        let same = match (items.get(start + offset)?, wanted) {
            (Item::Letter { key: a, .. }, Item::Letter { key: b, .. }) => a == b,
            (Item::Gap { hard, .. }, Item::Gap { .. }) => !hard,
            _ => false,
        };
        if !same {
            return None;
        }
    }
    Some(start + form.len())
}

fn clitics_allowed(prefix: &str, surface: &Surface, missing: usize) -> bool {
    let plain: Vec<char> = surface.text.chars().filter(|c| !is_mark(*c)).collect();
    let article = plain.starts_with(&['ا', 'ل']);
    let article_lam = plain.starts_with(&['ا', 'ل', 'ل']);
    let written_so = match missing {
        0 => !(prefix.ends_with('ل') && article),
        1 => article && !article_lam,
        _ => article_lam,
    };
    let set = CliticSet::from_letters(prefix).expect("proclitics");
    written_so && surface.marks.clitics.contains(set)
}

/// The letters of the text are those of the form, but for what may differ.
fn accepted(found: &[Item], form: &[Item], spelling: &str) -> bool {
    let all = fold(spelling);
    let letters = all.iter().filter(|item| matches!(item, Item::Letter { .. })).count();
    let words = spelling.split(' ').count();
    let function_words = ["على", "إلى", "حتى", "متى", "لدى", "مدى", "سوى"];
    let is_function = function_words
        .iter()
        .any(|word| keys(&fold(word)) == keys(&all) && spelling.ends_with(['ي', 'ى']));
    let loose_yeh = (words > 1 || letters + words > 4) && !is_function;
    let loose_hamza = words > 1 || letters > 3;
    let vocalized = spelling.chars().any(|c| ('\u{064B}'..='\u{0652}').contains(&c));
    for (a, b) in found.iter().zip(form) {
        let (Item::Letter { c: a, marks: found, .. }, Item::Letter { c: b, marks: wanted, .. }) =
            (a, b)
        else {
            continue;
        };
        let alefs = "اأإآٱ";
        if a != b
            && alefs.contains(*a)
            && alefs.contains(*b)
            && *a != 'ا'
            && *b != 'ا'
            && !loose_hamza
        {
            return false;
        }
        if a != b && "يى".contains(*a) && "يى".contains(*b) && !loose_yeh {
            return false;
        }
        let vowel = |marks: &str| {
            marks.chars().find(|c| *c != '\u{0651}' && ('\u{064B}'..='\u{0652}').contains(c))
        };
        if vowel(found).zip(vowel(wanted)).is_some_and(|(a, b)| a != b) {
            return false;
        }
        if vocalized && found.contains('\u{0651}') && !wanted.contains('\u{0651}') {
            return false;
        }
    }
    let tanwin = |item: &Item| matches!(item, Item::Letter { marks, .. } if marks.chars().find(|c| *c != '\u{0651}' && ('\u{064B}'..='\u{0652}').contains(c)) == Some('\u{064B}'));
    let last_two = found.len().saturating_sub(2);
    !found[last_two..].iter().zip(&form[last_two..]).any(|(a, b)| tanwin(a) && !tanwin(b))
}

fn keys(items: &[Item]) -> Vec<Option<char>> {
    let key = |item: &Item| match item {
        Item::Letter { key, .. } => Some(*key),
        Item::Gap { .. } => None,
    };
    items.iter().map(key).collect()
}

fn is_mark(c: char) -> bool {
    ('\u{064B}'..='\u{0655}').contains(&c) || c == '\u{0670}'
}

fn is_invisible(c: char) -> bool {
    c == '\u{0640}' || ('\u{200B}'..='\u{200F}').contains(&c)
}

/// Letters with their marks, and gaps; only what the tests' texts hold.
fn fold(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut after_invisible = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_invisible(c) {
            after_invisible = true;
            continue;
        }
        if is_mark(c) {
            if let Some(Item::Letter { key, marks, cluster, .. }) = items.last_mut() {
                match (c, *key) {
                    ('\u{0654}', 'و') => *key = 'ؤ',
                    ('\u{0654}', 'ي') => *key = 'ئ',
                    _ => {}
                }
                marks.push(c);
                // A mark after a tatweel or a control is no longer of the letter's cluster.
                if !after_invisible {
                    *cluster += c.len_utf8();
                }
            }
            continue;
        }
        after_invisible = false;
        let is_word = c.is_alphanumeric();
        if !is_word {
            let hard = !(c.is_whitespace() || "\"'-_«»".contains(c));
            let line = usize::from(c == '\n');
            match items.last_mut() {
                Some(Item::Gap { hard: before, lines }) => {
                    *lines += line;
                    *before |= hard || *lines > 1;
                }
                _ => items.push(Item::Gap { hard, lines: line }),
            }
            continue;
        }
        let key = match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).expect("a digit"),
            other => other.to_ascii_lowercase(),
        };
        items.push(Item::Letter { key, c, start, end, marks: String::new(), cluster: 0 });
    }
    while matches!(items.last(), Some(Item::Gap { .. })) {
        items.pop();
    }
    items
}
