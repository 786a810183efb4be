//! Shows a problem in full: the source line with a caret, then what to do.

use super::{Diagnostic, Place, Severity, Source};
use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

impl Diagnostic {
    /// The problem over several lines, as it is shown at a terminal. With `styled` it carries colour.
    pub fn render(&self, styled: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let mut group =
            level.primary_title(self.message.as_str()).id(self.code).elements(Vec::<Origin<'_>>::new());
        group = match &self.place {
            Some(Place::Span { source, span }) => {
                let (line, number, inside) = line_around(source, span);
                group.element(
                    Snippet::source(line)
                        .line_start(number)
                        .path(source.name.as_str())
                        .annotation(AnnotationKind::Primary.span(inside)),
                )
            }
            Some(Place::Position { file, line, column }) => group.element(
                Origin::path(file.as_str())
                    .line(usize::try_from(*line).unwrap_or(usize::MAX))
                    .char_column(usize::try_from(*column).unwrap_or(usize::MAX)),
            ),
            Some(Place::File(file)) => group.element(Origin::path(file.as_str())),
            None => group,
        };
        let group = footers(group, self);
        renderer.term_width(DEFAULT_TERM_WIDTH).render(&[group])
    }
}

fn footers<'a>(mut group: Group<'a>, problem: &'a Diagnostic) -> Group<'a> {
    if let Some(note) = &problem.note {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The line in which `span` begins, its number, and the part of the span that is in it.
fn line_around<'a>(source: &'a Source, span: &Range<usize>) -> (&'a str, usize, Range<usize>) {
    let text = source.text.as_str();
    let start = span.start.min(text.len());
    let before = text.get(..start).unwrap_or(text);
    let mut line_start = before.rfind('\n').map_or(0, |at| at + 1);
    if line_start == 0 && text.starts_with('\u{feff}') {
        line_start = '\u{feff}'.len_utf8();
    }
    let line_start = line_start.min(start);
    let rest = text.get(line_start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let from = (start - line_start).min(line.len());
    let to = (span.end.max(start) - line_start).clamp(from, line.len());
    let number = before.matches('\n').count() + 1;
    (line, number, from..to)
}
