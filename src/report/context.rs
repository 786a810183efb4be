//! The settings that every report receives.

use super::display::Display;
use crate::grade::Gate;
use crate::result::Earlier;
use crate::scorecard::{Definition, Scope, Scorecards};
use crate::terminal::Screen;

/// The settings of a report.
#[derive(Clone, Copy)]
pub(crate) struct Context<'c> {
    pub(crate) scorecards: &'c Scorecards,
    pub(crate) scope: &'c Scope,
    pub(crate) gate: &'c Gate,
    pub(crate) display: &'c Display,
    /// The results to compare with, if there are any.
    pub(crate) baseline: Option<&'c dyn Earlier>,
    pub(crate) screen: Screen,
}

impl<'c> Context<'c> {
    /// The definition of the scorecard with this index.
    pub(super) fn definition(&self, index: usize) -> &'c Definition {
        self.scorecards.definition(index)
    }
}
