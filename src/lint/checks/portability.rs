//! Reports definitions that this program accepts, but that Port may reject or interpret differently.

use crate::diagnostic::{Code, list, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::{Condition, Member, Operand, Query, Rule};
use crate::value::DateRange;

pub(super) const LINTS: &[Code] = &[
    Code::PortabilityNestedGroup,
    Code::PortabilityRulesKey,
    Code::PortabilityPreset,
    Code::PortabilityIdentifier,
];

/// The presets that Port supports.
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
/// The maximum length of an identifier, in characters.
const LONGEST: usize = 100;
/// The characters that an identifier may contain besides letters and digits.
const SIGNS: &str = "@_.+:\\/=-";

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let mut findings = Vec::new();
    if let Some(why) = identifier_problem(&definition.identifier) {
        let message = format!("the identifier of scorecard {} {why}", quoted(&definition.identifier));
        findings.push(target.about_all(Code::PortabilityIdentifier, message).help(IDENTIFIER_HELP));
    }
    if let Some(filter) = &definition.filter {
        check_query(target, filter, None, false, &mut findings);
    }
    for rule in &definition.rules {
        if let Some(why) = identifier_problem(&rule.identifier) {
            let message = format!("the identifier of rule {} {why}", quoted(&rule.identifier));
            findings.push(target.about(Code::PortabilityIdentifier, rule, message).help(IDENTIFIER_HELP));
        }
        check_query(target, &rule.query, Some(rule), false, &mut findings);
    }
    findings
}

const IDENTIFIER_HELP: &str = "use at most 100 characters: letters A to Z, digits and `@_.+:\\/=-`";

fn identifier_problem(identifier: &str) -> Option<String> {
    let length = identifier.chars().count();
    if length > LONGEST {
        return Some(format!("has {length} characters; Port accepts at most {LONGEST}"));
    }
    let odd = identifier.chars().find(|&c| !c.is_ascii_alphanumeric() && !SIGNS.contains(c))?;
    Some(format!("contains the character {}, which Port does not accept", quoted(&odd.to_string())))
}

fn check_query(
    target: &Target<'_>,
    query: &Query,
    rule: Option<&Rule>,
    nested: bool,
    findings: &mut Vec<Finding>,
) {
    let of = |finding: Finding| match rule {
        Some(rule) => finding.of(rule),
        None => finding,
    };
    if nested {
        let message = "the query contains a group, which Port does not support".to_owned();
        let help = "split the rule, or rewrite it as a flat list of conditions";
        findings.push(of(target.at(Code::PortabilityNestedGroup, &query.span, message).help(help)));
    }
    if query.as_rules {
        let key = crate::lint::target::find(target.node, &query.span);
        let key = key.and_then(|node| node.members().iter().rfind(|member| member.key == "rules"));
        let span = key.map_or(&query.span, |member| &member.key_span);
        let message = "Port expects `conditions` instead of `rules`".to_owned();
        findings.push(of(target
            .at(Code::PortabilityRulesKey, span, message)
            .help("rename the key to `conditions`")));
    }
    for member in &query.members {
        match member {
            Member::Group(group) => check_query(target, group, rule, true, findings),
            Member::Condition(condition) => findings.extend(preset(target, condition).map(of)),
        }
    }
}

fn preset(target: &Target<'_>, condition: &Condition) -> Option<Finding> {
    let Operand::Dates(DateRange::Preset(preset), _) = &condition.operand else { return None };
    if PRESETS.contains(&preset.name()) {
        return None;
    }
    let message = format!("Port has no preset {}", quoted(preset.name()));
    let help = format!("use one of {}, or `from` and `to`", list(PRESETS, 9));
    Some(target.at(Code::PortabilityPreset, &condition.span, message).help(help))
}
