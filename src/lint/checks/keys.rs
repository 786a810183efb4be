//! Reports keys without effect: misspelled keys, unknown keys in queries, and duplicate keys.
//!
//! Outside queries, unknown keys are common because Port adds keys such as `createdAt`. There a key is reported only
//! if it is similar to a known key that is missing. In queries, every unknown key is reported.

use crate::diagnostic::{Code, did_you_mean, expected, misspelled, quoted};
use crate::json::{Member, Node, Tree};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::{Definition, Operator, Rule, body};
use std::collections::HashSet;

pub(super) const LINTS: &[Code] = &[Code::MisspelledKey, Code::UnknownKey, Code::DuplicateKey];

const SCORECARD: &[&str] =
    &["identifier", "title", "description", "blueprint", "levels", "filter", "rules", "properties"];
const LEVEL: &[&str] = &["title", "color"];
const RULE: &[&str] = &["identifier", "title", "description", "level", "query"];
const QUERY: &[&str] = &["combinator", "conditions", "rules"];
const CONDITION: &[&str] = &["property", "relation", "operator", "value", "not"];
const DATES: &[&str] = &["from", "to", "preset"];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    key_findings(target.definition, target.node)
}

/// Checks all keys of a scorecard; `node` is the scorecard in the tree of its file.
pub(in crate::lint) fn key_findings(definition: &Definition, node: &Node) -> Vec<Finding> {
    let body = body(node);
    let mut findings = misspelled_keys(definition, node, SCORECARD, None);
    if !std::ptr::eq(node, body) {
        findings.extend(misspelled_keys(definition, body, SCORECARD, None));
    }
    for level in items(body, "levels") {
        findings.extend(misspelled_keys(definition, level, LEVEL, None));
    }
    if let Some(filter) = body.get("filter") {
        findings.extend(query_keys(definition, filter, None));
    }
    for (node, rule) in items(body, "rules").iter().zip(&definition.rules) {
        findings.extend(misspelled_keys(definition, node, RULE, Some(rule)));
        if let Some(query) = node.get("query") {
            findings.extend(query_keys(definition, query, Some(rule)));
        }
    }
    findings
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}

/// Checks the keys of a scorecard, level or rule.
fn misspelled_keys(
    definition: &Definition,
    node: &Node,
    known: &[&str],
    rule: Option<&Rule>,
) -> Vec<Finding> {
    let mut findings = duplicate_keys(definition, node, rule);
    let missing: Vec<&str> = known.iter().copied().filter(|key| node.get(key).is_none()).collect();
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_str())) {
        let Some(meant) = misspelled(&member.key, &missing) else { continue };
        let message = format!("key {} has no effect, and `{meant}` is missing", quoted(&member.key));
        findings.push(finding(definition, Code::MisspelledKey, member, message, did_you_mean([meant]), rule));
    }
    findings
}

fn query_keys(definition: &Definition, node: &Node, rule: Option<&Rule>) -> Vec<Finding> {
    let is_query = QUERY.iter().any(|key| node.get(key).is_some());
    let mut findings = unknown_keys(definition, node, if is_query { QUERY } else { CONDITION }, rule);
    for key in ["conditions", "rules"].iter().filter(|_| is_query) {
        findings.extend(items(node, key).iter().flat_map(|member| query_keys(definition, member, rule)));
    }
    let dates = node.get("value").filter(|value| matches!(value.tree, Tree::Object(_)));
    let operator = node.get("operator").and_then(Node::as_text).and_then(Operator::named);
    let ignores_value = operator.is_some_and(Operator::is_emptiness);
    if let (Some(dates), false) = (dates, ignores_value) {
        findings.extend(unknown_keys(definition, dates, DATES, rule));
    }
    findings
}

/// Checks the keys of a query, condition or date object.
fn unknown_keys(definition: &Definition, node: &Node, known: &[&str], rule: Option<&Rule>) -> Vec<Finding> {
    let mut findings = duplicate_keys(definition, node, rule);
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_str())) {
        let keys = expected("known key", known.iter().copied());
        let help = match misspelled(&member.key, known) {
            Some(meant) => format!("{} {keys}", did_you_mean([meant])),
            None => keys,
        };
        let message = format!("key {} has no effect here", quoted(&member.key));
        findings.push(finding(definition, Code::UnknownKey, member, message, help, rule));
    }
    findings
}

/// Reports keys that appear again later in the same object.
fn duplicate_keys(definition: &Definition, node: &Node, rule: Option<&Rule>) -> Vec<Finding> {
    let mut later = HashSet::new();
    let mut again: Vec<&Member> =
        node.members().iter().rev().filter(|member| !later.insert(member.key.as_str())).collect();
    again.reverse();
    let findings = again.into_iter().map(|member| {
        let message = format!("duplicate key {}: this one has no effect", quoted(&member.key));
        finding(
            definition,
            Code::DuplicateKey,
            member,
            message,
            "only the last one has an effect; remove the others".to_owned(),
            rule,
        )
    });
    findings.collect()
}

fn finding(
    definition: &Definition,
    lint: Code,
    member: &Member,
    message: String,
    help: String,
    rule: Option<&Rule>,
) -> Finding {
    let finding = Finding::at(definition, lint, &member.key_span, message).help(help);
    match rule {
        Some(rule) => finding.of(rule),
        None => finding,
    }
}
