//! The median of the numbers of a stream, in bounded memory.
//!
//! Up to [`MOST_EXACT`] numbers are kept, and their median is exact. More of them are counted in buckets, 256 between a power
//! of two and the next: the numbers of a bucket differ by 0.4 % at most, and the median is taken from within its bucket. So
//! it is off by less than 0.4 %, and by much less where a bucket has many numbers. Numbers below 2^-64 count as 0, those of 2^64 and more as the highest bucket.

/// The maximum number of numbers that are kept.
const MOST_EXACT: usize = 10_000;
/// The bits of a number that choose its bucket between two powers of two.
const BITS: u32 = 8;
/// The powers of two that are told apart: from 2^-64 to 2^63.
const POWERS: i64 = 128;
/// The number of buckets of each sign.
const SIDE: i64 = POWERS << BITS;

/// Numbers with how often each occurs.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberCounts {
    /// The numbers, as long as there are few.
    exact: Vec<f64>,
    /// The counts of the buckets, the lowest number first; empty as long as there are few.
    buckets: Vec<u32>,
    count: u64,
}

/// The bucket of a number, from the lowest negative number to the highest positive one.
fn place(number: f64) -> usize {
    let bits = number.abs().to_bits();
    let power = (bits >> 52).cast_signed() - 1023 + POWERS / 2;
    let part = (bits >> (52 - BITS)).cast_signed() & ((1 << BITS) - 1);
    let place = match power {
        ..0 => 0,
        POWERS.. => SIDE,
        _ => (power << BITS) + part + 1,
    };
    let place = if number < 0.0 { SIDE - place } else { SIDE + place };
    usize::try_from(place).unwrap_or_default()
}

/// The lowest magnitude in a bucket of positive numbers, counted from 1.
#[expect(clippy::cast_precision_loss, reason = "there are few buckets")]
fn edge(place: i64) -> f64 {
    let (power, part) = ((place - 1) >> BITS, (place - 1) & ((1 << BITS) - 1));
    let power = i32::try_from(power - POWERS / 2).unwrap_or_default();
    (1.0 + part as f64 / f64::from(1_u32 << BITS)) * 2.0_f64.powi(power)
}

impl NumberCounts {
    /// Counts a number.
    pub(super) fn count(&mut self, number: f64) {
        self.count += 1;
        if self.buckets.is_empty() {
            // adding 0 turns -0 into 0
            self.exact.push(number + 0.0);
            if self.exact.len() <= MOST_EXACT {
                return;
            }
            self.buckets = vec![0; place(f64::MAX) + 1];
            for number in std::mem::take(&mut self.exact) {
                self.add(number);
            }
        } else {
            self.add(number);
        }
    }

    fn add(&mut self, number: f64) {
        if let Some(count) = self.buckets.get_mut(place(number)) {
            *count = count.saturating_add(1);
        }
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> u64 {
        self.count
    }

    /// The median: the middle number, or the mean of the two in the middle; `None` without numbers.
    pub(super) fn median(&self) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        let mut sorted = self.exact.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |place: u64| match self.buckets.is_empty() {
            true => sorted.get(usize::try_from(place).ok()?).copied(),
            false => self.in_buckets(place),
        };
        let (low, high) = (at(last / 2)?, at(last.div_ceil(2))?);
        Some(if low == high { low } else { low / 2.0 + high / 2.0 })
    }

    /// The number with this place in the order, as if the numbers of a bucket were evenly spread.
    #[expect(clippy::cast_precision_loss, reason = "a share of a bucket need not be exact")]
    fn in_buckets(&self, place: u64) -> Option<f64> {
        let mut before = 0;
        let (bucket, count) = self.buckets.iter().enumerate().find(|(_, count)| {
            before += u64::from(**count);
            before > place
        })?;
        let inside = (place + u64::from(*count) - before) as f64 + 0.5;
        let share = inside / f64::from(*count);
        let bucket = i64::try_from(bucket).ok()? - SIDE;
        let magnitude = |share: f64| {
            let (low, high) = (edge(bucket.abs()), edge(bucket.abs() + 1));
            low + (high - low) * share
        };
        Some(match bucket {
            0 => 0.0,
            1.. => magnitude(share),
            _ => -magnitude(1.0 - share),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(numbers: &[f64]) -> NumberCounts {
        let mut counts = NumberCounts::default();
        numbers.iter().for_each(|number| counts.count(*number));
        counts
    }

    fn sorted_median(numbers: &mut [f64]) -> f64 {
        numbers.sort_by(f64::total_cmp);
        let (low, high) = (numbers[(numbers.len() - 1) / 2], numbers[numbers.len() / 2]);
        low / 2.0 + high / 2.0
    }

    #[test]
    fn the_median_of_nothing_is_nothing_and_minus_zero_is_zero() {
        assert_eq!(counts(&[]).median(), None);
        assert_eq!(counts(&[-0.0, 0.0, 1.0]).median(), Some(0.0));
        assert_eq!(counts(&[f64::MAX, f64::MAX, f64::MIN]).median(), Some(f64::MAX));
    }

    #[test]
    fn the_median_of_many_numbers_is_nearly_that_of_the_sorted_numbers() {
        for (shift, factor) in [(0.0, 1.0), (-3_000.0, 1.0), (-100_000.0, -0.001), (0.0, 1e-70), (0.0, 1e70)]
        {
            let number = |n: u32| (f64::from(n * 7_919 % 20_000) + shift) * factor;
            let mut numbers: Vec<f64> = (0..20_000).map(number).collect();
            let (median, exact) = (counts(&numbers).median().unwrap(), sorted_median(&mut numbers));
            match factor {
                1e-70 => assert!(median.abs() < 1e-15),
                1e70 => assert!(median > 1e19),
                _ => assert!((median / exact - 1.0).abs() < 0.004, "{median} instead of {exact}"),
            }
        }
    }

    #[test]
    fn a_bucket_begins_where_the_one_before_ends() {
        for number in [1.0, 1.5, 0.003, 7e9, 123.456] {
            let bucket = i64::try_from(place(number)).unwrap() - SIDE;
            assert!(edge(bucket) <= number && number < edge(bucket + 1), "{number}");
            assert_eq!(i64::try_from(place(-number)).unwrap() - SIDE, -bucket);
        }
        assert_eq!(place(0.0), place(-0.0));
    }

    proptest! {
        #[test]
        fn the_median_of_repeated_numbers_is_exact(
            numbers in proptest::collection::vec(prop_oneof![-3..3_i8, -127..127_i8].prop_map(f64::from), 1..40),
        ) {
            let mut numbers = numbers;
            prop_assert_eq!(counts(&numbers).median(), Some(sorted_median(&mut numbers) + 0.0));
        }

        #[test]
        fn the_median_is_nearly_that_of_the_sorted_numbers(
            numbers in proptest::collection::vec(prop_oneof![-3.0..3.0_f64, 900.0..901.0_f64, any::<f64>()], 1..200),
        ) {
            let mut numbers: Vec<f64> = numbers.into_iter().filter(|number| number.is_finite()).collect();
            prop_assume!(!numbers.is_empty());
            let median = counts(&numbers).median().unwrap();
            let exact = sorted_median(&mut numbers);
            // the two numbers in the middle may have different signs, so the error is relative to the larger
            let (low, high) = (numbers[(numbers.len() - 1) / 2], numbers[numbers.len() / 2]);
            prop_assert!((median - exact).abs() <= low.abs().max(high.abs()) * 0.001, "{} instead of {}", median, exact);
        }
    }
}
