//! A result below its minimum, which is kept after its entity has been dropped.

use crate::grade::climb::Standing;
use crate::grade::grader::{Graded, Outcome};
use crate::scorecard::Rule;

/// A result below its minimum, with the facts that reports print. Comes from [`Verdict`](crate::Verdict), whose example
/// shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmet {
    /// The entity's identifier.
    pub entity: String,
    /// Its title.
    pub title: String,
    /// The index of the scorecard.
    pub scorecard: usize,
    /// The level that the entity holds.
    pub standing: Standing,
    /// The index of the minimum level.
    pub minimum: usize,
    /// The identifier of each rule that blocks the next level, and the reason why it fails.
    pub blocking: Vec<(String, String)>,
}

impl Unmet {
    pub(crate) fn new(
        graded: &Graded<'_>,
        outcome: &Outcome<'_>,
        standing: Standing,
        minimum: usize,
    ) -> Self {
        Self {
            entity: graded.entity().identifier().to_owned(),
            title: graded.entity().title().to_owned(),
            scorecard: outcome.index(),
            standing,
            minimum,
            blocking: blocking(outcome),
        }
    }
}

/// The identifier of each rule that blocks the next level, and the reason why it fails.
pub(crate) fn blocking(outcome: &Outcome<'_>) -> Vec<(String, String)> {
    outcome.blocking().map(|rule| (rule.identifier.clone(), reason(outcome, rule))).collect()
}

#[expect(clippy::expect_used, reason = "a blocking rule is a rule of the outcome's own scorecard")]
fn reason(outcome: &Outcome<'_>, rule: &Rule) -> String {
    outcome.reason(rule).expect("the rule belongs to the scorecard").to_string()
}
