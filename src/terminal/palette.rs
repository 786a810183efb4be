//! The colours of levels in a terminal and in Markdown, and the badge of a level.
//!
//! A badge always shows the title of the level and the mark for no data as text, so no information is lost without
//! colour. The standard 256 colours are enough for Port's 17 colours.

use super::span::Span;
use crate::color::Color;
use anstyle::{Ansi256Color, Style};

/// The mark of a result without data.
pub(crate) const NO_DATA: &str = "?";
/// The mark of a result that a waiver excuses.
pub(crate) const WAIVED: &str = "†";
/// The mark of a scorecard that is not applicable.
pub(crate) const NOT_APPLICABLE: &str = "–";

/// How to show one colour.
#[derive(Clone, Copy)]
struct Paint {
    background: u8,
    /// White or black, depending on the contrast with the background.
    foreground: u8,
    /// The circle emoji that is nearest to the colour, for Markdown.
    circle: char,
}

const WHITE: u8 = 231;
const BLACK: u8 = 16;
/// The paint for a level without a colour, or with a colour that Port does not know.
const NEUTRAL: Paint = paint(238, 252, '⚫');

const fn paint(background: u8, foreground: u8, circle: char) -> Paint {
    Paint { background, foreground, circle }
}

const fn paint_of(color: Color) -> Paint {
    match color {
        Color::Blue => paint(27, WHITE, '🔵'),
        Color::Turquoise => paint(44, BLACK, '🔵'),
        Color::Orange => paint(208, BLACK, '🟠'),
        Color::Purple => paint(92, WHITE, '🟣'),
        Color::Pink => paint(212, BLACK, '🟣'),
        Color::Yellow => paint(227, BLACK, '🟡'),
        Color::Green => paint(34, BLACK, '🟢'),
        Color::Red => paint(160, WHITE, '🔴'),
        Color::Gold => paint(220, BLACK, '🟡'),
        Color::Silver => paint(250, BLACK, '⚪'),
        Color::PaleBlue => paint(153, BLACK, '🔵'),
        Color::DarkGray => paint(240, WHITE, '⚫'),
        Color::LightGray => paint(254, BLACK, '⚪'),
        Color::Bronze => paint(173, BLACK, '🟤'),
        Color::Lime => paint(154, BLACK, '🟢'),
        Color::Olive => paint(100, BLACK, '🟢'),
        Color::Brown => paint(94, WHITE, '🟤'),
    }
}

const fn indexed(index: u8) -> Option<anstyle::Color> {
    Some(anstyle::Color::Ansi256(Ansi256Color(index)))
}

/// The style of a badge: text on the colour of the level.
pub(crate) fn badge_style(color: Option<Color>) -> Style {
    let paint = color.map_or(NEUTRAL, paint_of);
    Style::new().fg_color(indexed(paint.foreground)).bg_color(indexed(paint.background))
}

/// The style of a bar in the colour of a level; `None` without a colour.
pub(crate) fn bar_style(color: Option<Color>) -> Option<Style> {
    color.map(|color| Style::new().fg_color(indexed(paint_of(color).background)))
}

/// The circle emoji for the colour of a level, for Markdown.
pub(crate) fn circle(color: Option<Color>) -> char {
    color.map_or(NEUTRAL, paint_of).circle
}

/// The badge of a level, such as ` Gold `. `marks` follow the title, each with a blank before it.
pub(crate) fn badge(title: &str, color: Option<Color>, marks: &str) -> Span<'static> {
    Span::new(format!(" {title}{marks} "), badge_style(color))
}
