//! Reports definitions that this program accepts, but that Port may reject or interpret differently.

use crate::diagnostic::{Code, list, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::{Target, find};
use crate::scorecard::{Condition, Member, Operand, Operator, Query, Rule};
use crate::value::{DateRange, Instant, Scalar};

pub(super) const LINTS: &[Code] = &[
    Code::PortabilityNestedGroup,
    Code::PortabilityRulesKey,
    Code::PortabilityPreset,
    Code::PortabilityIdentifier,
    Code::PortabilityOperator,
    Code::PortabilityArray,
    Code::PortabilityDate,
    Code::PortabilityColor,
];

/// The presets that Port's scorecard API takes. Its search takes more.
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
    findings.extend(levels_without_color(target));
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
        let key = find(target.node, &query.span);
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
            Member::Condition(condition) => {
                findings.extend(check_condition(target, condition).into_iter().map(of));
            }
        }
    }
}

fn check_condition(target: &Target<'_>, condition: &Condition) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        [operator(target, condition), preset(target, condition), array(target, condition)]
            .into_iter()
            .flatten()
            .collect();
    findings.extend(days(target, condition));
    findings
}

fn operator(target: &Target<'_>, condition: &Condition) -> Option<Finding> {
    if condition.operator != Operator::NotIn {
        return None;
    }
    let message = "operator `notIn` is not taken by Port's scorecard API".to_owned();
    let help = "use a `!=` for each value, and join them by `and`";
    Some(target.at(Code::PortabilityOperator, &condition.span, message).help(help))
}

fn preset(target: &Target<'_>, condition: &Condition) -> Option<Finding> {
    let Operand::Dates(DateRange::Preset(preset), _) = &condition.operand else { return None };
    if PRESETS.contains(&preset.name()) {
        return None;
    }
    let message = format!("preset {} is not taken by Port's scorecard API", quoted(preset.name()));
    let help = format!("use one of {}, or `from` and `to`", list(PRESETS, 9));
    Some(target.about_value(Code::PortabilityPreset, condition, message).help(help))
}

fn array(target: &Target<'_>, condition: &Condition) -> Option<Finding> {
    let Operand::List(items) = &condition.operand else { return None };
    let what = items.iter().find_map(|item| match item {
        Scalar::Text(_) => None,
        Scalar::Number(_) => Some("a number"),
        Scalar::Bool(_) => Some("a boolean"),
    })?;
    let message = format!("the array contains {what}; Port's scorecard API takes only strings in arrays");
    let help = "use a condition for each value";
    Some(target.about_value(Code::PortabilityArray, condition, message).help(help))
}

/// The ends of a range that are days.
fn days(target: &Target<'_>, condition: &Condition) -> Vec<Finding> {
    if !matches!(condition.operand, Operand::Dates(DateRange::Ends { .. }, _)) {
        return Vec::new();
    }
    let range = find(target.node, &condition.span).and_then(|condition| condition.get("value"));
    let ends = [("from", "T00:00:00Z"), ("to", "T23:59:59.999Z")];
    let days = ends.into_iter().filter_map(|(key, time)| {
        let end = range?.get(key)?;
        let day = end.as_text().filter(|text| Instant::parse_day(text).is_some())?;
        let message = format!(
            "`{key}` is a day, {}; Port's scorecard API takes only date-times in ranges",
            quoted(day)
        );
        let finding = target.at(Code::PortabilityDate, &end.span, message);
        Some(finding.help(format!("write {}", quoted(&format!("{day}{time}")))))
    });
    days.collect()
}

/// The levels without a colour. The default levels have colours.
fn levels_without_color(target: &Target<'_>) -> impl Iterator<Item = Finding> {
    let levels = target.definition.levels.iter().filter(|level| level.color.is_none());
    levels.filter_map(|level| {
        let message = format!(
            "level {} has no colour; Port's scorecard API needs one for each level",
            quoted(&level.title)
        );
        let finding = target.at(Code::PortabilityColor, level.span.as_ref()?, message);
        Some(finding.help("add a colour, such as `\"color\": \"paleBlue\"`"))
    })
}
