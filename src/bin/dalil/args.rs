//! What was typed: the arguments and their help.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};

use crate::Stop;

/// Finds places, factions, officials, states and organizations in Arabic text.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 found, 1 nothing found, 2 error.";

impl Args {
    pub(crate) fn parse_or_exit() -> Self {
        Self::parse()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the mentions in texts
    Tag(TagArgs),
    /// Show, stage by stage, what is made of a text
    Explain(ExplainArgs),
    /// Check gazetteers and run their examples
    Check(CheckArgs),
    /// Write gazetteers in their canonical form
    Fmt(FmtArgs),
    /// Score the tagger against texts with known mentions
    Eval(EvalArgs),
    /// Count what the gazetteers hold
    Stats(StatsArgs),
}

/// Which gazetteers to use.
#[derive(Debug, clap::Args)]
pub(crate) struct GazetteerArgs {
    /// A folder of gazetteers to use beside the shipped ones; later ones replace entries of earlier ones
    #[arg(long = "gazetteers", value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Leave the shipped entries out
    #[arg(long)]
    no_builtin: bool,
}

impl GazetteerArgs {
    /// Loads the gazetteers, and says which shipped entries were replaced.
    pub(crate) fn load(&self) -> Result<dalil::Gazetteer, Stop> {
        if self.folders.is_empty() && !self.no_builtin {
            return Ok(dalil::Gazetteer::builtin());
        }
        let mut builder = dalil::Gazetteer::builder();
        if self.no_builtin {
            builder = builder.without_builtin_entries();
        }
        for folder in &self.folders {
            builder = builder.folder(folder);
        }
        let gazetteer = builder.load().map_err(|error| error.to_string())?;
        for notice in gazetteer.notices() {
            eprintln!("{notice}");
        }
        Ok(gazetteer)
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  dalil tag report.txt
  dalil tag --format jsonl --kinds place,state archive/ > mentions.jsonl
  tail -f wire.txt | dalil tag --doc line --format tsv -")]
pub(crate) struct TagArgs {
    /// Files and folders (their .txt and .jsonl files); `-` or nothing reads standard input
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the mentions
    #[arg(long, short, default_value = dalil::output::FORMATS[0].name, value_parser = PossibleValuesParser::new(dalil::output::FORMATS.iter().map(|format| clap::builder::PossibleValue::new(format.name).help(format.about))))]
    pub(crate) format: String,
    /// Only mentions of these kinds, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Which of overlapping mentions to report
    #[arg(long, default_value = "longest")]
    pub(crate) overlaps: Overlaps,
    /// Take every name as it stands, without the evidence that marked names need
    #[arg(long)]
    pub(crate) no_context: bool,
    /// Report the adjectives of states too (السوري), as relation `demonym`
    #[arg(long)]
    pub(crate) demonyms: bool,
    /// Report offices too (وزير الخارجية الروسي), for those who held them at the document's date, as
    /// relation `role`
    #[arg(long)]
    pub(crate) roles: bool,
    /// Only mentions of this confidence or more, from 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "C")]
    pub(crate) min_confidence: f64,
    /// The date of the documents, such as 2015-07-20; it decides between bearers of one name
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// How many documents to tag at once; the order of output is that of input
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// When to use colours
    #[arg(long, default_value = "auto")]
    pub(crate) color: Color,
    #[command(flatten)]
    pub(crate) gazetteers: GazetteerArgs,
}

/// How to read documents.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct InputArgs {
    /// What a document is in plain text; `line` streams
    #[arg(long, default_value = "file")]
    pub(crate) doc: Doc,
    /// What the input is; `auto` goes by the file's name
    #[arg(long, default_value = "auto")]
    pub(crate) input: Input,
    /// The JSON field that holds the text
    #[arg(long, default_value = "text", value_name = "FIELD")]
    pub(crate) text_field: String,
    /// The JSON field that holds the id
    #[arg(long, default_value = "id", value_name = "FIELD")]
    pub(crate) id_field: String,
    /// The JSON field that holds the document's date, if any
    #[arg(long, default_value = "date", value_name = "FIELD")]
    pub(crate) date_field: String,
    /// The largest document, in bytes
    #[arg(long, default_value_t = 64 << 20, value_name = "BYTES")]
    pub(crate) max_doc_bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Overlaps {
    /// The longest of those that overlap
    Longest,
    /// The longest, and those inside them
    Nested,
    /// Every one
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Doc {
    /// A file, or all of standard input
    File,
    /// A line
    Line,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    Auto,
    Text,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// At a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The text; `-` reads standard input
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) gazetteers: GazetteerArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Folders to check, on top of the shipped gazetteers unless they hold a kinds.toml, a cues.toml
    /// and a words.toml of their own; without folders the shipped ones are checked
    pub(crate) folders: Vec<PathBuf>,
    /// When to use colours
    #[arg(long, default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FmtArgs {
    /// Folders or files to format
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; fail if something would change
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Gold: one JSON object a line, {\"id\",\"text\",\"spans\":[{\"start\",\"end\",\"kind\"}]}, \
offsets in code points. A span may carry \"optional\": true (counts neither way) and \
\"alt_starts\": [..] (further accepted starts). See README.md for the modes."
)]
pub(crate) struct EvalArgs {
    /// Gold files
    #[arg(required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// Only these kinds, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// List up to N misses and false alarms in their context
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) errors: usize,
    /// Every mode, not only the headline
    #[arg(long)]
    pub(crate) all_modes: bool,
    /// Take every name as it stands, without the evidence that marked names need
    #[arg(long)]
    pub(crate) no_context: bool,
    #[command(flatten)]
    pub(crate) gazetteers: GazetteerArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StatsArgs {
    /// A row for each country too
    #[arg(long)]
    pub(crate) by_country: bool,
    /// As Markdown, for README.md
    #[arg(long)]
    pub(crate) markdown: bool,
    #[command(flatten)]
    pub(crate) gazetteers: GazetteerArgs,
}

impl Color {
    /// Whether to use colours on a stream.
    pub(crate) fn wanted(self, stream: &impl anstream::stream::RawStream) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }
}

impl From<Overlaps> for dalil::Overlaps {
    fn from(overlaps: Overlaps) -> Self {
        match overlaps {
            Overlaps::Longest => Self::Longest,
            Overlaps::Nested => Self::Nested,
            Overlaps::All => Self::All,
        }
    }
}
