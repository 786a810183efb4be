//! Results over time: two or more results, joined by entity and scorecard.

mod catalog;
mod change;
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

pub(crate) use catalog::SharedCatalog;
pub(crate) use change::{ChangeKind, Seriousness};
pub(crate) use compare::{Diff, EntityChanges, ResultChange, scorecards};
pub(crate) use fail_on::{FailOn, FailOutcome, FailRule};
pub(crate) use read::Reading;
pub(crate) use selection::Selection;
pub(crate) use show::{github, json, markdown, table, verdict, words};
