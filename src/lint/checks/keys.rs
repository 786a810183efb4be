//! Keys without effect: misspelled ones, unknown ones in queries, and the first of two equal ones.
//!
//! Outside of queries unknown keys are common, because Port adds its own; there a key is reported only if it
//! looks like one that is missing. In a query every key should have an effect.

use crate::diagnostic::{Code, did_you_mean, expected, quoted};
use crate::json::{Member, Node, Tree};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::names::misspelled;
use crate::scorecard::Rule;

pub(super) const LINTS: &[Code] = &[Code::MisspelledKey, Code::UnknownKey, Code::DuplicateKey];

const SCORECARD: &[&str] =
    &["identifier", "title", "description", "blueprint", "levels", "filter", "rules", "properties"];
const LEVEL: &[&str] = &["title", "color"];
const RULE: &[&str] = &["identifier", "title", "description", "level", "query"];
const QUERY: &[&str] = &["combinator", "conditions", "rules"];
const CONDITION: &[&str] = &["property", "relation", "operator", "value", "not"];
const DATES: &[&str] = &["from", "to", "preset"];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (Some(node), Some(body)) = (case.node, case.body()) else {
        return Vec::new();
    };
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

/// Keys of a scorecard, level or rule.
fn around(case: &Case<'_>, node: &Node, known: &[&str], rule: Option<&Rule>) -> Vec<Finding> {
    let mut findings = repeated(case, node, rule);
    let missing: Vec<&str> = known.iter().copied().filter(|key| node.get(key).is_none()).collect();
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_str())) {
        let Some(meant) = misspelled(&member.key, &missing) else { continue };
        let message = format!("key {} has no effect, and `{meant}` is missing", quoted(&member.key));
        findings.push(found(case, Code::MisspelledKey, member, message, did_you_mean([meant]), rule));
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
    let emptiness = matches!(node.get("operator").and_then(Node::as_text), Some("isEmpty" | "isNotEmpty"));
    if let (Some(dates), false) = (dates, emptiness) {
        findings.extend(unknown(case, dates, DATES, rule));
    }
    findings
}

/// Keys of a query, condition or date object.
fn unknown(case: &Case<'_>, node: &Node, known: &[&str], rule: Option<&Rule>) -> Vec<Finding> {
    let mut findings = repeated(case, node, rule);
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_str())) {
        let keys = expected("known key", known.iter().copied());
        let help = match misspelled(&member.key, known) {
            Some(meant) => format!("{} {keys}", did_you_mean([meant])),
            None => keys,
        };
        let message = format!("key {} has no effect here", quoted(&member.key));
        findings.push(found(case, Code::UnknownKey, member, message, help, rule));
    }
    findings
}

/// Keys that occur again later in the same object.
fn repeated(case: &Case<'_>, node: &Node, rule: Option<&Rule>) -> Vec<Finding> {
    let members = node.members();
    let again = members
        .iter()
        .enumerate()
        .filter(|(index, member)| members.iter().skip(index + 1).any(|later| later.key == member.key));
    let findings = again.map(|(_, member)| {
        let message = format!("duplicate key {}; this one has no effect", quoted(&member.key));
        found(
            case,
            Code::DuplicateKey,
            member,
            message,
            "remove one of the two: the last one counts".to_owned(),
            rule,
        )
    });
    findings.collect()
}

fn found(
    case: &Case<'_>,
    code: Code,
    member: &Member,
    message: String,
    help: String,
    rule: Option<&Rule>,
) -> Finding {
    let finding = case.at(code, &member.key_span, message).help(help);
    match rule {
        Some(rule) => finding.of(rule),
        None => finding,
    }
}
