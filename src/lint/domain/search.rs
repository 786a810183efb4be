//! Searches for an entity that satisfies several propositions at once.
//!
//! The alternatives of an `or` are tried one after the other. A branch ends when the tests chosen so far leave a field
//! without a possible value. A search that takes too many steps returns "possible".

use super::atom::Scope;
use super::proposition::Proposition;
use super::space::Space;

/// The maximum number of steps of one search.
const STEPS: u64 = 200_000;
/// The maximum number of nested alternatives.
const DEPTH: usize = 100;

impl Space {
    /// The entities that cannot satisfy all of `propositions`. `None` if some entity may satisfy them.
    pub(in crate::lint) fn excludes(&self, propositions: &[&Proposition]) -> Option<Scope> {
        [Scope::Every, Scope::WithoutArrays].into_iter().find(|&scope| !possible(self, propositions, scope))
    }

    /// Whether each entity that satisfies all of `premises` also satisfies `conclusion`.
    pub(in crate::lint) fn implies(&self, premises: &[&Proposition], conclusion: &Proposition) -> bool {
        let negation = conclusion.negated();
        let mut all = premises.to_vec();
        all.push(&negation);
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

/// One search: a depth-first walk over the alternatives.
struct Search<'s> {
    space: &'s Space,
    scope: Scope,
    /// The tests chosen in this branch: the field, the index of the test in the field, whether it must hold.
    known: Vec<(usize, usize, bool)>,
    steps: u64,
}

impl<'s> Search<'s> {
    /// Whether some entity may satisfy the tests chosen so far and all `pending` propositions.
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

    /// Adds a test to the branch. Returns `false` if no value can satisfy it together with the others.
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
            // out of steps: nothing can be proved
            None => {
                self.steps = 0;
                return true;
            }
        }
        regions.admits(&literals, self.scope)
    }
}
