//! Shows a problem in full: the source line with a caret, then what to do.

use super::place::Place;
use super::problem::Diagnostic;
use super::severity::Severity;
use super::source::Source;
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
        let mut group = level.primary_title(message).id(self.code.name()).elements(Vec::<Origin<'_>>::new());
        group = match &self.place {
            Some(Place::Span { source, span }) => {
                let shown = line_around(source, span);
                let snippet = Snippet::source(shown.text)
                    .line_start(shown.number)
                    .annotation(AnnotationKind::Primary.span(shown.inside));
                if shown.is_whole {
                    group.element(snippet.path(file))
                } else {
                    // the renderer would count the column from where the text was cut
                    let (line, column) = self.place.as_ref().and_then(Place::position).unwrap_or_default();
                    group.element(origin(file, line, column)).element(snippet)
                }
            }
            Some(Place::Position { line, column, .. }) => group.element(origin(file, *line, *column)),
            Some(Place::File(_)) => group.element(Origin::path(file)),
            None => group,
        };
        let group = footers(group, self);
        renderer.term_width(DEFAULT_TERM_WIDTH).render(&[group])
    }
}

fn origin(file: Cow<'_, str>, line: u64, column: u64) -> Origin<'_> {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Origin::path(file).line(number(line)).char_column(number(column))
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

/// Bytes of a line that are shown before a span, and from its beginning on.
const MOST_SHOWN: usize = 400;

/// The part of a source that is shown.
struct Shown<'a> {
    text: &'a str,
    /// Of its line, from 1.
    number: usize,
    /// The part of the span that is in it, in bytes of the text.
    inside: Range<usize>,
    /// It begins where its line does.
    is_whole: bool,
}

/// The line in which `span` begins, or of a long one what is around the span: a file may be one line.
fn line_around<'a>(source: &'a Source, span: &Range<usize>) -> Shown<'a> {
    let text = source.text.as_str();
    let start = span.start.min(text.len());
    let before = text.get(..start).unwrap_or(text);
    let mut line_start = before.rfind('\n').map_or(0, |at| at + 1);
    if line_start == 0 && text.starts_with('\u{feff}') {
        line_start = '\u{feff}'.len_utf8();
    }
    let line_start = line_start.min(start);
    let cut = (start.saturating_sub(MOST_SHOWN).max(line_start)..start).find(|&at| text.is_char_boundary(at));
    let from = cut.unwrap_or(start);
    let most = (start + MOST_SHOWN..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let shown = text.get(from..most).unwrap_or_default();
    let shown = shown.get(..start - from).zip(shown.get(start - from..)).map_or(shown, |(before, after)| {
        let rest = after.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        shown.get(..before.len() + rest.len()).unwrap_or(shown)
    });
    let end = (span.end.max(start) - from).min(shown.len());
    // a span may end inside a character, for the scanner counts bytes
    let end = (end..shown.len()).find(|&at| shown.is_char_boundary(at)).unwrap_or(shown.len());
    Shown {
        text: shown,
        number: before.matches('\n').count() + 1,
        inside: (start - from).min(shown.len())..end,
        is_whole: from == line_start,
    }
}
