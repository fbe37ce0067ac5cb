//! How sure a mention is, by rule from what it rests on.
//!
//! The figures are the precision observed for each ground on development texts, rounded; DESIGN.md has
//! the table.

use crate::judge::Evidence;

/// What a mention rests on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grounds {
    pub(crate) evidence: Evidence,
    pub(crate) several_words: bool,
    /// Other entities bear the form, and nothing but their rank decided.
    pub(crate) by_rank: bool,
    /// The entity is not named, but held the office that is.
    pub(crate) inferred: bool,
}

/// The confidence of a mention, in `[0, 1]`.
pub(crate) fn confidence(grounds: Grounds) -> f64 {
    let base = match grounds.evidence {
        Evidence::None if grounds.inferred => 70,
        Evidence::None if grounds.several_words => 81,
        Evidence::None => 92,
        Evidence::Cue(_) => 77,
        Evidence::Antecedent => 89,
        Evidence::Given(_) => 92,
        Evidence::List(_) => 78,
        Evidence::Country => 80,
    };
    f64::from(if grounds.by_rank { base - 10 } else { base }) / 100.0
}

/// The scores of a mention's candidates, the chosen one first: the confidence, then ever half of
/// what is left.
pub(crate) fn scores(confidence: f64) -> impl Iterator<Item = f64> {
    let halves = std::iter::successors(Some((1.0 - confidence) / 2.0), |rest| Some(rest / 2.0));
    std::iter::once(confidence).chain(halves).map(|score| (score * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_never_exceed_one() {
        let all: Vec<f64> = scores(0.8).take(5).collect();
        assert_eq!(all[..3], [0.8, 0.1, 0.05]);
        assert!(all.iter().sum::<f64>() <= 1.0);
    }
}
