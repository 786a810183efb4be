//! Exact sums of doubles, rounded once at the end.
//!
//! A sum is kept as an expansion: doubles of which none overlaps another, so that their exact sum has no rounding error
//! (Shewchuk: "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997). So ten times
//! 0.1 is 1, whatever the order.

/// An exact sum. The parts do not overlap, and their size increases.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Expansion(Vec<f64>);

impl Expansion {
    /// Adds a number.
    pub(super) fn add(&mut self, number: f64) {
        let mut carried = number;
        self.0.retain_mut(|part| {
            let (sum, error) = two_sum(carried, *part);
            carried = sum;
            *part = error;
            error != 0.0
        });
        if carried != 0.0 {
            self.0.push(carried);
        }
    }

    /// Adds a product.
    pub(super) fn add_product(&mut self, one: f64, other: f64) {
        let product = one * other;
        // the rounding error of the product, exactly
        self.add(one.mul_add(other, -product));
        self.add(product);
    }

    /// Adds another sum.
    fn absorb(&mut self, other: &Self) {
        other.0.iter().for_each(|part| self.add(*part));
    }

    /// The product with a number.
    fn times(&self, number: f64) -> Self {
        let mut product = Self::default();
        self.0.iter().for_each(|part| product.add_product(*part, number));
        product
    }

    /// The sign: that of the largest part.
    fn sign(&self) -> f64 {
        self.0.last().map_or(0.0, |last| last.signum())
    }

    /// The nearest double.
    pub(super) fn value(&self) -> f64 {
        self.quotient(&Self(vec![1.0]))
    }

    /// The double nearest to the quotient of two sums; of two that are equally near, the even one. It is not finite if the
    /// divisor is 0 or the numbers are too large.
    pub(super) fn quotient(&self, divisor: &Self) -> f64 {
        let mut quotient = self.approximate() / divisor.approximate();
        if !quotient.is_finite() {
            return quotient;
        }
        // the first guess is at most a few doubles away
        for _ in 0..4 {
            let side = self.minus(&divisor.times(quotient)).sign() * divisor.sign();
            let next = if side > 0.0 { quotient.next_up() } else { quotient.next_down() };
            // twice the distance to the middle between the two
            let mut middle = divisor.times(quotient);
            middle.absorb(&divisor.times(next));
            let beyond = self.times(2.0).minus(&middle).sign() * divisor.sign() * side;
            let is_even = |number: f64| number.to_bits() & 1 == 0;
            if side == 0.0 || beyond < 0.0 || beyond == 0.0 && is_even(quotient) {
                break;
            }
            quotient = next;
        }
        quotient
    }

    fn minus(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        other.0.iter().for_each(|part| difference.add(-part));
        difference
    }

    /// The sum of the parts, with a small rounding error.
    fn approximate(&self) -> f64 {
        self.0.iter().sum()
    }
}

/// The sum of two doubles, and its rounding error, exactly (Knuth).
fn two_sum(one: f64, other: f64) -> (f64, f64) {
    let sum = one + other;
    let virtual_other = sum - one;
    let virtual_one = sum - virtual_other;
    (sum, (one - virtual_one) + (other - virtual_other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::quotient::nearest_quotient;
    use proptest::prelude::*;

    fn sum(numbers: &[f64]) -> Expansion {
        let mut sum = Expansion::default();
        numbers.iter().for_each(|number| sum.add(*number));
        sum
    }

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(sum(&[0.1; 10]).value(), 1.0);
        assert_eq!(sum(&[1e300, 1.0, -1e300]).value(), 1.0);
        assert_eq!(sum(&[]).value(), 0.0);
        assert_eq!(sum(&[0.5, -0.5]).value(), 0.0);
        assert!(!sum(&[f64::MAX, f64::MAX]).value().is_finite());
        assert!(!sum(&[1.0]).quotient(&sum(&[])).is_finite());
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(mut numbers in prop::collection::vec(-1e9..1e9, 0..20)) {
            let one = sum(&numbers).value();
            numbers.sort_by(f64::total_cmp);
            prop_assert_eq!(one, sum(&numbers).value());
        }

        // whole numbers have an exact quotient to compare with
        #[test]
        fn quotients_are_the_nearest_doubles(
            members in prop::collection::vec((0..1_u64 << 50, 1..1_u64 << 30), 1..20),
        ) {
            let (mut products, mut weights) = (Expansion::default(), Expansion::default());
            let (mut exact_products, mut exact_weights) = (0_u128, 0_u128);
            for (member, weight) in members {
                products.add_product(member as f64, weight as f64);
                weights.add(weight as f64);
                exact_products += u128::from(member) * u128::from(weight);
                exact_weights += u128::from(weight);
            }
            prop_assert_eq!(products.quotient(&weights), nearest_quotient(exact_products, exact_weights));
        }
    }
}
