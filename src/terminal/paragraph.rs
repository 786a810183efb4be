//! Text of words in styles, fitted to a width: a line that is too long goes on under its first word.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Where the width is not known.
const USUAL: usize = 80;
/// Beyond this, lines are no longer easy to read.
const WIDEST: usize = 110;

/// Puts paragraphs into text.
pub(crate) struct Typist {
    color: bool,
    width: usize,
    pub(crate) text: String,
}

impl Typist {
    pub(crate) fn new(color: bool, width: Option<u16>) -> Self {
        let width = width.map_or(USUAL, |width| usize::from(width).min(WIDEST));
        Self { color, width, text: String::new() }
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A paragraph behind `mark`, which stands `indent` columns from the left; further lines begin under
    /// the text behind the mark.
    pub(crate) fn line(&mut self, indent: usize, mark: (Style, &str), spans: &[(Style, &str)]) {
        self.text.push_str(&" ".repeat(indent));
        let hanging = indent + mark.1.width();
        self.styled(mark.0, mark.1);
        let mut column = hanging;
        let mut is_first = true;
        for (style, text) in spans {
            for word in text.split(' ').filter(|word| !word.is_empty()) {
                let space = usize::from(!is_first);
                if !is_first && column + space + word.width() > self.width {
                    self.text.push('\n');
                    self.text.push_str(&" ".repeat(hanging));
                    column = hanging;
                } else if !is_first {
                    self.text.push(' ');
                    column += 1;
                }
                self.styled(*style, word);
                column += word.width();
                is_first = false;
            }
        }
        self.text.push('\n');
    }

    fn styled(&mut self, style: Style, text: &str) {
        if self.color && style != Style::new() {
            self.text.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.text.push_str(text);
        }
    }
}
