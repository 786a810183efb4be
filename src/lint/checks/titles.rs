//! Reports scorecards and rules without a title.

use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;

pub(super) const LINTS: &[Code] = &[Code::MissingTitle];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let help = "describe in a few words what the rule requires: `\"title\": \"…\"`";
    let own = (!definition.titled).then(|| {
        target
            .about_all(
                Code::MissingTitle,
                format!("scorecard {} has no title", quoted(&definition.identifier)),
            )
            .help("describe in a few words what the scorecard grades: `\"title\": \"…\"`")
    });
    let rules = definition.rules.iter().filter(|rule| !rule.titled).map(|rule| {
        let message = format!("rule {} has no title", quoted(&rule.identifier));
        target.about(Code::MissingTitle, rule, message).help(help)
    });
    own.into_iter().chain(rules).collect()
}
