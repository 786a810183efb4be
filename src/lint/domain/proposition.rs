//! Propositions: conditions and their denials under `and` and `or`.

use crate::scorecard::Combinator;

/// A statement about an entity.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lint) enum Proposition {
    /// The numbered condition holds, or does not.
    Literal(usize, bool),
    /// All of these.
    All(Vec<Proposition>),
    /// At least one of these.
    Any(Vec<Proposition>),
}

impl Proposition {
    /// Several members under a combinator.
    pub(super) fn combined(combinator: Combinator, mut members: Vec<Self>) -> Self {
        match combinator {
            _ if members.len() == 1 => members.remove(0),
            Combinator::And => Self::All(members),
            Combinator::Or => Self::Any(members),
        }
    }

    /// The opposite.
    pub(super) fn denied(&self) -> Self {
        let denied = |members: &[Self]| members.iter().map(Self::denied).collect();
        match self {
            Self::Literal(atom, holds) => Self::Literal(*atom, !holds),
            Self::All(members) => Self::Any(denied(members)),
            Self::Any(members) => Self::All(denied(members)),
        }
    }
}
