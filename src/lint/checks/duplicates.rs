//! Equivalent rules of one scorecard: usually one is a copy that was never edited.
//!
//! Two rules are equivalent when the same entities pass them, however they are written.

use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::scorecard::{Rule, Subject};

pub(super) const LINTS: &[Code] = &[Code::DuplicateQuery];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    (0..case.definition.rules.len())
        .filter_map(|index| Some((case.definition.rules.get(index)?, original(case, index)?)))
        .map(|(rule, original)| {
            let message = format!(
                "rule {} has the same effect as rule {}",
                quoted(&rule.identifier),
                quoted(&original.identifier)
            );
            let note = (rule.level != original.level).then(|| {
                let (of, by) =
                    (case.definition.level_title(original.level), case.definition.level_title(rule.level));
                format!(
                    "rule {} is for level {}, this one for level {}",
                    quoted(&original.identifier),
                    quoted(of),
                    quoted(by)
                )
            });
            case.about_condition(Code::DuplicateQuery, rule, message)
                .note_if(note)
                .help("change its condition, or remove it; it may be a copy that was never edited")
                .of(rule)
        })
        .collect()
}

/// The first earlier rule that is equivalent.
pub(super) fn original<'c>(case: &Case<'c>, index: usize) -> Option<&'c Rule> {
    let (rules, facts) = (&case.definition.rules, &case.analysis);
    let (rule, proposition) = (rules.get(index)?, facts.rules.get(index)?);
    if !facts.is_open(index) {
        return None;
    }
    let subjects = subjects(rule);
    rules.iter().zip(&facts.rules).take(index).enumerate().find_map(
        |(earlier, (other, other_proposition))| {
            let same = facts.is_open(earlier)
                && self::subjects(other) == subjects
                && facts.implies(&[proposition], other_proposition)
                && facts.implies(&[other_proposition], proposition);
            same.then_some(other)
        },
    )
}

fn subjects(rule: &Rule) -> Vec<&Subject> {
    let mut subjects: Vec<&Subject> =
        rule.query.conditions().iter().map(|condition| &condition.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects
}
