//! Results over time: two or more results, joined by entity and scorecard.

mod baseline;
mod catalog;
mod change;
mod collect;
mod compare;
mod document;
mod elements;
mod fail_on;
mod interned;
mod order;
mod read;
mod record;
mod selection;
mod show;
mod side;
mod text_cache;

pub(crate) use baseline::Baseline;
pub(crate) use catalog::SharedCatalog;
pub(crate) use collect::Collector;
pub(crate) use compare::{Absence, Diff, scorecards};
pub(crate) use fail_on::{FailOn, FailOutcome, FailRule};
pub(crate) use read::Reading;
pub(crate) use selection::Selection;
pub(crate) use show::{RunComparison, github, json, markdown, notes, table, verdict};
pub(crate) use side::{Side, SideBlock};
