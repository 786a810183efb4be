//! Colours that Port does not know, and so no badge has.

use crate::color::Color;
use crate::diagnostic::{Code, Severity, list, nearest, quoted};
use crate::lint::case::Case;
use crate::lint::finding::{Finding, Lint};

pub(super) const LINTS: &[Lint] = &[UNKNOWN_COLOR];

const UNKNOWN_COLOR: Lint = Lint {
    code: Code::UnknownColor,
    severity: Severity::Warning,
    page: "The colour of a level is none of Port's seventeen, so its badge is drawn without one. They are spelled as \
           here, with capitals inside: blue, turquoise, orange, purple, pink, yellow, green, red, gold, silver, \
           paleBlue, darkGray, lightGray, bronze, lime, olive, brown.",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let levels = case.body().and_then(|body| body.get("levels")).and_then(|levels| levels.as_list());
    let colors = levels.unwrap_or_default().iter().filter_map(|level| level.get("color"));
    colors
        .filter_map(|node| {
            let color = node.as_text().filter(|color| !color.is_empty() && Color::named(color).is_none())?;
            let all = list(Color::names(), 99);
            let help = match nearest(color, Color::names()) {
                Some(near) => format!("did you mean {}? the colours are {all}", quoted(near)),
                None => format!("the colours are {all}"),
            };
            Some(case.at(&UNKNOWN_COLOR, &node.span, format!("unknown colour {}", quoted(color))).help(help))
        })
        .collect()
}
