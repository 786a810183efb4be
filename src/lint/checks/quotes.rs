//! Reports values in quotes that are probably meant as numbers.

use crate::diagnostic::{Code, quoted};
use crate::json::{Node, Tree};
use crate::lint::finding::Finding;
use crate::lint::target::{Target, find};
use crate::scorecard::{Condition, Definition, Operand, Query};
use crate::value::Scalar;

pub(super) const LINTS: &[Code] = &[Code::QuotedNumber];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    quote_findings(target.definition, target.node)
}

/// Reports the numbers in quotes of a scorecard; `node` is the scorecard in the tree of its file.
pub(in crate::lint) fn quote_findings(definition: &Definition, node: &Node) -> Vec<Finding> {
    let conditions = |query: &Query| -> Vec<Finding> {
        query.conditions().into_iter().filter_map(|condition| number(definition, node, condition)).collect()
    };
    let mut findings: Vec<Finding> = definition.filter.iter().flat_map(conditions).collect();
    for rule in &definition.rules {
        findings.extend(conditions(&rule.query).into_iter().map(|finding| finding.of(rule)));
    }
    findings
}

/// Reports a number that the definition has in quotes.
fn number(definition: &Definition, node: &Node, condition: &Condition) -> Option<Finding> {
    let Operand::Scalar(Scalar::Number(_)) = &condition.operand else { return None };
    let value: &Node = find(node, &condition.span)?.get("value")?;
    let Tree::Text(text) = &value.tree else { return None };
    let message = format!("{} is in quotes, and counts as a number", quoted(text));
    let help = format!("write {text} without quotes");
    Some(Finding::at(definition, Code::QuotedNumber, &value.span, message).help(help))
}
