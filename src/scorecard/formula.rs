//! Compiled queries, in which conditions are numbers.

use super::bits::Bits;

/// A compiled query with the structure of its definition. A condition is represented by its number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Formula {
    Condition(usize),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    /// Whether the query passes, given the set of conditions that pass.
    pub(crate) fn holds(&self, passed: &Bits) -> bool {
        match self {
            Self::Condition(bit) => passed.get(*bit),
            Self::All(members) => members.iter().all(|member| member.holds(passed)),
            Self::Any(members) => members.iter().any(|member| member.holds(passed)),
        }
    }

    /// Whether the query fails because of missing data: an `and` if one of its failing members does, an `or` if all of
    /// its members do. `lacking` is the set of conditions that fail because of missing data.
    pub(crate) fn lacks_data(&self, passed: &Bits, lacking: &Bits) -> bool {
        match self {
            Self::Condition(bit) => !passed.get(*bit) && lacking.get(*bit),
            Self::All(members) => members.iter().any(|member| member.lacks_data(passed, lacking)),
            Self::Any(members) => members.iter().all(|member| member.lacks_data(passed, lacking)),
        }
    }

    /// The same formula with the number of each condition replaced by `numbers[number]`.
    pub(super) fn renumbered(&self, numbers: &[usize]) -> Self {
        let all = |members: &[Self]| members.iter().map(|member| member.renumbered(numbers)).collect();
        match self {
            #[expect(clippy::expect_used, reason = "the compiler gives each condition a number")]
            Self::Condition(bit) => {
                Self::Condition(*numbers.get(*bit).expect("every condition has a number"))
            }
            Self::All(members) => Self::All(all(members)),
            Self::Any(members) => Self::Any(all(members)),
        }
    }

    /// The conditions of a query that requires all of them. `None` if it contains an `or` of several members.
    pub(super) fn conjunction(&self) -> Option<Vec<usize>> {
        match self {
            Self::Condition(bit) => Some(vec![*bit]),
            Self::Any(members) if members.len() != 1 => None,
            Self::All(members) | Self::Any(members) => {
                let conditions: Option<Vec<Vec<usize>>> = members.iter().map(Self::conjunction).collect();
                Some(conditions?.concat())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_or_of_one_member_is_a_conjunction_and_an_empty_one_is_not() {
        let any = |members| Formula::Any(members);
        assert_eq!(any(vec![Formula::Condition(3)]).conjunction(), Some(vec![3]));
        assert_eq!(any(vec![Formula::Condition(3), Formula::Condition(4)]).conjunction(), None);
        assert_eq!(any(Vec::new()).conjunction(), None);
        let nested = Formula::All(vec![Formula::Condition(1), any(vec![Formula::All(vec![])])]);
        assert_eq!(nested.conjunction(), Some(vec![1]));
    }
}
