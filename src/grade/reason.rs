//! Why a rule passes or fails: what was found for each of its conditions. Data only; the sentences are
//! made by whoever shows them.

use super::grader::Outcome;
use crate::scorecard::{Combinator, Condition, Formula, Member, Query, Subject};
use crate::terminal::{clean, truncate};
use crate::value::Value;
use std::fmt;

/// A query with what was found for it.
#[derive(Debug)]
pub enum Reason<'g> {
    /// One condition.
    #[non_exhaustive]
    Condition(Finding<'g>),
    /// Several under a combinator.
    Group {
        /// One passing member is enough.
        any: bool,
        /// The group passes.
        passed: bool,
        /// It fails for lack of data.
        lacks_data: bool,
        /// In the order of the definition.
        members: Vec<Reason<'g>>,
    },
}

/// What was found for one condition.
#[derive(Debug)]
pub struct Finding<'g> {
    pub(crate) condition: &'g Condition,
    pub(crate) actual: &'g Value<'g>,
    pub(crate) passed: bool,
    /// It fails for lack of data.
    pub(crate) lacks_data: bool,
}

impl<'g> Outcome<'g> {
    pub(super) fn reason_of(&self, query: &'g Query, formula: &'g Formula) -> Reason<'g> {
        let (Formula::All(formulas) | Formula::Any(formulas)) = formula else {
            return Reason::Group {
                any: false,
                passed: formula.holds(self.passed),
                lacks_data: false,
                members: Vec::new(),
            };
        };
        let members = query.members.iter().zip(formulas).map(|(member, formula)| match member {
            Member::Group(group) => self.reason_of(group, formula),
            Member::Condition(condition) => Reason::Condition(Finding {
                condition,
                actual: self.actual(&condition.subject),
                passed: formula.holds(self.passed),
                lacks_data: formula.lacks_data(self.passed, self.lacking),
            }),
        });
        Reason::Group {
            any: query.combinator == Combinator::Or,
            passed: formula.holds(self.passed),
            lacks_data: formula.lacks_data(self.passed, self.lacking),
            members: members.collect(),
        }
    }

    fn actual(&self, subject: &Subject) -> &'g Value<'g> {
        let slot = subject.slot(self.scorecards.wanted());
        slot.map_or(&Value::Missing, |slot| self.entity.value(slot))
    }
}

impl Reason<'_> {
    /// Whether it passes.
    pub fn passed(&self) -> bool {
        match self {
            Self::Condition(finding) => finding.passed,
            Self::Group { passed, .. } => *passed,
        }
    }
}

/// What is to blame, in one line: `change_failure_rate is 34.2, required <= 30`.
impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition(finding) => write!(f, "{finding}"),
            Self::Group { any, members, .. } => {
                let blamed: Vec<String> =
                    members.iter().filter(|member| !member.passed()).map(ToString::to_string).collect();
                match blamed.as_slice() {
                    [one] => f.write_str(one),
                    several => f.write_str(&several.join(if *any { " and " } else { "; " })),
                }
            }
        }
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 60;
        let actual = self.actual.to_string();
        f.write_str(&self.condition.shortfall(clean(truncate(&actual, MOST)).as_str()))
    }
}
