//! Runs all checks on all scorecards.

use super::checks::ALL;
use super::finding::Finding;
use super::survey::Survey;
use super::target::Target;
use crate::diagnostic::{Code, Place, Source};
use crate::json::{Node, parse};
use crate::scorecard::Definition;
use std::sync::Arc;

/// Checks scorecards for likely mistakes. The fields select the checks.
///
/// ```
/// use dora_score::{Code, builtin, lint::Linter};
///
/// let findings = Linter::default().run(&builtin());
/// assert!(findings.iter().all(|finding| finding.diagnostic.code == Code::PassesOnZero));
/// let linter = Linter { allow: vec![Code::PassesOnZero], ..Linter::default() };
/// assert!(linter.run(&builtin()).is_empty());
/// ```
#[derive(Debug, Default)]
pub struct Linter<'l> {
    /// Counts of the values of entities. Without it, checks that need entities report nothing.
    pub survey: Option<&'l Survey>,
    /// Whether to also report definitions that Port may reject or interpret differently.
    pub portable: bool,
    /// Codes to suppress.
    pub allow: Vec<Code>,
}

impl Linter<'_> {
    /// Returns all findings, ordered by file and by position in the file.
    pub fn run(&self, definitions: &[Definition]) -> Vec<Finding> {
        let files = Files::new(definitions);
        let mut findings = Vec::new();
        for (index, definition) in definitions.iter().enumerate() {
            let target = Target::new(definitions, index, definition, files.root(definition), self.survey);
            let mut of_this: Vec<Finding> = ALL
                .iter()
                .filter(|family| self.portable || !family.portability)
                .flat_map(|family| (family.check)(&target))
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

/// The files of the definitions, each parsed once.
struct Files(Vec<(Arc<Source>, Node)>);

impl Files {
    #[expect(clippy::expect_used, reason = "definitions only come from files that were parsed")]
    fn new(definitions: &[Definition]) -> Self {
        let mut files: Vec<(Arc<Source>, Node)> = Vec::new();
        for definition in definitions {
            let source = &definition.origin.source;
            // the scorecards of one file are adjacent
            if files.last().is_none_or(|(last, _)| !Arc::ptr_eq(last, source)) {
                let root = parse(source.text()).ok();
                files.push((Arc::clone(source), root.expect("the file was parsed before")));
            }
        }
        Self(files)
    }

    #[expect(clippy::expect_used, reason = "`new` adds the file of each definition")]
    fn root(&self, definition: &Definition) -> &Node {
        let mut files = self.0.iter();
        let file = files.find(|(source, _)| Arc::ptr_eq(source, &definition.origin.source));
        &file.expect("the file was added").1
    }
}
