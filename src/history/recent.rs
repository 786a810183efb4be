//! Recognizes results that were read before by their text.

use super::catalog::Grade;
use super::interned::Id;
use super::text_cache::LONGEST;
use crate::json::Scanner;

/// The last different results at one place of `scorecards`, the most frequent ones in front.
///
/// Comparing the text with each is faster than finding the end of the value: reading two times a million results takes
/// a quarter less CPU time (2026-11).
#[derive(Default)]
pub(super) struct RecentGrades(Vec<(Box<str>, Id<Grade>)>);

impl RecentGrades {
    /// How many are kept.
    const MOST: usize = 16;

    /// Moves past the value at the cursor if it is one of them, and returns it.
    pub(super) fn take(&mut self, scanner: &mut Scanner<'_>) -> Option<Id<Grade>> {
        let at = self.0.iter().position(|(text, _)| scanner.take_known(text))?;
        let grade = self.0.get(at).map(|(_, grade)| *grade);
        self.0.swap(at, at.saturating_sub(1));
        grade
    }

    /// Adds a result with its text, in the place of the least frequent one.
    pub(super) fn add(&mut self, text: &str, grade: Id<Grade>) {
        if text.len() > LONGEST {
            return;
        }
        self.0.truncate(Self::MOST - 1);
        self.0.push((text.into(), grade));
    }
}
