//! `dalil stats`: what the gazetteers hold.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use dalil::{Context, Entity, Folded};

use crate::args::StatsArgs;
use crate::{Outcome, Stop};

/// The columns after the first, which names the row.
const COLUMNS: [&str; 6] = ["entries", "names", "ambiguous", "marked", "no QID", "no coordinates"];

#[derive(Default, Clone)]
struct Row {
    entries: usize,
    names: usize,
    ambiguous: usize,
    marked: usize,
    no_qid: usize,
    no_coordinates: usize,
}

pub(crate) fn run(args: &StatsArgs) -> Result<Outcome, Stop> {
    let gazetteer = args.gazetteers.load()?;
    let shared = shared_keys(gazetteer.entities());
    let mut rows: Vec<(String, Row)> = Vec::new();
    for kind in gazetteer.kinds() {
        let of_kind = || gazetteer.entities().iter().filter(|entity| entity.kind == *kind);
        rows.push((kind.to_string(), Row::of(of_kind(), &shared)));
        if args.by_country {
            let countries: BTreeSet<&str> =
                of_kind().map(|entity| entity.country.as_deref().unwrap_or("--")).collect();
            for country in countries {
                let inside =
                    of_kind().filter(|entity| entity.country.as_deref().unwrap_or("--") == country);
                rows.push((format!("{kind} {country}"), Row::of(inside, &shared)));
            }
        }
    }
    rows.push(("all".to_owned(), Row::of(gazetteer.entities().iter(), &shared)));
    print(&rows, args.markdown)?;
    Ok(if gazetteer.entities().is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// Folded names that more than one entity bears.
fn shared_keys(entities: &[Entity]) -> BTreeSet<String> {
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for entity in entities {
        let keys: BTreeSet<String> = keys(entity).collect();
        for key in keys {
            *bearers.entry(key).or_default() += 1;
        }
    }
    bearers.into_iter().filter(|&(_, count)| count > 1).map(|(key, _)| key).collect()
}

fn keys(entity: &Entity) -> impl Iterator<Item = String> {
    entity.surfaces.iter().map(|surface| Folded::new(&surface.text).to_string())
}

impl Row {
    fn of<'e>(entities: impl Iterator<Item = &'e Entity>, shared: &BTreeSet<String>) -> Self {
        let mut row = Self::default();
        let mut ambiguous: BTreeSet<String> = BTreeSet::new();
        for entity in entities {
            row.entries += 1;
            row.names += entity.surfaces.len();
            row.marked +=
                entity.surfaces.iter().filter(|s| s.marks.context != Context::Free).count();
            row.no_qid += usize::from(entity.qid.is_none());
            row.no_coordinates += usize::from(entity.coordinates.is_none());
            ambiguous.extend(keys(entity).filter(|key| shared.contains(key)));
        }
        row.ambiguous = ambiguous.len();
        row
    }

    fn cells(&self) -> [usize; 6] {
        let Self { entries, names, ambiguous, marked, no_qid, no_coordinates } = *self;
        [entries, names, ambiguous, marked, no_qid, no_coordinates]
    }
}

fn print(rows: &[(String, Row)], markdown: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if markdown {
        writeln!(out, "| kind | {} |", COLUMNS.join(" | "))?;
        writeln!(out, "|---|{}", "--:|".repeat(COLUMNS.len()))?;
        for (name, row) in rows {
            let cells = row.cells().map(|cell| cell.to_string());
            writeln!(out, "| {name} | {} |", cells.join(" | "))?;
        }
        return Ok(());
    }
    write!(out, "{:16}", "kind")?;
    COLUMNS.iter().try_for_each(|column| write!(out, "{column:>16}"))?;
    writeln!(out)?;
    for (name, row) in rows {
        write!(out, "{name:16}")?;
        row.cells().iter().try_for_each(|cell| write!(out, "{cell:>16}"))?;
        writeln!(out)?;
    }
    Ok(())
}
