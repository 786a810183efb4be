//! Scorecards: reads definitions from JSON, and compiles them for grading.

mod alias;
mod assume;
mod bits;
mod builtin;
mod clusters;
mod compile;
mod condition;
mod definition;
mod digest;
mod filter;
mod formula;
mod glob;
mod operator;
mod phrase;
mod pick;
mod read;
mod scope;
mod scorecards;
mod step;

pub(crate) use alias::{Alias, apply_aliases, check_aliases};
pub(crate) use assume::{holds, passes_on};
pub(crate) use bits::Bits;
pub use builtin::builtin;
pub(crate) use builtin::{ScorecardFile, builtin_files, builtin_for, replace_names};
pub(crate) use compile::{CompiledScorecard, ScorecardGroup};
pub(crate) use condition::{Check, Known, Order, Test};
pub use definition::{Combinator, Definition, Level, Rule};
pub(crate) use definition::{Condition, Member, Operand, Operator, Query, Subject, default_levels};
#[cfg(feature = "cli")]
pub(crate) use digest::Digest;
pub(crate) use filter::Filter;
pub(crate) use formula::Formula;
pub(crate) use operator::{NAME_FORMS, NameForm, OperatorHelp, meta_properties, operators, presets};
pub(crate) use phrase::OperandKind;
pub(crate) use pick::{Picked, invalid_pattern, unknown_scorecard};
pub use read::read_definitions;
pub(crate) use read::{body, dollar_subject, parse_definitions, read_condition};
pub(crate) use scope::OWN_NAMES;
pub use scope::{Scope, ScopeCondition};
pub use scorecards::Scorecards;
pub(crate) use step::{Mask, Rules};
