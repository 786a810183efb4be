//! Reports equivalent rules of one scorecard. Usually one is a copy of the other that was never edited.
//!
//! Two rules are equivalent if the same entities pass them, even if they are written differently.

use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::{Rule, Subject};

pub(super) const LINTS: &[Code] = &[Code::DuplicateQuery];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    (0..target.definition.rules.len())
        .filter_map(|index| Some((target.definition.rules.get(index)?, original(target, index)?)))
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

/// The first earlier rule that is equivalent to the rule with this index.
pub(super) fn original<'c>(target: &Target<'c>, index: usize) -> Option<&'c Rule> {
    let (rules, analysis) = (&target.definition.rules, &target.analysis);
    let (rule, proposition) = (rules.get(index)?, analysis.rules.get(index)?);
    if !analysis.is_undecided(index) {
        return None;
    }
    let subjects = subjects(rule);
    rules.iter().zip(&analysis.rules).take(index).enumerate().find_map(
        |(earlier, (other, other_proposition))| {
            let same = analysis.is_undecided(earlier)
                && self::subjects(other) == subjects
                && analysis.implies(&[proposition], other_proposition)
                && analysis.implies(&[other_proposition], proposition);
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
