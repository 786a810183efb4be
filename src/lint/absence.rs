//! Finds the level that an entity without certain data can reach.

use super::domain::Budget;
use crate::scorecard::{Combinator, Condition, Definition, Member, Query, Subject, holds, passes_on};
use crate::value::Value;
use std::collections::HashMap;

/// The conditions of a scorecard that fail for a missing value, by subject.
pub(super) struct Absence<'c> {
    /// For each subject, the lowest level that requires a condition which fails for a missing value. The filter counts
    /// as level 0.
    required: HashMap<&'c Subject, usize>,
    /// Groups with alternatives, each with its level, by the subjects of their conditions.
    groups: HashMap<&'c Subject, Vec<(usize, &'c Query)>>,
}

impl<'c> Absence<'c> {
    pub(super) fn new(definition: &'c Definition) -> Self {
        let mut absence = Self { required: HashMap::new(), groups: HashMap::new() };
        if let Some(filter) = &definition.filter {
            absence.add(0, filter);
        }
        definition.rules.iter().for_each(|rule| absence.add(rule.level, &rule.query));
        absence
    }

    fn add(&mut self, level: usize, query: &'c Query) {
        if query.combinator == Combinator::Or && query.members.len() > 1 {
            let mut subjects: Vec<&Subject> =
                query.conditions().iter().map(|condition| &condition.subject).collect();
            subjects.sort_unstable();
            subjects.dedup();
            for subject in subjects {
                self.groups.entry(subject).or_default().push((level, query));
            }
            return;
        }
        for member in &query.members {
            match member {
                Member::Group(group) => self.add(level, group),
                Member::Condition(condition) if passes_on(condition, &Value::Missing) => {}
                Member::Condition(condition) => {
                    let known = self.required.entry(&condition.subject).or_insert(level);
                    *known = level.min(*known);
                }
            }
        }
    }

    /// Whether an entity without values for `missing` passes the filter and all rules up to `level`, if it passes every
    /// condition on other subjects. Also `false` if there are no steps left to find out.
    pub(super) fn allows(&self, missing: &[&Subject], level: usize, budget: &Budget) -> bool {
        if missing.iter().any(|subject| self.required.get(subject).is_some_and(|required| *required <= level))
        {
            return false;
        }
        let absent = |condition: &Condition| {
            !missing.contains(&&condition.subject) || passes_on(condition, &Value::Missing)
        };
        let groups = missing.iter().filter_map(|subject| self.groups.get(subject)).flatten();
        groups
            .filter(|(at, _)| *at <= level)
            .all(|(_, group)| budget.take(1 + 8 * group.conditions().len() as u64) && holds(group, &absent))
    }
}
