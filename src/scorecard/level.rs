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
#[derive(Debug, Clone)]
pub(crate) struct Step {
    level: usize,
    rules: Rules,
}

/// Rules in the form in which they are judged.
#[derive(Debug, Clone)]
enum Rules {
    /// All are conjunctions, the usual case: judged 64 conditions at a time.
    Conjunctions(Vec<Mask>),
    /// Indices into the formulas.
    Formulas(Vec<usize>),
}

/// Some conditions of a rule: those whose bits share a word.
#[derive(Debug, Clone, Copy)]
struct Mask {
    word: usize,
    bits: u64,
    /// The rule has no further conditions.
    last: bool,
}

impl Step {
    /// The rules with these indices into `formulas`.
    pub(crate) fn new(level: usize, rules: Vec<usize>, formulas: &[Formula]) -> Self {
        let mut masks = Vec::new();
        for formula in rules.iter().filter_map(|&rule| formulas.get(rule)) {
            let mut bits = Vec::new();
            if !formula.conjunction(&mut bits) {
                return Self { level, rules: Rules::Formulas(rules) };
            }
            masks.extend(Bits::masks(bits).into_iter().map(|(word, bits)| Mask { word, bits, last: false }));
            if let Some(mask) = masks.last_mut() {
                mask.last = true;
            }
        }
        Self { level, rules: Rules::Conjunctions(masks) }
    }

    /// Judges its rules.
    #[inline]
    fn judge(&self, formulas: &[Formula], passed: &Bits, lacking: &Bits) -> Judged {
        match &self.rules {
            Rules::Conjunctions(masks) => judge_masks(masks, passed, lacking),
            Rules::Formulas(rules) => judge_formulas(rules, formulas, passed, lacking),
        }
    }
}

/// What becomes of a step.
enum Judged {
    Passed,
    Failed,
    /// It fails, and every failing rule lacks data.
    NoData,
}

#[inline]
fn judge_masks(masks: &[Mask], passed: &Bits, lacking: &Bits) -> Judged {
    let (mut missed, mut lacks) = (0, 0);
    let mut judged = Judged::Passed;
    for mask in masks {
        let failing = mask.bits & !passed.word(mask.word);
        missed |= failing;
        lacks |= failing & lacking.word(mask.word);
        if mask.last {
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

fn judge_formulas(rules: &[usize], formulas: &[Formula], passed: &Bits, lacking: &Bits) -> Judged {
    let mut judged = Judged::Passed;
    let failing =
        rules.iter().filter_map(|&rule| formulas.get(rule)).filter(|formula| !formula.holds(passed));
    for formula in failing {
        if !formula.lacks_data(passed, lacking) {
            return Judged::Failed;
        }
        judged = Judged::NoData;
    }
    judged
}

/// Climbs the levels that have rules, from the base up.
#[inline]
pub(crate) fn climb(steps: &[Step], formulas: &[Formula], passed: &Bits, lacking: &Bits) -> Standing {
    let mut level = 0;
    for step in steps {
        let no_data = match step.judge(formulas, passed, lacking) {
            Judged::Passed => {
                level = step.level;
                continue;
            }
            Judged::Failed => false,
            Judged::NoData => true,
        };
        return Standing { level, stopped: Some(step.level), no_data };
    }
    Standing { level, stopped: None, no_data: false }
}
