//! The rules of one level, in the form in which they are judged.

use super::bits::Bits;
use super::formula::Formula;

/// The rules of one level.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) level: usize,
    pub(crate) rules: Rules,
}

/// Rules in the form in which they are judged.
#[derive(Debug, Clone)]
pub(crate) enum Rules {
    /// All are conjunctions, the usual case, and are judged 64 conditions at a time. Judging formulas instead takes
    /// 7 % more CPU time with the built-in scorecards and 70 % more with 200 (2026-11).
    Conjunctions(Vec<Mask>),
    /// Indices into the formulas of the scorecard.
    Formulas(Vec<usize>),
}

/// Some conditions of a rule: those whose bits share a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mask {
    pub(crate) word: usize,
    pub(crate) bits: u64,
    /// The rule has no further conditions.
    pub(crate) is_last: bool,
}

impl Step {
    /// The rules with these indices into `formulas`.
    #[expect(clippy::expect_used, reason = "the indices are those of rules in the same scorecard")]
    pub(super) fn new(level: usize, rules: Vec<usize>, formulas: &[Formula]) -> Self {
        let formula = |rule: &usize| formulas.get(*rule).expect("the rule exists");
        let masks: Option<Vec<Vec<Mask>>> = rules.iter().map(|rule| masks(formula(rule))).collect();
        let rules = masks.map_or_else(|| Rules::Formulas(rules), |masks| Rules::Conjunctions(masks.concat()));
        Self { level, rules }
    }
}

/// A rule as masks; `None` if it is not a conjunction.
fn masks(formula: &Formula) -> Option<Vec<Mask>> {
    let mut masks: Vec<Mask> = Bits::masks(formula.conjunction()?)
        .into_iter()
        .map(|(word, bits)| Mask { word, bits, is_last: false })
        .collect();
    if let Some(mask) = masks.last_mut() {
        mask.is_last = true;
    }
    Some(masks)
}
