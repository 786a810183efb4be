//! The advice for one entity: finds the changes, makes each as small as possible, and grades the entity with them.

use super::change::{Advice, Change, NoAdvice};
use super::choice::{Choices, Question};
use super::component::{Component, components};
use super::demand::needs;
use super::goal::Goal;
use super::parts::State;
use super::search::{Assignment, Failure, Marks, Search, Solution};
use super::steps::Steps;
use crate::entity::Entity;
use crate::grade::{Grader, Outcome};
use crate::scorecard::Condition;
use crate::value::Value;

/// The steps that the parts of a search may take. Together they take some tens of milliseconds at the most.
#[derive(Debug, Clone, Copy)]
struct Budget {
    /// To try values, for all properties together; and for each condition in addition.
    values: usize,
    values_of_condition: usize,
    /// To find the smallest set of changes.
    exact: usize,
    /// To find some set of changes; and for each group of conditions in addition.
    greedy: usize,
    greedy_of_group: usize,
    /// To make the changes smaller.
    smaller: usize,
}

const BUDGET: Budget = Budget {
    values: 4_000_000,
    values_of_condition: 64,
    exact: 2_000_000,
    greedy: 1_000_000,
    greedy_of_group: 64,
    smaller: 500_000,
};

/// The fewest changes that bring an entity to the level with index `target`, whose conditions are `goal`. `outcome` is the
/// current result of the entity.
pub(super) fn advise(
    goal: &Goal<'_>,
    grader: &mut Grader<'_>,
    entity: &Entity<'_>,
    outcome: &Outcome<'_>,
    target: usize,
) -> Advice {
    let base = goal.atoms.iter().map(|atom| outcome.passes(atom.bit)).collect();
    let ascent = Ascent { goal, entity, base, budget: BUDGET };
    let plan = match ascent.plan() {
        Ok(plan) => plan,
        Err(no_advice) => return Advice::Unknown(no_advice),
    };
    let mut changed = entity.to_owned();
    for (variable, value) in &plan.changes {
        changed.replace(goal.variable(*variable).slot, value.clone());
    }
    let changes = plan.changes.iter().zip(&plan.needs).map(|((variable, value), needs)| {
        let variable = goal.variable(*variable);
        let needs: Vec<&Condition> = needs.iter().map(|atom| goal.atom(*atom).condition).collect();
        Change::new(variable.subject, entity.value(variable.slot), value, &needs, goal.as_of)
    });
    Advice::Changes {
        changes: changes.collect(),
        reaches: reached(grader, &changed, outcome.index(), target),
        is_smallest: plan.is_smallest,
    }
}

/// The title of the level that the changed entity holds.
#[expect(
    clippy::expect_used,
    reason = "the search lets all conditions of the level pass, so grading must agree"
)]
fn reached(grader: &mut Grader<'_>, changed: &Entity<'_>, scorecard: usize, target: usize) -> String {
    let graded = grader.grade(changed);
    let outcome = graded.outcomes().find(|outcome| outcome.index() == scorecard);
    let level = outcome.filter(|outcome| outcome.standing().is_some_and(|standing| standing.level >= target));
    level.and_then(|outcome| outcome.level()).expect("the changes reach the level").title.clone()
}

/// The changes found.
struct Plan {
    /// The variables that change, in their order, and their new values.
    changes: Vec<(usize, Value<'static>)>,
    /// For each change, the atoms that its value must pass.
    needs: Vec<Vec<usize>>,
    /// Whether no smaller set of changes exists.
    is_smallest: bool,
}

/// The way of an entity to a level.
struct Ascent<'a> {
    goal: &'a Goal<'a>,
    entity: &'a Entity<'a>,
    /// Which atoms pass now.
    base: Vec<bool>,
    budget: Budget,
}

