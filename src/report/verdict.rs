//! The sentences of the gate's verdict, for every format and for the command line.

use super::context::Context;
use super::contract::Totals;
use crate::grade::Standing;
use crate::grade::{GateCounts, GateOutcome, Unmet};
use crate::scorecard::Definition;
use crate::terminal::{clean, counted, thousands};
use std::borrow::Cow;

/// How the gate ended, in two or three words.
pub(super) fn heading(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Passed => "gate passed",
        GateOutcome::Failed => "gate failed",
        GateOutcome::NothingToJudge => "nothing to judge",
    }
}

/// The counts of the gate, in one sentence without a full stop.
pub(super) fn sentence(counts: &GateCounts) -> String {
    let unjudged = match counts.no_data {
        0 => String::new(),
        1 => "; 1 without data was not judged".to_owned(),
        count => format!("; {} without data were not judged", thousands(count)),
    };
    let judged = counted(counts.judged, "result", "results");
    match (counts.outcome(), counts.failed) {
        (GateOutcome::NothingToJudge, _) => match counts.no_data {
            0 => "no scorecard with a minimum grades any entity".to_owned(),
            1 => "the only result has no data".to_owned(),
            results => format!("all {} results have no data", thousands(results)),
        },
        (GateOutcome::Passed, _) => format!("{judged} judged, none below its minimum{unjudged}"),
        (GateOutcome::Failed, 1) => format!("1 of {judged} is below the minimum{unjudged}"),
        (GateOutcome::Failed, failed) => {
            format!("{} of {judged} are below the minimum{unjudged}", thousands(failed))
        }
    }
}

/// A result below its minimum, as texts that are safe to print on one line.
pub(super) struct Shortfall<'t> {
    pub(super) entity: Cow<'t, str>,
    pub(super) title: Cow<'t, str>,
    /// The title of the scorecard.
    pub(super) scorecard: Cow<'t, str>,
    /// The identifier of the scorecard.
    pub(super) scorecard_id: Cow<'t, str>,
    /// The level that the entity holds, followed by `(no data)` if the result has no data.
    pub(super) level: String,
    pub(super) minimum: Cow<'t, str>,
    /// Why the entity does not reach the next level; never empty.
    pub(super) reasons: Vec<ShortfallReason<'t>>,
}

/// One reason why an entity does not reach a level.
pub(super) struct ShortfallReason<'t> {
    /// The identifier of the failing rule; `None` if the minimum level has no rules.
    pub(super) rule: Option<Cow<'t, str>>,
    /// The actual value and the requirement, such as `cfr is 25, required <= 20`.
    pub(super) text: Cow<'t, str>,
}

impl<'t> Shortfall<'t> {
    /// Creates the texts of a result that the verdict has kept.
    pub(super) fn of_unmet(unmet: &'t Unmet, definition: &'t Definition) -> Self {
        let Unmet { entity, title, standing, minimum, blocking, .. } = unmet;
        Self::new([entity, title], definition, *standing, *minimum, blocking)
    }

    /// Creates the texts of a result: the identifier and the title of the entity, its scorecard, the level that it holds,
    /// the minimum, and the rules that block the next level with their reasons.
    pub(super) fn new(
        [entity, title]: [&'t str; 2],
        definition: &'t Definition,
        standing: Standing,
        minimum: usize,
        blocking: &'t [(String, String)],
    ) -> Self {
        let minimum = clean(definition.level_title(minimum));
        let no_data = if standing.no_data.is_some() { " (no data)" } else { "" };
        let mut reasons: Vec<ShortfallReason<'t>> = blocking
            .iter()
            .map(|(rule, reason)| ShortfallReason {
                rule: Some(clean(rule).into()),
                text: clean(reason).into(),
            })
            .collect();
        if reasons.is_empty() {
            let text = format!("level {minimum} has no rules, so no entity can reach it").into();
            reasons.push(ShortfallReason { rule: None, text });
        }
        Self {
            entity: clean(entity).into(),
            title: clean(title).into(),
            scorecard: clean(&definition.title).into(),
            scorecard_id: clean(&definition.identifier).into(),
            level: format!("{}{no_data}", clean(definition.level_title(standing.level))),
            minimum: minimum.into(),
            reasons,
        }
    }

    /// The title of the entity, followed by the identifier if they differ.
    pub(super) fn name(&self) -> String {
        named(&self.title, &self.entity)
    }

    /// The actual and the minimum level, such as `Basic (no data), minimum Bronze`.
    pub(super) fn gap(&self) -> String {
        format!("{}, minimum {}", self.level, self.minimum)
    }

    /// The reasons, joined with `separator`.
    pub(super) fn reasons(&self, separator: &str) -> String {
        let reasons: Vec<String> = self.reasons.iter().map(ToString::to_string).collect();
        reasons.join(separator)
    }
}

/// The rule and the reason, such as `svc_cfr_high: change_failure_rate is 25, required <= 20`.
impl std::fmt::Display for ShortfallReason<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.rule {
            // the colon can complete a command, if the identifier of the rule is `:`
            Some(rule) => f.write_str(clean(format!("{rule}: {}", self.text)).as_str()),
            None => f.write_str(&self.text),
        }
    }
}

/// A title, followed by the identifier if they differ.
pub(super) fn named(title: &str, identifier: &str) -> String {
    if title == identifier { title.to_owned() } else { format!("{title} ({identifier})") }
}

/// The first results below their minimum, in the order of the input. `--limit` does not apply, because a report must
/// not hide failures.
pub(super) fn shortfalls<'t>(
    context: Context<'t>,
    totals: &Totals<'t>,
) -> impl Iterator<Item = Shortfall<'t>> {
    totals
        .verdict
        .unmet
        .iter()
        .map(move |unmet| Shortfall::of_unmet(unmet, context.definition(unmet.scorecard)))
}

/// A line with the number of results below their minimum that are not listed.
pub(super) fn more_results(count: u64) -> String {
    format!("… and {} more; use `-f junit=FILE` or `-f csv=FILE` to write all results", thousands(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_and_its_reason_do_not_complete_a_workflow_command() {
        let reason = ShortfallReason { rule: Some(":".into()), text: "a::b is 1".into() };
        assert_eq!(reason.to_string(), ":\u{200b}: a::b is 1");
    }

    #[test]
    fn the_sentence_uses_singular_and_plural_correctly() {
        for (judged, failed, no_data, text) in [
            (0, 0, 0, "no scorecard with a minimum grades any entity"),
            (0, 0, 1, "the only result has no data"),
            (0, 0, 1_200, "all 1,200 results have no data"),
            (1, 0, 0, "1 result judged, none below its minimum"),
            (2, 0, 3, "2 results judged, none below its minimum; 3 without data were not judged"),
            (1, 1, 0, "1 of 1 result is below the minimum"),
            (1_000_000, 2_500, 0, "2,500 of 1,000,000 results are below the minimum"),
            (9, 2, 1, "2 of 9 results are below the minimum; 1 without data was not judged"),
        ] {
            let mut counts = GateCounts::default();
            (counts.judged, counts.failed, counts.no_data) = (judged, failed, no_data);
            assert_eq!(sentence(&counts), text);
        }
    }
}
