//! What reports say of the gate: the verdict in one line, and every result below its minimum.

use super::{Context, Totals};
use crate::evaluate::Verdict;
use crate::grade::Unmet;
use crate::scorecard::Definition;
use crate::terminal::{clean, counted, thousands};
use std::borrow::Cow;

/// How the gate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Passed,
    Failed,
    NothingToJudge,
}

/// How the gate ended, and by which counts.
pub(super) fn verdict(verdict: &Verdict) -> (End, String) {
    let excused = match verdict.excused {
        0 => String::new(),
        1 => ", 1 without data was not judged".to_owned(),
        count => format!(", {} without data were not judged", thousands(count)),
    };
    let judged = counted(verdict.judged, "result", "results");
    match verdict.missed {
        _ if verdict.judged == 0 => (End::NothingToJudge, format!("no result could be judged{excused}")),
        0 => (End::Passed, format!("{judged} judged, none below its minimum{excused}")),
        1 => (End::Failed, format!("1 of {judged} is below the minimum{excused}")),
        missed => (End::Failed, format!("{} of {judged} are below the minimum{excused}", thousands(missed))),
    }
}

/// A result below its minimum, in words fit for one line.
pub(super) struct Shortfall<'t> {
    pub(super) entity: Cow<'t, str>,
    pub(super) title: Cow<'t, str>,
    pub(super) scorecard: Cow<'t, str>,
    /// The level it holds, with a note if it is marked no data.
    pub(super) level: String,
    pub(super) minimum: Cow<'t, str>,
    /// A line for each rule in its way: what was found, what is required.
    pub(super) reasons: Vec<String>,
}

impl<'t> Shortfall<'t> {
    pub(super) fn new(unmet: &'t Unmet, definition: &'t Definition) -> Self {
        let minimum = clean(definition.level_title(unmet.minimum));
        let no_data = if unmet.no_data { " (no data)" } else { "" };
        let mut reasons: Vec<String> = unmet
            .blocking
            .iter()
            .map(|(rule, reason)| clean(format!("{rule}: {reason}")).into_owned())
            .collect();
        if reasons.is_empty() {
            reasons.push(format!("no rule leads to level {minimum}"));
        }
        Self {
            entity: clean(&unmet.entity).into(),
            title: clean(&unmet.title).into(),
            scorecard: clean(&definition.title).into(),
            level: format!("{}{no_data}", clean(definition.level_title(unmet.level))),
            minimum: minimum.into(),
            reasons,
        }
    }

    /// The title, with the identifier where that is something else.
    pub(super) fn name(&self) -> String {
        named(&self.title, &self.entity)
    }
}

/// A title, with the identifier where that is something else.
pub(super) fn named(title: &str, identifier: &str) -> String {
    if title == identifier { title.to_owned() } else { format!("{title} ({identifier})") }
}

/// The shown results below their minimum, in the order of the input. No limit cuts them: what a gate
/// says is not to be hidden.
pub(super) fn shortfalls<'t>(
    context: Context<'t>,
    totals: &Totals<'t>,
) -> impl Iterator<Item = Shortfall<'t>> {
    totals.rows.iter().flat_map(|row| &row.cells).filter_map(move |cell| {
        let definition = context.scorecards.definitions().get(cell.scorecard)?;
        let shown = context.display.only.shows_scorecard(&definition.identifier);
        shown.then_some(Shortfall::new(cell.unmet.as_ref()?, definition))
    })
}
