//! Scorecards and rules that have only an identifier to be shown by.

use crate::diagnostic::{Code, Severity, quoted};
use crate::lint::case::Case;
use crate::lint::finding::{Finding, Lint};

pub(super) const LINTS: &[Lint] = &[MISSING_TITLE];

const MISSING_TITLE: Lint = Lint {
    code: Code::MissingTitle,
    severity: Severity::Note,
    page: "A scorecard or a rule has no title, or an empty one. The identifier stands in for it in every report, where \
           people read it who did not write it. Say in a few words what the scorecard grades, or what the rule asks \
           for.",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let definition = case.definition;
    let help = "say in a few words what it asks for: `\"title\": \"…\"`";
    let own = (!definition.titled).then(|| {
        case.about_all(&MISSING_TITLE, format!("scorecard {} has no title", quoted(&definition.identifier)))
            .help("say in a few words what it grades: `\"title\": \"…\"`")
    });
    let rules = definition.rules.iter().filter(|rule| !rule.titled).map(|rule| {
        let message = format!("rule {} has no title", quoted(&rule.identifier));
        case.about(&MISSING_TITLE, rule, message).help(help)
    });
    own.into_iter().chain(rules).collect()
}
