//! The page: results as one HTML file that opens without a network.
//!
//! A page is defined by its widgets (`definition`): those of a page of Port's API, or of the built-in page
//! (`built_in`). Before the run, `plan` finds their scorecards and fields. While entities are graded, each widget
//! counts them and keeps the rows that it lists (`collect`). At the end the counts and rows become a view (`build`,
//! `view`), and the view is drawn as HTML (`draw`).

mod build;
mod built_in;
mod collect;
mod definition;
mod draw;
mod example;
mod head;
mod history;
mod median;
mod metric;
mod plan;
mod read;
mod rows;
mod run;
mod view;
mod write;

pub(crate) use built_in::built_in;
pub(crate) use collect::{PageBounds, PageCounts};
pub(crate) use definition::PageDefinition;
pub(crate) use example::example_page;
pub(crate) use history::history;
pub(crate) use plan::PagePlan;
pub(crate) use read::read_page;
pub(crate) use run::PageRun;
pub(crate) use view::ScorecardHistory;
