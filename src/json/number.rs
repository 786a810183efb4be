//! The grammar of JSON numbers, and their value as an IEEE double.
//!
//! Short decimals, the rule in real data, are read sixteen bytes at a time without a branch for each digit,
//! and converted with one exact division; all others go through the standard library. So the result is
//! always the nearest double.

use wide::u8x16;

/// A number read from the front of some bytes.
pub(super) struct Number {
    /// How many bytes it takes.
    pub(super) length: usize,
    mantissa: u64,
    digits: u32,
    fraction_digits: u32,
    has_exponent: bool,
    negative: bool,
}

/// Why there is no number: the offset of the byte that does not fit.
pub(super) struct NotANumber(pub(super) usize);

const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Reads the longest number at the front of `bytes`; it may still go on where `bytes` ends.
#[inline(always)]
pub(super) fn read(bytes: &[u8]) -> Result<Number, NotANumber> {
    match bytes.first_chunk::<WINDOW>().and_then(short) {
        Some(number) => Ok(number),
        None => long(bytes),
    }
}

const WINDOW: usize = 16;

/// A number without exponent that ends inside the window; anything else is for [`long`].
#[inline(always)]
fn short(window: &[u8; WINDOW]) -> Option<Number> {
    let values = u8x16::new(*window) ^ u8x16::splat(b'0');
    // bit by bit: is it a digit? a bit past the window says no
    let digits = values.min(u8x16::splat(9)).simd_eq(values).to_bitmask();
    let mut word = u128::from_le_bytes(values.to_array());
    let negative = word as u8 == b'-' ^ b'0';
    let sign = u32::from(negative);
    let digits = digits >> sign;
    word >>= sign * 8;
    let whole = (!digits).trailing_zeros();
    if whole == 0 || whole + sign >= WINDOW as u32 || (whole > 1 && word as u8 == 0) {
        return None;
    }
    let next = (word >> (whole * 8)) as u8 ^ b'0';
    let (fraction, end) = if next == b'.' {
        let fraction = (!(digits >> (whole + 1))).trailing_zeros();
        (fraction, whole + 1 + fraction)
    } else {
        (0, whole)
    };
    if (fraction == 0 && next == b'.') || end + sign >= WINDOW as u32 {
        return None;
    }
    if matches!((word >> (end * 8)) as u8 ^ b'0', b'e' | b'E') {
        return None;
    }
    let count = whole + fraction;
    let before = word & ((1 << (whole * 8)) - 1);
    let after = if fraction == 0 { 0 } else { word >> ((whole + 1) * 8) << (whole * 8) };
    // the digits without the point, the last in the highest byte, zeros before them
    let aligned = (before | after) << ((WINDOW as u32 - count) * 8);
    let mantissa = eight_digits(aligned as u64) * 100_000_000 + eight_digits((aligned >> 64) as u64);
    Some(Number {
        length: (end + sign) as usize,
        mantissa,
        digits: count,
        fraction_digits: fraction,
        has_exponent: false,
        negative,
    })
}

/// The number that eight digits make, the first in the lowest byte: neighbours are joined three times.
#[inline(always)]
fn eight_digits(digits: u64) -> u64 {
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff
}

/// Any number, digit by digit.
fn long(bytes: &[u8]) -> Result<Number, NotANumber> {
    let mut at = 0;
    let mut mantissa = 0_u64;
    let negative = bytes.first() == Some(&b'-');
    if negative {
        at = 1;
    }
    let start = at;
    while let Some(digit) = digit(bytes, at) {
        mantissa = mantissa.wrapping_mul(10).wrapping_add(digit);
        at += 1;
    }
    let mut digits = at - start;
    if digits == 0 {
        return Err(NotANumber(at));
    }
    if digits > 1 && bytes.get(start) == Some(&b'0') {
        return Err(NotANumber(start + 1));
    }
    let mut fraction_digits = 0;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        let fraction = at;
        while let Some(digit) = digit(bytes, at) {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(digit);
            at += 1;
        }
        fraction_digits = at - fraction;
        if fraction_digits == 0 {
            return Err(NotANumber(at));
        }
        digits += fraction_digits;
    }
    let has_exponent = matches!(bytes.get(at), Some(b'e' | b'E'));
    if has_exponent {
        at += 1;
        if matches!(bytes.get(at), Some(b'+' | b'-')) {
            at += 1;
        }
        let exponent = at;
        while digit(bytes, at).is_some() {
            at += 1;
        }
        if at == exponent {
            return Err(NotANumber(at));
        }
    }
    Ok(Number {
        length: at,
        mantissa,
        digits: u32::try_from(digits).unwrap_or(u32::MAX),
        fraction_digits: u32::try_from(fraction_digits).unwrap_or(u32::MAX),
        has_exponent,
        negative,
    })
}

impl Number {
    /// The value, or `None` when no double can hold it. `text` is the number as written.
    #[inline]
    pub(super) fn value(&self, text: &str) -> Option<f64> {
        let power = POWERS.get(self.fraction_digits as usize);
        if let (Some(power), false) = (power, self.has_exponent || self.digits > 15) {
            // both are whole numbers below 2^53, so the quotient is the nearest double
            let magnitude = self.mantissa as f64 / power;
            return Some(if self.negative { -magnitude } else { magnitude });
        }
        text.parse::<f64>().ok().filter(|value| value.is_finite())
    }
}

#[inline]
fn digit(bytes: &[u8], at: usize) -> Option<u64> {
    let value = bytes.get(at)?.wrapping_sub(b'0');
    (value < 10).then_some(u64::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_the_nearest_doubles() {
        let texts = [
            "0",
            "-0",
            "7",
            "7.0",
            "0.25",
            "-1.5e3",
            "123456789012345",
            "1234567890123456789",
            "0.1",
            "1e-7",
            "1e22",
            "1e23",
            "179769313486231570000000000000000000000e270",
            "4.9e-324",
            "1e-400",
            "0.000000000000001",
            "9007199254740993",
            "0.0000000000000000000001",
            "0.00000000000000000000001",
            "34.2",
            "43200",
        ];
        for text in texts {
            for after in ["", ",", "}                    "] {
                let number = read(format!("{text}{after}").as_bytes()).ok().unwrap();
                assert_eq!(number.length, text.len());
                let expected: f64 = text.parse().unwrap();
                assert_eq!(number.value(text).unwrap().to_bits(), expected.to_bits(), "{text}");
            }
        }
        assert!(read(b"1e400").ok().unwrap().value("1e400").is_none());
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_by_the_standard_library(
            text in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
            after in "[,} \n]?[0-9a-z\\.]{0,20}",
        ) {
            prop_assume!(!after.starts_with(|next: char| next.is_ascii_digit() || ".eE".contains(next)));
            let number = read(format!("{text}{after}").as_bytes()).ok().unwrap();
            prop_assert_eq!(number.length, text.len());
            let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
            prop_assert_eq!(number.value(&text).map(f64::to_bits), expected.map(f64::to_bits));
        }
    }

    #[test]
    fn text_that_is_not_a_number_is_refused_at_its_first_wrong_byte() {
        for (text, at) in [
            ("-", 1),
            ("01", 1),
            ("-01", 2),
            ("1.", 2),
            ("1.e1", 2),
            ("1e", 2),
            ("1e+", 3),
            ("", 0),
            ("+1", 0),
        ] {
            assert_eq!(read(text.as_bytes()).err().map(|e| e.0), Some(at), "{text}");
            let padded = format!("{text}                ");
            assert_eq!(read(padded.as_bytes()).err().map(|e| e.0), Some(at), "{text}");
        }
    }
}
