//! The median of the numbers of a stream, in bounded memory.
//!
//! Numbers that share their first bits are counted together: at first 2^10 buckets between a power of two and the next,
//! so that numbers in a bucket differ by 0.1 % at most. A bucket knows its lowest and its highest number, so the median is
//! exact where numbers repeat, as they do in small inputs. If there are more than [`MOST`] buckets, each two are merged;
//! that takes numbers of eight powers of two, evenly spread, and then the median is off by 0.2 % at most.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// The bits of a number after those that choose its bucket.
const REST: u32 = 52 - 10;
/// The maximum number of buckets.
const MOST: usize = 8_192;

/// Numbers with how often each occurs.
#[derive(Debug, Clone)]
pub(super) struct NumberCounts {
    buckets: HashMap<u64, Bucket, FixedState>,
    /// The bits of a number after those that choose its bucket.
    rest: u32,
    count: u64,
}

/// Numbers that are nearly equal.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    count: u64,
    lowest: f64,
    highest: f64,
}

const EMPTY: Bucket = Bucket { count: 0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY };

impl Default for NumberCounts {
    fn default() -> Self {
        Self { buckets: HashMap::default(), rest: REST, count: 0 }
    }
}

impl NumberCounts {
    /// Counts a number.
    pub(super) fn count(&mut self, number: f64) {
        // adding 0 turns -0 into 0
        let number = number + 0.0;
        let bucket = self.buckets.entry(number.to_bits() >> self.rest).or_insert(EMPTY);
        bucket.add(&Bucket { count: 1, lowest: number, highest: number });
        self.count += 1;
        while self.buckets.len() > MOST {
            self.merge();
        }
    }

    /// Merges each two neighbours.
    fn merge(&mut self) {
        self.rest += 1;
        for (place, bucket) in std::mem::take(&mut self.buckets) {
            self.buckets.entry(place >> 1).or_insert(EMPTY).add(&bucket);
        }
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> u64 {
        self.count
    }

    /// The median: the middle number, or the mean of the two in the middle; `None` without numbers.
    pub(super) fn median(&self) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        let mut buckets: Vec<Bucket> = self.buckets.values().copied().collect();
        buckets.sort_by(|one, other| one.lowest.total_cmp(&other.lowest));
        let at = |place: u64| {
            let mut before = 0;
            let bucket = buckets.iter().find(|bucket| {
                before += bucket.count;
                before > place
            })?;
            Some(bucket.number(place + bucket.count - before))
        };
        let (low, high) = (at(last / 2)?, at(last.div_ceil(2))?);
        Some(if low == high { low } else { low / 2.0 + high / 2.0 })
    }
}

impl Bucket {
    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
    }

    /// The number with this place in the bucket, as if the numbers were evenly spread.
    #[expect(clippy::cast_precision_loss, reason = "a share of a bucket need not be exact")]
    fn number(&self, place: u64) -> f64 {
        match self.count - 1 {
            0 => self.lowest,
            last => self.lowest + (self.highest - self.lowest) * (place as f64 / last as f64),
        }
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
    fn memory_is_bounded_and_the_median_stays_near() {
        let mut counts = NumberCounts::default();
        let mut numbers: Vec<f64> =
            (0..200_000_u32).map(|n| 1.0001_f64.powi((n * 7_919 % 200_000).cast_signed())).collect();
        numbers.iter().for_each(|number| counts.count(*number));
        assert!(counts.buckets.len() <= MOST);
        let (median, exact) = (counts.median().unwrap(), sorted_median(&mut numbers));
        assert!((median / exact - 1.0).abs() < 0.004, "{median} instead of {exact}");
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