impl Ascent<'_> {
    fn plan(&self) -> Result<Plan, NoAdvice> {
        let goal = self.goal;
        let mut state = State::new(&goal.parts, &self.base);
        let is_forced = self.forced()?;
        if state.unmet(0).iter().any(|part| goal.parts.variables(*part).is_empty()) {
            return Err(NoAdvice::Fixed);
        }
        let forced: Vec<usize> = indices(&is_forced).collect();
        let components = components(goal, &state, &forced);
        // parts that pass whatever changes come last
        let mut component_of = vec![components.len(); goal.parts.count()];
        for (index, component) in components.iter().enumerate() {
            for &part in &component.parts {
                set(&mut component_of, part, index);
            }
        }
        state.set_components(&component_of, components.len() + 1);
        let is_searched = |part: usize| component_of.get(part).is_some_and(|of| *of < components.len());
        let choices = self.choices(&components, &is_forced, &state, &is_searched)?;
        let (assignments, is_smallest) = self.search(&components, &is_forced, &choices, &mut state)?;
        let needs = needs(goal, &choices, &assignments, &mut state);
        let value = |&(variable, choice): &Assignment| {
            let value = choices.get(variable).map(|choices| choices.choice(choice).value.clone());
            (variable, value.unwrap_or_default())
        };
        Ok(Plan { changes: assignments.iter().map(value).collect(), needs, is_smallest })
    }

    /// Whether each variable must change because it fails a required condition.
    fn forced(&self) -> Result<Vec<bool>, NoAdvice> {
        let fails = |atom: &usize| self.base.get(*atom) == Some(&false);
        let forced = self.goal.variables.iter().map(|variable| match variable.required.iter().any(fails) {
            true if variable.is_fixed => Err(NoAdvice::Fixed),
            is_forced => Ok(is_forced),
        });
        forced.collect()
    }

    /// The values to try for each variable: none for those that do not take part in the search.
    fn choices(
        &self,
        components: &[Component],
        is_forced: &[bool],
        state: &State<'_>,
        is_searched: &impl Fn(usize) -> bool,
    ) -> Result<Vec<Choices>, NoAdvice> {
        let goal = self.goal;
        let mut order: Vec<usize> =
            components.iter().flat_map(|component| component.variables.iter().copied()).collect();
        // a forced variable without a value ends the search
        order.sort_by_key(|variable| (is_forced.get(*variable) == Some(&false), *variable));
        let mut choices: Vec<Choices> = Vec::new();
        choices.resize_with(goal.variables.len(), Choices::default);
        for &index in &order {
            let variable = goal.variable(index);
            let is_forced = is_forced.get(index) == Some(&true);
            let atoms: Vec<usize> = variable
                .optional
                .iter()
                .copied()
                .filter(|atom| goal.parts.with(*atom).any(is_searched))
                .collect();
            let conditions = variable.required.len() + atoms.len();
            let Budget { values, values_of_condition, .. } = self.budget;
            let mut steps = Steps::new(values / order.len() + conditions * values_of_condition);
            let current = self.entity.value(variable.slot);
            let question = Question { variable: index, current, is_forced, atoms };
            let found = Choices::find(goal, question, state, &mut steps);
            if is_forced && found.list.is_empty() {
                return Err(if found.is_cut { NoAdvice::TooMany } else { NoAdvice::NotFound });
            }
            set(&mut choices, index, found);
        }
        Ok(choices)
    }

    /// Searches the components one by one. Afterwards, the state is that with the changes.
    fn search<'g>(
        &self,
        components: &[Component],
        is_forced: &[bool],
        choices: &[Choices],
        state: &mut State<'g>,
    ) -> Result<(Vec<Assignment>, bool), NoAdvice>
    where
        Self: 'g,
    {
        let goal = self.goal;
        let (mut assignments, mut is_smallest) = (Vec::new(), true);
        let Budget { exact, greedy, greedy_of_group, smaller, .. } = self.budget;
        let greedy = greedy + goal.parts.groups() * greedy_of_group;
        let [mut exact, mut greedy, mut smaller] = [exact, greedy, smaller].map(Steps::new);
        let mut changed = vec![false; goal.variables.len()];
        let mut marks = Marks::new(goal.variables.len());
        for (index, component) in components.iter().enumerate() {
            let forced = component.variables.iter().copied().filter(|one| is_forced.get(*one) == Some(&true));
            let mut search = Search {
                parts: &goal.parts,
                component,
                index,
                forced: forced.collect(),
                choices,
                base: &self.base,
                state,
                changed: &mut changed,
                used: &mut marks,
            };
            let left = components.len() - index;
            let mut share = [exact.share(left), greedy.share(left), smaller.share(left)];
            let [exact_share, greedy_share, smaller_share] = &mut share;
            let solution = search.run(exact_share, greedy_share).map_err(|failure| {
                let is_cut = |variable: &usize| choices.get(*variable).is_some_and(|choices| choices.is_cut);
                match failure {
                    Failure::Impossible if !component.variables.iter().any(is_cut) => NoAdvice::NotFound,
                    _ => NoAdvice::TooMany,
                }
            })?;
            let Solution { mut changes, is_smallest: is_proven } = solution;
            search.make_smaller(&mut changes, smaller_share);
            for (total, share) in [&mut exact, &mut greedy, &mut smaller].into_iter().zip(&share) {
                total.put_back(share);
            }
            is_smallest &= is_proven;
            assignments.append(&mut changes);
        }
        assignments.sort_unstable();
        Ok((assignments, is_smallest))
    }
}

