//! The levels over time, for the chart of a page.

use super::view::{HistoryDate, ScorecardHistory};
use crate::history::Trend;

/// The counts of each scorecard at each date of a trend.
pub(crate) fn history(trend: &Trend<'_>) -> Vec<ScorecardHistory> {
    let of_card = |index: usize| {
        let card = trend.scorecard(index);
        let (blueprint, identifier) = trend.card_names(card);
        let levels =
            card.levels.iter().map(|level| (trend.level_title(level).to_owned(), level.color.clone()));
        let dates = trend.dates.iter().zip(&card.dates).map(|(as_of, counts)| HistoryDate {
            as_of: *as_of,
            levels: counts.with_data.clone(),
            no_data: counts.no_data,
            not_applicable: counts.not_applicable,
        });
        ScorecardHistory {
            identifier: identifier.to_owned(),
            title: card.title.clone(),
            blueprint: blueprint.to_owned(),
            levels: levels.collect(),
            dates: dates.collect(),
        }
    };
    (0..trend.scorecards.len()).map(of_card).collect()
}
