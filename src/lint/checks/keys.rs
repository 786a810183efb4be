//! Keys without effect: misspelled ones, unknown ones in queries, and the first of two.
//!
//! Outside queries unknown keys are common, because Port adds its own; there a key is reported only if it looks like a
//! known key that is missing. In a query every unknown key is reported.

use crate::diagnostic::{Code, did_you_mean, expected, quoted};
use crate::json::{Member, Node, Tree};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::names::misspelled;
use crate::scorecard::{Operator, Rule};

pub(super) const LINTS: &[Code] = &[Code::MisspelledKey, Code::UnknownKey, Code::DuplicateKey];

const SCORECARD: &[&str] =
    &["identifier", "title", "description", "blueprint", "levels", "filter", "rules", "properties"];
const LEVEL: &[&str] = &["title", "color"];
const RULE: &[&str] = &["identifier", "title", "description", "level", "query"];
const QUERY: &[&str] = &["combinator", "conditions", "rules"];
const CONDITION: &[&str] = &["property", "relation", "operator", "value", "not"];
const DATES: &[&str] = &["from", "to", "preset"];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (node, body) = (case.node, case.body());
    let mut findings = around(case, node, SCORECARD, None);
    if !std::ptr::eq(node, body) {
        findings.extend(around(case, body, SCORECARD, None));
    }
    for level in items(body, "levels") {
        findings.extend(around(case, level, LEVEL, None));
    }
    if let Some(filter) = body.get("filter") {
        findings.extend(in_query(case, filter, None));
    }
    for (node, rule) in items(body, "rules").iter().zip(&case.definition.rules) {
        findings.extend(around(case, node, RULE, Some(rule)));
        if let Some(query) = node.get("query") {
            findings.extend(in_query(case, query, Some(rule)));
        }
    }
    findings
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}

/// Findings for the keys of a scorecard, level or rule.
fn around(case: &Case<'_>, node: &Node, known: &[&str], rule: Option<&Rule>) -> Vec<Finding> {
    let mut findings = repeated(case, node, rule);
    let missing: Vec<&str> = known.iter().copied().filter(|key| node.get(key).is_none()).collect();
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_str())) {
        let Some(meant) = misspelled(&member.key, &missing) else { continue };
        let message = format!("key {} has no effect, and there is no `{meant}` here", quoted(&member.key));
        findings.push(finding(case, Code::MisspelledKey, member, message, did_you_mean([meant]), rule));
    }
    findings
}

fn in_query(case: &Case<'_>, node: &Node, rule: Option<&Rule>) -> Vec<Finding> {
    let is_query = QUERY.iter().any(|key| node.get(key).is_some());
    let mut findings = unknown(case, node, if is_query { QUERY } else { CONDITION }, rule);
    for key in ["conditions", "rules"].iter().filter(|_| is_query) {
        findings.extend(items(node, key).iter().flat_map(|member| in_query(case, member, rule)));
    }
    let dates = node.get("value").filter(|value| matches!(value.tree, Tree::Object(_)));
    let operator = node.get("operator").and_then(Node::as_text).and_then(Operator::named);
    let ignores_value = operator.is_some_and(Operator::is_emptiness);
    if let (Some(dates), false) = (dates, ignores_value) {
        findings.extend(unknown(case, dates, DATES, rule));
    }
    findings
}

/// Findings for the keys of a query, condition or date object.
fn unknown(case: &Case<'_>, node: &Node, known: &[&str], rule: Option<&Rule>) -> Vec<Finding> {
    let mut findings = repeated(case, node, rule);
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_str())) {
        let keys = expected("known key", known.iter().copied());
        let help = match misspelled(&member.key, known) {
            Some(meant) => format!("{} {keys}", did_you_mean([meant])),
            None => keys,
        };
        let message = format!("key {} has no effect here", quoted(&member.key));
        findings.push(finding(case, Code::UnknownKey, member, message, help, rule));
    }
    findings
}

/// Findings for keys that appear again in the same object.
fn repeated(case: &Case<'_>, node: &Node, rule: Option<&Rule>) -> Vec<Finding> {
    let members = node.members();
    let again = members
        .iter()
        .enumerate()
        .filter(|(index, member)| members.iter().skip(index + 1).any(|later| later.key == member.key));
    let findings = again.map(|(_, member)| {
        let message = format!("duplicate key {}: this one has no effect", quoted(&member.key));
        finding(
            case,
            Code::DuplicateKey,
            member,
            message,
            "the last one counts; remove one of the two".to_owned(),
            rule,
        )
    });
    findings.collect()
}

fn finding(
    case: &Case<'_>,
    lint: Code,
    member: &Member,
    message: String,
    help: String,
    rule: Option<&Rule>,
) -> Finding {
    let finding = case.at(lint, &member.key_span, message).help(help);
    match rule {
        Some(rule) => finding.of(rule),
        None => finding,
    }
}
