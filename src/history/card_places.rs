//! Where the scorecards of an entity are in its list of results.

use super::catalog::{Card, Held};
use super::interned::Id;

/// The places of scorecards in one list at a time. Looking one up does not depend on the length of the list.
#[derive(Debug, Default)]
pub(super) struct CardPlaces {
    /// The number of the current list.
    list: u64,
    /// For each scorecard, the last list that has it, and its place there.
    places: Vec<(u64, usize)>,
}

impl CardPlaces {
    /// Begins with an empty list.
    pub(super) fn clear(&mut self) {
        self.list += 1;
    }

    /// Begins with the list of an entity.
    pub(super) fn fill(&mut self, results: &[(Id<Card>, Held)]) {
        self.clear();
        results.iter().enumerate().for_each(|(place, (card, _))| self.insert(*card, place));
    }

    #[expect(clippy::expect_used, reason = "the list of places is long enough")]
    pub(super) fn insert(&mut self, card: Id<Card>, place: usize) {
        let index = card.index();
        if self.places.len() <= index {
            self.places.resize(index + 1, (0, 0));
        }
        *self.places.get_mut(index).expect("there is a place for the scorecard") = (self.list, place);
    }

    /// The place of a scorecard in the current list.
    pub(super) fn get(&self, card: Id<Card>) -> Option<usize> {
        self.places.get(card.index()).filter(|(list, _)| *list == self.list).map(|(_, place)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_of_the_current_list_only() {
        let [first, second, third] = [0, 1, 2].map(Id::at);
        let mut places = CardPlaces::default();
        places.fill(&[(second, None), (first, None)]);
        assert_eq!([first, second, third].map(|card| places.get(card)), [Some(1), Some(0), None]);
        places.fill(&[(third, None)]);
        assert_eq!([first, second, third].map(|card| places.get(card)), [None, None, Some(0)]);
        places.clear();
        assert_eq!(places.get(third), None);
    }
}
