//! Comparisons that imply each other: whatever passes `>= 10` also passes `>= 5`, arrays included, because one element
//! is enough for both.

use crate::scorecard::{Check, Order, Test};

/// Whether every value that passes `one` also passes `other`. Only comparisons of the same direction are recognized.
pub(super) fn implies(one: &Check, other: &Check) -> bool {
    if one.negated || other.negated {
        return false;
    }
    match (&one.test, &other.test) {
        (Test::Number(order, bound), Test::Number(other, other_bound)) => {
            is_stricter(*order, bound, *other, other_bound)
        }
        (Test::Instant(order, bound), Test::Instant(other, other_bound)) => {
            is_stricter(*order, bound, *other, other_bound)
        }
        _ => false,
    }
}

fn is_stricter<T: PartialOrd>(one: Order, bound: &T, other: Order, other_bound: &T) -> bool {
    match (one, other) {
        (Order::AtLeast, Order::Above) => bound > other_bound,
        (Order::AtLeast | Order::Above, Order::AtLeast | Order::Above) => bound >= other_bound,
        (Order::AtMost, Order::Below) => bound < other_bound,
        (Order::AtMost | Order::Below, Order::AtMost | Order::Below) => bound <= other_bound,
        _ => false,
    }
}

/// The strictest comparison of each direction among the conditions of one property or relation.
#[derive(Debug, Default)]
pub(super) struct Strictest<'c> {
    /// Numbers and instants from below, then both from above.
    found: [Option<&'c Check>; 4],
}

impl<'c> Strictest<'c> {
    /// Adds a condition that must pass.
    pub(super) fn add(&mut self, check: &'c Check) {
        if let Some(place) = direction(check)
            && let Some(found) = self.found.get_mut(place)
            && found.is_none_or(|known| implies(check, known))
        {
            *found = Some(check);
        }
    }

    /// Whether a stricter condition implies this one.
    pub(super) fn implies(&self, check: &Check) -> bool {
        let strictest = direction(check).and_then(|place| *self.found.get(place)?);
        strictest.is_some_and(|strictest| implies(strictest, check))
    }

    /// Whether a stricter condition, and not only an equal one, implies this one.
    pub(super) fn exceeds(&self, check: &Check) -> bool {
        let strictest = direction(check).and_then(|place| *self.found.get(place)?);
        strictest.is_some_and(|strictest| implies(strictest, check) && !implies(check, strictest))
    }
}

fn direction(check: &Check) -> Option<usize> {
    let (kind, order) = match check.test {
        _ if check.negated => return None,
        Test::Number(order, _) => (0, order),
        Test::Instant(order, _) => (1, order),
        _ => return None,
    };
    Some(if matches!(order, Order::AtLeast | Order::Above) { kind } else { kind + 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(order: Order, bound: f64) -> Check {
        Check { test: Test::Number(order, bound), negated: false }
    }

    #[test]
    fn a_bound_that_is_not_included_is_stricter_than_the_same_bound_that_is() {
        let (above, at_least) = (number(Order::Above, 5.0), number(Order::AtLeast, 5.0));
        assert!(implies(&above, &at_least) && !implies(&at_least, &above));
        let (below, at_most) = (number(Order::Below, 5.0), number(Order::AtMost, 5.0));
        assert!(implies(&below, &at_most) && !implies(&at_most, &below));
        assert!(!implies(&above, &below) && !implies(&below, &above));
    }

    #[test]
    fn the_strictest_of_each_direction_implies_the_others() {
        let all = [
            number(Order::AtLeast, 1.0),
            number(Order::AtLeast, 7.0),
            number(Order::AtMost, 9.0),
            number(Order::Above, 3.0),
        ];
        let mut strictest = Strictest::default();
        all.iter().for_each(|check| strictest.add(check));
        let exceeded: Vec<bool> = all.iter().map(|check| strictest.exceeds(check)).collect();
        assert_eq!(exceeded, [true, false, false, true]);
        assert!(
            strictest.implies(&number(Order::Above, 6.0)) && !strictest.implies(&number(Order::Above, 7.0))
        );
    }
}
