//! Lint: mistakes in valid definitions.
//!
//! One file per lint, or per family of closely related ones; each has a code and a check of one scorecard.
//! Checks reason about the sets of values that pass a rule (`domain`), not about its text, so a finding is a fact.

mod assume;
mod case;
mod checks;
mod domain;
mod facts;
mod finding;
mod names;
mod output;
mod survey;

pub use finding::Finding;
pub use output::LintFormat;
pub use survey::Survey;

use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source};
use crate::json::{Node, parse};
use crate::scorecard::Definition;
use case::Case;
use std::sync::Arc;

/// The settings of a run of all checks.
#[derive(Debug, Default)]
pub struct Linter<'l> {
    /// The values of entities, for the findings that need them.
    pub survey: Option<&'l Survey>,
    /// Whether to report what Port itself may reject or not understand.
    pub portable: bool,
    /// Codes of suppressed findings.
    pub allow: Vec<Code>,
}

/// The codes of all lints, in the order in which the checks run.
pub fn lints() -> impl Iterator<Item = Code> {
    checks::ALL.iter().flat_map(|family| family.lints).copied()
}

/// The lint with this name.
///
/// # Errors
/// There is none; the help suggests the most similar ones.
pub fn lint_named(name: &str) -> Result<Code, Problems> {
    lints()
        .find(|code| code.name() == name)
        .ok_or_else(|| Diagnostic::unknown(Code::UnknownLint, "lint", name, lints().map(Code::name)).into())
}

impl Linter<'_> {
    /// All findings, sorted by file and place.
    pub fn run(&self, definitions: &[Definition]) -> Vec<Finding> {
        let files = Files::new(definitions);
        let mut findings = Vec::new();
        for (index, definition) in definitions.iter().enumerate() {
            let case = Case::new(definitions, index, definition, files.root(definition), self.survey);
            let mut of_this: Vec<Finding> = checks::ALL
                .iter()
                .filter(|family| self.portable || !family.portability)
                .flat_map(|family| (family.check)(&case))
                .filter(|finding| !self.allow.contains(&finding.diagnostic.code))
                .collect();
            of_this.sort_by_key(|finding| match &finding.diagnostic.place {
                Some(Place::Span { span, .. }) => span.start,
                _ => 0,
            });
            findings.extend(of_this);
        }
        findings
    }
}

/// The files of the definitions as trees, each parsed once.
struct Files(Vec<(Arc<Source>, Option<Node>)>);

impl Files {
    fn new(definitions: &[Definition]) -> Self {
        let mut files: Vec<(Arc<Source>, Option<Node>)> = Vec::new();
        for definition in definitions {
            let source = &definition.origin.source;
            // the scorecards of a file are consecutive
            if files.last().is_none_or(|(last, _)| !Arc::ptr_eq(last, source)) {
                files.push((Arc::clone(source), parse(&source.text).ok()));
            }
        }
        Self(files)
    }

    fn root(&self, definition: &Definition) -> Option<&Node> {
        let of = |(source, _): &&(Arc<Source>, _)| Arc::ptr_eq(source, &definition.origin.source);
        self.0.iter().find(of)?.1.as_ref()
    }
}
