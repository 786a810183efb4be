//! Exact quotients: the double that is nearest to a fraction of two integers.

/// Returns the double nearest to `numerator ÷ denominator`; of two that are equally near, the even one.
///
/// Without this, a sum of nanoseconds would be rounded to a double before the division, and a second time after it.
///
/// # Panics
/// If `denominator` is 0 or above 2^126.
pub(in crate::metrics) fn nearest_quotient(numerator: u128, denominator: u128) -> f64 {
    /// More bits than a double has, so that the conversion at the end rounds once.
    const BITS: u32 = 64;
    assert!(denominator > 0 && denominator <= 1 << 126, "the divisor is out of range");
    let mut quotient = numerator / denominator;
    let mut remainder = numerator % denominator;
    let mut scale = 0;
    // the bits after the point, one by one, until there are enough or no more
    while remainder != 0 && quotient.leading_zeros() > u128::BITS - BITS {
        remainder <<= 1;
        let bit = u128::from(remainder >= denominator);
        remainder -= bit * denominator;
        quotient = quotient << 1 | bit;
        scale += 1;
    }
    // the last bit stands for all bits after it
    quotient |= u128::from(remainder != 0);
    #[expect(clippy::cast_precision_loss, reason = "this is the one place that rounds")]
    let nearest = quotient as f64;
    nearest * 2_f64.powi(-scale)
}

/// Returns `number × unit`, rounded to the nearest integer; of two that are equally near, the even one. Returns `None`
/// if the number is negative, or not finite, or if the product is 2^127 or more.
pub(in crate::metrics) fn nearest_multiple(number: f64, unit: u64) -> Option<u128> {
    if !(number >= 0.0 && number.is_finite()) {
        return None;
    }
    let bits = number.to_bits();
    let exponent = i32::try_from(bits >> 52 & 0x7ff).ok()?;
    let fraction = u128::from(bits & ((1 << 52) - 1));
    // a number with the exponent 0 has no hidden bit
    let (mantissa, shift) =
        if exponent == 0 { (fraction, 1074) } else { (fraction | 1 << 52, 1075 - exponent) };
    let product = mantissa * u128::from(unit);
    if shift <= 0 {
        let left = shift.unsigned_abs();
        return (left < product.leading_zeros()).then(|| product << left);
    }
    let shift = shift.unsigned_abs();
    if shift >= u128::BITS {
        return Some(0);
    }
    let (whole, rest, half) = (product >> shift, product & ((1 << shift) - 1), 1 << (shift - 1));
    Some(whole + u128::from(rest > half || rest == half && whole & 1 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotients_are_rounded_once() {
        for (numerator, denominator, quotient) in [
            (0, 7, 0.0),
            (1, 3, 1.0 / 3.0),
            (21, 84, 0.25),
            (u128::from(u64::MAX), 1, 18_446_744_073_709_551_616.0),
            // 2^53 + 1 is between two doubles, and the even one is 2^53; a little more is above the middle
            ((1 << 53) + 1, 1, 9_007_199_254_740_992.0),
            (((1 << 53) + 1) * 1000 + 1, 1000, 9_007_199_254_740_994.0),
        ] {
            assert_eq!(nearest_quotient(numerator, denominator), quotient, "{numerator} / {denominator}");
        }
    }

    #[test]
    fn products_are_rounded_to_the_nearest_integer() {
        for (number, unit, product) in [
            (0.0, 3, Some(0)),
            (-0.0, 3, Some(0)),
            (0.5, 1, Some(0)),
            (1.5, 1, Some(2)),
            (2.5, 1, Some(2)),
            (2.500_000_000_000_000_4, 1, Some(3)),
            (0.1, 10, Some(1)),
            (5e-324, u64::MAX, Some(0)),
            (1e30, 1000, Some(1_000_000_000_000_000_019_884_624_838_656_000)),
            (1e300, 1, None),
            (-1e-9, 1, None),
            (f64::INFINITY, 1, None),
            (f64::NAN, 1, None),
        ] {
            assert_eq!(nearest_multiple(number, unit), product, "{number} * {unit}");
        }
    }

    proptest! {
        // both are exact as doubles, so the machine divides them correctly
        #[test]
        fn small_fractions_are_divided_as_the_machine_does(a in 0..1_u64 << 53, b in 1..1_u64 << 53) {
            prop_assert_eq!(nearest_quotient(a.into(), b.into()), a as f64 / b as f64);
        }

        // a double times a power of two is exact
        #[test]
        fn a_quotient_of_scaled_numbers_is_the_same(a in any::<u64>(), b in 1..u64::MAX, scale in 0..48_u32) {
            let scaled = nearest_quotient(u128::from(a) << scale, u128::from(b) << scale);
            prop_assert_eq!(nearest_quotient(a.into(), b.into()), scaled);
        }
    }
}
