//! Warnings about an input: printed on standard error, never part of results.

use crate::diagnostic::{Code, Diagnostic};
use crate::grade::Tally;
use crate::scorecard::Scorecards;

/// All warnings of a run. With the built-in scorecards, which grade services and teams, the input may have only
/// one kind.
pub(crate) fn of(scorecards: &Scorecards, tally: &Tally, built_in: bool) -> Vec<Diagnostic> {
    if tally.entities == 0 {
        return vec![Diagnostic::warning(Code::NoEntities, "the input has no entity")];
    }
    let mut warnings = Vec::new();
    let unmet = tally.unmet_blueprints(scorecards);
    let nothing_met =
        unmet.iter().map(|(_, cards)| cards.len()).sum::<usize>() == scorecards.definitions().len();
    if !built_in || nothing_met {
        for (blueprint, cards) in unmet {
            let message =
                format!("no entity has blueprint `{blueprint}`, which {} grades", names(&cards, "scorecard"));
            let help = "entities without a blueprint take that of `--blueprint`";
            warnings.push(Diagnostic::warning(Code::ScorecardWithoutEntities, message).help(help));
        }
    }
    let ungraded: Vec<(&str, u64)> = tally.ungraded().collect();
    let count: u64 = ungraded.iter().map(|(_, count)| count).sum();
    if count > 0 {
        let seen: Vec<String> =
            ungraded.iter().map(|(blueprint, count)| format!("`{blueprint}` ({count})")).collect();
        let entities = if count == 1 { "1 entity is".to_owned() } else { format!("{count} entities are") };
        let message = format!("{entities} graded by no scorecard: blueprint {}", seen.join(", "));
        warnings.push(Diagnostic::warning(Code::UngradedEntities, message));
    }
    warnings
}

fn names(cards: &[&str], what: &str) -> String {
    const MOST: usize = 5;
    let shown: Vec<String> = cards.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = if cards.len() > MOST { format!(" and {} more", cards.len() - MOST) } else { String::new() };
    let plural = if cards.len() == 1 { "" } else { "s" };
    format!("{what}{plural} {}{more}", shown.join(", "))
}
