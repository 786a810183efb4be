//! What this program understands and Port itself may refuse or read differently.

use crate::diagnostic::{Code, Severity, list, quoted};
use crate::lint::case::Case;
use crate::lint::finding::{Finding, Lint};
use crate::scorecard::{Condition, Member, Operand, Query, Rule};
use crate::value::DateRange;

pub(super) const LINTS: &[Lint] = &[NESTED_GROUP, RULES_KEY, PRESET, IDENTIFIER];

const NESTED_GROUP: Lint = Lint {
    code: Code::PortabilityNestedGroup,
    severity: Severity::Warning,
    page: "A condition is itself a group with a combinator. Port's own rules hold a flat list of conditions under one \
           combinator. Split the rule into several of one level (they are joined by `and`), or rewrite it without \
           the group. Told only with `--portable`.",
};

const RULES_KEY: Lint = Lint {
    code: Code::PortabilityRulesKey,
    severity: Severity::Warning,
    page: "The conditions of a query stand under `rules`. In a scorecard Port reads them from `conditions`; `rules` \
           is how its search queries call them. Rename the key. Told only with `--portable`.",
};

const PRESET: Lint = Lint {
    code: Code::PortabilityPreset,
    severity: Severity::Warning,
    page: "The date preset is one of those that Port does not have. It knows today, tomorrow, yesterday, lastWeek, \
           last2Weeks, lastMonth, last3Months, last6Months and last12Months. Use one of them, or `from` and `to`. \
           Told only with `--portable`.",
};

const IDENTIFIER: Lint = Lint {
    code: Code::PortabilityIdentifier,
    severity: Severity::Warning,
    page: "The identifier of a scorecard or a rule is longer than 100 characters, or has one that Port does not \
           allow. Allowed are the letters A to Z and a to z, digits, and `@ _ . + : \\ / = -`. Told only with \
           `--portable`.",
};

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
        findings.push(case.about_all(&IDENTIFIER, message).help(IDENTIFIER_HELP));
    }
    if let Some(filter) = &definition.filter {
        of_query(case, filter, None, false, &mut findings);
    }
    for rule in &definition.rules {
        if let Some(why) = unfit(&rule.identifier) {
            let message = format!("the identifier of rule {} {why}", quoted(&rule.identifier));
            findings.push(case.about(&IDENTIFIER, rule, message).help(IDENTIFIER_HELP));
        }
        of_query(case, &rule.query, Some(rule), false, &mut findings);
    }
    findings
}

const IDENTIFIER_HELP: &str = "use letters A to Z, digits and `@_.+:\\/=-`, at most 100 of them";

fn unfit(identifier: &str) -> Option<String> {
    let length = identifier.chars().count();
    if length > LONGEST {
        return Some(format!("has {length} characters, more than {LONGEST}"));
    }
    let odd = identifier.chars().find(|&c| !c.is_ascii_alphanumeric() && !SIGNS.contains(c))?;
    Some(format!("has the character {}", quoted(&odd.to_string())))
}

fn of_query(case: &Case<'_>, query: &Query, rule: Option<&Rule>, nested: bool, findings: &mut Vec<Finding>) {
    let of = |finding: Finding| match rule {
        Some(rule) => finding.of(rule),
        None => finding,
    };
    if nested {
        let message = "a group inside a query".to_owned();
        let help = "Port takes a flat list: split the rule, or rewrite it without the group";
        findings.push(of(case.at(&NESTED_GROUP, &query.span, message).help(help)));
    }
    if query.as_rules {
        let key = case.node.and_then(|node| crate::lint::case::find(node, &query.span));
        let key = key.and_then(|node| node.members().iter().rfind(|member| member.key == "rules"));
        let span = key.map_or(&query.span, |member| &member.key_span);
        let message = "the conditions stand under `rules`".to_owned();
        findings.push(of(case.at(&RULES_KEY, span, message).help("write `conditions`")));
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
    let message = format!("preset {} is none of Port's", quoted(preset.name()));
    let help = format!("use one of {}, or `from` and `to`", list(PRESETS, 9));
    Some(case.at(&PRESET, &condition.span, message).help(help))
}
