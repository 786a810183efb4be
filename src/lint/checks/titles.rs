//! Scorecards and rules without a title.

use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;

pub(super) const LINTS: &[Code] = &[Code::MissingTitle];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let definition = case.definition;
    let help = "add a title that says what the rule asks for: `\"title\": \"…\"`";
    let own = (!definition.titled).then(|| {
        case.about_all(
            Code::MissingTitle,
            format!("scorecard {} has no title", quoted(&definition.identifier)),
        )
        .help("add a title that says what the scorecard grades: `\"title\": \"…\"`")
    });
    let rules = definition.rules.iter().filter(|rule| !rule.titled).map(|rule| {
        let message = format!("rule {} has no title", quoted(&rule.identifier));
        case.about(Code::MissingTitle, rule, message).help(help)
    });
    own.into_iter().chain(rules).collect()
}
