//! Reports colours that Port does not support.

use crate::color::Color;
use crate::diagnostic::{Code, quoted, suggest};
use crate::lint::finding::Finding;
use crate::lint::target::Target;

pub(super) const LINTS: &[Code] = &[Code::UnknownColor];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let levels = target.body().get("levels").and_then(|levels| levels.as_list());
    let colors = levels.unwrap_or_default().iter().filter_map(|level| level.get("color"));
    colors
        .filter_map(|node| {
            let color = node.as_text().filter(|color| !color.is_empty() && Color::named(color).is_none())?;
            let help = suggest("colour", color, Color::names());
            Some(
                target
                    .at(Code::UnknownColor, &node.span, format!("unknown colour {}", quoted(color)))
                    .help(help),
            )
        })
        .collect()
}
