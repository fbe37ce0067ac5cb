//! Draws a diagnostic with its source lines: the only file that knows `annotate-snippets`.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};

pub(super) fn render(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&*diagnostic.message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut labels = diagnostic.labels.iter().enumerate().peekable();
    while let Some((index, label)) = labels.next() {
        let kind = |index| if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut snippet = Snippet::source(&label.file.text)
            .path(&label.file.path)
            .annotation(kind(index).span(label.span.clone()).label(&label.text));
        while let Some((index, next)) = labels.next_if(|(_, next)| next.file == label.file) {
            snippet =
                snippet.annotation(kind(index).span(next.span.clone()).label(&next.text));
        }
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}
