//! The settings of an evaluation and its outputs.

use crate::entity::{Entity, Settings, Wanted};
use crate::grade::{Evaluated, Gate};
use crate::history::{Baseline, FailOn, FailRule};
use crate::page::{PagePlan, ScorecardHistory};
use crate::report::{Display, Format, Spool};
use crate::scorecard::{Scope, Scorecards};
use crate::terminal::Screen;
use crate::waiver::Expiry;
use std::io::Write;

/// The settings of an evaluation: how entities are read, graded, judged and shown.
pub struct Evaluation<'e> {
    /// The scorecards that grade the entities.
    pub scorecards: &'e Scorecards,
    /// Which entities to grade.
    pub scope: &'e Scope,
    /// The fields to read: the fields of the scorecards and the shown properties.
    pub wanted: &'e Wanted,
    /// The gate that judges the results.
    pub gate: &'e Gate,
    /// Which entities and properties to show.
    pub display: &'e Display,
    /// How to read the inputs.
    pub settings: Settings,
}

/// A report to write: its format and its destination.
pub struct Output<'o> {
    /// The format.
    pub format: Format,
    /// The width and colour of the destination.
    pub screen: Screen,
    /// The destination.
    pub sink: &'o mut (dyn Write + Send),
    /// Storage for text that is collected until the end. Of the formats, only `junit` does that.
    pub spool: Box<dyn Spool>,
}

/// Checks of a run besides the gate.
pub(crate) struct Checks<'c, F> {
    /// Whether to look for entities that come twice.
    pub(crate) duplicates: bool,
    /// The comparison with a baseline, if there is one.
    pub(crate) comparing: Option<Comparing<'c>>,
    /// What the outputs of [`Format::Html`] show.
    pub(crate) page: Option<PageOptions<'c>>,
    /// Called with the counts of all entities, before the reports are finished.
    pub(crate) accept: F,
}

/// What a page shows.
#[derive(Clone, Copy)]
pub(crate) struct PageOptions<'c> {
    pub(crate) plan: &'c PagePlan<'c>,
    /// The names of the inputs.
    pub(crate) files: &'c [String],
    /// The levels at earlier dates.
    pub(crate) history: &'c [ScorecardHistory],
}

/// A comparison with a baseline to make.
pub(crate) struct Comparing<'c> {
    pub(crate) baseline: &'c Baseline,
    /// The name of the input.
    pub(crate) input: String,
    /// The changes that fail.
    pub(crate) fail_on: &'c [FailOn],
    /// Called with the changes, before the reports are finished.
    pub(crate) tell: &'c mut dyn FnMut(&FailRule<'_>),
}

/// A file of waivers to write: one for each result that fails.
pub(crate) struct WaiverOutput<'o> {
    /// The last day of the waivers.
    pub(crate) expires: Expiry,
    /// Their reason.
    pub(crate) reason: &'o str,
    /// The destination.
    pub(crate) sink: &'o mut (dyn Write + Send),
    /// Storage for the waivers until the end.
    pub(crate) spool: Box<dyn Spool>,
}

impl Evaluation<'_> {
    /// Whether an entity is in scope and so must be graded. Counts it if it is not.
    pub(crate) fn admits(&self, evaluated: &mut Evaluated, entity: &Entity<'_>) -> bool {
        let is_admitted = evaluated.tally.admits(self.scope, entity);
        if !is_admitted {
            evaluated.verdict.count_outside(self.gate, self.scorecards, entity);
        }
        is_admitted
    }
}
