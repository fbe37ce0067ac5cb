//! Overlapping mentions → those to report.

use crate::judge::Judged;

/// Which of several overlapping mentions to report.
///
/// ```
/// use dalil::{Gazetteer, Overlaps, Tagger};
///
/// let count = |overlaps| {
///     let tagger = Tagger::builder(Gazetteer::builtin()).overlaps(overlaps).build();
///     tagger.tag("في ريف دمشق").len()
/// };
/// assert_eq!(count(Overlaps::Longest), 1);
/// assert_eq!(count(Overlaps::Nested), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlaps {
    /// The longest of those that overlap.
    #[default]
    Longest,
    /// The longest, and those inside one of them.
    Nested,
    /// Every one.
    All,
}

/// What became of a candidate that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is reported.
    Main,
    /// It lies in the candidate of this number.
    Inside(u32),
    /// It crosses the candidate of this number, which is longer.
    Crosses(u32),
}

/// Decides the place of each candidate in `order`, which hold the numbers of candidates that stand
/// or are words, in the order of their starts.
///
/// Longest first; of two as long the one with fewer proclitics, then the uncontracted one, then the
/// one that starts earlier, then the one whose key is smaller. Keys are unique, so the order is total.
pub(crate) fn resolve(
    judged: &[Judged],
    order: &[u32],
    places: &mut Vec<Place>,
    bench: &mut Bench,
) {
    places.clear();
    places.resize(order.len(), Place::Main);
    let candidate = |index: usize| &judged[order[index] as usize].candidate;
    let mut cluster = 0..0;
    while cluster.end < order.len() {
        cluster = cluster.end..cluster.end + 1;
        let mut end = candidate(cluster.start).end;
        while cluster.end < order.len() && candidate(cluster.end).start < end {
            end = end.max(candidate(cluster.end).end);
            cluster.end += 1;
        }
        if cluster.len() > 1 {
            bench.resolve_cluster(judged, order, cluster.clone(), places);
        }
    }
}

/// Memory that resolving reuses from text to text.
#[derive(Debug, Default)]
pub(crate) struct Bench {
    /// The candidates of a cluster, the preferred first.
    ranked: Vec<usize>,
    /// For each code from the start of a cluster on, the candidate that was taken there.
    owners: Vec<Option<usize>>,
}

impl Bench {
    fn resolve_cluster(
        &mut self,
        judged: &[Judged],
        order: &[u32],
        cluster: std::ops::Range<usize>,
        places: &mut [Place],
    ) {
        let Self { ranked, owners } = self;
        let candidate = |index: usize| &judged[order[index] as usize].candidate;
        let first = candidate(cluster.start).start;
        owners.clear();
        ranked.clear();
        ranked.extend(cluster);
        ranked.sort_unstable_by_key(|&index| {
            let it = candidate(index);
            let clitics = it.reading.clitics.len();
            (std::cmp::Reverse(it.len()), clitics, it.reading.contraction, it.start, it.key)
        });
        for &index in &*ranked {
            let it = candidate(index);
            let (start, end) = ((it.start - first) as usize, (it.end - first) as usize);
            if owners.len() < end {
                owners.resize(end, None);
            }
            // Those taken are as long at least, so one that it meets has its last code or its first.
            let Some(winner) = owners[end - 1].or(owners[start]) else {
                owners[start..end].fill(Some(index));
                continue;
            };
            let outer = candidate(winner);
            let inside = outer.start <= it.start && it.end <= outer.end;
            places[index] =
                if inside { Place::Inside(order[winner]) } else { Place::Crosses(order[winner]) };
        }
    }
}
