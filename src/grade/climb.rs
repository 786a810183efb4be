//! The climb: computes the level of an entity from the conditions that pass.
//!
//! An entity starts at the base level. The levels above are checked in order: a level without rules is skipped,
//! a level whose rules all pass becomes the entity's level, and the first level with a failing rule ends the
//! climb.

use super::no_data::NoDataReason;
use crate::scorecard::{Bits, CompiledScorecard, Formula, Mask, Rules};

/// The level of an entity in one scorecard. Comes from an outcome, as in [`Reason`](crate::Reason), whose
/// example shows it.
///
/// An entity starts at the base level and climbs: it holds the highest level below the first level that has a failing
/// rule. Levels without rules are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The index in [`Definition::levels`](crate::Definition::levels) of the level that the entity holds.
    pub level: usize,
    /// The index of the first level that has a failing rule, which ends the climb; `None` if all rules pass.
    pub stopped: Option<usize>,
    /// Why the result has no data: every failing rule of the level that ended the climb lacks data. `None` if it has
    /// data.
    pub no_data: Option<NoDataReason>,
}

/// The result of judging the rules of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    Passed,
    Failed,
    /// The level fails, and every failing rule lacks data.
    NoData,
}

/// Climbs the levels of a scorecard, testing up to 64 conditions at a time with bit masks.
///
/// The reason for the lack of data is [`NoDataReason::Missing`]; [`is_inactive`] finds the other one.
pub(super) fn climb(card: &CompiledScorecard, passed: &Bits, lacking: &Bits) -> Standing {
    let standing = climb_by(card.steps.iter().map(|step| {
        let judged = match &step.rules {
            Rules::Conjunctions(masks) => judge_masks(masks, passed, lacking),
            Rules::Formulas(rules) => {
                judge_formulas(rules.iter().map(|&rule| card.rule(rule)), passed, lacking)
            }
        };
        (step.level, judged)
    }));
    debug_assert_eq!(standing, climb_formulas(card, passed, lacking));
    standing
}

/// Whether each failing rule of the level that ended the climb lacks data through a guard whose actual value is 0.
/// `idle` is the set of these guards.
pub(super) fn is_inactive(card: &CompiledScorecard, stopped: usize, passed: &Bits, idle: &Bits) -> bool {
    let mut failing = card.rules_of(stopped).filter(|rule| !rule.holds(passed));
    failing.all(|rule| rule.lacks_data(passed, idle))
}

/// Climbs the levels of a scorecard formula by formula. This is the reference for [`climb`], and debug builds
/// compare the two.
fn climb_formulas(card: &CompiledScorecard, passed: &Bits, lacking: &Bits) -> Standing {
    climb_by((0..card.levels).filter_map(|level| {
        let mut rules = card.rules_of(level).peekable();
        rules.peek()?;
        Some((level, judge_formulas(rules, passed, lacking)))
    }))
}

/// Climbs the levels that have rules, from the lowest to the highest.
fn climb_by(levels: impl Iterator<Item = (usize, Judged)>) -> Standing {
    let mut held = 0;
    for (level, judged) in levels {
        match judged {
            Judged::Passed => held = level,
            Judged::Failed => return Standing { level: held, stopped: Some(level), no_data: None },
            Judged::NoData => {
                return Standing { level: held, stopped: Some(level), no_data: Some(NoDataReason::Missing) };
            }
        }
    }
    Standing { level: held, stopped: None, no_data: None }
}

fn judge_masks(masks: &[Mask], passed: &Bits, lacking: &Bits) -> Judged {
    let (mut missed, mut lacks) = (0, 0);
    let mut judged = Judged::Passed;
    for mask in masks {
        let failing = mask.bits & !passed.word(mask.word);
        missed |= failing;
        lacks |= failing & lacking.word(mask.word);
        if mask.is_last {
            if missed != 0 {
                if lacks == 0 {
                    return Judged::Failed;
                }
                judged = Judged::NoData;
            }
            (missed, lacks) = (0, 0);
        }
    }
    judged
}

