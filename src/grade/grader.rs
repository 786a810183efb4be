//! Grades entities one after another. The values of an entity are evaluated once, which yields the conditions
//! that pass and the conditions that lack data. Levels, rules and reasons follow from these two sets.

use super::climb::{Standing, climb, is_inactive};
use super::no_data::NoDataReason;
use super::reason::{Evidence, Reason};
use crate::entity::Entity;
use crate::scorecard::{Bits, CompiledScorecard, Definition, Level, Rule, ScorecardGroup, Scorecards};
use crate::value::Value;

/// Grades entities. It reuses its memory for the next entity, so every thread needs its own.
///
/// ```
/// use dora_score::{Entity, Grader, Instant, Scorecards, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let value = serde_json::json!({"identifier": "checkout", "properties": {"deployment_frequency": 0.5}});
/// let entity = Entity::from_value(&value, scorecards.wanted())?;
/// let mut grader = Grader::new(&scorecards);
/// let graded = grader.grade(&entity);
/// assert_eq!((graded.entity().identifier(), graded.blueprint()), ("checkout", "service"));
/// let outcome = graded.outcomes().next().ok_or("a scorecard grades services")?;
/// assert_eq!(outcome.level().map(|level| level.title.as_str()), Some("Bronze"));
/// let reasons: Vec<String> =
///     outcome.blocking().filter_map(|rule| outcome.reason(rule)).map(|reason| reason.to_string()).collect();
/// assert_eq!(reasons, ["deployment_frequency is 0.5, required >= 1"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Grader<'s> {
    scorecards: &'s Scorecards,
    passed: Bits,
    lacking: Bits,
    /// The guards whose actual value is 0; only set for an entity with a result without data.
    idle: Bits,
    standings: Vec<Option<Standing>>,
}

impl<'s> Grader<'s> {
    /// Creates a grader for these scorecards.
    pub fn new(scorecards: &'s Scorecards) -> Self {
        let [passed, lacking, idle] = [(); 3].map(|()| Bits::default());
        Self { scorecards, passed, lacking, idle, standings: Vec::new() }
    }

    /// Grades an entity. It must have been read with [`Scorecards::wanted`], or with a clone of it that has more
    /// fields. It is graded by all scorecards of its blueprint.
    ///
    /// # Panics
    /// If the entity was read with another set of fields, because its values are then in other slots.
    pub fn grade<'g>(&'g mut self, entity: &'g Entity<'_>) -> Graded<'g> {
        let has_slots = self.scorecards.wanted().last_slot().is_none_or(|slot| entity.has_slot(slot));
        assert!(has_slots, "the entity was read without the fields of the scorecards");
        let blueprint = entity.blueprint().unwrap_or(self.scorecards.default_blueprint());
        let group = self.scorecards.group(blueprint);
        self.standings.clear();
        if let Some(group) = group {
            self.evaluate_conditions(group, entity);
            self.standings.extend(group.cards.iter().map(|card| {
                let applies = card.filter.as_ref().is_none_or(|filter| filter.holds(&self.passed));
                applies.then(|| climb(card, &self.passed, &self.lacking))
            }));
            if self.standings.iter().flatten().any(|standing| standing.no_data.is_some()) {
                self.find_inactive(group, entity);
            }
        }
        Graded {
            scorecards: self.scorecards,
            entity,
            blueprint,
            group,
            passed: &self.passed,
            lacking: &self.lacking,
            standings: &self.standings,
        }
    }

    /// Finds the results that have no data because nothing happened.
    fn find_inactive(&mut self, group: &ScorecardGroup, entity: &Entity<'_>) {
        let is_zero = |slot| matches!(entity.value_at(slot), Value::Number(number) if *number == 0.0);
        let guards = group.fields.iter().filter_map(|field| Some((field.guard?, field.slot)));
        let mut idle = guards.filter(|(_, slot)| is_zero(*slot)).map(|(guard, _)| guard).peekable();
        if idle.peek().is_none() {
            return; // most results without data lack a value, so their rules need not be looked at again
        }
        self.idle.reset(group.conditions);
        idle.for_each(|guard| self.idle.set(guard));
        for (card, standing) in group.cards.iter().zip(&mut self.standings) {
            if let Some(Standing { stopped: Some(stopped), no_data: Some(reason), .. }) = standing
                && is_inactive(card, *stopped, &self.passed, &self.idle)
            {
                *reason = NoDataReason::Inactive;
            }
        }
    }

    /// Finds the conditions that pass, and those that lack data.
    fn evaluate_conditions(&mut self, group: &ScorecardGroup, entity: &Entity<'_>) {
        let (passed, lacking) = (&mut self.passed, &mut self.lacking);
        passed.reset(group.conditions);
        lacking.reset(group.conditions);
        for field in &group.fields {
            let actual = entity.value_at(field.slot);
            match actual {
                Value::Number(number) => {
                    for thresholds in &field.thresholds {
                        let (from, to) = thresholds.passed(*number);
                        passed.fill(from, to);
                    }
                    if let (Some(guard), true) = (field.guard, *number == 0.0) {
                        lacking.set(guard);
                    }
                }
                Value::Missing | Value::Null => lacking.fill(field.bits.0, field.bits.1),
                Value::List(items) => {
                    for number in items.iter().filter_map(as_number) {
                        for thresholds in &field.thresholds {
                            let (from, to) = thresholds.passed(number);
                            passed.fill(from, to);
                        }
                    }
                }
                _ => {}
            }
            for (bit, check) in &field.checks {
                if check.holds(actual) {
                    passed.set(*bit);
                }
            }
        }
    }
}

