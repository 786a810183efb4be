//! Sparklines: a small bar for each number.

/// The bars, from the smallest to the largest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The mark of a zero, which a small bar would hide.
const ZERO: char = '·';

/// A bar for each number. The full height is `most`; a number above 0 has at least the smallest bar.
pub(crate) fn sparkline(numbers: impl Iterator<Item = u64>, most: u64) -> String {
    numbers.map(|number| bar(number, most)).collect()
}

fn bar(number: u64, most: u64) -> char {
    if number == 0 {
        return ZERO;
    }
    let steps = BARS.len() as u128;
    let step = (u128::from(number) * steps).div_ceil(u128::from(most.max(1))).clamp(1, steps) - 1;
    usize::try_from(step).ok().and_then(|step| BARS.get(step)).copied().unwrap_or('█')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_zero_has_no_bar_and_only_the_most_has_the_full_one() {
        assert_eq!(sparkline([0, 1, 50, 99, 100].into_iter(), 100), "·▁▄██");
        assert_eq!(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8].into_iter(), 8), "·▁▂▃▄▅▆▇█");
        assert_eq!(sparkline([u64::MAX, 1].into_iter(), u64::MAX), "█▁");
        assert_eq!(sparkline(std::iter::empty(), 0), "");
    }
}
