//! Prints a diagnostic in the layout of rustc: the message, the source line with carets, then note and help.
//!
//! The layout is our own, because libraries for source snippets cut long lines in their own way, do not accept the
//! column of a line that is already cut, and do not wrap messages.

use super::excerpt::Excerpt;
use super::place::Place;
use super::problem::Diagnostic;
use super::severity::Severity;
use crate::terminal::{ERROR, GUTTER, NOTE, PLAIN, Printer, STRONG, Screen, Span, WARNING, print_to_string};
use anstyle::Style;

impl Diagnostic {
    /// The diagnostic on several lines, wrapped and cut to the width of the screen, without a line feed at the end.
    /// Text of users is sanitized, so that it cannot move the cursor of a terminal.
    pub fn render(&self, screen: Screen) -> String {
        let mut text = print_to_string(screen, |printer| self.print(printer));
        text.truncate(text.trim_end_matches('\n').len());
        text
    }

    fn print(&self, printer: &mut Printer<'_>) {
        let style = self.severity.style();
        let label = Span::new(format!("{}[{}]", self.severity.name(), self.code.name()), style);
        let colon = Span::new(": ", STRONG);
        let message = Span::new(self.message.as_str(), STRONG);
        // under a label that takes most of a line, the message would be a narrow column
        let most_of_line = printer.screen.columns().is_some_and(|columns| label.width() > columns / 2);
        match most_of_line {
            true => printer.message(0, &[], &[label, colon, message]),
            false => printer.message(0, &[label, colon], &[message]),
        }
        let gutter = match &self.place {
            Some(place @ Place::Span { source, span }) => {
                let excerpt = Excerpt::new(source, span, printer.screen.columns());
                let gutter = excerpt.number.to_string().len();
                print_origin(gutter, place, printer);
                self.print_excerpt(&excerpt, gutter, printer);
                gutter
            }
            Some(place) => {
                print_origin(0, place, printer);
                0
            }
            None => 0,
        };
        let footers = [("note", &self.note), ("help", &self.help)];
        if self.place.as_ref().is_none_or(|place| matches!(place, Place::Span { .. }))
            && footers.iter().any(|(_, text)| text.is_some())
        {
            printer.spans(&gutter_line("", gutter));
        }
        for (name, text) in footers {
            let Some(text) = text else { continue };
            let label = [Span::new("= ", GUTTER), Span::new(name, STRONG), Span::plain(": ")];
            printer.message(gutter + 1, &label, &[Span::plain(text.as_str())]);
        }
    }

    /// Prints a part of a line, and carets below the marked text.
    fn print_excerpt(&self, excerpt: &Excerpt<'_>, gutter: usize, printer: &mut Printer<'_>) {
        let Excerpt { number, before, marked, after } = excerpt;
        printer.spans(&gutter_line("", gutter));
        let mut line = gutter_line(&number.to_string(), gutter);
        line.extend([Span::plain(" "), before.clone(), marked.clone(), after.clone()]);
        printer.spans(&line);
        let mut carets = gutter_line("", gutter);
        carets.push(Span::plain(" ".repeat(1 + before.width())));
        carets.push(Span::new("^".repeat(marked.width().max(1)), self.severity.style()));
        printer.spans(&carets);
    }
}

impl Severity {
    fn style(self) -> Style {
        match self {
            Self::Error => ERROR,
            Self::Warning => WARNING,
            Self::Note => NOTE,
        }
    }
}

/// Prints the line `--> file:line:column`. It is never cut, because terminals turn it into a link.
fn print_origin(gutter: usize, place: &Place, printer: &mut Printer<'_>) {
    let arrow = Span::new(format!("{}--> ", " ".repeat(gutter)), GUTTER);
    printer.spans(&[arrow, Span::new(place.to_string(), PLAIN)]);
}

/// The line number and the vertical bar after it.
fn gutter_line(number: &str, gutter: usize) -> Vec<Span<'static>> {
    vec![Span::new(format!("{number:>gutter$} |"), GUTTER)]
}
