//! Findings as text, JSON, workflow annotations and SARIF: one file per format.

mod format;
mod github;
mod json;
mod sarif;
mod text;

pub use format::LintFormat;
