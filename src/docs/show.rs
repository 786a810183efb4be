//! Turns the Markdown of a page into text for a terminal.

use crate::terminal::{PLAIN, Printer, STRONG, Screen, Span, print_to_string};

/// Pages are at most this wide, in columns.
const WIDEST: u16 = 80;

/// The page with bold headings. Paragraphs and lists are wrapped to the screen; blocks of code are indented instead
/// of fenced.
pub(super) fn styled(markdown: &str, screen: Screen) -> String {
    let width = screen.width.map_or(WIDEST, |width| width.min(WIDEST));
    print_to_string(Screen { width: Some(width), ..screen }, |printer| print(markdown, printer))
}

fn print(markdown: &str, printer: &mut Printer<'_>) {
    let mut block = Block::default();
    let mut is_code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            block.print(printer);
        } else if is_code {
            printer.spans(&[Span::plain(format!("    {line}"))]);
        } else if line.is_empty() {
            block.print(printer);
            printer.gap();
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim_start();
            printer.spans(&[Span::new(heading, STRONG)]);
        } else if line.starts_with('|') {
            printer.spans(&[Span::plain(line)]);
        } else {
            block.add(line, printer);
        }
    }
    block.print(printer);
}

/// A paragraph, or an item of a list, that is not complete yet.
#[derive(Default)]
struct Block {
    mark: &'static str,
    text: String,
}

impl Block {
    fn add(&mut self, line: &str, printer: &mut Printer<'_>) {
        let line = match line.strip_prefix("- ") {
            Some(item) => {
                self.print(printer);
                self.mark = "- ";
                item
            }
            None => line.trim_start(),
        };
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(line);
    }

    fn print(&mut self, printer: &mut Printer<'_>) {
        let Self { mark, text } = std::mem::take(self);
        if !text.is_empty() {
            printer.message(0, &[Span::plain(mark)], &emphasized(&text));
        }
    }
}

/// The text with `**words**` in bold.
fn emphasized(text: &str) -> Vec<Span<'_>> {
    let style = |index: usize| if index % 2 == 1 { STRONG } else { PLAIN };
    text.split("**").enumerate().map(|(index, part)| Span::new(part, style(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_emphasis_are_bold_and_code_is_indented() {
        let page = "# Gate\n\n**New** text\n\n```sh\n# comment\n```\n";
        let screen = Screen { color: true, width: None };
        assert_eq!(
            styled(page, screen),
            "\u{1b}[1mGate\u{1b}[0m\n\n\u{1b}[1mNew \u{1b}[0mtext\n\n    # comment\n"
        );
    }

    #[test]
    fn text_is_wrapped_to_a_narrow_screen_and_code_is_not() {
        let page = "One line that is\nlong.\n\n- an item of a list\n  in two lines\n- another\n\n```\na long line of code\n```\n";
        let screen = Screen { color: true, width: Some(20) };
        let expected = "One line that is\nlong.\n\n- an item of a list\n  in two lines\n- another\n\n    a long line of code\n";
        assert_eq!(styled(page, screen), expected);
        let wide = Screen { color: true, width: Some(200) };
        assert!(
            styled(page, wide)
                .starts_with("One line that is long.\n\n- an item of a list in two lines\n- another\n")
        );
    }
}
