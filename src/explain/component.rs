//! Splits a search into components: properties that no group of conditions connects are searched on their own.

use super::goal::Goal;
use super::parts::State;

/// Properties that must be searched together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Component {
    /// The indices of the variables that can change.
    pub(super) variables: Vec<usize>,
    /// The indices of the parts that fail, or that could fail when these variables change.
    pub(super) parts: Vec<usize>,
}

/// The components of a search, the smallest first. `forced` are the variables that must change.
///
/// A variable needs no change if its parts pass whatever happens to the others: then they pass with its current value,
/// too. So the search begins with the forced variables and the parts that fail, and lets all their conditions fail; the
/// parts that fall by that, and their variables, belong to the search as well.
pub(super) fn components(goal: &Goal<'_>, state: &State<'_>, forced: &[usize]) -> Vec<Component> {
    let mut worst = state.clone();
    let mut is_in_play = vec![false; goal.variables.len()];
    let mut queue: Vec<usize> = forced.to_vec();
    let failing: Vec<usize> = worst.unmet(0).iter().copied().collect();
    queue.extend(failing.iter().flat_map(|part| goal.parts.variables(*part)));
    while let Some(variable) = queue.pop() {
        if is_in_play.get(variable) != Some(&false) {
            continue;
        }
        if let Some(is_in_play) = is_in_play.get_mut(variable) {
            *is_in_play = true;
        }
        for &atom in &goal.variable(variable).optional {
            worst.set(atom, false, |part| queue.extend(goal.parts.variables(part)));
        }
    }
    let mut groups = Groups::new(goal.variables.len());
    for part in worst.unmet(0) {
        let variables = goal.parts.variables(*part);
        variables.iter().zip(variables.iter().skip(1)).for_each(|(one, other)| groups.join(*one, *other));
    }
    gather(goal, groups, &is_in_play, worst.unmet(0).iter().copied())
}

/// Collects the variables in play and the parts by group.
fn gather(
    goal: &Goal<'_>,
    mut groups: Groups,
    is_in_play: &[bool],
    parts: impl Iterator<Item = usize>,
) -> Vec<Component> {
    let mut found: Vec<Component> = Vec::new();
    found.resize_with(is_in_play.len(), Component::default);
    for (variable, _) in is_in_play.iter().enumerate().filter(|(_, is_in_play)| **is_in_play) {
        if let Some(component) = found.get_mut(groups.root(variable)) {
            component.variables.push(variable);
        }
    }
    for part in parts {
        let first = goal.parts.variables(part).first();
        if let Some(component) = first.and_then(|first| found.get_mut(groups.root(*first))) {
            component.parts.push(part);
        }
    }
    found.retain(|component| !component.variables.is_empty());
    found.sort_by_key(|component| component.variables.len() + component.parts.len());
    found
}

/// Disjoint groups of variables.
struct Groups {
    above: Vec<usize>,
}

#[expect(clippy::indexing_slicing, reason = "all indices are below the number of variables")]
impl Groups {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::Scorecards;
    use serde_json::{Value, json};

    /// The components for rules that require one of several properties, if the properties in `passing` pass.
    fn found(rules: &[&[&str]], passing: &[&str], forced: &[&str]) -> Vec<Vec<String>> {
        let rule = |(index, properties): (usize, &&[&str])| {
            let condition = |property: &&str| json!({"property": property, "operator": "=", "value": "x"});
            json!({"identifier": format!("r{index}"), "level": "Bronze", "query": {"combinator": "or",
                "conditions": properties.iter().map(condition).collect::<Vec<_>>()}})
        };
        let rules: Vec<Value> = rules.iter().enumerate().map(rule).collect();
        let scorecards =
            Scorecards::of_json(json!([{"identifier": "c", "blueprint": "service", "rules": rules}]));
        let goal = Goal::new(&scorecards, 0, 1);
        let name = |variable: usize| goal.variable(variable).subject.to_string();
        let passes: Vec<bool> =
            goal.atoms.iter().map(|atom| passing.contains(&name(atom.variable).as_str())).collect();
        let forced: Vec<usize> =
            (0..goal.variables.len()).filter(|one| forced.contains(&name(*one).as_str())).collect();
        let names = |component: &Component| component.variables.iter().map(|one| name(*one)).collect();
        components(&goal, &State::new(&goal.parts, &passes), &forced).iter().map(names).collect()
    }

    #[test]
    fn rules_without_a_common_property_are_apart() {
        assert_eq!(
            found(&[&["a", "b"], &["c", "d"], &["b", "e"]], &[], &[]),
            [vec!["c", "d"], vec!["a", "b", "e"]]
        );
    }

    #[test]
    fn a_rule_that_passes_does_not_connect_others_unless_a_change_could_make_it_fail() {
        let rules: [&[&str]; 3] = [&["a", "b"], &["c", "d"], &["b", "c", "z"]];
        assert_eq!(found(&rules, &["z"], &[]), [vec!["a", "b"], vec!["c", "d"]]);
        assert_eq!(found(&rules, &["z"], &["z"]), [vec!["a", "b", "c", "d", "z"]]);
    }

    #[test]
    fn a_property_that_need_not_change_is_left_out() {
        assert_eq!(found(&[&["a", "b"], &["c", "d"]], &["a"], &[]), [vec!["c", "d"]]);
        assert_eq!(found(&[&["a", "b"], &["c", "d"]], &["a", "c"], &[]), Vec::<Vec<String>>::new());
    }
}
