//! Reports equivalent rules of one scorecard. Usually one is a copy of the other that was never edited.
//!
//! Two rules are equivalent if the same entities pass them, even if they are written differently.

use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;

pub(super) const LINTS: &[Code] = &[Code::DuplicateQuery];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let rules = &target.definition.rules;
    rules
        .iter()
        .zip(target.originals())
        .filter_map(|(rule, original)| Some((rule, rules.get((*original)?)?)))
        .map(|(rule, original)| {
            let message = format!(
                "rule {} has the same effect as rule {}",
                quoted(&rule.identifier),
                quoted(&original.identifier)
            );
            let note = (rule.level != original.level).then(|| {
                let (of, by) = (
                    target.definition.level_title(original.level),
                    target.definition.level_title(rule.level),
                );
                format!(
                    "rule {} is for level {}, this one for level {}",
                    quoted(&original.identifier),
                    quoted(of),
                    quoted(by)
                )
            });
            target
                .about_condition(Code::DuplicateQuery, rule, message)
                .note_if(note)
                .help("the rule may be a copy that was never edited; change its condition, or remove it")
                .of(rule)
        })
        .collect()
}
