//! Precision, recall and F1 under six ways to compare spans.
//!
//! A document's gold and predicted spans are matched one to one, greedily in the order of the gold,
//! each with the nearest that passes the mode's test. An optional gold span counts neither way, nor
//! does a prediction that overlaps one. A prediction strictly inside a longer gold span of another
//! kind counts neither way either, since most gold does not mark nested mentions; persons and
//! officials excepted.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer};

/// A known mention; offsets in code points.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct GoldSpan {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    #[serde(default, deserialize_with = "given")]
    optional: bool,
    #[serde(default)]
    alt_starts: Vec<usize>,
}

/// `optional` is `true`, or says why.
fn given<'d, D: Deserializer<'d>>(deserializer: D) -> Result<bool, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(!matches!(value, serde_json::Value::Null | serde_json::Value::Bool(false)))
}

/// A mention found; offsets in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Predicted {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
}

/// A miss or a false alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) missed: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
}

/// A way to compare spans.
pub(super) struct Mode {
    pub(super) name: &'static str,
    compare: Compare,
    /// Whether places and states are one kind.
    merge_places: bool,
}

#[derive(Clone, Copy)]
enum Compare {
    /// The same start and end.
    Exact,
    /// The same end; the starts differ by proclitics or the article at most.
    Lenient,
    /// Any overlap.
    Partial,
}

pub(super) const MODES: [Mode; 6] = [
    Mode { name: "exact", compare: Compare::Exact, merge_places: false },
    Mode { name: "lenient", compare: Compare::Lenient, merge_places: false },
    Mode { name: "partial", compare: Compare::Partial, merge_places: false },
    Mode { name: "loc", compare: Compare::Exact, merge_places: true },
    Mode { name: "loc-lenient", compare: Compare::Lenient, merge_places: true },
    Mode { name: "loc-partial", compare: Compare::Partial, merge_places: true },
];

/// The modes that are shown unless all are asked for.
pub(super) const HEADLINE: [&str; 2] = ["lenient", "loc-lenient"];

/// The most letters by which lenient starts may differ.
const MAX_LEAD: usize = 3;
/// Letters of proclitics and the article: و ف ب ل ك س ا.
const LEAD: &str = "\u{0648}\u{0641}\u{0628}\u{0644}\u{0643}\u{0633}\u{0627}";

/// Counts by kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Table(BTreeMap<String, Counts>);

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    hits: usize,
    false_alarms: usize,
    misses: usize,
}

impl Table {
    pub(super) fn has_hits(&self) -> bool {
        self.0.values().any(|counts| counts.hits > 0)
    }

    fn of(&mut self, kind: &str) -> &mut Counts {
        self.0.entry(kind.to_owned()).or_default()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ("kind", "tp", "fp", "fn", "P", "R", "F1");
        let (kind, tp, fp, missed, p, r, f1) = columns;
        writeln!(f, "{kind:14}{tp:>7}{fp:>7}{missed:>7}{p:>9}{r:>9}{f1:>9}")?;
        let mut total = Counts::default();
        for (kind, counts) in &self.0 {
            total.hits += counts.hits;
            total.false_alarms += counts.false_alarms;
            total.misses += counts.misses;
            counts.row(f, kind)?;
        }
        total.row(f, "ALL")
    }
}

impl Counts {
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    fn row(self, f: &mut fmt::Formatter<'_>, kind: &str) -> fmt::Result {
        let Self { hits, false_alarms, misses } = self;
        let ratio = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let (p, r) = (ratio(hits, hits + false_alarms), ratio(hits, hits + misses));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        writeln!(f, "{kind:14}{hits:>7}{false_alarms:>7}{misses:>7}{p:>9.4}{r:>9.4}{f1:>9.4}")
    }
}

