//! A set of numbered conditions.

/// One bit a condition.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Makes it the empty set of conditions below `count`.
    pub(crate) fn reset(&mut self, count: usize) {
        self.words.clear();
        self.words.resize(count.div_ceil(64), 0);
    }

    #[inline]
    pub(crate) fn get(&self, bit: usize) -> bool {
        self.words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    #[inline]
    pub(crate) fn set(&mut self, bit: usize) {
        if let Some(word) = self.words.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    /// Sets all from `from` up to but not including `to`.
    #[inline]
    pub(crate) fn fill(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let (first, last) = (from / 64, (to - 1) / 64);
        if first == last {
            let mask = (u64::MAX >> (64 - (to - from))) << (from % 64);
            if let Some(word) = self.words.get_mut(first) {
                *word |= mask;
            }
            return;
        }
        for index in first..=last {
            let mut mask = u64::MAX;
            if index == first {
                mask &= u64::MAX << (from % 64);
            }
            if index == last {
                mask &= u64::MAX >> (63 - (to - 1) % 64);
            }
            if let Some(word) = self.words.get_mut(index) {
                *word |= mask;
            }
        }
    }

    /// A set as the words it touches.
    pub(crate) fn masks(mut bits: Vec<usize>) -> Vec<(usize, u64)> {
        bits.sort_unstable();
        let mut masks: Vec<(usize, u64)> = Vec::new();
        for bit in bits {
            match masks.last_mut() {
                Some((index, mask)) if *index == bit / 64 => *mask |= 1 << (bit % 64),
                _ => masks.push((bit / 64, 1 << (bit % 64))),
            }
        }
        masks
    }

    /// The conditions from 64 times `index` on.
    #[inline]
    pub(crate) fn word(&self, index: usize) -> u64 {
        self.words.get(index).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_is_set_in_a_loop() {
        for from in 0..200 {
            for to in
                [from, from + 1, from + 63, from + 64, from + 65, 200].into_iter().filter(|to| *to <= 200)
            {
                let (mut filled, mut looped) = (Bits::default(), Bits::default());
                filled.reset(200);
                looped.reset(200);
                filled.fill(from, to);
                (from..to).for_each(|bit| looped.set(bit));
                assert_eq!(filled.words, looped.words, "{from}..{to}");
            }
        }
    }
}
