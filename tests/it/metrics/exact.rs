//! Exact arithmetic on natural numbers of any size, and the doubles nearest to exact quotients.
//!
//! Everything is done the slow way of school, without floating point, so that it can be checked by reading.

use std::cmp::Ordering;

/// A natural number: its digits in base 2^32, the least significant first, without zeros at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Natural(Vec<u32>);

impl From<u128> for Natural {
    fn from(mut number: u128) -> Self {
        let mut digits = Vec::new();
        while number > 0 {
            digits.push(low(number));
            number >>= 32;
        }
        Self(digits)
    }
}

/// The lowest 32 bits.
fn low(number: u128) -> u32 {
    u32::try_from(number & 0xffff_ffff).expect("it has 32 bits")
}

impl Natural {
    fn trimmed(mut digits: Vec<u32>) -> Self {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self(digits)
    }

    fn digit(&self, index: usize) -> u128 {
        self.0.get(index).copied().unwrap_or(0).into()
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of bits, without leading zeros.
    fn bits(&self) -> usize {
        self.0.last().map_or(0, |last| 32 * self.0.len() - last.leading_zeros() as usize)
    }

    fn bit(&self, index: usize) -> bool {
        (self.digit(index / 32) >> (index % 32)) & 1 == 1
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        let mut digits = Vec::new();
        let mut carry = 0;
        for index in 0..=self.0.len().max(other.0.len()) {
            let sum = self.digit(index) + other.digit(index) + carry;
            digits.push(low(sum));
            carry = sum >> 32;
        }
        Self::trimmed(digits)
    }

    /// The difference; `other` must not be greater.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        assert!(self.compare(other) != Ordering::Less, "the difference is negative");
        let mut digits = Vec::new();
        let mut borrow = 0;
        for index in 0..self.0.len() {
            let difference = (1 << 32) + self.digit(index) - other.digit(index) - borrow;
            digits.push(low(difference));
            borrow = 1 - (difference >> 32);
        }
        Self::trimmed(digits)
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut product = Self::default();
        for index in 0..other.0.len() {
            let mut digits = vec![0; index];
            let mut carry = 0;
            for own in 0..=self.0.len() {
                let sum = self.digit(own) * other.digit(index) + carry;
                digits.push(low(sum));
                carry = sum >> 32;
            }
            product = product.plus(&Self::trimmed(digits));
        }
        product
    }

    /// The number times 2^`by`.
    pub(crate) fn shifted(&self, by: usize) -> Self {
        let mut power = vec![0; by / 32];
        power.push(1 << (by % 32));
        self.times(&Self(power))
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// The quotient without its fraction, and the remainder, by long division bit by bit.
    pub(crate) fn divided(&self, divisor: &Self) -> (Self, Self) {
        assert!(!divisor.is_zero(), "a divisor is not 0");
        let mut quotient = vec![0; self.0.len()];
        let mut remainder = Self::default();
        for index in (0..self.bits()).rev() {
            remainder = remainder.plus(&remainder).plus(&Self::from(u128::from(self.bit(index))));
            if remainder.compare(divisor) != Ordering::Less {
                remainder = remainder.minus(divisor);
                quotient[index / 32] |= 1 << (index % 32);
            }
        }
        (Self::trimmed(quotient), remainder)
    }

    /// The number itself; panics if it has more than 128 bits.
    pub(crate) fn small(&self) -> u128 {
        assert!(self.0.len() <= 4, "the number has at most 128 bits");
        (0..4).map(|index| self.digit(index) << (32 * index)).sum()
    }
}

/// The double nearest to `numerator / denominator`; of two equally near ones the even one.
pub(crate) fn quotient(numerator: &Natural, denominator: &Natural) -> f64 {
    if numerator.is_zero() {
        return 0.0;
    }
    // numerator / denominator = (whole + rest) / 2^scale, where `whole` has 56 or 57 bits and 0 <= rest < 1
    let scale = 56 + i64_of(denominator.bits()) - i64_of(numerator.bits());
    let up = |by: i64| usize::try_from(by.max(0)).expect("it is not negative");
    let (whole, rest) = numerator.shifted(up(scale)).divided(&denominator.shifted(up(-scale)));
    // a double has 53 bits, and no bit below 2^-1074
    let dropped = (i64_of(whole.bits()) - 53).max(scale - 1074);
    if dropped > 60 {
        return 0.0;
    }
    let whole = whole.small();
    let (kept, low, half) = (whole >> dropped, whole & ((1 << dropped) - 1), 1 << (dropped - 1));
    let is_up = low > half || low == half && (!rest.is_zero() || kept % 2 == 1);
    let mut double = u64::try_from(kept + u128::from(is_up)).expect("it has at most 54 bits") as f64;
    // each step is exact, because the result is a double
    for _ in scale..dropped {
        double *= 2.0;
    }
    for _ in dropped..scale {
        double *= 0.5;
    }
    double
}

fn i64_of(bits: usize) -> i64 {
    i64::try_from(bits).expect("numbers are short")
}

/// The size of a finite double, in units of 2^-1074, of which every double is a multiple.
pub(crate) fn units(double: f64) -> Natural {
    assert!(double.is_finite(), "the double is finite");
    let bits = double.abs().to_bits();
    let (exponent, fraction) = (bits >> 52, bits & ((1 << 52) - 1));
    let exponent = usize::try_from(exponent).expect("it has 11 bits");
    match exponent {
        0 => Natural::from(u128::from(fraction)),
        _ => Natural::from(u128::from(fraction | 1 << 52)).shifted(exponent - 1),
    }
}

/// A double that is not negative times a whole number, rounded to the nearest whole number, halves up.
pub(crate) fn rounded_product(double: f64, factor: u128) -> u128 {
    assert!(double >= 0.0, "the double is not negative");
    let half = Natural::from(1).shifted(1073);
    let product = units(double).times(&Natural::from(factor)).plus(&half);
    product.divided(&Natural::from(1).shifted(1074)).0.small()
}

/// An exact sum of terms with signs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum {
    positive: Natural,
    negative: Natural,
}

