//! The texts and the colour of a badge.

use crate::color::{Rgb, fill};
use crate::scorecard::{Definition, Level};

/// The badge of one result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Badge<'b> {
    /// The title of the scorecard.
    pub(super) label: &'b str,
    /// The title of the level.
    pub(super) level: &'b str,
    pub(super) no_data: bool,
    /// The colour of the level.
    pub(super) fill: Rgb,
}

impl<'b> Badge<'b> {
    /// The badge of a result at this level.
    pub(crate) fn new(scorecard: &'b Definition, level: &'b Level, no_data: bool) -> Self {
        Self { label: &scorecard.title, level: &level.title, no_data, fill: fill(level.known_color()) }
    }

    /// The level, followed by `(no data)` if the result has none.
    pub(super) fn message(&self) -> String {
        format!("{}{}", self.level, if self.no_data { " (no data)" } else { "" })
    }
}
