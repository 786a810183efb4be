//! The colours of levels, and the badge of a result.
//!
//! A badge always carries the title of its level and the mark of no data as text, so that colour only
//! ever says again what can be read. The 256 colours that every terminal knows are enough for Port's 17.

use crate::grade::Standing;
use crate::scorecard::{self, Definition, Level};
use crate::terminal::Span;
use crate::terminal::clean;
use anstyle::{Ansi256Color, Color, Style};

/// Marks a result with nothing to judge.
pub(super) const NO_DATA: &str = "?";
/// Stands where a scorecard does not apply.
pub(super) const NOT_APPLICABLE: &str = "–";

/// What is less important than what stands beside it.
pub(super) const DIM: Style = Style::new().dimmed();
/// Headings.
pub(super) const BOLD: Style = Style::new().bold();

/// How a colour is shown.
#[derive(Clone, Copy)]
struct Paint {
    background: u8,
    /// White or black, whichever is easier to read.
    foreground: u8,
    /// The nearest of the circles that Markdown can show.
    circle: char,
}

const WHITE: u8 = 231;
const BLACK: u8 = 16;

const fn paint(background: u8, foreground: u8, circle: char) -> Paint {
    Paint { background, foreground, circle }
}

const fn painted(color: scorecard::Color) -> Paint {
    use scorecard::Color;
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

/// That of a level without a colour, or with one that Port does not have.
const NEUTRAL: Paint = paint(238, 252, '⚫');

fn known(level: &Level) -> Option<Paint> {
    scorecard::Color::named(level.color.as_deref()?).map(painted)
}

const fn indexed(index: u8) -> Option<Color> {
    Some(Color::Ansi256(Ansi256Color(index)))
}

/// The title of a level on its colour.
pub(super) fn style(level: &Level) -> Style {
    let paint = known(level).unwrap_or(NEUTRAL);
    Style::new().fg_color(indexed(paint.foreground)).bg_color(indexed(paint.background))
}

/// The colour of a level as ink; none for a level without one.
pub(super) fn ink(level: &Level) -> Option<Style> {
    known(level).map(|paint| Style::new().fg_color(indexed(paint.background)))
}

/// The circle that stands for a level's colour in Markdown.
pub(super) fn circle(level: &Level) -> char {
    known(level).unwrap_or(NEUTRAL).circle
}

/// The title of a level, with a column of its colour on both sides.
pub(super) fn title(level: &Level) -> Span {
    Span::new(format!(" {} ", clean(&level.title)), style(level))
}

/// What a result shows: ` Gold `, ` Basic ? `, ` – `.
pub(super) fn badge(definition: &Definition, standing: Option<Standing>) -> Span {
    let Some(standing) = standing else {
        return Span::new(format!(" {NOT_APPLICABLE} "), DIM);
    };
    let Some(level) = definition.levels.get(standing.level) else {
        return Span::default();
    };
    let mut badge = title(level);
    if standing.no_data {
        badge.text.push_str(NO_DATA);
        badge.text.push(' ');
    }
    badge
}
