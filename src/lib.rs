//! dalil
mod arabic;
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
pub use entity::{Context, Entity, Surface, Term};
pub use error::Error;
pub use explain::{Explanation, Step};
pub use gazetteer::{Builder, Gazetteer};
#[cfg(feature = "cli")]
pub use gazetteer::format;
pub use judge::Evidence;
pub use kind::Kind;
pub use mention::Mention;
pub use resolve::Overlaps;
pub use span::{Offsets, Span};
pub use text::decode;
pub use tagger::{Scratch, TaggedBytes, Tagger, TaggerBuilder};
