//! Reports names and blueprints that no entity has, and filters that match no entity.

use crate::diagnostic::{Code, list, quoted, suggest};
use crate::lint::analysis::Satisfiability;
use crate::lint::finding::Finding;
use crate::lint::survey::{BlueprintCounts, Survey};
use crate::lint::target::Target;
use crate::lint::unknown_field::{IN_SCOPE, UnknownField, all_of};
use crate::scorecard::{Condition, Query, Rule, Subject};
use crate::terminal::counted;
use std::collections::BTreeSet;

pub(super) const LINTS: &[Code] = &[
    Code::UnknownProperty,
    Code::UnknownRelation,
    Code::BlueprintWithoutEntities,
    Code::FilterMatchesNothing,
];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let Some(survey) = target.survey else {
        return Vec::new();
    };
    let Some(counts) = target.counts() else {
        return without_entities(target).into_iter().collect();
    };
    let definition = target.definition;
    let mut findings = Vec::new();
    let mut reported = BTreeSet::new();
    let filter = definition.filter.as_ref().map(|filter| (filter, None));
    let rules = definition.rules.iter().map(|rule| (&rule.query, Some(rule)));
    for (query, rule) in filter.into_iter().chain(rules) {
        findings.extend(unknown(target, counts, query, rule, &mut reported));
    }
    let card = survey.tally.cards.get(target.index);
    let has_graded = card.is_none_or(|card| card.graded() > 0);
    let is_explained = findings.iter().any(|finding| finding.rule.is_none());
    if let (Some(filter), Satisfiability::Sometimes, false, false) =
        (&definition.filter, target.analysis.filter_satisfiability, has_graded, is_explained)
    {
        let message = format!(
            "the filter excludes {}",
            all_of(counts.entities, &definition.blueprint, survey.is_partial())
        );
        let span = filter.conditions().first().map_or(&filter.span, |condition| &condition.span);
        findings.push(
            target
                .at(Code::FilterMatchesNothing, span, message)
                .help("compare the values in the filter with the values that entities have"),
        );
    }
    findings
}

/// `1 entity`, `7 entities`.
pub(super) fn count(entities: u64) -> String {
    counted(entities, "entity", "entities")
}

fn without_entities(target: &Target<'_>) -> Option<Finding> {
    let blueprint = &target.definition.blueprint;
    let before = target.definitions.iter().take(target.index);
    if before.into_iter().any(|other| other.blueprint == *blueprint) {
        return None;
    }
    let survey = target.survey?;
    let grading: Vec<&str> = target
        .definitions
        .iter()
        .filter(|other| other.blueprint == *blueprint)
        .map(|other| other.identifier.as_str())
        .collect();
    let verb = if grading.len() == 1 { "grades" } else { "grade" };
    let scope = if survey.is_partial() { IN_SCOPE } else { "" };
    let message =
        format!("no entity{scope} has blueprint {}, which {} {verb}", quoted(blueprint), list(grading, 5));
    let seen: Vec<&str> = survey.blueprints();
    let help = match (seen.is_empty(), survey.is_partial()) {
        (true, true) => "no entity is in scope".to_owned(),
        (true, false) => "the input has no entities".to_owned(),
        (false, _) => suggest(&format!("blueprint{scope}"), blueprint, seen),
    };
    Some(target.about_all(Code::BlueprintWithoutEntities, message).help(help))
}

/// Reports the properties and relations that no entity has a value for, each once per rule.
fn unknown<'c>(
    target: &Target<'c>,
    counts: &BlueprintCounts,
    query: &'c Query,
    rule: Option<&'c Rule>,
    reported: &mut BTreeSet<(Option<&'c str>, &'c Subject)>,
) -> Vec<Finding> {
    let unknown = query.conditions().into_iter().filter(|condition| {
        is_unknown(target, condition)
            && reported.insert((rule.map(|rule| rule.identifier.as_str()), &condition.subject))
    });
    unknown
        .map(|condition| {
            let finding = missing(target, counts, condition);
            match rule {
                Some(rule) => finding.of(rule),
                None => finding,
            }
        })
        .collect()
}

/// Whether no entity has a value for the property or relation of a condition.
pub(super) fn is_unknown(target: &Target<'_>, condition: &Condition) -> bool {
    !matches!(condition.subject, Subject::Meta(_))
        && target
            .survey
            .is_some_and(|survey| survey.is_absent(&target.definition.blueprint, &condition.subject))
}

fn missing(target: &Target<'_>, counts: &BlueprintCounts, condition: &Condition) -> Finding {
    let unknown = UnknownField {
        subject: &condition.subject,
        names: &counts.names,
        blueprint: &target.definition.blueprint,
        entities: counts.entities,
        is_partial: target.survey.is_some_and(Survey::is_partial),
    };
    let help = unknown.help(|name, known| target.shared.takes_suggestion(name, known));
    target.at(unknown.code(), &condition.span, unknown.message()).help(help)
}
