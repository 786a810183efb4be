//! The shape of a rule whose conditions are about different properties, joined by one combinator. Most rules have one.
//!
//! Two rules with shapes have the same effect exactly if their shapes are equal, and whether one implies the other is
//! decided property by property. So thousands of rules can be sorted and searched instead of compared in pairs. This
//! holds because each part, on its own, some values pass and others fail, and because the filter does not restrict the
//! properties.

use super::domain::{Atom, Field, Key, Premises, Proposition, Space};
use crate::scorecard::{Order, Test};
use crate::value::Instant;
use std::collections::BTreeSet;

/// Conditions about different fields, joined by one combinator.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Whether one of at least two parts is enough. Otherwise all parts are required.
    pub(super) is_alternative: bool,
    /// At most one for each field, sorted by field.
    pub(super) parts: Vec<Part>,
}

/// The conditions of a rule about one field.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) field: usize,
    pub(super) kind: Kind,
    /// Whether values of the kind pass. Otherwise all others pass.
    pub(super) holds: bool,
    /// The same as a proposition.
    proposition: Proposition,
}

/// A kind of values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Numbers from the first to the second, both included, and arrays with an element that is large enough and one that
    /// is small enough.
    Range(f64, f64),
    /// Values that are equal to one of these, or have it as an element.
    Values(BTreeSet<Key>),
    /// Values that pass another test.
    Other(Form),
}

/// The other tests.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Begins(String),
    Ends(String),
    Contains(BTreeSet<String>),
    SameSet(BTreeSet<Key>),
    /// Whether the dates are relative to the time of evaluation, and the dates.
    Between(bool, Instant, Instant),
    Compared(Order, Instant),
    Empty,
}

impl Shape {
    /// The shape of a rule; `None` if it has no shape, or if `context` restricts one of its fields.
    pub(super) fn of(space: &Space, rule: &Proposition, context: &Premises<'_>) -> Option<Self> {
        let one = std::slice::from_ref(rule);
        let (members, is_alternative) = match rule {
            Proposition::Literal(..) => (one, false),
            Proposition::All(members) => (members.as_slice(), false),
            Proposition::Any(members) => (members.as_slice(), true),
        };
        let mut parts: Vec<Part> =
            members.iter().map(|member| Part::of(space, member, context)).collect::<Option<_>>()?;
        parts.sort_by_key(|part| part.field);
        let mut merged: Vec<Part> = Vec::new();
        for part in parts {
            match merged.last_mut().filter(|last| last.field == part.field) {
                Some(last) => last.join(part, is_alternative)?,
                None => merged.push(part),
            }
        }
        Some(Self { is_alternative: is_alternative && merged.len() > 1, parts: merged })
    }

    /// The shape as text. Equal shapes have the same name.
    pub(super) fn name(&self) -> String {
        let parts = self.parts.iter().map(|part| format!(" {} {} {:?}", part.field, part.holds, part.kind));
        std::iter::once(self.is_alternative.to_string()).chain(parts).collect()
    }

    /// The part about a field.
    pub(super) fn part(&self, field: usize) -> Option<&Part> {
        self.parts.get(self.parts.binary_search_by_key(&field, |part| part.field).ok()?)
    }

    /// Whether each entity that passes this rule also passes the other.
    pub(super) fn implies(&self, other: &Self, space: &Space) -> bool {
        let implies = |part: &Part| {
            let (field, this) = (part.field, self.part(part.field));
            this.zip(other.part(field)).is_some_and(|(this, other)| this.implies(other, space))
        };
        match (self.is_alternative, other.is_alternative) {
            (false, false) => other.parts.iter().all(implies),
            (false, true) => other.parts.iter().any(implies),
            (true, true) => self.parts.iter().all(implies),
            (true, false) => false,
        }
    }
}

impl Part {
    fn of(space: &Space, member: &Proposition, context: &Premises<'_>) -> Option<Self> {
        let Proposition::Literal(atom, holds) = member else { return None };
        let (index, local) = space.place(*atom);
        let field: &Field = space.field(index);
        if !field.can_be_array() || context.mention(index) {
            return None;
        }
        let (kind, is_inverse) = Kind::of(field.atom(local))?;
        Some(Self { field: index, kind, holds: *holds != is_inverse, proposition: member.clone() })
    }

