//! Colours that Port does not have.

use crate::color::Color;
use crate::diagnostic::{Code, quoted, suggest};
use crate::lint::case::Case;
use crate::lint::finding::Finding;

pub(super) const LINTS: &[Code] = &[Code::UnknownColor];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let levels = case.body().get("levels").and_then(|levels| levels.as_list());
    let colors = levels.unwrap_or_default().iter().filter_map(|level| level.get("color"));
    colors
        .filter_map(|node| {
            let color = node.as_text().filter(|color| !color.is_empty() && Color::named(color).is_none())?;
            let help = suggest("colour", color, Color::names());
            Some(
                case.at(Code::UnknownColor, &node.span, format!("unknown colour {}", quoted(color)))
                    .help(help),
            )
        })
        .collect()
}
