//! Creates the records of a result document from graded entities and counts.

use super::record::{
    EntityRecord, GateStatus, GateSummary, LevelCount, MinimumRecord, RuleCount, RuleRecord, RuleStatus,
    ScorecardRecord, ScorecardSummary, Summary, TeamLevelCount, TeamScorecardSummary, TeamSummary,
    WaivedRecord, Was,
};
use super::shown::ShownValue;
use crate::entity::Slot;
use crate::grade::{
    CardTally, Gate, GateOutcome, GatedCounts, Graded, Judgement, Outcome, Share, Tally, TeamCounts, Verdict,
};
use crate::scorecard::{Definition, Level, Scorecards};
use std::borrow::Cow;

impl<'g> ScorecardRecord<'g> {
    /// Creates the record of a result, judged by the gate; `None` if the scorecard is not applicable.
    ///
    /// # Panics
    /// Like [`Gate::judge`].
    pub fn new(outcome: &Outcome<'g>, gate: &'g Gate) -> Option<Self> {
        let standing = outcome.standing()?;
        let definition = outcome.scorecard();
        let minimum = gate.requirement(outcome.index());
        let judgement = gate.judge(outcome);
        let rules: Vec<RuleRecord<'g>> = outcome
            .rules()
            .map(|(rule, passes)| RuleRecord {
                identifier: Cow::Borrowed(&rule.identifier),
                level: Cow::Borrowed(definition.level_title(rule.level)),
                status: if passes { RuleStatus::Success } else { RuleStatus::Failure },
            })
            .collect();
        Some(Self {
            level: Cow::Borrowed(definition.level_title(standing.level)),
            was: None,
            rank: standing.level,
            no_data: standing.no_data.is_some(),
            no_data_reason: standing.no_data,
            passed: outcome.rules().filter(|(_, passes)| *passes).count(),
            total: rules.len(),
            gate: GateStatus::of(judgement),
            minimum: minimum.map(|minimum| Cow::Borrowed(definition.level_title(minimum.level))),
            waived: WaivedRecord::of(judgement, gate),
            rules,
        })
    }

    /// Sets the level in a baseline; `None` if the baseline does not have the result.
    #[must_use]
    pub fn with_was(self, was: Option<Was<'g>>) -> Self {
        Self { was, ..self }
    }
}

impl GateStatus {
    /// The status of a result; `None` if its scorecard has no minimum or does not apply.
    pub(crate) fn of(judgement: Judgement) -> Option<Self> {
        match judgement {
            Judgement::Ungated | Judgement::NotApplicable => None,
            Judgement::Passed => Some(Self::Passed),
            Judgement::Failed { .. } => Some(Self::Failed),
            Judgement::NoData(_) => Some(Self::NoData),
            Judgement::Waived { .. } => Some(Self::Waived),
        }
    }
}

impl<'g> WaivedRecord<'g> {
    /// The waiver of a result; `None` if it is not waived.
    fn of(judgement: Judgement, gate: &'g Gate) -> Option<Self> {
        let Judgement::Waived { waiver, .. } = judgement else { return None };
        let waiver = gate.waivers().get(waiver);
        let expires = waiver.expires().to_string();
        Some(Self { reason: Cow::Borrowed(waiver.reason()), expires: Cow::Owned(expires) })
    }
}

impl GateSummary {
    /// Creates the summary of a verdict; `None` if no scorecard has a minimum.
    pub fn new(scorecards: &Scorecards, verdict: &Verdict) -> Option<Self> {
        let minimum = |(definition, card): (&Definition, &GatedCounts)| {
            let requirement = card.requirement?;
            Some(MinimumRecord {
                scorecard: definition.identifier.clone(),
                blueprint: definition.blueprint.clone(),
                level: definition.level_title(requirement.level).to_owned(),
                share: requirement.share.map(Share::percent),
            })
        };
        let minimums: Vec<MinimumRecord> =
            scorecards.definitions().iter().zip(verdict.cards()).filter_map(minimum).collect();
        let counts = verdict.counts();
        (!minimums.is_empty()).then(|| Self {
            passed: match verdict.outcome() {
                GateOutcome::Passed => Some(true),
                GateOutcome::Failed => Some(false),
                GateOutcome::NothingToJudge => None,
            },
            judged: counts.judged,
            failed: counts.failed,
            no_data: counts.no_data(),
            waived: counts.waived,
            minimums,
        })
    }
}