    /// Joins another part about the same field with this one. Returns `None` if the result has no shape.
    fn join(&mut self, other: Self, is_alternative: bool) -> Option<()> {
        if self.kind == other.kind && self.holds == other.holds {
            return Some(());
        }
        let (Kind::Range(low, high), Kind::Range(other_low, other_high), false) =
            (&mut self.kind, &other.kind, is_alternative)
        else {
            return None;
        };
        (*low, *high) = (low.max(*other_low), high.min(*other_high));
        let this = std::mem::replace(&mut self.proposition, Proposition::All(Vec::new()));
        self.proposition = Proposition::All(vec![this, other.proposition]);
        Some(())
    }

    /// Whether each value that passes this part also passes the other part about the same field.
    pub(super) fn implies(&self, other: &Self, space: &Space) -> bool {
        let known = match (self.holds, other.holds) {
            (true, true) => self.kind.is_within(&other.kind),
            (false, false) => other.kind.is_within(&self.kind),
            _ if self.kind.is_whole() || other.kind.is_whole() => None,
            // an array can have an element of each kind, and a missing value is of neither
            _ => Some(false),
        };
        known.unwrap_or_else(|| space.implies(&Premises::default(), &[&self.proposition], &other.proposition))
    }
}

impl Kind {
    /// The kind of the values that pass a test, and whether they are those that fail it. `None` if these might be all
    /// values or none, or the values of another kind.
    fn of(atom: &Atom) -> Option<(Self, bool)> {
        let kind = match &atom.test {
            Test::Number(order, bound) if bound.abs() < f64::MAX => match order {
                Order::AtLeast => Self::Range(*bound, f64::INFINITY),
                Order::Above => Self::Range(bound.next_up() + 0.0, f64::INFINITY),
                Order::AtMost => Self::Range(f64::NEG_INFINITY, *bound),
                Order::Below => Self::Range(f64::NEG_INFINITY, bound.next_down() + 0.0),
            },
            Test::Number(..) | Test::Like(_) => return None,
            Test::Equal(_) | Test::AnyOf(_) if atom.keys.is_empty() => return None,
            Test::Equal(_) | Test::AnyOf(_) => Self::Values(atom.keys.iter().cloned().collect()),
            Test::Instant(order, bound) => Self::Other(Form::Compared(*order, *bound)),
            Test::SameSet(_) => Self::Other(Form::SameSet(atom.keys.iter().cloned().collect())),
            Test::ContainsAll(all) => {
                let parts: BTreeSet<String> = all.iter().map(|known| known.scalar.to_string()).collect();
                if parts.is_empty() || parts.contains("\"\"") {
                    return None;
                }
                Self::Other(Form::Contains(parts))
            }
            Test::BeginsWith(part) | Test::EndsWith(part) if part.is_empty() => return None,
            Test::BeginsWith(part) => Self::Other(Form::Begins(part.clone())),
            Test::EndsWith(part) => Self::Other(Form::Ends(part.clone())),
            Test::Between(from, to) => Self::Other(Form::Between(atom.relative, *from, *to)),
            Test::Empty => Self::Other(Form::Empty),
            Test::NotEmpty => return Some((Self::Other(Form::Empty), true)),
        };
        Some((kind, false))
    }

    /// Whether all values of this kind are of the other kind. `None` if this takes a closer look.
    fn is_within(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Range(low, high), Self::Range(least, most)) => Some(low >= least && high <= most),
            (Self::Values(this), Self::Values(other)) => Some(this.is_subset(other)),
            (Self::Values(this), Self::Range(low, high)) => {
                let is_inside =
                    |key: &Key| key.number().is_some_and(|number| *low <= number && number <= *high);
                Some(this.iter().all(is_inside))
            }
            (Self::Other(this), Self::Other(other)) => this.is_within(other),
            (Self::Values(_), _) => None,
            _ if self.is_whole() || other.is_whole() => None,
            _ => Some(false),
        }
    }

    /// Whether the kind is about an array as a whole or about a missing value, so other elements matter.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Other(Form::SameSet(_) | Form::Empty))
    }
}

impl Form {
    fn is_within(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Begins(this), Self::Begins(other)) => Some(this.starts_with(other.as_str())),
            (Self::Ends(this), Self::Ends(other)) => Some(this.ends_with(other.as_str())),
            (Self::Contains(this), Self::Contains(other)) => Some(other.is_subset(this)),
            (Self::Between(this, from, to), Self::Between(other, first, last)) => {
                Some(this == other && from >= first && to <= last)
            }
            (Self::Compared(..), Self::Compared(..))
            | (Self::SameSet(_) | Self::Empty, _)
            | (_, Self::Empty) => None,
            _ => Some(false),
        }
    }
}
