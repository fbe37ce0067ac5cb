//! Checks that see one file.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::is_nfc;

use super::characters::{self, TATWEEL};
use super::{Report, Written};
use crate::arabic::{CliticSet, Folded};
use crate::gazetteer::ReadFile;
use crate::gazetteer::assemble::pair;
use crate::gazetteer::schema::{Document, Entry, Located, Marks, Role};

const LONGEST_ID: usize = 64;
const HIGHEST_RANK: i64 = 9999;
const WIDEST_GAP: i64 = 9;
const MOST_WORDS: i64 = 99;

/// The most characters that one message names.
const NAMED_CHARACTERS: usize = 3;

pub(super) fn slugs(file: &ReadFile, report: &mut Report<'_>) {
    let ids: Vec<(&str, &Located<String>)> = match &file.document {
        Document::Entries(document) => document.entries.iter().flat_map(entry_ids).collect(),
        Document::Kinds(kinds) => kinds.iter().map(|kind| ("id", &kind.id)).collect(),
        Document::Cues(classes) => classes.iter().map(|class| ("id", &class.id)).collect(),
        Document::Patterns(patterns) => {
            patterns.iter().map(|pattern| ("id", &pattern.id)).collect()
        }
        Document::Roles(roles) => roles.iter().map(|role| ("id", &role.id)).collect(),
        Document::Themes(themes) => themes.iter().map(|theme| ("id", &theme.id)).collect(),
        Document::Words(_) | Document::Broken => Vec::new(),
    };
    let pattern = matches!(file.document, Document::Patterns(_));
    for (what, id) in ids.into_iter().filter(|(_, id)| id.is_written()) {
        let filled = if pattern { id.value.replace("{state}", "x") } else { id.value.clone() };
        let problem = if !is_slug(&filled) {
            let slug = slug_of(&filled);
            let help = if slug.is_empty() || pattern {
                "choose the usual English name, as in `cairo`".to_owned()
            } else {
                format!(
                    "write `{slug}`; an id never changes after merge, so choose the English name"
                )
            };
            report
                .error(format!("{what} `{}` is not a slug", id.value))
                .at(&file.source, &id.at, "expected lowercase a-z, 0-9 and single hyphens")
                .help(help)
        } else if filled.len() > LONGEST_ID {
            report
                .error(format!("{what} has {} characters", filled.len()))
                .at(&file.source, &id.at, format!("expected {LONGEST_ID} or fewer"))
                .help("leave out what the name can do without")
        } else {
            continue;
        };
        report.add(problem);
    }
}

fn entry_ids(entry: &Entry) -> impl Iterator<Item = (&str, &Located<String>)> {
    std::iter::once(("id", &entry.id)).chain(entry.former_ids.iter().map(|id| ("former id", id)))
}

fn is_slug(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    id.split('-').all(part)
}

