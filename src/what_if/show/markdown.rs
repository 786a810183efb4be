//! `markdown`: for a pull request that changes definitions.

use super::{absence, arrow, closing, plain, way, ways};
use crate::markup::{code, escape};
use crate::what_if::Comparison;

pub(super) fn write(comparison: &Comparison) -> String {
    let mut lines = vec![
        "| Scorecard | ▲ up | ▼ down | same | Moves |".to_owned(),
        "| --- | ---: | ---: | ---: | --- |".to_owned(),
    ];
    for card in &comparison.scorecards {
        let name = code(&plain(&card.identifier));
        lines.push(match absence(card.presence) {
            Some(absence) => format!("| {name} | | | | {absence} |"),
            None => {
                format!("| {name} | {} | {} | {} | {} |", card.up, card.down, card.same, escape(&ways(card)))
            }
        });
    }
    lines.push(format!("\n{}", closing(comparison)));
    if !comparison.moves.is_empty() {
        lines.push("\n| Entity | Scorecard | Move |\n| --- | --- | --- |".to_owned());
    }
    for entity in &comparison.moves {
        let mut name = escape(&entity.title);
        for moved in &entity.moves {
            let (scorecard, way) = (code(&plain(&moved.scorecard)), escape(&way(moved)));
            lines.push(format!("| {name} | {scorecard} | {} {way} |", arrow(moved.direction)));
            name.clear();
        }
    }
    lines.join("\n") + "\n"
}
