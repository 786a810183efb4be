//! Explains levels: the reasons for an entity's level, and the fewest changes that reach the next level.
//!
//! The reasons come from grading. The effect of changes is found by grading the changed entity again.

mod assemble;
mod candidate;
mod change;
mod datum;
mod demand;
mod facts;
mod gap;
mod operands;
#[cfg(feature = "cli")]
mod run;
mod search;
mod show;
mod subject;

pub use assemble::explain;
pub use change::{Action, Advice, Bound, Change, NoAdvice};
pub use datum::{Datum, Range, Requirement, ValueKind};
pub use facts::{
    ConditionFact, EXPLANATION_VERSION, ExplainedEntity, Explanation, Explanations, Fact, GroupFact,
    NextLevel, RuleFact,
};
pub use gap::{Expected, Gap};
#[cfg(feature = "cli")]
pub use run::{Chosen, Explaining};
#[cfg(feature = "cli")]
pub use show::ExplainFormat;
pub use subject::SubjectFact;