/// The slug nearest to an id.
fn slug_of(id: &str) -> String {
    let lower = id.to_lowercase();
    let parts = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// Reports the first entry out of order only: one command mends the file.
pub(super) fn order(file: &ReadFile, report: &mut Report<'_>) {
    let written = file.document.entries().iter().map(|entry| &entry.id);
    let ids: Vec<&Located<String>> = written.filter(|id| id.is_written()).collect();
    let Some(at) = (1..ids.len()).find(|&at| ids[at].value < ids[at - 1].value) else { return };
    let id = ids[at];
    let next = ids[..at].iter().find(|before| before.value > id.value).unwrap_or(&ids[at - 1]);
    report.add(
        report
            .error(format!("entry `{}` is out of order", id.value))
            .at(&file.source, &id.at, format!("must come before `{}`", next.value))
            .at(&file.source, &next.at, format!("`{}` is here", next.value))
            .help(format!("run `dalil fmt {}` to sort the file", file.source.path)),
    );
}

pub(super) fn invisible(file: &ReadFile, report: &mut Report<'_>) {
    let source = &file.source;
    let help = format!("run `dalil fmt {}` to delete it", source.path);
    let mut strings: Vec<&Range<usize>> = Vec::new();
    for text in file.document.texts() {
        let tatweel = matches!(text.role, Role::Name | Role::Word | Role::Template);
        let is_bad = |c: char| characters::is_invisible(c) || (tatweel && c == TATWEEL);
        strings.push(&text.text.at);
        if let Some(found) = listed(text.text.value.chars(), is_bad) {
            report.add(
                report
                    .error(format!("`{}` holds {found}", text.field))
                    .at(source, &text.text.at, "writes nothing that a reader could see")
                    .help(&*help),
            );
        }
    }
    strings.sort_by_key(|at| at.start);
    let in_string = |offset: usize| {
        let next = strings.partition_point(|at| at.start <= offset);
        next > 0 && strings[next - 1].contains(&offset)
    };
    let line_layout = |c: char| matches!(c, '\t' | '\n' | '\r');
    let mut line_start = 0;
    for line in source.text.split_inclusive('\n') {
        let is_bad = |c: char| characters::is_invisible(c) && !line_layout(c);
        let outside = |(at, c): &(usize, char)| is_bad(*c) && !in_string(line_start + at);
        if line.char_indices().any(|place| outside(&place))
            && let Some(found) = listed(line.chars(), is_bad)
        {
            let end = line_start + line.trim_end().len();
            report.add(
                report
                    .error(format!("line holds {found}"))
                    .at(source, &(line_start..end), "stands outside a string")
                    .help(&*help),
            );
        }
        line_start += line.len();
    }
}

/// Names the bad characters of a text, each with its number, from 1.
fn listed(text: impl Iterator<Item = char>, is_bad: impl Fn(char) -> bool) -> Option<String> {
    let found: Vec<(usize, char)> = text.enumerate().filter(|&(_, c)| is_bad(c)).collect();
    let head = match &*found {
        [] => return None,
        tatweel if tatweel.iter().all(|&(_, c)| c == TATWEEL) => "a tatweel",
        [_] => "an invisible character",
        _ => "invisible characters",
    };
    Some(format!("{head}: {}", named(&found)))
}

/// Characters by code point and number, from 1; the first few of many.
fn named(found: &[(usize, char)]) -> String {
    let shown = found.iter().take(NAMED_CHARACTERS);
    let shown: Vec<String> = shown
        .map(|&(index, c)| format!("{} at character {}", characters::describe(c), index + 1))
        .collect();
    let more = match found.len().saturating_sub(NAMED_CHARACTERS) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    shown.join(", ") + &more
}

pub(super) fn countries(file: &ReadFile, report: &mut Report<'_>) {
    let texts = file.document.texts().into_iter();
    for text in texts.filter(|text| matches!(text.field, "country" | "countries")) {
        let code = &text.text.value;
        if code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase()) {
            continue;
        }
        let upper = code.to_ascii_uppercase();
        let is_code = upper.len() == 2 && upper.bytes().all(|letter| letter.is_ascii_uppercase());
        let help = if is_code {
            format!("write `{upper}`")
        } else {
            "look the code up in ISO 3166-1, as `SY` for Syria".to_owned()
        };
        report.add(
            report
                .error(format!("`{code}` is not a country code"))
                .at(&file.source, &text.text.at, "expected two capital letters, as in `SY`")
                .help(help),
        );
    }
}

pub(super) fn letters(file: &ReadFile, report: &mut Report<'_>) {
    for text in file.document.texts() {
        let value = match text.role {
            Role::Name | Role::Word => text.text.value.clone(),
            Role::Template => without_slots(&text.text.value),
            Role::Sentence | Role::Latin => continue,
        };
        let foreign = |&(_, c): &(usize, char)| {
            !characters::is_of_names(c) && !characters::is_invisible(c) && c != TATWEEL
        };
        let found: Vec<(usize, char)> = value.chars().enumerate().filter(foreign).collect();
        if found.is_empty() {
            continue;
        }
        let plain: Option<Vec<String>> =
            found.iter().map(|&(_, c)| characters::in_names(c)).collect();
        let help = match plain.as_deref() {
            _ if !is_nfc(&value) => {
                "write a letter and its hamza or madda as one character".to_owned()
            }
            Some([plain]) => format!("write {plain}"),
            Some(_) => {
                let mended = value.chars().map(|c| match characters::in_names(c) {
                    Some(plain) if !characters::is_of_names(c) => plain,
                    _ => c.to_string(),
                });
                format!("write {}", mended.collect::<String>())
            }
            None => {
                "names are written in Arabic letters, a-z, digits, spaces and - ' . & +".to_owned()
            }
        };
        let head = if found.len() == 1 { "a letter" } else { "letters" };
        report.add(
            report
                .error(format!(
                    "`{}` holds {head} that names are not written in: {}",
                    text.field,
                    named(&found)
                ))
                .at(&file.source, &text.text.at, "expected the letters of an Arabic keyboard")
                .help(help),
        );
    }
}

/// A pattern's template without its `{…}`.
fn without_slots(template: &str) -> String {
    let mut text = template.to_owned();
    while let Some(start) = text.find('{')
        && let Some(length) = text[start..].find('}')
    {
        text.replace_range(start..=start + length, "");
    }
    text
}