fn as_number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// An entity with its results in every scorecard of its blueprint. Comes from [`Grader::grade`] of [`Grader`], whose
/// example shows it.
pub struct Graded<'g> {
    scorecards: &'g Scorecards,
    entity: &'g Entity<'g>,
    blueprint: &'g str,
    /// The scorecards of its blueprint; `None` if no scorecard grades it.
    group: Option<&'g ScorecardGroup>,
    passed: &'g Bits,
    lacking: &'g Bits,
    standings: &'g [Option<Standing>],
}

impl<'g> Graded<'g> {
    /// The entity.
    pub fn entity(&self) -> &'g Entity<'g> {
        self.entity
    }

    /// Its blueprint, or the default one.
    pub fn blueprint(&self) -> &'g str {
        self.blueprint
    }

    /// The scorecards of its blueprint; `None` if no scorecard grades it.
    pub(crate) fn group(&self) -> Option<&'g ScorecardGroup> {
        self.group
    }

    /// The standing in each scorecard of its blueprint, in the order of the definitions; `None` if it is not applicable.
    pub(crate) fn standings(&self) -> &'g [Option<Standing>] {
        self.standings
    }

    /// The scorecards of its blueprint, each with the standing. It does less than [`Self::outcomes`], for counting.
    pub(crate) fn standings_by_card(
        &self,
    ) -> impl Iterator<Item = (&'g CompiledScorecard, Option<Standing>)> + use<'g> {
        let cards = self.group.map_or(&[][..], |group| &group.cards);
        cards.iter().zip(self.standings.iter().copied())
    }

    /// The results in the scorecards of its blueprint, in the order of the definitions; none if no scorecard grades
    /// the blueprint.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome<'g>> + use<'g> {
        let Self { scorecards, entity, passed, lacking, .. } = *self;
        let cards = self.group.map_or(&[][..], |group| &group.cards);
        cards.iter().zip(self.standings).map(move |(card, standing)| Outcome {
            scorecards,
            definition: scorecards.definition_of(card),
            card,
            standing: *standing,
            entity,
            passed,
            lacking,
        })
    }
}

/// The result of an entity in one scorecard: its level, its rules, and the reasons. Comes from [`Graded::outcomes`].
/// An outcome leads to a [`Reason`], whose example shows it.
pub struct Outcome<'g> {
    scorecards: &'g Scorecards,
    definition: &'g Definition,
    card: &'g CompiledScorecard,
    standing: Option<Standing>,
    entity: &'g Entity<'g>,
    passed: &'g Bits,
    lacking: &'g Bits,
}

impl<'g> Outcome<'g> {
    /// The scorecard.
    pub fn scorecard(&self) -> &'g Definition {
        self.definition
    }

    /// The index of the scorecard in [`Scorecards::definitions`].
    pub fn index(&self) -> usize {
        self.card.index
    }

    /// The level that the entity holds and the level that ended the climb; `None` if the filter excludes the
    /// entity.
    pub fn standing(&self) -> Option<Standing> {
        self.standing
    }

    /// The entity.
    pub fn entity(&self) -> &'g Entity<'g> {
        self.entity
    }

    /// The level that the entity holds; `None` if the filter excludes the entity.
    pub fn level(&self) -> Option<&'g Level> {
        self.definition.levels.get(self.standing?.level)
    }

    /// The rules in the order of the definition, and whether each passes.
    pub fn rules(&self) -> impl Iterator<Item = (&'g Rule, bool)> + use<'g> {
        let passed = self.passed;
        let verdicts = self.card.rules.iter().map(move |formula| formula.holds(passed));
        self.definition.rules.iter().zip(verdicts)
    }

    /// The failing rules of the level that ended the climb; none if all rules pass.
    pub fn blocking(&self) -> impl Iterator<Item = &'g Rule> + use<'g> {
        let stopped = self.standing.and_then(|standing| standing.stopped);
        self.rules()
            .filter(move |(rule, passes)| !passes && Some(rule.level) == stopped)
            .map(|(rule, _)| rule)
    }

    /// Why the filter includes or excludes the entity; `None` without a filter.
    pub fn filter_reason(&self) -> Option<Reason<'g>> {
        Some(Reason::of(self.definition.filter.as_ref()?, self.card.filter.as_ref()?, &self.evidence()))
    }

    /// Why a rule passes or fails, condition by condition; `None` for a rule of another scorecard.
    pub fn reason(&self, rule: &'g Rule) -> Option<Reason<'g>> {
        let position = position_of(rule, &self.definition.rules)?;
        Some(Reason::of(&rule.query, self.card.rules.get(position)?, &self.evidence()))
    }

    /// Whether the entity passes the condition with this number in the compiled scorecard.
    pub(crate) fn passes(&self, condition: usize) -> bool {
        self.passed.get(condition)
    }

    fn evidence(&self) -> Evidence<'g> {
        let Self { scorecards, entity, passed, lacking, .. } = *self;
        Evidence { wanted: scorecards.wanted(), entity, passed, lacking }
    }
}

