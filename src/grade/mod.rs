//! Grading: which level an entity holds in each scorecard, and why. Pure: no files, clock or printing.

mod compare;
mod comparison;
mod explain;
mod gate;
mod grader;
mod reason;
mod record;
mod tally;

pub(crate) use compare::{Match, Moves};
pub use comparison::{Comparison, Direction, EntityMoves, Move, Pair, Presence, ScorecardComparison};
pub use explain::{
    Action, Advice, Bound, Change, ConditionFact, Datum, EXPLANATION_VERSION, ExplainedEntity, Explanation,
    Explanations, Fact, Gap, GroupFact, NextLevel, NoAdvice, Range, Requirement, RuleFact, SubjectFact, Unit,
};
pub(crate) use explain::{Distance, explain, nearest_of};
pub use gate::{Gate, Judgement, Minimum, NoData, Unmet};
pub use grader::{Graded, Grader, Outcome};
pub use reason::Reason;
pub use record::{
    EntityRecord, LevelCount, RuleCount, RuleRecord, SCHEMA_VERSION, ScorecardRecord, ScorecardSummary,
    Summary,
};
pub use tally::Tally;
