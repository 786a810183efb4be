//! The climb: which level an entity holds, given which conditions pass.
//!
//! An entity starts at the base level and goes up; a level without rules is skipped, a level whose
//! rules all pass becomes the entity's, the first with a failing rule ends it.

use super::bits::Bits;

/// Where an entity stands in one scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Index of the level it holds.
    pub level: usize,
    /// Index of the level that ended the climb, if one did.
    pub stopped: Option<usize>,
    /// Nothing to judge: every failing rule of the level that ended the climb lacks data.
    pub no_data: bool,
}

/// A query over numbered conditions, in the shape of its definition.
#[derive(Debug, Clone)]
pub(crate) enum Formula {
    Condition(usize),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    pub(crate) fn holds(&self, passed: &Bits) -> bool {
        match self {
            Self::Condition(bit) => passed.get(*bit),
            Self::All(members) => members.iter().all(|member| member.holds(passed)),
            Self::Any(members) => members.iter().any(|member| member.holds(passed)),
        }
    }

    /// Whether it fails for lack of data: an `and` when one failing member does, an `or` when all do.
    pub(crate) fn lacks_data(&self, passed: &Bits, lacking: &Bits) -> bool {
        match self {
            Self::Condition(bit) => !passed.get(*bit) && lacking.get(*bit),
            Self::All(members) => members.iter().any(|member| member.lacks_data(passed, lacking)),
            Self::Any(members) => members.iter().all(|member| member.lacks_data(passed, lacking)),
        }
    }

    /// Adds its conditions to `bits`; `false` if it has an `or` of several members.
    fn conjunction(&self, bits: &mut Vec<usize>) -> bool {
        match self {
            Self::Condition(bit) => {
                bits.push(*bit);
                true
            }
            Self::Any(members) if members.len() > 1 => false,
            Self::All(members) | Self::Any(members) => members.iter().all(|member| member.conjunction(bits)),
        }
    }
}

/// The rules of one level.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    rules: Vec<usize>,
    /// All its conditions as masks, when all its rules are conjunctions: the usual case, judged a word
    /// at a time.
    conjunction: Option<Vec<(usize, u64)>>,
}

impl Step {
    /// The rules with these indices into `formulas`.
    pub(crate) fn new(rules: Vec<usize>, formulas: &[Formula]) -> Self {
        let mut bits = Vec::new();
        let plain =
            rules.iter().filter_map(|&rule| formulas.get(rule)).all(|formula| formula.conjunction(&mut bits));
        Self { rules, conjunction: plain.then(|| Bits::masks(bits)) }
    }

    fn holds(&self, formulas: &[Formula], passed: &Bits) -> bool {
        match &self.conjunction {
            Some(masks) => passed.has_all(masks),
            None => self.formulas(formulas).all(|formula| formula.holds(passed)),
        }
    }

    /// Whether every failing rule lacks data; called when one fails.
    fn lacks_data(&self, formulas: &[Formula], passed: &Bits, lacking: &Bits) -> bool {
        if self.conjunction.as_ref().is_some_and(|masks| !passed.misses_any_of(lacking, masks)) {
            return false;
        }
        self.formulas(formulas)
            .filter(|formula| !formula.holds(passed))
            .all(|formula| formula.lacks_data(passed, lacking))
    }

    fn formulas<'f>(&'f self, formulas: &'f [Formula]) -> impl Iterator<Item = &'f Formula> {
        self.rules.iter().filter_map(|&rule| formulas.get(rule))
    }
}

/// Climbs the levels from the base, `steps[0]`.
pub(crate) fn climb(steps: &[Step], formulas: &[Formula], passed: &Bits, lacking: &Bits) -> Standing {
    let mut level = 0;
    for (index, step) in steps.iter().enumerate().filter(|(_, step)| !step.rules.is_empty()) {
        if !step.holds(formulas, passed) {
            let no_data = step.lacks_data(formulas, passed, lacking);
            return Standing { level, stopped: Some(index), no_data };
        }
        level = index;
    }
    Standing { level, stopped: None, no_data: false }
}
