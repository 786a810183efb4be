//! Propositions: conditions and negated conditions, joined by `and` and `or`.

use crate::scorecard::Combinator;

/// A statement about an entity that is true or false.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lint) enum Proposition {
    /// The test with this index holds (`true`) or does not hold (`false`).
    Literal(usize, bool),
    /// All of these are true.
    All(Vec<Proposition>),
    /// At least one of these is true.
    Any(Vec<Proposition>),
}

impl Proposition {
    /// Joins members by a combinator.
    pub(super) fn combined(combinator: Combinator, mut members: Vec<Self>) -> Self {
        match combinator {
            _ if members.len() == 1 => members.remove(0),
            Combinator::And => Self::All(members),
            Combinator::Or => Self::Any(members),
        }
    }

    /// The number of tests in it.
    pub(in crate::lint) fn size(&self) -> usize {
        match self {
            Self::Literal(..) => 1,
            Self::All(members) | Self::Any(members) => members.iter().map(Self::size).sum(),
        }
    }

    /// The negation.
    pub(super) fn negated(&self) -> Self {
        let negated = |members: &[Self]| members.iter().map(Self::negated).collect();
        match self {
            Self::Literal(atom, holds) => Self::Literal(*atom, !holds),
            Self::All(members) => Self::Any(negated(members)),
            Self::Any(members) => Self::All(negated(members)),
        }
    }
}
