//! Draws a diagnostic with its source lines: the only file that knows `annotate-snippets`.

use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// Wider than any line of a gazetteer: a line cut in the middle of Arabic text is displayed in the
/// wrong order.
const WIDTH: usize = 2000;

pub(super) fn render(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&*diagnostic.message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut labels = diagnostic.labels.iter().peekable();
    let mut kind = AnnotationKind::Primary;
    while let Some(label) = labels.next() {
        let mut snippet = Snippet::source(&label.file.text).path(&label.file.path);
        let mut next = Some(label);
        while let Some(label) = next {
            snippet = snippet.annotation(kind.span(label.span.clone()).label(&label.text));
            kind = AnnotationKind::Context;
            next = labels.next_if(|next| Arc::ptr_eq(&next.file, &label.file));
        }
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(WIDTH).render(&[group])
}