pub(super) fn values(file: &ReadFile, report: &mut Report<'_>) {
    for entry in file.document.entries() {
        let written = Written { file, entry };
        marks(&entry.marks, written, report);
        entry.aliases.iter().filter_map(|alias| alias.marks.as_ref()).for_each(|own| {
            marks(own, written, report);
        });
    }
    if let Document::Cues(classes) = &file.document {
        for class in classes {
            let position = &class.position;
            if position.is_written() && !matches!(&*position.value, "before" | "after" | "around") {
                report.add(
                    report
                        .error(format!("position `{}` is not known", position.value))
                        .at(&file.source, &position.at, "expected `before`, `after` or `around`")
                        .help("it says where the cue word stands: before the name or after it; marks stand around it"),
                );
            }
            let around = position.value == "around";
            let wrong = |marks: &&Located<String>| {
                let letters =
                    |(one, other): (char, char)| one.is_alphanumeric() || other.is_alphanumeric();
                !around || pair(&marks.value).is_none_or(letters)
            };
            for marks in class.marks.iter().filter(wrong) {
                report.add(
                    report
                        .error("these are no marks around a name")
                        .at(&file.source, &marks.at, "expected two characters, in a class with the position `around`")
                        .help("write the character before the name and the one after it, such as \u{00AB}\u{00BB}"),
                );
            }
            for word in class.words.iter().filter(|_| around) {
                report.add(
                    report
                        .error("a word cannot stand around a name")
                        .at(
                            &file.source,
                            &word.at,
                            "expected in a class with the position `before` or `after`",
                        )
                        .help("a class with the position `around` has `marks`"),
                );
            }
        }
    }
}

fn marks(marks: &Marks, written: Written<'_>, report: &mut Report<'_>) {
    if let Some(context) = &marks.context
        && !matches!(&*context.value, "required" | "never-bare")
    {
        report.add(
            report
                .error(format!("context `{}` is not known", context.value))
                .at(written.source(), &context.at, "expected `required` or `never-bare`")
                .help("a name that counts by itself has no `context`"),
        );
    }
    if let Some(clitics) = &marks.clitics {
        let letters = CliticSet::from_letters(&clitics.value);
        if clitics.value != "none" && letters.is_none_or(CliticSet::is_empty) {
            report.add(
                report
                    .error("the value of `clitics` is not known")
                    .at(written.source(), &clitics.at, "expected `none` or some of \u{0648} \u{0641} \u{0628} \u{0644} \u{0643}")
                    .help("write the letters without spaces; leave the field out if all may stand there"),
            );
        }
    }
}

pub(super) fn numbers(file: &ReadFile, report: &mut Report<'_>) {
    let ranks = file.document.entries().iter().filter_map(|entry| entry.rank.as_ref());
    let ranks = ranks.map(|rank| ("rank", rank, HIGHEST_RANK));
    let classes = match &file.document {
        Document::Cues(classes) => classes.as_slice(),
        _ => &[],
    };
    let themes = match &file.document {
        Document::Themes(themes) => themes.as_slice(),
        _ => &[],
    };
    let gaps = classes.iter().filter_map(|class| class.gap.as_ref());
    let gaps = gaps.map(|gap| ("gap", gap, WIDEST_GAP));
    let leasts = themes.iter().map(|theme| ("least", &theme.least, MOST_WORDS));
    for (field, number, most) in ranks.chain(gaps).chain(leasts) {
        if !(0..=most).contains(&number.value) {
            report.add(
                report
                    .error(format!("`{field}` is {}", number.value))
                    .at(&file.source, &number.at, format!("expected 0 to {most}"))
                    .help(match field {
                        "least" => "it counts the words of the theme that a document of it has",
                        "rank" => "among homonyms the lower rank wins; 100 is that of an entry without one",
                        _ => "it counts the words that may stand between the cue and the name",
                    }),
            );
        }
    }
}

pub(super) fn repeats(file: &ReadFile, report: &mut Report<'_>) {
    let lists: Vec<&[Located<String>]> = match &file.document {
        Document::Words(words) => vec![words],
        Document::Cues(classes) => classes.iter().map(|class| &*class.words).collect(),
        Document::Themes(themes) => themes.iter().map(|theme| &*theme.words).collect(),
        _ => return,
    };
    for list in lists {
        let mut seen: HashMap<Vec<u8>, &Located<String>> = HashMap::new();
        for word in list {
            let key = Folded::new(&word.value).key().to_vec();
            match seen.get(&key) {
                None => {
                    seen.insert(key, word);
                }
                Some(first) => report.add(
                    report
                        .error("a word is listed twice")
                        .at(&file.source, &word.at, "adds nothing")
                        .at(&file.source, &first.at, "first listed here")
                        .help("delete one line; vowel marks and hamzas on alef make no other word"),
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lowercase_words() {
        for id in ["cairo", "al-bab", "7th-brigade", "a-1"] {
            assert!(is_slug(id), "{id}");
        }
        for id in ["", "Cairo", "al--bab", "-a", "a-", "a_b", "caf\u{E9}"] {
            assert!(!is_slug(id), "{id}");
        }
        assert_eq!(slug_of("Al_Qahira (old)"), "al-qahira-old");
    }

    #[test]
    fn slots_are_cut_out() {
        assert_eq!(without_slots("a {f} b{name}"), "a  b");
        assert_eq!(without_slots("a } {"), "a } {");
    }
}