impl Sum {
    pub(crate) fn add(&mut self, is_negative: bool, size: &Natural) {
        let side = if is_negative { &mut self.negative } else { &mut self.positive };
        *side = side.plus(size);
    }

    /// The double nearest to the sum divided by `denominator`.
    pub(crate) fn over(&self, denominator: &Natural) -> f64 {
        match self.positive.compare(&self.negative) {
            Ordering::Less => -quotient(&self.negative.minus(&self.positive), denominator),
            _ => quotient(&self.positive.minus(&self.negative), denominator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(numerator: u128, denominator: u128) -> f64 {
        quotient(&Natural::from(numerator), &Natural::from(denominator))
    }

    #[test]
    fn quotients_are_the_nearest_doubles() {
        for (numerator, denominator, expected) in [
            (0, 7, 0.0),
            (1, 3, 1.0 / 3.0),
            (2, 3, 2.0 / 3.0),
            (1, 10, 0.1),
            (100, 7, 100.0 / 7.0),
            (u128::MAX, 1, 340_282_366_920_938_463_463_374_607_431_768_211_456.0),
            // 2^53 + 1 lies halfway and goes to the even 2^53, 2^53 + 3 to the even 2^53 + 4
            ((1 << 53) + 1, 1, 9_007_199_254_740_992.0),
            ((1 << 53) + 3, 1, 9_007_199_254_740_996.0),
            // just above and just below halfway
            ((3 << 54) + 7, 3 << 1, 9_007_199_254_740_994.0),
            ((3 << 54) + 5, 3 << 1, 9_007_199_254_740_992.0),
            // all ones round up to a power of two
            ((1 << 54) - 1, 1, 18_014_398_509_481_984.0),
            // thirds of an hour, in nanoseconds
            (1_200_000_000_000, 3_600_000_000_000, 1.0 / 3.0),
        ] {
            assert_eq!(of(numerator, denominator), expected, "{numerator} / {denominator}");
        }
    }

    #[test]
    fn the_smallest_doubles_are_reached_exactly() {
        let tiny = |numerator: u128, power: usize| {
            quotient(&Natural::from(numerator), &Natural::from(1).shifted(power))
        };
        assert_eq!(tiny(1, 1074), f64::from_bits(1));
        assert_eq!(tiny(1, 1075), 0.0, "halfway to the even 0");
        assert_eq!(tiny(3, 1075), f64::from_bits(2), "halfway to the even 2");
        assert_eq!(tiny(3, 1076), f64::from_bits(1));
        assert_eq!(tiny(1, 1022), f64::MIN_POSITIVE);
        assert_eq!(tiny(1, 3000), 0.0);
    }

    #[test]
    fn a_product_is_rounded_once() {
        assert_eq!(rounded_product(0.0, 3), 0);
        assert_eq!(rounded_product(0.5, 3), 2);
        assert_eq!(rounded_product(0.1, 3_600_000_000_000), 360_000_000_000);
        assert_eq!(rounded_product(1e7, 3_600_000_000_000), 36_000_000_000_000_000_000);
        // the double nearest to 9999999.7 is 9999999.699999999254941940307617…
        assert_eq!(rounded_product(9_999_999.7, 3_600_000_000_000), 35_999_998_919_999_997_318);
    }

    proptest! {
        #[test]
        fn long_division_agrees_with_u128(numerator: u128, denominator in 1_u128.., shift in 0_u32..128) {
            let denominator = (denominator >> shift).max(1);
            let (quotient, rest) = Natural::from(numerator).divided(&Natural::from(denominator));
            prop_assert_eq!(quotient.small(), numerator / denominator);
            prop_assert_eq!(rest.small(), numerator % denominator);
        }

        /// The division of two doubles is rounded correctly by the processor.
        #[test]
        fn quotients_of_small_numbers_agree_with_floating_point(
            numerator in 0_u64..1 << 53, denominator in 1_u64..1 << 53, shift in 0_u32..52,
        ) {
            let denominator = (denominator >> shift).max(1);
            prop_assert_eq!(of(numerator.into(), denominator.into()), numerator as f64 / denominator as f64);
        }

        /// The conversion of an integer is rounded correctly by the language.
        #[test]
        fn whole_numbers_agree_with_conversion(number: u128, shift in 0_u32..128) {
            prop_assert_eq!(of(number >> shift, 1), (number >> shift) as f64);
        }

        #[test]
        fn units_bring_every_double_back(double in prop::num::f64::ANY) {
            prop_assume!(double.is_finite());
            let one = Natural::from(1).shifted(1074);
            prop_assert_eq!(quotient(&units(double), &one), double.abs());
        }

        /// The addition of two doubles is rounded correctly by the processor.
        #[test]
        fn sums_of_two_agree_with_floating_point(one in -1e9..1e9, other in -1e9..1e9) {
            let mut sum = Sum::default();
            for term in [one, other] {
                sum.add(term < 0.0, &units(term));
            }
            prop_assert_eq!(sum.over(&Natural::from(1).shifted(1074)), one + other);
        }
    }
}
