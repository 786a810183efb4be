//! The settings of an evaluation and its outputs.

use crate::entity::{Settings, Wanted};
use crate::grade::Gate;
use crate::report::{Display, Format};
use crate::scorecard::Scorecards;
use crate::terminal::Screen;
use std::io::Write;

/// An evaluation: by what entities are graded and judged, and how they are read and shown.
pub struct Evaluation<'e> {
    /// The scorecards to grade by.
    pub scorecards: &'e Scorecards,
    /// The fields to read: those of the scorecards, and of the shown properties.
    pub wanted: &'e Wanted,
    /// The gate to judge by.
    pub gate: &'e Gate,
    /// Which entities and properties are shown.
    pub display: &'e Display,
    /// How inputs are read.
    pub settings: Settings,
}

/// A format, and where it is written.
pub struct Output<'o> {
    /// The format.
    pub format: Format,
    /// The abilities of the destination.
    pub screen: Screen,
    /// The destination.
    pub sink: &'o mut (dyn Write + Send),
}
