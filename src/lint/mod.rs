//! Lint: finds definitions that are valid but probably a mistake.
//!
//! The example of [`Linter`] checks definitions, and that of [`Survey`] checks them with the entities that they grade.
//!
//! Each lint, or each group of closely related lints, has a file in `checks` with a function that checks one
//! scorecard. Checks do not compare the text of rules; they compare the sets of entities that pass them (`domain`).
//! So two rules that are written differently can be reported as equivalent.

mod absence;
mod analysis;
mod cause;
mod checks;
mod domain;
mod equivalence;
mod finding;
mod linter;
mod names;
#[cfg(feature = "cli")]
mod output;
#[cfg(test)]
mod pairs;
mod shape;
mod shared;
mod strength;
mod survey;
mod target;
mod unknown_field;

#[cfg(feature = "cli")]
pub(crate) use checks::is_of_portability;
pub use checks::{lint_named, lints};
pub use finding::Finding;
pub use linter::Linter;
pub(crate) use linter::definition_warnings;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use output::LintFormat;
pub use survey::Survey;
pub(crate) use unknown_field::UnknownField;
