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
pub(crate) fn resolve(judged: &[Judged], order: &[u32], places: &mut Vec<Place>) {
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
            resolve_cluster(judged, order, cluster.clone(), places);
        }
    }
}

fn resolve_cluster(
    judged: &[Judged],
    order: &[u32],
    cluster: std::ops::Range<usize>,
    places: &mut [Place],
) {
    let candidate = |index: usize| &judged[order[index] as usize].candidate;
    let mut ranked: Vec<usize> = cluster.collect();
    ranked.sort_unstable_by_key(|&index| {
        let it = candidate(index);
        let clitics = it.reading.clitics.len();
        (std::cmp::Reverse(it.len()), clitics, it.reading.contraction, it.start, it.key)
    });
    // Winners do not overlap, so their starts tell which of them a candidate meets.
    let mut winners: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    for index in ranked {
        let it = candidate(index);
        let met = winners
            .range(..it.end)
            .next_back()
            .map(|(_, &winner)| winner)
            .filter(|&winner| candidate(winner).end > it.start);
        let Some(winner) = met else {
            winners.insert(it.start, index);
            continue;
        };
        let outer = candidate(winner);
        let inside = outer.start <= it.start && it.end <= outer.end;
        places[index] =
            if inside { Place::Inside(order[winner]) } else { Place::Crosses(order[winner]) };
    }
}
