//! The climb: the level that an entity holds, given the conditions that pass.
//!
//! An entity starts at the base level and goes up. A level without rules is skipped, a level whose rules
//! all pass becomes the entity's, and the first level with a failing rule ends the climb.

use crate::scorecard::{Bits, Card, Formula, Mask, Rules};

/// The level of an entity in one scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Index of the level it holds.
    pub level: usize,
    /// Index of the level that ended the climb, if one did.
    pub stopped: Option<usize>,
    /// Nothing to judge: every failing rule of the level that ended the climb lacks data.
    pub no_data: bool,
}

/// The result of judging the rules of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    Passed,
    Failed,
    /// It fails, and every failing rule lacks data.
    NoData,
}

/// Climbs the levels of a scorecard, many conditions at a time.
#[inline]
pub(super) fn climb(card: &Card, passed: &Bits, lacking: &Bits) -> Standing {
    let standing = climb_by(card.steps.iter().map(|step| {
        let judged = match &step.rules {
            Rules::Conjunctions(masks) => judge_masks(masks, passed, lacking),
            Rules::Formulas(rules) => {
                judge_formulas(rules.iter().filter_map(|&rule| card.rules.get(rule)), passed, lacking)
            }
        };
        (step.level, judged)
    }));
    debug_assert_eq!(standing, climb_formulas(card, passed, lacking));
    standing
}

/// Climbs the levels of a scorecard formula by formula. It defines what [`climb`] must return, and every
/// debug build compares the two.
fn climb_formulas(card: &Card, passed: &Bits, lacking: &Bits) -> Standing {
    climb_by((0..card.levels).filter_map(|level| {
        let mut rules = card.rules_of(level).peekable();
        rules.peek()?;
        Some((level, judge_formulas(rules, passed, lacking)))
    }))
}

/// Climbs levels that have rules, from the base up.
#[inline]
fn climb_by(levels: impl Iterator<Item = (usize, Judged)>) -> Standing {
    let mut held = 0;
    for (level, judged) in levels {
        match judged {
            Judged::Passed => held = level,
            Judged::Failed => return Standing { level: held, stopped: Some(level), no_data: false },
            Judged::NoData => return Standing { level: held, stopped: Some(level), no_data: true },
        }
    }
    Standing { level: held, stopped: None, no_data: false }
}

#[inline]
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
