//! The colours of levels, and the badge of a result.
//!
//! A badge always carries the title of its level and the mark of no data as text, so that colour only
//! ever says again what can be read. The 256 colours that every terminal knows are enough for Port's 17.

use super::grid::Span;
use super::text::clean;
use crate::scorecard::{Definition, Level, Standing};
use anstyle::{Ansi256Color, Color, Style};

/// Marks a result with nothing to judge.
pub(super) const NO_DATA: &str = "?";
/// Stands where a scorecard does not apply.
pub(super) const NOT_APPLICABLE: &str = "–";

/// What is less important than what stands beside it.
pub(super) const DIM: Style = Style::new().dimmed();
/// Headings.
pub(super) const BOLD: Style = Style::new().bold();

/// A colour of Port.
struct Paint {
    name: &'static str,
    background: u8,
    /// White or black, whichever is easier to read.
    foreground: u8,
    /// The nearest of the circles that Markdown can show.
    circle: char,
}

const WHITE: u8 = 231;
const BLACK: u8 = 16;

const fn paint(name: &'static str, background: u8, foreground: u8, circle: char) -> Paint {
    Paint { name, background, foreground, circle }
}

const PAINTS: [Paint; 17] = [
    paint("blue", 27, WHITE, '🔵'),
    paint("turquoise", 44, BLACK, '🔵'),
    paint("orange", 208, BLACK, '🟠'),
    paint("purple", 92, WHITE, '🟣'),
    paint("pink", 212, BLACK, '🟣'),
    paint("yellow", 227, BLACK, '🟡'),
    paint("green", 34, BLACK, '🟢'),
    paint("red", 160, WHITE, '🔴'),
    paint("gold", 220, BLACK, '🟡'),
    paint("silver", 250, BLACK, '⚪'),
    paint("paleBlue", 153, BLACK, '🔵'),
    paint("darkGray", 240, WHITE, '⚫'),
    paint("lightGray", 254, BLACK, '⚪'),
    paint("bronze", 173, BLACK, '🟤'),
    paint("lime", 154, BLACK, '🟢'),
    paint("olive", 100, BLACK, '🟢'),
    paint("brown", 94, WHITE, '🟤'),
];

/// That of a level without a colour, or with one that Port does not have.
const NEUTRAL: Paint = paint("", 238, 252, '⚫');

fn known(level: &Level) -> Option<&'static Paint> {
    let name = level.color.as_deref()?;
    PAINTS.iter().find(|paint| paint.name == name)
}

const fn indexed(index: u8) -> Option<Color> {
    Some(Color::Ansi256(Ansi256Color(index)))
}

/// The title of a level on its colour.
pub(super) fn style(level: &Level) -> Style {
    let paint = known(level).unwrap_or(&NEUTRAL);
    Style::new().fg_color(indexed(paint.foreground)).bg_color(indexed(paint.background))
}

/// The colour of a level as ink; none for a level without one.
pub(super) fn ink(level: &Level) -> Option<Style> {
    known(level).map(|paint| Style::new().fg_color(indexed(paint.background)))
}

/// The circle that stands for a level's colour in Markdown.
pub(super) fn circle(level: &Level) -> char {
    known(level).unwrap_or(&NEUTRAL).circle
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
