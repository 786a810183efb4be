//! Findings as text, JSON, workflow annotations, a report for GitLab and SARIF: one file per format.

mod format;
mod github;
mod gitlab;
mod json;
mod sarif;
mod text;

pub use format::LintFormat;
