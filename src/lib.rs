//! Finds named entities in Arabic text: places, factions, officials, states, organizations.
//!
//! Reviewed TOML gazetteers (see `gazetteers/README.md`) are compiled
//! into an index; the tagger finds every mention in folded text and reports it at its exact place in
//! the *original* text, with the entity's stable id.
//!
//! # Tour
//!
//! A [`Gazetteer`] holds entities and the forms they go by. The shipped one needs no file:
//!
//! ```
//! use dalil::{Gazetteer, Tagger};
//!
//! let tagger = Tagger::new(Gazetteer::builtin());
//! let text = "سيطرت القوات على بلدات بالغوطة الشرقية، وفق الأمم المتحدة";
//! let mentions = tagger.tag(text);
//!
//! let ghouta = &mentions[0];
//! assert_eq!((ghouta.kind().as_str(), ghouta.id()), ("place", "eastern-ghouta"));
//! // The span leaves out the attached preposition and keeps the name's own article.
//! assert_eq!(&text[ghouta.bytes.range()], "الغوطة الشرقية");
//! assert_eq!(ghouta.clitics.letters().collect::<String>(), "ب");
//! assert_eq!((ghouta.chars.start, ghouta.chars.end), (24, 38));
//! ```
//!
//! Loading can fail, with the file, the line and the column of every problem; tagging cannot. Your own
//! entries stand beside the shipped ones, or alone:
//!
//! ```
//! use dalil::{Gazetteer, Tagger};
//!
//! let gazetteer = Gazetteer::builder()
//!     .text("harbours.toml", r#"
//!         schema = 1
//!         kind = "place"
//!         [[entry]]
//!         id = "old-harbour"
//!         name = "الميناء القديم"
//!         en = "Old harbour"
//!         source = "own survey"
//!     "#)
//!     .load()?;
//! let tagger = Tagger::new(gazetteer);
//! assert_eq!(tagger.tag("قرب الميناء القديم في دمشق").len(), 2);
//! # Ok::<(), dalil::Error>(())
//! ```
//!
//! [`Tagger::builder`] sets what to report: which [`Overlaps`], which kinds, with or without the context
//! that marked names need. [`Tagger::tag_each`] calls back for each mention and reuses its memory.
//! [`Tagger::explain`] says why each candidate was kept or dropped. [`Offsets`] converts between bytes,
//! code points and UTF-16 units. With the feature `cli` (default), `output` writes mentions in the
//! formats of the command.
//!
//! # How it works
//!
//! Data flows one way:
//!
//! ```text
//! TOML → schema → checks → entities → lexicon
//!                                        │
//! text → fold ─────────────────────────→ scan → judge → resolve → mention → output
//! ```
//!
//! * *fold*: one pass over the text and one offset map. Hamza seats, vowel marks, tatweel, presentation
//!   forms and look-alikes of a letter become one code; names pass the same fold.
//! * *scan*: at each word start, every legal string of proclitics is read off, and every name there
//!   that ends on a word boundary is a candidate.
//! * *judge*: the original spelling is compared with the form's; marked forms need evidence; of
//!   several entities of one form the document decides.
//! * *resolve*: of overlapping candidates the longest stays.

mod arabic;
mod batch;
mod builtin;
mod cache;
mod confidence;
mod diagnostic;
mod entity;
mod error;
mod explain;
mod gazetteer;
mod judge;
mod kind;
mod lexicon;
mod mention;
#[cfg(feature = "cli")]
pub mod output;
mod proof;
mod resolve;
mod scan;
mod span;
mod tagger;
mod text;

pub use arabic::{CliticSet, Folded, Folds};
pub use diagnostic::{Diagnostic, Severity, SourceFile};
pub use entity::{Context, Entity, Marks, Relation, Rule, Surface, Term};
pub use error::Error;
pub use explain::{Explanation, Step};
#[cfg(feature = "cli")]
pub use gazetteer::format;
pub use gazetteer::{Builder, Gazetteer};
pub use judge::Evidence;
pub use kind::Kind;
pub use mention::Mention;
pub use resolve::Overlaps;
pub use span::{Offsets, Span};
#[doc(hidden)]
pub use tagger::Stage;
pub use tagger::{Scratch, TaggedBytes, Tagger, TaggerBuilder};
pub use text::decode;

/// The example of the README, which the tests run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Taggers and what they give may be shared between threads.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<Tagger>();
    shared::<Gazetteer>();
    shared::<Mention<'static>>();
};
