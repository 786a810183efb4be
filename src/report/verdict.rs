//! The sentences of the gate's verdict, for every format and for the command line.

use crate::grade::{GateCounts, GateOutcome, GateRequirement, GatedCounts, Standing, Unmet, Verdict};
use crate::scorecard::{Definition, Scorecards};
use crate::terminal::{clean, counted, thousands};
use crate::waiver::Waiver;
use std::borrow::Cow;

/// How the gate ended, in two or three words.
pub(crate) fn heading(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Passed => "gate passed",
        GateOutcome::Failed => "gate failed",
        GateOutcome::NothingToJudge => "nothing to judge",
    }
}

/// The counts of the gate in one line, without the shares of the scorecards.
pub(crate) fn summary(verdict: &Verdict) -> String {
    line(verdict, Vec::new())
}

/// The counts of the gate in one line without a full stop: how many results are below their minimum, the shares, and
/// how many results were not judged.
pub(super) fn sentence(verdict: &Verdict, scorecards: &Scorecards) -> String {
    line(verdict, shares(verdict, scorecards))
}

fn line(verdict: &Verdict, shares: Vec<String>) -> String {
    let counts = verdict.counts();
    let judged = counted(counts.judged, "result", "results");
    let main = match (verdict.outcome(), counts.failed) {
        (GateOutcome::NothingToJudge, _) if !verdict.has_entities() => {
            return "the input has no entities".to_owned();
        }
        (GateOutcome::NothingToJudge, _) => return nothing_to_judge(&counts),
        (GateOutcome::Passed, 0) if counts.judged == 0 => "no result is left to judge".to_owned(),
        (GateOutcome::Passed, 0) => format!("{judged} judged, none below its minimum"),
        (GateOutcome::Passed, failed) => format!("{judged} judged, {} below the minimum", thousands(failed)),
        (GateOutcome::Failed, 1) => format!("1 of {judged} is below the minimum"),
        (GateOutcome::Failed, failed) => {
            format!("{} of {judged} are below the minimum", thousands(failed))
        }
    };
    let unjudged = (counts.no_data() > 0).then(|| format!("not judged: {}", without_data(&counts)));
    let waived = verdict.expiries().map(|(first, last)| {
        let until = if first == last { "until" } else { "the first until" };
        format!("{} waived, {until} {first}", thousands(counts.waived))
    });
    let parts = [main].into_iter().chain(shares).chain(waived).chain(unjudged);
    parts.collect::<Vec<_>>().join("; ")
}

fn nothing_to_judge(counts: &GateCounts) -> String {
    match (counts.no_data(), counts.inactive) {
        (0, _) => "no scorecard with a minimum grades any entity".to_owned(),
        (1, 1) => "the only result has no data, because nothing happened".to_owned(),
        (1, _) => "the only result has no data, because nothing was measured".to_owned(),
        (all, _) => format!("all {} results have no data: {}", thousands(all), without_data(counts)),
    }
}

/// The results that were not judged, by reason.
fn without_data(counts: &GateCounts) -> String {
    let reasons = [(counts.inactive, "with no activity"), (counts.missing, "not measured")];
    let occurring = reasons.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        occurring.map(|(count, reason)| format!("{} {reason}", thousands(count))).collect();
    parts.join(", ")
}

/// The maximum number of shares to list.
const MAX_SHARES: usize = 5;

/// The shares, such as `dora_cfr: 75% of 8 hold Silver, 80% required`. If the gate failed, only those that are too small. A percentage is
/// rounded down, so that it is below the required one only if the share is.
fn shares(verdict: &Verdict, scorecards: &Scorecards) -> Vec<String> {
    let definitions = scorecards.definitions();
    let share = |(card, definition): (&GatedCounts, &Definition)| {
        let GateRequirement { level, share, .. } = card.requirement?;
        let GateCounts { judged, failed, .. } = card.counts;
        let percent = (u128::from(judged - failed) * 100).checked_div(u128::from(judged))?;
        let is_shared =
            definitions.iter().filter(|other| other.identifier == definition.identifier).count() > 1;
        let blueprint =
            if is_shared { format!(" of {}", clean(&definition.blueprint)) } else { String::new() };
        let text = format!(
            "{}{blueprint}: {percent}% of {} hold {}, {}% required",
            clean(&definition.identifier),
            thousands(judged),
            clean(definition.level_title(level)),
            share?.percent()
        );
        Some((!card.fails(), text))
    };
    let mut shares: Vec<(bool, String)> = verdict.cards().iter().zip(definitions).filter_map(share).collect();
    if verdict.outcome() == GateOutcome::Failed {
        // those that hold say nothing about the failure
        shares.retain(|(holds, _)| !holds);
    }
    let more = shares.len().saturating_sub(MAX_SHARES);
    let more = (more > 0).then(|| format!("and {} more shares", thousands(more as u64)));
    shares.into_iter().take(MAX_SHARES).map(|(_, text)| text).chain(more).collect()
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
    verdict: &'t Verdict,
    scorecards: &'t Scorecards,
) -> impl Iterator<Item = Shortfall<'t>> {
    verdict.unmet().map(|unmet| Shortfall::of_unmet(unmet, scorecards.definition(unmet.scorecard)))
}

/// Why a waiver excuses a result, and until when.
pub(super) fn waived(waiver: &Waiver) -> String {
    format!("waived until {}: {}", waiver.expires(), waiver.reason())
}

/// A line with the number of results below their minimum that are not listed.
pub(super) fn more_results(count: u64) -> String {
    format!("… and {} more; use `-f junit=FILE` or `-f rows=FILE` to write all results", thousands(count))
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
    fn results_without_data_are_counted_by_reason() {
        for (inactive, missing, text) in [
            (0, 0, "no scorecard with a minimum grades any entity"),
            (1, 0, "the only result has no data, because nothing happened"),
            (0, 1, "the only result has no data, because nothing was measured"),
            (1_200, 0, "all 1,200 results have no data: 1,200 with no activity"),
            (1, 2, "all 3 results have no data: 1 with no activity, 2 not measured"),
        ] {
            let mut counts = GateCounts::default();
            (counts.inactive, counts.missing) = (inactive, missing);
            assert_eq!(nothing_to_judge(&counts), text);
        }
    }
}
