//! Checks that see one entry.

use super::{Report, Written};
use crate::arabic::{Folded, is_word};
use crate::gazetteer::schema::Located;

/// The fewest and the most letters of a name, and the most words.
const FEWEST_LETTERS: usize = 3;
const MOST_LETTERS: usize = 120;
const MOST_WORDS: usize = 12;
/// With all marks.
const MOST_CHARACTERS: usize = 480;

pub(super) fn qid(written: Written<'_>, report: &mut Report<'_>) {
    let Some(qid) = &written.entry.qid else { return };
    let digits = qid.value.strip_prefix('Q').unwrap_or_default();
    let number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !number || digits.starts_with('0') {
        report.add(
            report
                .error(format!("`{}` is not a Wikidata id", qid.value))
                .at(written.source(), &qid.at, "expected `Q` and digits, as in `Q85`")
                .help("copy it from the item's page, or give a `source` instead"),
        );
    }
}

pub(super) fn coordinates(written: Written<'_>, report: &mut Report<'_>) {
    let entry = written.entry;
    for (field, value, other_field, other, most) in [
        ("lat", &entry.lat, "lon", &entry.lon, 90.0),
        ("lon", &entry.lon, "lat", &entry.lat, 180.0),
    ] {
        let Some(value) = value else { continue };
        if other.is_none() {
            report.add(
                report
                    .error(format!("entry has a `{field}` and no `{other_field}`"))
                    .at(written.source(), &value.at, format!("expected `{other_field}` with it"))
                    .help(format!("add `{other_field}`, or delete `{field}`")),
            );
        }
        if !(-most..=most).contains(&value.value) {
            report.add(
                report
                    .error(format!("`{field}` is {}, which is not on the globe", value.value))
                    .at(written.source(), &value.at, format!("expected -{most} to {most} degrees"))
                    .help("are `lat` and `lon` exchanged?"),
            );
        }
    }
}

pub(super) fn dates(written: Written<'_>, report: &mut Report<'_>) {
    let entry = written.entry;
    let terms = entry.terms.iter().map(|term| ("term", &term.from, &term.to));
    for (what, from, to) in terms.chain([("entry", &entry.from, &entry.to)]) {
        for date in from.iter().chain(to) {
            if date_parts(&date.value).is_none() {
                report.add(
                    report
                        .error(format!("`{}` is not a date", date.value))
                        .at(written.source(), &date.at, "expected a year, a month or a day")
                        .help("write `\"2011\"`, `\"2011-03\"` or `\"2011-03-15\"`"),
                );
            }
        }
        let (Some(from), Some(to)) = (from, to) else { continue };
        if let (Some(first), Some(last)) = (date_parts(&from.value), date_parts(&to.value))
            && last
                .iter()
                .zip(&first)
                .find(|(last, first)| last != first)
                .is_some_and(|(l, f)| l < f)
        {
            report.add(
                report
                    .error(format!("{what} ends before it begins"))
                    .at(written.source(), &to.at, format!("before {}", from.value))
                    .at(written.source(), &from.at, "its beginning")
                    .help("are `from` and `to` exchanged?"),
            );
        }
    }
}

