//! `csv`: a line for each scorecard, date and level, for a spreadsheet.

use crate::history::trend::Trend;
use crate::report::csv_record;

/// The counts as CSV.
pub(crate) fn trend_csv(trend: &Trend<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    csv_record(["scorecard", "blueprint", "asOf", "level", "rank", "count"], false, &mut text);
    for card in &trend.scorecards {
        let (blueprint, identifier) = trend.card_names(card);
        for (as_of, counts) in trend.dates.iter().zip(&card.dates) {
            let as_of = as_of.to_string();
            let mut line = |level: &str, rank: &str, count: u64| {
                let count = count.to_string();
                csv_record([identifier, blueprint, &as_of, level, rank, &count], false, &mut text);
            };
            for (level, count) in card.levels.iter().zip(&counts.levels) {
                line(&trend.catalog.titles.get(level.title).0, &level.rank.to_string(), *count);
            }
            line("", "", counts.not_applicable);
        }
    }
    text
}
