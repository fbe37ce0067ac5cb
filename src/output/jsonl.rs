//! One JSON object a document: the contract of machines.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::{Style, Tagged, Writer};
use crate::entity::Relation;
use crate::judge::Evidence;
use crate::mention::Mention;

pub(super) struct Jsonl;

impl Writer for Jsonl {
    fn document(&self, out: &mut dyn Write, tagged: Tagged<'_>, _style: Style) -> io::Result<()> {
        let document = Document { id: tagged.id, mentions: Mentions(tagged) };
        let mut line = serde_json::to_vec(&document)?;
        line.push(b'\n');
        out.write_all(&line)
    }
}

#[derive(Serialize)]
struct Document<'d> {
    id: &'d str,
    mentions: Mentions<'d>,
}

struct Mentions<'d>(Tagged<'d>);

impl Serialize for Mentions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Tagged { text, mentions, .. } = self.0;
        let mut list = serializer.serialize_seq(Some(mentions.len()))?;
        for mention in mentions {
            list.serialize_element(&Row::new(mention, text))?;
        }
        list.end()
    }
}

/// A mention as JSON. `start`, `end`, `token_*` count code points; `byte_*` UTF-8 bytes.
#[derive(Serialize)]
struct Row<'d> {
    kind: &'d str,
    id: &'d str,
    name: &'d str,
    en: &'d str,
    start: usize,
    end: usize,
    byte_start: usize,
    byte_end: usize,
    text: &'d str,
    token_start: usize,
    token_end: usize,
    clitics: Clitics<'d>,
    #[serde(skip_serializing_if = "is_false")]
    detached: bool,
    #[serde(skip_serializing_if = "is_false")]
    contracted: bool,
    #[serde(skip_serializing_if = "is_false")]
    snapped: bool,
    #[serde(skip_serializing_if = "is_false")]
    nested: bool,
    #[serde(skip_serializing_if = "Folds::is_none")]
    folds: Folds<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
    /// Whether the entity is not named but inferred from an office and the date.
    #[serde(skip_serializing_if = "is_false")]
    inferred: bool,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Candidates::is_single")]
    candidates: Candidates<'d>,
}

impl<'d> Row<'d> {
    fn new(mention: &'d Mention<'d>, text: &'d str) -> Self {
        let entity = mention.entity;
        Self {
            kind: entity.kind.as_str(),
            id: &entity.id,
            name: &entity.name,
            en: &entity.en,
            start: mention.chars.start,
            end: mention.chars.end,
            byte_start: mention.bytes.start,
            byte_end: mention.bytes.end,
            text: &text[mention.bytes.range()],
            token_start: mention.token_chars.start,
            token_end: mention.token_chars.end,
            clitics: Clitics(mention),
            detached: mention.detached,
            contracted: mention.contracted,
            snapped: mention.snapped,
            nested: mention.nested,
            folds: Folds(mention),
            relation: match mention.relation {
                Relation::Name => None,
                Relation::Demonym => Some("demonym"),
                Relation::Role => Some("role"),
            },
            inferred: mention.relation == Relation::Role,
            confidence: mention.confidence,
            evidence: evidence(mention, text),
            qid: entity.qid.as_deref(),
            country: entity.country.as_deref(),
            lat: entity.coordinates.map(|(lat, _)| lat),
            lon: entity.coordinates.map(|(_, lon)| lon),
            candidates: Candidates(mention),
        }
    }
}

/// The evidence in the words of the contract: `cue:مدينة`, `antecedent:bashar-al-assad`,
/// `given:كنزو`, `list:دمشق`, `country:SY`, `role:foreign-minister`.
fn evidence(mention: &Mention<'_>, text: &str) -> Option<[String; 1]> {
    if let [term, ..] = mention.surface.marks.terms.as_slice() {
        return Some([format!("role:{}", term.role)]);
    }
    match mention.evidence {
        Evidence::None => None,
        Evidence::Cue(span) => Some([format!("cue:{}", &text[span.range()])]),
        Evidence::Given(span) => Some([format!("given:{}", &text[span.range()])]),
        Evidence::Antecedent => Some([format!("antecedent:{}", mention.entity.id)]),
        Evidence::Country => {
            mention.entity.country.as_deref().map(|country| [format!("country:{country}")])
        }
        Evidence::List(span) => Some([format!("list:{}", &text[span.range()])]),
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
fn is_false(flag: &bool) -> bool {
    !flag
}

struct Clitics<'d>(&'d Mention<'d>);

impl Serialize for Clitics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clitics.letters())
    }
}

struct Folds<'d>(&'d Mention<'d>);

impl Folds<'_> {
    fn is_none(&self) -> bool {
        self.0.folds.is_empty()
    }
}

impl Serialize for Folds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.folds.serialize(serializer)
    }
}

/// Every entity that the form may mean, the chosen one first; left out where it is alone.
struct Candidates<'d>(&'d Mention<'d>);

#[derive(Serialize)]
struct Candidate<'d> {
    kind: &'d str,
    id: &'d str,
    score: f64,
}

impl Candidates<'_> {
    fn is_single(&self) -> bool {
        self.0.candidates().nth(1).is_none()
    }
}

impl Serialize for Candidates<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.scored_candidates().map(|(entity, score)| Candidate {
            kind: entity.kind.as_str(),
            id: &entity.id,
            score,
        }))
    }
}