/// Adds one document to a table, and returns its mistakes.
pub(super) fn score(
    mode: &Mode,
    text: &[char],
    gold: &[GoldSpan],
    predicted: &[Predicted],
    wanted: impl Fn(&str) -> bool,
    table: &mut Table,
) -> Vec<Mistake> {
    let kind_of = |kind: &str| -> String {
        let merged = mode.merge_places && matches!(kind, "place" | "state");
        if merged { "LOC".to_owned() } else { kind.to_owned() }
    };
    let (optional, mut needed): (Vec<&GoldSpan>, Vec<&GoldSpan>) = gold
        .iter()
        .filter(|span| span.kind == "*" || wanted(&span.kind))
        .partition(|span| span.optional);
    needed.retain(|span| span.kind != "*");
    needed.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut found: Vec<&Predicted> = predicted.iter().filter(|span| wanted(&span.kind)).collect();
    found.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    found.dedup();

    let mut used = vec![false; found.len()];
    let mut mistakes = Vec::new();
    for gold in needed {
        let passes = |&(index, span): &(usize, &&Predicted)| {
            !used[index]
                && kind_of(&gold.kind) == kind_of(&span.kind)
                && mode.compare.passes(text, gold, span)
        };
        let distance =
            |span: &Predicted| gold.start.abs_diff(span.start) + gold.end.abs_diff(span.end);
        let best = found.iter().enumerate().filter(passes).min_by_key(|(_, span)| distance(span));
        if let Some((index, _)) = best {
            used[index] = true;
            table.of(&kind_of(&gold.kind)).hits += 1;
        } else {
            table.of(&kind_of(&gold.kind)).misses += 1;
            let GoldSpan { start, end, kind, .. } = gold.clone();
            mistakes.push(Mistake { missed: true, start, end, kind });
        }
    }
    for (span, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
        let overlaps = |gold: &GoldSpan| gold.start < span.end && span.start < gold.end;
        let kind = kind_of(&span.kind);
        let beside_optional = optional
            .iter()
            .any(|gold| overlaps(gold) && (gold.kind == "*" || kind_of(&gold.kind) == kind));
        let inside_other = gold.iter().any(|gold| {
            !matches!(&*gold.kind, "person" | "official" | "*")
                && gold.start <= span.start
                && span.end <= gold.end
                && gold.end - gold.start > span.end - span.start
                && kind_of(&gold.kind) != kind
        });
        if beside_optional || inside_other {
            continue;
        }
        table.of(&kind).false_alarms += 1;
        let Predicted { start, end, kind } = (**span).clone();
        mistakes.push(Mistake { missed: false, start, end, kind });
    }
    mistakes
}

impl Compare {
    fn passes(self, text: &[char], gold: &GoldSpan, span: &Predicted) -> bool {
        match self {
            Self::Exact => gold.start == span.start && gold.end == span.end,
            Self::Partial => gold.start < span.end && span.start < gold.end,
            Self::Lenient => {
                let starts = std::iter::once(&gold.start).chain(&gold.alt_starts);
                gold.end == span.end
                    && starts.into_iter().any(|&start| lead(text, start, span.start))
            }
        }
    }
}

/// Whether two starts are the same but for proclitics and the article.
fn lead(text: &[char], a: usize, b: usize) -> bool {
    if a == b {
        return true;
    }
    let (from, to) = (a.min(b), a.max(b).min(text.len()));
    let mark = |c: char| matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}');
    let letters: Vec<char> = text[from.min(to)..to].iter().copied().filter(|&c| !mark(c)).collect();
    !letters.is_empty() && letters.len() <= MAX_LEAD && letters.iter().all(|&c| LEAD.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(start: usize, end: usize, kind: &str) -> GoldSpan {
        GoldSpan { start, end, kind: kind.into(), optional: false, alt_starts: Vec::new() }
    }

    fn found(start: usize, end: usize, kind: &str) -> Predicted {
        Predicted { start, end, kind: kind.into() }
    }

    fn counts(
        mode: &str,
        text: &str,
        gold: &[GoldSpan],
        found: &[Predicted],
    ) -> (usize, usize, usize) {
        let mode = MODES.iter().find(|known| known.name == mode).expect("a mode");
        let text: Vec<char> = text.chars().collect();
        let mut table = Table::default();
        score(mode, &text, gold, found, |_| true, &mut table);
        table.0.values().fold((0, 0, 0), |(a, b, c), counts| {
            (a + counts.hits, b + counts.false_alarms, c + counts.misses)
        })
    }

    #[test]
    fn modes_differ_where_they_should() {
        let text = "وللعراق";
        let g = [gold(1, 7, "state")];
        let p = [found(2, 7, "state")];
        assert_eq!(counts("exact", text, &g, &p), (0, 1, 1));
        assert_eq!(counts("lenient", text, &g, &p), (1, 0, 0));
        let place = [found(2, 7, "place")];
        // Inside a longer span of another kind it is no false alarm.
        assert_eq!(counts("lenient", text, &g, &place), (0, 0, 1));
        assert_eq!(counts("loc-lenient", text, &g, &place), (1, 0, 0));
        assert_eq!(counts("partial", text, &g, &[found(4, 5, "state")]), (1, 0, 0));
    }

    #[test]
    fn optional_and_nested_count_neither_way() {
        let text = "abcdefghij";
        let mut optional = gold(0, 4, "place");
        optional.optional = true;
        assert_eq!(counts("exact", text, &[optional], &[found(1, 2, "place")]), (0, 0, 0));
        let outer = [gold(0, 4, "organization")];
        assert_eq!(counts("exact", text, &outer, &[found(1, 2, "place")]), (0, 0, 1));
        let person = [gold(0, 4, "official")];
        assert_eq!(counts("exact", text, &person, &[found(1, 2, "place")]), (0, 1, 1));
    }
}
