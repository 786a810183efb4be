//! Definitions that this program accepts, but that Port may reject or read differently.

use crate::diagnostic::{Code, list, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::scorecard::{Condition, Member, Operand, Query, Rule};
use crate::value::DateRange;

pub(super) const LINTS: &[Code] = &[
    Code::PortabilityNestedGroup,
    Code::PortabilityRulesKey,
    Code::PortabilityPreset,
    Code::PortabilityIdentifier,
];

const PRESETS: [&str; 9] = [
    "today",
    "tomorrow",
    "yesterday",
    "lastWeek",
    "last2Weeks",
    "lastMonth",
    "last3Months",
    "last6Months",
    "last12Months",
];
const LONGEST: usize = 100;
const SIGNS: &str = "@_.+:\\/=-";

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let definition = case.definition;
    let mut findings = Vec::new();
    if let Some(why) = unfit(&definition.identifier) {
        let message = format!("the identifier of scorecard {} {why}", quoted(&definition.identifier));
        findings.push(case.about_all(Code::PortabilityIdentifier, message).help(IDENTIFIER_HELP));
    }
    if let Some(filter) = &definition.filter {
        of_query(case, filter, None, false, &mut findings);
    }
    for rule in &definition.rules {
        if let Some(why) = unfit(&rule.identifier) {
            let message = format!("the identifier of rule {} {why}", quoted(&rule.identifier));
            findings.push(case.about(Code::PortabilityIdentifier, rule, message).help(IDENTIFIER_HELP));
        }
        of_query(case, &rule.query, Some(rule), false, &mut findings);
    }
    findings
}

const IDENTIFIER_HELP: &str = "use at most 100 characters: letters A to Z, digits and `@_.+:\\/=-`";

fn unfit(identifier: &str) -> Option<String> {
    let length = identifier.chars().count();
    if length > LONGEST {
        return Some(format!("has {length} characters; Port accepts at most {LONGEST}"));
    }
    let odd = identifier.chars().find(|&c| !c.is_ascii_alphanumeric() && !SIGNS.contains(c))?;
    Some(format!("has the character {}, which Port does not accept", quoted(&odd.to_string())))
}

fn of_query(case: &Case<'_>, query: &Query, rule: Option<&Rule>, nested: bool, findings: &mut Vec<Finding>) {
    let of = |finding: Finding| match rule {
        Some(rule) => finding.of(rule),
        None => finding,
    };
    if nested {
        let message = "nested group in a query".to_owned();
        let help = "Port accepts a flat list only; split the rule, or rewrite it without the group";
        findings.push(of(case.at(Code::PortabilityNestedGroup, &query.span, message).help(help)));
    }
    if query.as_rules {
        let key = crate::lint::case::find(case.node, &query.span);
        let key = key.and_then(|node| node.members().iter().rfind(|member| member.key == "rules"));
        let span = key.map_or(&query.span, |member| &member.key_span);
        let message = "the conditions are under `rules` instead of `conditions`".to_owned();
        findings.push(of(case
            .at(Code::PortabilityRulesKey, span, message)
            .help("rename the key to `conditions`")));
    }
    for member in &query.members {
        match member {
            Member::Group(group) => of_query(case, group, rule, true, findings),
            Member::Condition(condition) => findings.extend(preset(case, condition).map(of)),
        }
    }
}

fn preset(case: &Case<'_>, condition: &Condition) -> Option<Finding> {
    let Operand::Dates(DateRange::Preset(preset), _) = &condition.operand else { return None };
    if PRESETS.contains(&preset.name()) {
        return None;
    }
    let message = format!("Port has no preset {}", quoted(preset.name()));
    let help = format!("use one of {}, or `from` and `to`", list(PRESETS, 9));
    Some(case.at(Code::PortabilityPreset, &condition.span, message).help(help))
}
