//! Explains levels: the reasons for an entity's level, and the fewest changes that reach the next level.
//!
//! The reasons come from grading. The changes are searched in steps that are counted, so a search ends soon whatever the
//! scorecard is: it may give up finding the smallest set of changes, and says so. The entity is graded with the changes
//! before they are reported.
//!
//! [`explain()`] explains one entity, and its example shows how to read an [`Explanation`]. All types can be serialized
//! to the JSON of `explain -f json`.

mod advise;
mod assemble;
mod candidate;
mod change;
mod choice;
mod component;
mod datum;
mod demand;
mod facts;
mod gap;
mod goal;
mod implied;
mod lists;
mod operands;
#[cfg(feature = "cli")]
mod order;
mod parts;
#[cfg(feature = "cli")]
mod run;
mod search;
mod show;
mod steps;
mod subject;

pub use crate::dora::Unit;
pub use crate::scorecard::Combinator;
#[cfg(feature = "cli")]
pub(crate) use assemble::Explainer;
pub use assemble::explain;
pub use change::{Action, Advice, Bound, Change, NoAdvice};
pub use datum::{Datum, Range, Requirement, ValueKind};
pub(crate) use facts::Explanations;
pub use facts::{ConditionFact, ExplainedEntity, Explanation, Fact, GroupFact, NextLevel, RuleFact};
pub use gap::{Expected, Gap};
#[cfg(feature = "cli")]
pub(crate) use order::in_order;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use run::{Chosen, Explaining, Selected};
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use show::ExplainFormat;
#[cfg(feature = "cli")]
pub(crate) use show::{advice, amount_of, found, no_data, plain, required};
pub use subject::SubjectFact;
