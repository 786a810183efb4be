//! What texts stand for. Most values of results are the same bytes again and again, so that each text is read once.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The maximum number of texts in a cache.
const MOST_TEXTS: usize = 4096;
/// The maximum number of bytes of a text in a cache.
pub(super) const LONGEST: usize = 4096;

/// Texts with what each stands for.
pub(super) struct TextCache<T> {
    known: HashTable<(Box<str>, T)>,
}

impl<T> Default for TextCache<T> {
    fn default() -> Self {
        Self { known: HashTable::new() }
    }
}

impl<T: Copy> TextCache<T> {
    /// Returns what a text stands for. A text that is not known is read with `read`.
    ///
    /// # Errors
    /// Returns the error of `read`.
    pub(super) fn get<E>(&mut self, text: &str, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let hash = hash(text);
        if let Some((_, value)) = self.known.find(hash, |(known, _)| **known == *text) {
            return Ok(*value);
        }
        let value = read()?;
        if self.known.len() < MOST_TEXTS && text.len() <= LONGEST {
            self.known.insert_unique(hash, (text.into(), value), |(known, _)| self::hash(known));
        }
        Ok(value)
    }
}

fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_unless_there_are_too_many() {
        let mut cache = TextCache::default();
        let mut reads = 0;
        for _ in 0..2 {
            for n in 0..MOST_TEXTS + 10 {
                let read = || -> Result<usize, ()> {
                    reads += 1;
                    Ok(n)
                };
                assert_eq!(cache.get(&n.to_string(), read), Ok(n));
            }
        }
        assert_eq!(reads, MOST_TEXTS + 20);
        assert_eq!(cache.get("new", || Err("no")), Err("no"));
    }
}
