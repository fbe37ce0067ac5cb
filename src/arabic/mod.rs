//! All knowledge of Arabic writing: letters, folding, proclitics, word boundaries. It knows
//! characters and byte offsets, never entities.

mod accept;
mod boundary;
pub(crate) mod clitics;
mod fold;
pub(crate) mod letters;
mod places;
mod skeleton;
pub(crate) mod tokens;

pub use accept::Folds;
pub use clitics::CliticSet;
pub use fold::Folded;

pub(crate) use accept::{Codes, Form, Spelling, accept};
pub(crate) use boundary::{extend_over_marks, is_boundary, is_word};
pub(crate) use places::count_points;
pub(crate) use skeleton::Skeleton;
