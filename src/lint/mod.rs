//! Lint: what is legal in a definition but wrong, or worth a look.
//!
//! One file a lint, or a close family of them; each has a code, a severity, a page and a check of one
//! scorecard. Checks ask the sets of `domain` about rules, never their spelling, so a finding is a fact.

mod assume;
mod case;
mod checks;
mod domain;
mod facts;
mod finding;
mod names;
mod output;
mod survey;

pub use finding::{Finding, Lint};
pub use output::LintFormat;
pub use survey::Survey;

use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source, nearest, quoted};
use crate::json::{Node, parse};
use crate::scorecard::Definition;
use case::Case;
use std::sync::Arc;

/// What is looked for.
#[derive(Debug, Default)]
pub struct Linter<'l> {
    /// What the entities hold, for the findings that need them.
    pub survey: Option<&'l Survey>,
    /// Findings about what Port itself may refuse or not understand.
    pub portable: bool,
    /// Codes that are not told.
    pub allow: Vec<Code>,
}

/// Every lint, in the order in which the checks run.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    checks::ALL.iter().flat_map(|family| family.lints)
}

/// The lint with this code.
///
/// # Errors
/// There is none; the nearest is named.
pub fn lint_named(code: &str) -> Result<&'static Lint, Problems> {
    lints().find(|lint| lint.code.name() == code).ok_or_else(|| {
        let help = match nearest(code, lints().map(|lint| lint.code.name())) {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None => {
                format!("the lints are {}", crate::diagnostic::list(lints().map(|lint| lint.code.name()), 99))
            }
        };
        Diagnostic::error(Code::UnknownLint, format!("there is no lint {}", quoted(code))).help(help).into()
    })
}

impl Linter<'_> {
    /// All findings, by file and place.
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
            // the scorecards of a file follow each other
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
