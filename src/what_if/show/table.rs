//! `table`: for a terminal. A line of counts a scorecard, then a line a move.

use super::{absence, arrow, closing, plain, way, ways};
use crate::terminal::Screen;
use crate::what_if::{Comparison, Direction, ScorecardComparison};
use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

pub(super) fn write(comparison: &Comparison, screen: Screen) -> String {
    let mut out = String::new();
    let styled = |style: Style, text: &str| {
        if screen.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    let width = comparison.scorecards.iter().map(|card| plain(&card.identifier).width()).max();
    let width = width.unwrap_or_default().clamp("scorecard".len(), MOST);
    let heading = format!("{}    up  down  same", pad("scorecard", width));
    out.push_str(&format!("{}\n", styled(BOLD, &heading)));
    for card in &comparison.scorecards {
        let name = pad(&plain(&card.identifier), width);
        match absence(card.presence) {
            Some(absence) => out.push_str(&format!("{name}  {}\n", styled(DIM, absence))),
            None => {
                out.push_str(&format!(
                    "{name}  {:>4}  {:>4}  {:>4}{}\n",
                    card.up,
                    card.down,
                    card.same,
                    filters(card)
                ));
                wrapped(&ways(card), screen.width, |line| {
                    out.push_str(&format!("  {}\n", styled(DIM, line)))
                });
            }
        }
    }
    for entity in &comparison.moves {
        let mut name = plain(&entity.title);
        if entity.title != entity.identifier {
            name = format!("{name} ({})", plain(&entity.identifier));
        }
        out.push_str(&format!("\n{}\n", styled(BOLD, &name)));
        for moved in &entity.moves {
            let color = match moved.direction {
                Direction::Up | Direction::Entered => AnsiColor::Green.on_default(),
                _ => AnsiColor::Red.on_default(),
            };
            let mark = styled(color, arrow(moved.direction));
            out.push_str(&format!("  {mark} {}  {}\n", pad(&plain(&moved.scorecard), width), way(moved)));
        }
    }
    out.push_str(&format!("\n{}\n", closing(comparison)));
    out
}

/// The widest name of a scorecard that lines are made up for.
const MOST: usize = 40;

/// Entities that only one of the filters takes in.
fn filters(card: &ScorecardComparison) -> String {
    let part = |count: u64, word: &str| if count > 0 { format!("  {count} {word}") } else { String::new() };
    format!("{}{}", part(card.entered, "newly applies to"), part(card.left, "no longer applies to"))
}

fn pad(text: &str, width: usize) -> String {
    let mut shown = String::new();
    let mut column = 0;
    for character in text.chars() {
        let wide = character.width().unwrap_or_default();
        if column + wide > width {
            break;
        }
        column += wide;
        shown.push(character);
    }
    shown + &" ".repeat(width - column)
}

/// Gives the parts of a list in lines that fit, two columns from the left.
fn wrapped(list: &str, width: Option<u16>, mut give: impl FnMut(&str)) {
    let width = width.map_or(80, usize::from).saturating_sub(2);
    let mut line = String::new();
    for part in list.split_inclusive(", ") {
        if !line.is_empty() && line.width() + part.trim_end().width() > width {
            give(line.trim_end());
            line.clear();
        }
        line.push_str(part);
    }
    if !line.is_empty() {
        give(&line);
    }
}
