//! Searches for an entity that satisfies several propositions: alternatives are tried one after the other, and a
//! branch ends where a field has no region left. A search that grows too large finds "possible".

use super::atom::Scope;
use super::proposition::Proposition;
use super::space::Space;

/// The steps that one search may take.
const STEPS: u64 = 200_000;
/// The most alternatives that are open at a time, one inside the other.
const DEPTH: usize = 100;

impl Space {
    /// Whether no entity satisfies all of `propositions`, and for which entities this is so.
    pub(in crate::lint) fn excludes(&self, propositions: &[&Proposition]) -> Option<Scope> {
        [Scope::Every, Scope::WithoutArrays].into_iter().find(|&scope| !possible(self, propositions, scope))
    }

    /// Whether every entity that satisfies all of `premises` satisfies `conclusion`.
    pub(in crate::lint) fn implies(&self, premises: &[&Proposition], conclusion: &Proposition) -> bool {
        let denial = conclusion.denied();
        let mut all = premises.to_vec();
        all.push(&denial);
        !possible(self, &all, Scope::Every)
    }
}

/// Whether some entity may satisfy all of `propositions`.
fn possible(space: &Space, propositions: &[&Proposition], scope: Scope) -> bool {
    let mut search = Search { space, scope, known: Vec::new(), steps: STEPS.min(space.budget.get()) };
    let before = search.steps;
    let found = search.branch(propositions.to_vec(), 0);
    space.budget.set(space.budget.get().saturating_sub(before - search.steps));
    found
}

struct Search<'s> {
    space: &'s Space,
    scope: Scope,
    /// The literals of the branch so far: field, number in the field, whether it holds.
    known: Vec<(usize, usize, bool)>,
    steps: u64,
}

impl<'s> Search<'s> {
    fn branch(&mut self, mut pending: Vec<&'s Proposition>, depth: usize) -> bool {
        self.steps = self.steps.saturating_sub(pending.len() as u64);
        if depth > DEPTH || self.steps == 0 {
            return true;
        }
        let mark = self.known.len();
        let mut choices: Vec<&Proposition> = Vec::new();
        while let Some(proposition) = pending.pop() {
            match proposition {
                Proposition::Literal(atom, holds) => {
                    if !self.admit(*atom, *holds) {
                        self.known.truncate(mark);
                        return false;
                    }
                }
                Proposition::All(members) => pending.extend(members),
                Proposition::Any(_) => choices.push(proposition),
            }
        }
        let found = match choices.pop() {
            Some(Proposition::Any(members)) => members.iter().any(|member| {
                let mut next = choices.clone();
                next.push(member);
                self.branch(next, depth + 1)
            }),
            _ => true,
        };
        self.known.truncate(mark);
        found
    }

    /// Adds a literal; `false` when it contradicts the branch.
    fn admit(&mut self, atom: usize, holds: bool) -> bool {
        #[expect(clippy::indexing_slicing, reason = "the builder of the space numbered its tests and fields")]
        let ((field, local), regions) = {
            let place = self.space.atoms[atom];
            (place, &self.space.fields[place.0])
        };
        if self.known.contains(&(field, local, holds)) {
            return true;
        }
        if self.known.contains(&(field, local, !holds)) {
            return false;
        }
        self.known.push((field, local, holds));
        let literals: Vec<(usize, bool)> =
            self.known.iter().filter(|known| known.0 == field).map(|known| (known.1, known.2)).collect();
        let cost = self.known.len() as u64 + literals.len() as u64 * regions.size() as u64;
        match self.steps.checked_sub(cost) {
            Some(rest) => self.steps = rest,
            // too large to say anything
            None => {
                self.steps = 0;
                return true;
            }
        }
        regions.admits(&literals, self.scope)
    }
}
