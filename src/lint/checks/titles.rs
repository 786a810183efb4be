//! Scorecards and rules without a title.

use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;

pub(super) const LINTS: &[Code] = &[Code::MissingTitle];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let definition = case.definition;
    let help = "describe in a few words what it requires: `\"title\": \"…\"`";
    let own = (!definition.titled).then(|| {
        case.about_all(
            Code::MissingTitle,
            format!("scorecard {} has no title", quoted(&definition.identifier)),
        )
        .help("describe in a few words what it grades: `\"title\": \"…\"`")
    });
    let rules = definition.rules.iter().filter(|rule| !rule.titled).map(|rule| {
        let message = format!("rule {} has no title", quoted(&rule.identifier));
        case.about(Code::MissingTitle, rule, message).help(help)
    });
    own.into_iter().chain(rules).collect()
}
