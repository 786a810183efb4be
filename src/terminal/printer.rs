//! Writes lines for people.

use super::screen::Screen;
use super::span::{Span, cell_width, render, truncate_cell};
use super::wrap::{one_line, wrap};
use std::io::{Result, Write};

/// The width of paragraphs if the width of the screen is unknown.
const USUAL: usize = 80;
/// The maximum width of paragraphs, because longer lines are hard to read.
const WIDEST: usize = 110;

/// Writes lines, formatted for a screen. After an error it writes nothing more; [`Printer::finish`] returns the error.
pub(crate) struct Printer<'o> {
    pub(crate) screen: Screen,
    out: &'o mut (dyn Write + 'o),
    result: Result<()>,
}

/// Returns everything that a function prints.
pub(crate) fn print_to_string(screen: Screen, print: impl FnOnce(&mut Printer<'_>)) -> String {
    let mut out = Vec::new();
    let mut printer = Printer::new(screen, &mut out);
    print(&mut printer);
    #[expect(clippy::expect_used, reason = "memory can be written")]
    printer.finish().expect("memory can be written");
    #[expect(clippy::expect_used, reason = "a printer appends only whole strings")]
    String::from_utf8(out).expect("a printer appends strings, which are UTF-8")
}

impl<'o> Printer<'o> {
    /// Creates a printer that writes to `out`, which should have a buffer.
    pub(crate) fn new(screen: Screen, out: &'o mut (dyn Write + 'o)) -> Self {
        Self { screen, out, result: Ok(()) }
    }

    /// Ends the output.
    ///
    /// # Errors
    /// Returns the first failure to write.
    pub(crate) fn finish(self) -> Result<()> {
        self.result
    }

    /// Prints an empty line.
    pub(crate) fn gap(&mut self) {
        self.write("\n");
    }

    /// Prints one line, truncated to the width of the screen.
    pub(crate) fn line(&mut self, spans: &[Span<'_>]) {
        let cell = truncate_cell(spans.to_vec(), self.screen.columns().unwrap_or(usize::MAX));
        self.spans(&cell);
    }

    /// Prints a mark, `indent` columns from the left, followed by a paragraph. All lines of the paragraph begin in
    /// the same column, after the mark.
    pub(crate) fn paragraph(&mut self, indent: usize, mark: &Span<'_>, spans: &[Span<'_>]) {
        let max_width = self.screen.columns().unwrap_or(USUAL).min(WIDEST);
        self.hanging(indent, std::slice::from_ref(mark), spans, max_width);
    }

    /// Prints a message after a label, like [`Self::paragraph`]. If the width of the screen is unknown, the message
    /// is one line, because such output is usually searched and not read.
    pub(crate) fn message(&mut self, indent: usize, label: &[Span<'_>], spans: &[Span<'_>]) {
        self.hanging(indent, label, spans, self.screen.columns().unwrap_or(usize::MAX));
    }

    fn hanging(&mut self, indent: usize, mark: &[Span<'_>], spans: &[Span<'_>], max_width: usize) {
        let hanging = indent + cell_width(mark);
        let mut start = vec![Span::plain(" ".repeat(indent))];
        start.extend_from_slice(mark);
        let max_width = max_width.saturating_sub(hanging).max(max_width / 4);
        if !self.screen.color
            && let Some(line) = one_line(spans, max_width)
        {
            start.push(line);
            return self.spans(&start);
        }
        let lines = wrap(spans, max_width);
        if lines.is_empty() {
            self.spans(&start);
        }
        for mut line in lines {
            start.append(&mut line);
            self.spans(&start);
            start = vec![Span::plain(" ".repeat(hanging))];
        }
    }

    /// Prints spans as one line, without truncating it.
    pub(crate) fn spans(&mut self, spans: &[Span<'_>]) {
        self.rendered(&render(spans, self.screen.color));
    }

    /// Prints a line, without the white space at its end.
    pub(super) fn rendered(&mut self, line: &str) {
        self.write(line.trim_end());
        self.write("\n");
    }

    fn write(&mut self, text: &str) {
        if self.result.is_ok() {
            self.result = self.out.write_all(text.as_bytes());
        }
    }
}
