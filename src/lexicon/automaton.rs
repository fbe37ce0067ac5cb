//! The reference index, an Aho-Corasick automaton: the only file that knows `aho-corasick`.
//!
//! Names begin where a reading of a word begins, so the automaton is walked anchored there, once a
//! reading, and every end on a word boundary counts. A longer name that fails its boundary cannot
//! hide a shorter one, as it can in a leftmost-longest search.

use aho_corasick::automaton::Automaton as _;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use crate::arabic::is_boundary;
use crate::arabic::letters::Code;

/// Finds which keys stand at a place of a folded text.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    nfa: Option<NFA>,
}

impl Automaton {
    /// Builds the automaton of folded names; a name's number is its place in the list.
    ///
    /// # Panics
    ///
    /// Past 2³¹ states, some hundred million names.
    pub(crate) fn new(keys: &[&[Code]]) -> Self {
        if keys.is_empty() {
            return Self { nfa: None };
        }
        let nfa = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .dense_depth(2)
            .build(keys)
            .expect("the checks limit the number and the length of names");
        Self { nfa: Some(nfa) }
    }

    /// Calls `found(key, end)` for every key that begins with the codes `missing`, which the text
    /// lacks, goes on from `start`, and ends on a boundary.
    pub(crate) fn search(
        &self,
        missing: &[Code],
        text: &[Code],
        start: usize,
        found: &mut impl FnMut(u32, usize),
    ) {
        let Some(nfa) = &self.nfa else { return };
        let Ok(mut state) = nfa.start_state(Anchored::Yes) else { return };
        for &code in missing {
            state = nfa.next_state(Anchored::Yes, state, code);
            if nfa.is_dead(state) {
                return;
            }
        }
        for at in start..text.len() - 1 {
            state = nfa.next_state(Anchored::Yes, state, text[at]);
            if !nfa.is_special(state) {
                continue;
            }
            if nfa.is_dead(state) {
                return;
            }
            let end = at + 1;
            if nfa.is_match(state) && is_boundary(text[at], text[end]) {
                // The first pattern of a state is the one that ends it; the others are suffixes.
                let pattern = nfa.match_pattern(state, 0);
                if nfa.pattern_len(pattern) == missing.len() + end - start {
                    found(pattern.as_u32(), end);
                }
            }
        }
    }

    /// How many bytes it holds.
    pub(crate) fn memory(&self) -> usize {
        self.nfa.as_ref().map_or(0, aho_corasick::automaton::Automaton::memory_usage)
    }
}
