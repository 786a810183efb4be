//! Reduces comparisons: of several with a smaller-or-larger operator, only the strictest of each direction matters.

use super::atom::Demand;
use crate::scorecard::{Order, Test};
use crate::value::Instant;
use std::cmp::Ordering;

/// A bound of a comparison.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Bound {
    Number(f64),
    Instant(Instant),
}

/// The tests without comparisons that follow from others, for single values and for arrays.
pub(super) fn strictest<'f>(literals: impl Iterator<Item = Demand<'f>>) -> Vec<Demand<'f>> {
    let mut kept = Vec::new();
    // the strictest test for numbers and for dates, upwards and downwards, required and denied
    let mut strictest: [Option<(Bound, bool, Demand<'_>)>; 8] = [None; 8];
    for (atom, holds) in literals {
        let (order, bound) = match atom.test {
            Test::Number(order, bound) => (order, Bound::Number(bound)),
            Test::Instant(order, bound) => (order, Bound::Instant(bound)),
            _ => {
                kept.push((atom, holds));
                continue;
            }
        };
        let is_upward = matches!(order, Order::AtLeast | Order::Above);
        let includes_bound = matches!(order, Order::AtLeast | Order::AtMost);
        let slot = usize::from(matches!(bound, Bound::Instant(_))) * 4
            + usize::from(is_upward) * 2
            + usize::from(holds);
        let Some(slot) = strictest.get_mut(slot) else { continue };
        let is_stricter = slot.is_none_or(|(other, other_includes, _)| {
            match bound.partial_cmp(&other) {
                // a required lower bound is stricter the higher it is, a denied one the lower it is
                Some(Ordering::Greater) => is_upward == holds,
                Some(Ordering::Less) => is_upward != holds,
                _ => includes_bound != other_includes && includes_bound != holds,
            }
        });
        if is_stricter {
            *slot = Some((bound, includes_bound, (atom, holds)));
        }
    }
    kept.extend(strictest.into_iter().flatten().map(|(_, _, test)| test));
    kept
}
