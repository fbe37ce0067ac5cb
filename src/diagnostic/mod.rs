//! What is wrong in a gazetteer and where: plain data, drawn by [`render`].

mod render;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A gazetteer file: its path as the user gave it, and its text.
///
/// ```
/// let file = dalil::SourceFile { path: "towns.toml".into(), text: "schema = 1\n".into() };
/// assert_eq!(file.line_column(9), (1, 10));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path that messages show.
    pub path: String,
    /// The whole text of the file.
    pub text: String,
}

impl SourceFile {
    /// The line and the column, both from 1, of a byte offset; columns count code points.
    ///
    /// ```
    /// let file = dalil::SourceFile { path: "a.toml".into(), text: "id = 1\nname = 2".into() };
    /// assert_eq!(file.line_column(9), (2, 3));
    /// ```
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// How much a diagnostic matters.
///
/// ```
/// assert!(dalil::Severity::Error < dalil::Severity::Note);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The gazetteer cannot be used.
    Error,
    /// The gazetteer works, but the reader should know.
    Note,
}

/// A marked stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) file: Arc<SourceFile>,
    /// Bytes of the file's text.
    pub(crate) span: Range<usize>,
    pub(crate) text: String,
}

/// One problem of one gazetteer, with the places that show it.
///
/// `Display` draws it with the source lines underlined, as `dalil check` does.
///
/// ```
/// let broken = "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"Halab\"\n";
/// let error = dalil::Gazetteer::builder().text("towns.toml", broken).load().unwrap_err();
/// let first = &error.diagnostics()[0];
/// assert_eq!((first.code(), first.location()), ("G102", Some(("towns.toml", 3, 1))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    /// The first is where the problem is; the others explain it.
    pub(crate) labels: Vec<Label>,
    pub(crate) help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    pub(crate) fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), labels: Vec::new(), help: None }
    }

    pub(crate) fn at(
        mut self,
        file: &Arc<SourceFile>,
        span: &Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        let label = Label { file: Arc::clone(file), span: span.clone(), text: text.into() };
        self.labels.push(label);
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The stable code, such as `G203`; its first digit is the stage that found the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What was found, in one line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The file, line and column (from 1, in code points) where the problem is.
    #[must_use]
    pub fn location(&self) -> Option<(&str, usize, usize)> {
        let label = self.labels.first()?;
        let (line, column) = label.file.line_column(label.span.start);
        Some((&label.file.path, line, column))
    }

    /// The drawing, in colour for a terminal if `color` is set.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        render::render(self, color)
    }

    /// By file, then position, then code: the order of a report.
    pub(crate) fn sort_key(&self) -> (String, usize, &'static str) {
        let place = self.labels.first().map(|label| (label.file.path.clone(), label.span.start));
        let (path, start) = place.unwrap_or_default();
        (path, start, self.code)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