impl<'g> EntityRecord<'g> {
    /// Creates the record of an entity. Its results are judged by the gate; with [`Gate::none`] they have no judgement.
    ///
    /// # Panics
    /// Like [`Gate::judge`].
    pub fn new(graded: &Graded<'g>, gate: &'g Gate) -> Self {
        let entity = graded.entity();
        Self {
            identifier: Cow::Borrowed(entity.identifier()),
            title: Cow::Borrowed(entity.title()),
            blueprint: Cow::Borrowed(graded.blueprint()),
            team: entity.team().iter().map(|name| Cow::Borrowed(&**name)).collect(),
            shown: Vec::new(),
            scorecards: graded
                .outcomes()
                .map(|outcome| {
                    let identifier = outcome.scorecard().identifier.as_str();
                    (Cow::Borrowed(identifier), ScorecardRecord::new(&outcome, gate))
                })
                .collect(),
        }
    }

    /// Adds the values of shown properties, each with its name. The entity must have been read with their slots.
    ///
    /// # Panics
    /// Like [`Entity::value`](crate::Entity::value).
    #[must_use]
    pub fn with_shown(mut self, graded: &Graded<'g>, properties: &'g [(String, Slot)]) -> Self {
        let value = |slot: Slot| ShownValue::new(graded.entity().value(slot));
        let values = properties.iter().map(|(name, slot)| (Cow::Borrowed(name.as_str()), value(*slot)));
        self.shown.extend(values);
        self
    }
}

impl Summary {
    /// Creates the summary of a tally of these scorecards. The tally must have counted rules.
    pub fn new(scorecards: &Scorecards, tally: &Tally) -> Self {
        let cards = scorecards.definitions().iter().zip(&tally.cards);
        Self {
            entities: tally.entities,
            scorecards: cards.map(|(card, counts)| summarize(card, counts)).collect(),
            teams: tally.teams.as_ref().map(|teams| {
                let teams = teams.weakest_first(scorecards).into_iter();
                teams.map(|(team, counts)| summarize_team(scorecards, team, counts)).collect()
            }),
        }
    }
}

fn summarize(definition: &Definition, counts: &CardTally) -> ScorecardSummary {
    let graded = counts.graded();
    ScorecardSummary {
        identifier: definition.identifier.clone(),
        title: definition.title.clone(),
        blueprint: definition.blueprint.clone(),
        digest: Some(definition.digest()),
        graded,
        not_applicable: counts.not_applicable,
        no_data: counts.without_data(),
        levels: definition
            .levels
            .iter()
            .zip(counts.levels.iter().zip(&counts.no_data))
            .map(|(level, (&count, &no_data))| LevelCount {
                title: level.title.clone(),
                color: level.color.clone(),
                count,
                no_data,
            })
            .collect(),
        rules: definition
            .rules
            .iter()
            .zip(&counts.passed)
            .map(|(rule, &passed)| RuleCount {
                identifier: rule.identifier.clone(),
                title: rule.title.clone(),
                level: definition.level_title(rule.level).to_owned(),
                passed,
                failed: graded - passed,
            })
            .collect(),
    }
}

fn summarize_team(scorecards: &Scorecards, team: Option<&str>, counts: &TeamCounts) -> TeamSummary {
    let level = |(level, (&count, &no_data)): (&Level, (&u64, &u64))| TeamLevelCount {
        title: level.title.clone(),
        count,
        no_data,
    };
    let cards = scorecards.definitions().iter().enumerate().filter_map(|(index, definition)| {
        let card = counts.card(index)?;
        Some(TeamScorecardSummary {
            identifier: definition.identifier.clone(),
            blueprint: definition.blueprint.clone(),
            graded: card.graded(),
            not_applicable: card.not_applicable,
            no_data: card.without_data(),
            levels: definition.levels.iter().zip(card.levels.iter().zip(&card.no_data)).map(level).collect(),
        })
    });
    TeamSummary { team: team.map(str::to_owned), entities: counts.entities, scorecards: cards.collect() }
}
