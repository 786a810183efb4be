//! Lint: finds definitions that are legal but wrong, or worth a look.
//!
//! There is one file per lint, or per family of closely related ones; each has a code and a check of one scorecard.
//! Checks compare rules as sets of entities (`domain`), never by their spelling, so a finding is always true.

mod analysis;
mod assume;
mod case;
mod checks;
mod domain;
mod finding;
mod linter;
mod names;
#[cfg(feature = "cli")]
mod output;
mod survey;

pub use checks::{lint_named, lints};
pub use finding::Finding;
pub use linter::Linter;
#[cfg(feature = "cli")]
pub use output::LintFormat;
pub use survey::Survey;
