//! Looks for a way to meet several propositions at once: alternatives are tried one after the other, and
//! a branch ends where no cell of a field is left. A search that grows too large finds "possible".

use super::proposition::Proposition;
use super::{Scope, Space};

/// Steps that one question may take.
const STEPS: u64 = 200_000;
/// Open alternatives, one inside the other.
const DEPTH: usize = 100;

/// Whether some entity may meet all of `propositions`.
pub(super) fn possible(space: &Space, propositions: &[&Proposition], scope: Scope) -> bool {
    let mut search = Search { space, scope, known: Vec::new(), steps: STEPS.min(space.budget.get()) };
    let before = search.steps;
    let found = search.branch(propositions.to_vec(), 0);
    space.budget.set(space.budget.get().saturating_sub(before - search.steps));
    found
}

struct Search<'s> {
    space: &'s Space,
    scope: Scope,
    /// What the branch says so far: field, number in the field, whether it holds.
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

    /// Adds a literal; `false` when the branch can not go on with it.
    fn admit(&mut self, atom: usize, holds: bool) -> bool {
        let Some(&(field, local)) = self.space.atoms.get(atom) else { return true };
        if self.known.contains(&(field, local, holds)) {
            return true;
        }
        if self.known.contains(&(field, local, !holds)) {
            return false;
        }
        self.known.push((field, local, holds));
        let Some(cells) = self.space.fields.get(field) else { return true };
        let literals: Vec<(usize, bool)> =
            self.known.iter().filter(|known| known.0 == field).map(|known| (known.1, known.2)).collect();
        let cost = self.known.len() as u64 + literals.len() as u64 * cells.size() as u64;
        match self.steps.checked_sub(cost) {
            Some(rest) => self.steps = rest,
            // too large to say anything
            None => {
                self.steps = 0;
                return true;
            }
        }
        cells.admits(&literals, self.scope)
    }
}
