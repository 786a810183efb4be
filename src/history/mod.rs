//! Results over time: two or more results, joined by entity and scorecard.

mod baseline;
mod card_places;
mod catalog;
mod change;
mod collect;
mod compare;
mod dated;
mod document;
mod elements;
mod fail_on;
mod grading;
mod interned;
mod order;
mod read;
mod recent;
mod record;
mod run_scorecard;
mod scorecards;
mod selection;
mod series;
mod show;
mod side;
mod text_cache;
mod trend;

pub(crate) use baseline::Baseline;
pub(crate) use catalog::SharedCatalog;
pub(crate) use change::{ChangeKind, Seriousness};
pub(crate) use collect::Collector;
pub(crate) use compare::{Absence, Diff, EntityChanges, ResultChange};
pub(crate) use dated::{Content, DatedFile};
pub(crate) use fail_on::{FailOn, FailOutcome, FailRule};
pub(crate) use read::Reading;
pub(crate) use scorecards::scorecards;
pub(crate) use selection::Selection;
pub(crate) use series::Series;
pub(crate) use show::{
    RunComparison, github, json, markdown, notes, table, trend_csv, trend_json, trend_markdown, trend_table,
    trend_verdict, trend_words, verdict, words,
};
pub(crate) use side::{Side, SideBlock};
pub(crate) use trend::{Trend, TrendOptions, trend_scorecards};