fn indices(set: &[bool]) -> impl Iterator<Item = usize> {
    set.iter().enumerate().filter(|(_, is_in)| **is_in).map(|(index, _)| index)
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(place) = list.get_mut(index) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::Scorecards;
    use serde_json::{Value as Json, json};

    /// One rule for each pair: one of the two properties must be at least 1.
    fn pairs(pairs: &[(usize, usize)]) -> Scorecards {
        let condition =
            |number: &usize| json!({"property": format!("p{number}"), "operator": ">=", "value": 1});
        let rules: Vec<Json> = pairs
            .iter()
            .enumerate()
            .map(|(index, (one, other))| {
                json!({"identifier": format!("r{index}"), "level": "Bronze",
                    "query": {"combinator": "or", "conditions": [condition(one), condition(other)]}})
            })
            .collect();
        Scorecards::of_json(json!([{"identifier": "c", "blueprint": "service", "rules": rules}]))
    }

    /// The number of changes for an entity without properties, and whether that is proved to be the smallest number.
    fn found(scorecards: &Scorecards, budget: Budget) -> Result<(usize, bool), NoAdvice> {
        let entity = Entity::from_value(&json!({"identifier": "e"}), scorecards.wanted()).unwrap();
        let goal = Goal::new(scorecards, 0, 1);
        let base = vec![false; goal.atoms.len()];
        let plan = Ascent { goal: &goal, entity: &entity, base, budget }.plan()?;
        let mut changed = entity.to_owned();
        for (variable, value) in &plan.changes {
            changed.replace(goal.variable(*variable).slot, value.clone());
        }
        reached(&mut Grader::new(scorecards), &changed, 0, 1);
        Ok((plan.changes.len(), plan.is_smallest))
    }

    /// The pairs of neighbours on a grid of triangles: exponentially many sets of changes, and no bound proves early that
    /// one of them is the smallest.
    fn grid(size: usize) -> Vec<(usize, usize)> {
        let is_inner = |at: &usize| at % size + 1 < size;
        let below = (0..size * (size - 1)).map(|at| (at, at + size));
        let beside = (0..size * size).filter(is_inner).map(|at| (at, at + 1));
        let across = (0..size * (size - 1)).filter(is_inner).map(|at| (at, at + size + 1));
        below.chain(beside).chain(across).collect()
    }

    #[test]
    fn one_common_property_is_better_than_one_for_each_rule() {
        let star: Vec<(usize, usize)> = (1..40).map(|other| (other, 0)).collect();
        assert_eq!(found(&pairs(&star), BUDGET), Ok((1, true)));
    }

    #[test]
    fn properties_that_no_rule_connects_are_searched_on_their_own() {
        let apart: Vec<(usize, usize)> = (0..2_000).map(|rule| (rule * 2, rule * 2 + 1)).collect();
        assert_eq!(found(&pairs(&apart), Budget { exact: 200_000, ..BUDGET }), Ok((2_000, true)));
    }

    #[test]
    fn a_search_that_runs_out_of_steps_finds_a_set_that_may_not_be_the_smallest() {
        let covers =
            |set: &u32| grid(4).iter().all(|(one, other)| set >> one & 1 == 1 || set >> other & 1 == 1);
        let smallest = (0..1_u32 << 16).filter(covers).map(u32::count_ones).min().unwrap();
        assert_eq!(found(&pairs(&grid(4)), BUDGET), Ok((smallest as usize, true)));
        let (changes, is_smallest) = found(&pairs(&grid(20)), BUDGET).unwrap();
        // a third of the corners of triangles can be left out
        assert!(!is_smallest && (260..=300).contains(&changes), "{changes}");
    }

    #[test]
    fn a_search_without_any_steps_finds_nothing() {
        let none = Budget { values_of_condition: 0, values: 0, ..BUDGET };
        assert_eq!(found(&pairs(&grid(4)), none), Err(NoAdvice::TooMany));
        let none = Budget { exact: 0, greedy: 0, greedy_of_group: 0, ..BUDGET };
        assert_eq!(found(&pairs(&grid(4)), none), Err(NoAdvice::TooMany));
    }
}
