//! The compiled rules of one level.

use super::bits::Bits;
use super::formula::Formula;

/// The rules of one level.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) level: usize,
    pub(crate) rules: Rules,
}

/// Compiled rules, in one of two forms.
#[derive(Debug, Clone)]
pub(crate) enum Rules {
    /// The usual form: every rule is a conjunction, so bit masks test 64 conditions at a time. Evaluating formulas
    /// instead took 7 % more CPU time with the built-in scorecards and 70 % more with 200 scorecards (measured in
    /// 2026-11).
    Conjunctions(Vec<Mask>),
    /// The form for all other rules: indices into the formulas of the scorecard.
    Formulas(Vec<usize>),
}

/// The conditions of a rule whose bits are in one word of [`Bits`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mask {
    pub(crate) word: usize,
    pub(crate) bits: u64,
    /// Whether this is the last mask of its rule.
    pub(crate) is_last: bool,
}

impl Step {
    /// Compiles the rules of a level; `rules` are indices into `formulas`.
    #[expect(clippy::expect_used, reason = "a step contains only indices of rules of the same scorecard")]
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
