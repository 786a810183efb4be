//! The run that a page shows.

use super::view::ScorecardHistory;
use crate::grade::Gate;
use crate::result::Earlier;
use crate::scorecard::Scope;

/// Data of the run that the page shows.
pub(crate) struct PageRun<'r> {
    pub(crate) scope: &'r Scope,
    pub(crate) gate: &'r Gate,
    pub(crate) baseline: Option<&'r dyn Earlier>,
    /// The names of the inputs.
    pub(crate) files: &'r [String],
    /// The levels at earlier dates.
    pub(crate) history: &'r [ScorecardHistory],
}