/// The position of a rule in the list that contains it; `None` if it is not in the list. Looking at each rule would make
/// it quadratic to ask for the reasons of all rules.
fn position_of(rule: &Rule, rules: &[Rule]) -> Option<usize> {
    let offset = std::ptr::from_ref(rule).addr().checked_sub(rules.as_ptr().addr())?;
    let position = offset / size_of::<Rule>();
    rules.get(position).is_some_and(|found| std::ptr::eq(found, rule)).then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Wanted;
    use serde_json::{Value as Json, json};

    fn scorecards() -> Scorecards {
        let rule = |name: &str, level: &str, operator: &str, bound: f64| {
            json!({"identifier": name, "level": level, "query": {"combinator": "and",
                "conditions": [{"property": "p", "operator": operator, "value": bound}]}})
        };
        Scorecards::of_json(json!([
            {"identifier": "c", "blueprint": "service",
                "filter": {"combinator": "and",
                    "conditions": [{"property": "kind", "operator": "!=", "value": "library"}]},
                "rules": [rule("guard", "Bronze", ">", 0.0), rule("few", "Silver", "<=", 5.0)]},
            {"identifier": "d", "blueprint": "_team", "rules": [rule("guard", "Gold", ">", 0.0)]},
        ]))
    }

    fn standings(entity: Json) -> Vec<(usize, Option<Standing>)> {
        let scorecards = scorecards();
        let entity = Entity::from_value(&entity, scorecards.wanted()).unwrap();
        let mut grader = Grader::new(&scorecards);
        grader.grade(&entity).outcomes().map(|outcome| (outcome.index(), outcome.standing())).collect()
    }

    fn standing(level: usize, stopped: Option<usize>, no_data: Option<NoDataReason>) -> Option<Standing> {
        Some(Standing { level, stopped, no_data })
    }

    #[test]
    fn an_entity_is_graded_by_the_scorecards_of_its_blueprint() {
        assert_eq!(standings(json!({"identifier": "a", "p": 3})), [(0, standing(2, None, None))]);
        let team = json!({"identifier": "a", "blueprint": "_team", "properties": {"p": 3}});
        assert_eq!(standings(team), [(1, standing(3, None, None))]);
        assert_eq!(standings(json!({"identifier": "a", "blueprint": "domain"})), []);
    }

    #[test]
    fn an_entity_that_the_filter_excludes_has_no_standing() {
        assert_eq!(standings(json!({"identifier": "a", "p": 3, "kind": "library"})), [(0, None)]);
    }

    #[test]
    fn zero_null_and_missing_lack_data_for_a_guard() {
        let stopped = |no_data| [(0, standing(0, Some(1), no_data))];
        let (inactive, missing) = (Some(NoDataReason::Inactive), Some(NoDataReason::Missing));
        for (p, reason) in [(json!(0), inactive), (json!(-0.0), inactive), (json!(null), missing)] {
            assert_eq!(standings(json!({"identifier": "a", "p": p})), stopped(reason));
        }
        assert_eq!(standings(json!({"identifier": "a"})), stopped(missing));
        for p in [json!(-1), json!("3"), json!([0])] {
            assert_eq!(standings(json!({"identifier": "a", "p": p})), stopped(None));
        }
    }

    #[test]
    fn one_number_of_an_array_is_enough_and_no_entity_affects_the_next() {
        let scorecards = scorecards();
        let mut grader = Grader::new(&scorecards);
        for (p, level) in [(json!([9, 2]), 2), (json!(null), 0), (json!(9), 1), (json!([]), 0)] {
            let value = json!({"identifier": "a", "p": p});
            let entity = Entity::from_value(&value, scorecards.wanted()).unwrap();
            let graded = grader.grade(&entity);
            let levels: Vec<_> = graded.outcomes().map(|outcome| outcome.standing().unwrap().level).collect();
            assert_eq!(levels, [level], "{p}");
        }
    }

    #[test]
    fn the_position_of_a_rule_is_found_in_its_own_list_only() {
        let (one, other) = (scorecards(), scorecards());
        let (mine, others) = (&one.definitions()[0].rules, &other.definitions()[0].rules);
        assert_eq!(mine.iter().map(|rule| position_of(rule, mine)).collect::<Vec<_>>(), [Some(0), Some(1)]);
        assert!(mine.iter().all(|rule| position_of(rule, others).is_none()));
        assert!(others.iter().all(|rule| position_of(rule, mine).is_none()));
    }

    #[test]
    #[should_panic(expected = "without the fields of the scorecards")]
    fn an_entity_that_was_read_with_other_fields_panics() {
        let scorecards = scorecards();
        let entity = Entity::from_value(&json!({"identifier": "a"}), &Wanted::new("service")).unwrap();
        Grader::new(&scorecards).grade(&entity);
    }
}