fn judge_formulas<'c>(rules: impl Iterator<Item = &'c Formula>, passed: &Bits, lacking: &Bits) -> Judged {
    let mut judged = Judged::Passed;
    for formula in rules.filter(|formula| !formula.holds(passed)) {
        if !formula.lacks_data(passed, lacking) {
            return Judged::Failed;
        }
        judged = Judged::NoData;
    }
    judged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::Scorecards;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const CONDITIONS: usize = 150;

    /// A condition on one of many properties, so that masks have several words.
    fn condition() -> impl Strategy<Value = Value> {
        (0..CONDITIONS).prop_map(|index| json!({"property": format!("p{index}"), "operator": "isNotEmpty"}))
    }

    fn query() -> impl Strategy<Value = Value> {
        let combined =
            |members, any: bool| json!({"combinator": if any { "or" } else { "and" }, "conditions": members});
        let group = (prop::collection::vec(condition(), 1..4), any::<bool>())
            .prop_map(move |(members, any)| combined(members, any));
        let member = prop_oneof![4 => condition(), 1 => group];
        // most queries must be conjunctions, because only those are judged by masks
        (prop::collection::vec(member, 1..5), prop::bool::weighted(0.2))
            .prop_map(move |(members, any)| combined(members, any))
    }

    fn scorecards() -> impl Strategy<Value = Scorecards> {
        let level = prop::sample::select(vec!["Bronze", "Silver", "Gold"]);
        prop::collection::vec((level, query()), 0..8).prop_map(|rules| {
            let rule = |(index, (level, query)): (usize, &(&str, Value))| {
                json!({"identifier": format!("r{index}"), "level": level, "query": query})
            };
            let rules: Vec<Value> = rules.iter().enumerate().map(rule).collect();
            Scorecards::of_json(json!([{"identifier": "c", "blueprint": "service", "rules": rules}]))
        })
    }

    fn bits(members: &[usize], count: usize) -> Bits {
        let mut bits = Bits::default();
        bits.reset(count);
        members.iter().filter(|&&bit| bit < count).for_each(|&bit| bits.set(bit));
        bits
    }

    proptest! {
        #[test]
        fn the_climb_by_masks_equals_the_climb_by_formulas(
            scorecards in scorecards(),
            failed in prop::collection::vec(0..20_usize, 0..4),
            lacking in prop::collection::vec(0..20_usize, 0..20),
        ) {
            let group = scorecards.group("service").unwrap();
            let passed: Vec<usize> = (0..group.conditions).filter(|bit| !failed.contains(bit)).collect();
            let (passed, lacking) = (bits(&passed, group.conditions), bits(&lacking, group.conditions));
            for card in &group.cards {
                prop_assert_eq!(climb(card, &passed, &lacking), climb_formulas(card, &passed, &lacking));
            }
        }
    }

    fn held(judged: &[(usize, Judged)]) -> Standing {
        climb_by(judged.iter().copied())
    }

    #[test]
    fn the_first_level_with_a_failing_rule_ends_the_climb() {
        use Judged::{Failed, NoData, Passed};
        let standing = |level, stopped, no_data| Standing { level, stopped, no_data };
        assert_eq!(held(&[]), standing(0, None, None));
        assert_eq!(held(&[(1, Passed), (3, Passed)]), standing(3, None, None));
        assert_eq!(held(&[(1, Passed), (2, Failed), (3, Passed)]), standing(1, Some(2), None));
        let missing = Some(NoDataReason::Missing);
        assert_eq!(held(&[(2, NoData), (3, Passed)]), standing(0, Some(2), missing));
    }

    #[test]
    fn a_level_lacks_data_only_if_every_failing_rule_does() {
        let formulas = [Formula::Condition(0), Formula::Condition(1), Formula::Condition(2)];
        let judge = |passed: &[usize], lacking: &[usize]| {
            judge_formulas(formulas.iter(), &bits(passed, 3), &bits(lacking, 3))
        };
        assert_eq!(judge(&[0, 1, 2], &[]), Judged::Passed);
        assert_eq!(judge(&[0], &[1, 2]), Judged::NoData);
        assert_eq!(judge(&[0], &[1]), Judged::Failed);
        assert_eq!(judge(&[0, 1, 2], &[1]), Judged::Passed);
    }
}
