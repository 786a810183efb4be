//! Reasons why a rule passes or fails, with the actual value of each condition.

use crate::entity::{Entity, Wanted};
use crate::scorecard::{Bits, Combinator, Condition, Formula, Member, Query, Subject};
use crate::value::Value;
use std::fmt;

/// The reason why a query passes or fails. Its `Display` is one line with the failing conditions;
/// [`explain`](crate::explain::explain()) has all parts of a reason as data.
///
/// ```
/// use dora_score::{Entity, Grader, Instant, Scorecards, load_definitions};
/// use serde_json::json;
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let definitions = load_definitions(&["examples/filtered/production-readiness.json"], "service")?;
/// let scorecards = Scorecards::new(definitions, as_of, "service");
/// let mut grader = Grader::new(&scorecards);
///
/// // the filter of this scorecard leaves out deprecated services
/// let fax = json!({"identifier": "fax", "lifecycle": "Deprecated"});
/// let fax = Entity::from_value(&fax, scorecards.wanted())?;
/// let outcome = grader.grade(&fax).outcomes().next().ok_or("the scorecard grades services")?;
/// assert!(outcome.standing().is_none() && outcome.level().is_none());
/// let reason = outcome.filter_reason().ok_or("the scorecard has a filter")?;
/// assert!(!reason.passed());
/// assert_eq!(reason.to_string(), "lifecycle is Deprecated, must not be \"Deprecated\"");
///
/// let checkout = json!({"identifier": "checkout", "team": "payments", "runbook_url": "http://runbooks.example"});
/// let checkout = Entity::from_value(&checkout, scorecards.wanted())?;
/// let outcome = grader.grade(&checkout).outcomes().next().ok_or("the scorecard grades services")?;
/// let standing = outcome.standing().ok_or("the filter includes it")?;
/// assert_eq!((standing.level, standing.stopped, standing.no_data), (0, Some(1), None));
/// assert_eq!(scorecards.definitions()[outcome.index()].identifier(), outcome.scorecard().identifier());
/// let passed = outcome.rules().filter(|(_, passes)| *passes).map(|(rule, _)| rule.identifier.as_str());
/// assert_eq!(passed.collect::<Vec<_>>(), ["owned"]);
/// let blocking = outcome.blocking().next().ok_or("a rule ends the climb")?;
/// let reason = outcome.reason(blocking).ok_or("the rule belongs to the scorecard")?;
/// assert_eq!(reason.to_string(), "runbook_url is http://runbooks.example, must begin with \"https://\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason<'g> {
    /// One condition.
    #[non_exhaustive]
    Condition(ConditionReason<'g>),
    /// Conditions and groups joined by a combinator.
    Group {
        /// Whether one passing member is enough.
        any: bool,
        /// Whether the group passes.
        passed: bool,
        /// Whether it fails for lack of data.
        lacks_data: bool,
        /// The reasons of its members, in the order of the definition.
        members: Vec<Reason<'g>>,
    },
}

/// Why one condition passes or fails. Its `Display` is one line with the actual and the required value. Part of a
/// [`Reason`], whose example shows it.
#[derive(Debug)]
pub struct ConditionReason<'g> {
    pub(crate) condition: &'g Condition,
    pub(crate) actual: &'g Value<'g>,
    pub(crate) passed: bool,
    /// Whether it fails for lack of data.
    pub(crate) lacks_data: bool,
}

/// The conditions that pass and the conditions that lack data, with the entity they were evaluated on.
pub(super) struct Evidence<'g> {
    pub(super) wanted: &'g Wanted,
    pub(super) entity: &'g Entity<'g>,
    pub(super) passed: &'g Bits,
    pub(super) lacking: &'g Bits,
}

impl<'g> Evidence<'g> {
    #[expect(clippy::expect_used, reason = "compiling a condition adds its field to the wanted fields")]
    fn actual(&self, subject: &Subject) -> &'g Value<'g> {
        self.entity.value(subject.slot(self.wanted).expect("the field of a condition has a slot"))
    }
}

impl<'g> Reason<'g> {
    /// The reason of a query, which was compiled to `formula`.
    pub(super) fn of(query: &'g Query, formula: &'g Formula, evidence: &Evidence<'g>) -> Self {
        let (Formula::All(formulas) | Formula::Any(formulas)) = formula else {
            unreachable!("a query is compiled to a group");
        };
        let members = query.members.iter().zip(formulas).map(|(member, formula)| match member {
            Member::Group(group) => Self::of(group, formula, evidence),
            Member::Condition(condition) => Self::Condition(ConditionReason {
                condition,
                actual: evidence.actual(&condition.subject),
                passed: formula.holds(evidence.passed),
                lacks_data: formula.lacks_data(evidence.passed, evidence.lacking),
            }),
        });
        Self::Group {
            any: query.combinator == Combinator::Or,
            passed: formula.holds(evidence.passed),
            lacks_data: formula.lacks_data(evidence.passed, evidence.lacking),
            members: members.collect(),
        }
    }
}

impl Reason<'_> {
    /// Whether the condition or the group passes.
    pub fn passed(&self) -> bool {
        match self {
            Self::Condition(reason) => reason.passed,
            Self::Group { passed, .. } => *passed,
        }
    }
}

impl Reason<'_> {
    /// Whether its text joins several conditions.
    fn is_joined(&self) -> bool {
        match self {
            Self::Condition(_) => false,
            Self::Group { members, .. } => match failing(members).as_slice() {
                [one] => one.is_joined(),
                _ => true,
            },
        }
    }
}

fn failing<'r, 'g>(members: &'r [Reason<'g>]) -> Vec<&'r Reason<'g>> {
    members.iter().filter(|member| !member.passed()).collect()
}

/// The failing conditions in one line, such as `change_failure_rate is 34.2, required <= 30`.
impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition(reason) => write!(f, "{reason}"),
            Self::Group { any, members, .. } => match failing(members).as_slice() {
                [one] => write!(f, "{one}"),
                // one of the members of `or` would be enough
                several if *any => {
                    let in_parentheses = |member: &&Self| {
                        if member.is_joined() { format!("({member})") } else { member.to_string() }
                    };
                    f.write_str(&several.iter().map(in_parentheses).collect::<Vec<_>>().join(", or "))
                }
                several => {
                    f.write_str(&several.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
                }
            },
        }
    }
}

impl fmt::Display for ConditionReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.condition.shortfall(self.actual))
    }
}
