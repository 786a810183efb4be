//! Runs all checks on all scorecards.

use super::checks::{ALL, key_findings, quote_findings};
use super::domain::Budget;
use super::finding::Finding;
use super::shared::Shared;
use super::survey::Survey;
use super::target::{Target, find};
use crate::diagnostic::{Code, Diagnostic, Place, Source};
use crate::json::Node;
use crate::scorecard::{Definition, Operand, Query, parse_definitions};
use std::sync::Arc;

/// The steps that the analysis of a scorecard may take for each value that its conditions compare with, so that the time
/// is proportional to the size of the scorecards.
const STEPS_FOR_EACH_VALUE: u64 = 200;
/// More steps, for all scorecards together. Enough for hundreds of rules with alternatives, and done in less than a
/// second.
const RESERVE: u64 = 20_000_000;

/// Checks scorecards for likely mistakes. The fields select the checks.
///
/// ```
/// use dora_score::{Code, Severity, builtin, lint::Linter, load_definitions};
///
/// let findings = Linter::default().run(&builtin());
/// assert!(findings.iter().all(|finding| finding.diagnostic.code == Code::PassesOnZero));
/// let linter = Linter { allow: vec![Code::PassesOnZero], ..Linter::default() };
/// assert!(linter.run(&builtin()).is_empty());
///
/// let definitions = load_definitions(&["examples/faulty/change-failure-rate.json"], "service")?;
/// let findings = linter.run(&definitions);
/// let finding = findings.iter().find(|finding| finding.diagnostic.severity == Severity::Error).ok_or("it has one")?;
/// assert_eq!((finding.scorecard.as_str(), finding.rule.as_deref()), ("cfr", Some("elite")));
/// assert_eq!(finding.diagnostic.code, Code::ContradictoryConditions);
/// # Ok::<(), Box<dyn std::error::Error>>(())
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
    /// Returns all findings, ordered by file and by position in the file. A survey must be of these definitions.
    pub fn run(&self, definitions: &[Definition]) -> Vec<Finding> {
        let files = Files::new(definitions);
        let mut findings = Vec::new();
        let mut reserve = RESERVE;
        let shared = Shared::new(definitions);
        for (index, (definition, root)) in definitions.iter().zip(files.roots(definitions)).enumerate() {
            let own = STEPS_FOR_EACH_VALUE * size(definition);
            let budget = Budget::new(own + reserve);
            let target =
                Target::new(definitions, index, definition, root, self.survey, budget.clone(), &shared);
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
            reserve = reserve.min(budget.left());
        }
        findings
    }
}

/// The findings that every use of the definitions should tell: keys without effect, and numbers in quotes.
pub(crate) fn definition_warnings(definitions: &[Definition]) -> Vec<Diagnostic> {
    let files = Files::new(definitions);
    let mut warnings = Vec::new();
    for (definition, root) in definitions.iter().zip(files.roots(definitions)) {
        let Some(node) = find(root, &definition.origin.span) else { continue };
        let findings = key_findings(definition, node).into_iter().chain(quote_findings(definition, node));
        warnings.extend(findings.map(|finding| finding.diagnostic));
    }
    // a key that stands twice is not unknown: its last value counts
    warnings.retain(|warning| warning.code != Code::DuplicateKey);
    warnings
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
                let root = parse_definitions(source.text()).ok();
                files.push((Arc::clone(source), root.expect("the file was parsed before")));
            }
        }
        Self(files)
    }

    /// The root of the file of each definition.
    #[expect(clippy::expect_used, reason = "`new` adds the file of each definition, in the same order")]
    fn roots(&self, definitions: &[Definition]) -> Vec<&Node> {
        let mut files = self.0.iter().peekable();
        let root = |definition: &Definition| {
            while files.next_if(|(source, _)| !Arc::ptr_eq(source, &definition.origin.source)).is_some() {}
            &files.peek().expect("the file was added").1
        };
        definitions.iter().map(root).collect()
    }
}

/// The number of values that the conditions of a scorecard compare with, as a measure of its size.
fn size(definition: &Definition) -> u64 {
    let queries = definition.filter.iter().chain(definition.rules.iter().map(|rule| &rule.query));
    let conditions = queries.flat_map(Query::conditions);
    let values = conditions.map(|condition| match &condition.operand {
        Operand::List(items) => 1 + items.len() as u64,
        _ => 1,
    });
    values.sum()
}