/// The year, and the month and the day if they are given.
fn date_parts(date: &str) -> Option<Vec<u32>> {
    let digits = |part: &str, length| {
        let all = part.len() == length && part.bytes().all(|digit| digit.is_ascii_digit());
        all.then(|| part.parse().ok()).flatten()
    };
    let mut parts = Vec::with_capacity(3);
    for (index, part) in date.split('-').enumerate() {
        parts.push(digits(part, if index == 0 { 4 } else { 2 })?);
    }
    let legal = match parts[..] {
        [_] => true,
        [_, month] => (1..=12).contains(&month),
        [year, month, day] => (1..=days(year, month)).contains(&day),
        _ => false,
    };
    legal.then_some(parts)
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

pub(super) fn evidence(written: Written<'_>, report: &mut Report<'_>) {
    let entry = written.entry;
    let given = |field: &Option<Located<String>>| {
        field.as_ref().is_some_and(|text| !text.value.trim().is_empty())
    };
    if given(&entry.qid) || given(&entry.source) {
        return;
    }
    let mut problem = report.error("entry has neither `qid` nor `source`").at(
        written.source(),
        &entry.header,
        "must have one of them",
    );
    if entry.id.is_written() {
        problem = problem.at(written.source(), &entry.id.at, "its id");
    }
    report
        .add(problem.help("add its Wikidata id as `qid`, or say in `source` where you read of it"));
}

pub(super) fn length(written: Written<'_>, report: &mut Report<'_>) {
    let entry = written.entry;
    let aliases = entry.aliases.iter().map(|alias| ("alias", &alias.text));
    for (what, name) in std::iter::once(("name", &entry.name)).chain(aliases) {
        if !name.is_written() {
            continue;
        }
        let folded = Folded::new(&name.value);
        let words = folded.key().split(|&code| !is_word(code)).filter(|word| !word.is_empty());
        let lengths: Vec<usize> = words.map(<[_]>::len).collect();
        let letters: usize = lengths.iter().sum();
        let (found, expected, help) = if letters < FEWEST_LETTERS {
            let help =
                "so short a form is found everywhere; use a longer one, as with its head word";
            (counted(letters, "letter"), format!("expected {FEWEST_LETTERS} or more"), help)
        } else if letters > MOST_LETTERS {
            let help = "write the name, not a description of it";
            (counted(letters, "letter"), format!("expected {MOST_LETTERS} or fewer"), help)
        } else if lengths.len() > MOST_WORDS {
            let help = "write the name, not a description of it";
            (counted(lengths.len(), "word"), format!("expected {MOST_WORDS} or fewer"), help)
        } else if name.value.chars().count() > MOST_CHARACTERS {
            let found = counted(name.value.chars().count(), "character");
            (found, format!("expected {MOST_CHARACTERS} or fewer"), "leave marks out")
        } else {
            continue;
        };
        report.add(
            report
                .error(format!("{what} has {found}"))
                .at(written.source(), &name.at, expected)
                .help(help),
        );
    }
}

fn counted(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

pub(super) fn brackets(written: Written<'_>, report: &mut Report<'_>) {
    for example in &written.entry.examples {
        let found = match bracketed(&example.value) {
            Ok(1) => continue,
            Ok(0) => "example has no mention in [ ]",
            Ok(_) => "example has more than one mention in [ ]",
            Err(()) => "example has a bracket without its pair, or nothing in [ ]",
        };
        report.add(
            report
                .error(found)
                .at(written.source(), &example.at, "expected one, as in `… [name] …`")
                .help("put [ ] around the mention, without the proclitics before it"),
        );
    }
    for example in &written.entry.counterexamples {
        if bracketed(&example.value) != Ok(0) {
            report.add(
                report
                    .error("counterexample has a bracket")
                    .at(written.source(), &example.at, "expected a sentence without [ ]")
                    .help("delete the brackets, or move the sentence to `examples`"),
            );
        }
    }
}

/// How many stretches stand in brackets; an error if the brackets do not pair, or hold nothing.
fn bracketed(sentence: &str) -> Result<usize, ()> {
    let mut count = 0;
    let mut rest = sentence;
    while let Some(at) = rest.find(['[', ']']) {
        let inside = rest[at..].strip_prefix('[').ok_or(())?;
        let end = inside.find(['[', ']']).ok_or(())?;
        let after = inside[end..].strip_prefix(']').ok_or(())?;
        if inside[..end].trim().is_empty() {
            return Err(());
        }
        count += 1;
        rest = after;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_whole() {
        for date in ["2011", "2011-03", "2011-03-15", "2024-02-29", "0632"] {
            assert!(date_parts(date).is_some(), "{date}");
        }
        for date in
            ["", "11", "2011-3", "2011-13", "2023-02-29", "2011-03-15-1", "2011/03", "-2011"]
        {
            assert!(date_parts(date).is_none(), "{date}");
        }
    }

    #[test]
    fn brackets_pair() {
        for (sentence, expected) in [
            ("a b", Ok(0)),
            ("a [b] c", Ok(1)),
            ("[a] [b]", Ok(2)),
            ("a ]b[", Err(())),
            ("a [b", Err(())),
            ("[[a]]", Err(())),
            ("[ ]", Err(())),
        ] {
            assert_eq!(bracketed(sentence), expected, "{sentence}");
        }
    }
}
