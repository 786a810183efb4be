//! Names and blueprints that no entity has, and filters that match no entity.

use crate::diagnostic::{Code, list, quoted, suggest};
use crate::lint::analysis::Fate;
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::survey::Census;
use crate::scorecard::{Condition, Query, Rule, Subject};
use std::collections::BTreeSet;

pub(super) const LINTS: &[Code] = &[
    Code::UnknownProperty,
    Code::UnknownRelation,
    Code::BlueprintWithoutEntities,
    Code::FilterMatchesNothing,
];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(survey) = case.survey else {
        return Vec::new();
    };
    let Some(census) = case.census() else {
        return without_entities(case).into_iter().collect();
    };
    let definition = case.definition;
    let mut findings = Vec::new();
    let mut reported = BTreeSet::new();
    let filter = definition.filter.as_ref().map(|filter| (filter, None));
    let rules = definition.rules.iter().map(|rule| (&rule.query, Some(rule)));
    for (query, rule) in filter.into_iter().chain(rules) {
        findings.extend(unknown(case, census, query, rule, &mut reported));
    }
    let card = survey.tally.cards.get(case.index);
    let applies = card.is_none_or(|card| card.graded() > 0);
    let filter_known = !findings.iter().any(|finding| finding.rule.is_none());
    if let (Some(filter), Fate::Open, false, true) =
        (&definition.filter, case.analysis.filter_fate, applies, filter_known)
    {
        let message = format!(
            "the filter matches none of {} of {}",
            count(census.entities),
            quoted(&definition.blueprint)
        );
        let span = filter.conditions().first().map_or(&filter.span, |condition| &condition.span);
        findings.push(
            case.at(Code::FilterMatchesNothing, span, message)
                .help("compare its values with those of the entities"),
        );
    }
    findings
}

/// `1 entity`, `7 entities`.
pub(super) fn count(entities: u64) -> String {
    if entities == 1 { "1 entity".to_owned() } else { format!("{entities} entities") }
}

fn without_entities(case: &Case<'_>) -> Option<Finding> {
    let blueprint = &case.definition.blueprint;
    let before = case.definitions.iter().take(case.index);
    if before.into_iter().any(|other| other.blueprint == *blueprint) {
        return None;
    }
    let survey = case.survey?;
    let grading: Vec<&str> = case
        .definitions
        .iter()
        .filter(|other| other.blueprint == *blueprint)
        .map(|other| other.identifier.as_str())
        .collect();
    let verb = if grading.len() == 1 { "grades" } else { "grade" };
    let message = format!("no entity has blueprint {}, which {} {verb}", quoted(blueprint), list(grading, 5));
    let seen: Vec<&str> = survey.blueprints();
    let help = match seen.is_empty() {
        true => "the input has no entities".to_owned(),
        false => suggest("blueprint", blueprint, seen),
    };
    Some(case.about_all(Code::BlueprintWithoutEntities, message).help(help))
}

/// Findings for names that no entity has a value for, each once per rule.
fn unknown<'c>(
    case: &Case<'c>,
    census: &Census,
    query: &'c Query,
    rule: Option<&'c Rule>,
    reported: &mut BTreeSet<(Option<&'c str>, &'c Subject)>,
) -> Vec<Finding> {
    let fresh = query.conditions().into_iter().filter(|condition| {
        is_unknown(case, condition)
            && reported.insert((rule.map(|rule| rule.identifier.as_str()), &condition.subject))
    });
    fresh
        .map(|condition| {
            let finding = missing(case, census, condition);
            match rule {
                Some(rule) => finding.of(rule),
                None => finding,
            }
        })
        .collect()
}

/// Whether no entity has a value for the subject of a condition.
pub(super) fn is_unknown(case: &Case<'_>, condition: &Condition) -> bool {
    !matches!(condition.subject, Subject::Meta(_))
        && case.survey.is_some_and(|survey| survey.is_absent(&case.definition.blueprint, &condition.subject))
}

fn missing(case: &Case<'_>, census: &Census, condition: &Condition) -> Finding {
    let name = condition.subject.to_string();
    let (properties, relations) = (&census.properties, &census.relations);
    let ((code, what, plural, known), (other, others)) = match condition.subject {
        Subject::Relation(_) => {
            ((Code::UnknownRelation, "relation", "relations", relations), ("property", properties))
        }
        Subject::Property(_) | Subject::Meta(_) => {
            ((Code::UnknownProperty, "property", "properties", properties), ("relation", relations))
        }
    };
    let of = format!("{} of {}", count(census.entities), quoted(&case.definition.blueprint));
    if known.contains(&name) {
        let message = format!("{what} {} is null in each of {of}", quoted(&name));
        return case.at(code, &condition.span, message).help("check whether the export fills it in");
    }
    let message = format!("none of {of} has {what} {}", quoted(&name));
    let names = known.iter().map(String::as_str);
    let help = if others.contains(&name) {
        format!("it is a {other}: write `\"{other}\"` instead of `\"{what}\"`")
    } else if known.is_empty() {
        format!("the entities have no {plural}")
    } else {
        suggest(what, &name, names)
    };
    case.at(code, &condition.span, message).help(help)
}
