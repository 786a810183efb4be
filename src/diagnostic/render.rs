//! Shows a problem in full: the source line with a caret, then what to do.

use super::{Diagnostic, Place, Severity, Source};
use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
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
        let message = one_line(&self.message);
        let file = one_line(self.place.as_ref().map_or("", Place::file));
        let mut group = level.primary_title(message).id(self.code).elements(Vec::<Origin<'_>>::new());
        group = match &self.place {
            Some(Place::Span { source, span }) => {
                let (line, number, inside) = line_around(source, span);
                group.element(
                    Snippet::source(line)
                        .line_start(number)
                        .path(file)
                        .annotation(AnnotationKind::Primary.span(inside)),
                )
            }
            Some(Place::Position { line, column, .. }) => group.element(
                Origin::path(file)
                    .line(usize::try_from(*line).unwrap_or(usize::MAX))
                    .char_column(usize::try_from(*column).unwrap_or(usize::MAX)),
            ),
            Some(Place::File(_)) => group.element(Origin::path(file)),
            None => group,
        };
        let group = footers(group, self);
        renderer.term_width(DEFAULT_TERM_WIDTH).render(&[group])
    }
}

fn footers<'a>(mut group: Group<'a>, problem: &'a Diagnostic) -> Group<'a> {
    if let Some(note) = &problem.note {
        group = group.element(Level::NOTE.message(one_line(note)));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    group
}

/// Text that may come from a user, with control characters escaped: it must not move the cursor of a
/// terminal, nor look like a second message.
fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let escaped = |character: char| {
        if character.is_control() { character.escape_default().to_string() } else { character.to_string() }
    };
    Cow::Owned(text.chars().map(escaped).collect())
}

/// Bytes of a line that are shown from the beginning of a span.
const MOST_SHOWN: usize = 400;

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
    // the renderer shortens what comes before a span, but shows all of the span
    let shown = (start - line_start + MOST_SHOWN..line.len()).find(|&at| line.is_char_boundary(at));
    let line = line.get(..shown.unwrap_or(line.len())).unwrap_or(line);
    let from = (start - line_start).min(line.len());
    let to = (span.end.max(start) - line_start).clamp(from, line.len());
    // a span may end inside a character, for the scanner counts bytes
    let to = (to..line.len()).find(|&at| line.is_char_boundary(at)).unwrap_or(line.len());
    let number = before.matches('\n').count() + 1;
    (line, number, from..to)
}
