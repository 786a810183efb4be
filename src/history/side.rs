//! One side of a comparison: entities with their results, in memory as numbers, because there may be millions.

use super::catalog::{Blueprint, Card, Held, Teams};
use super::document::Document;
use super::interned::Id;
use crate::diagnostic::{Code, Diagnostic, Place, quoted};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;
use std::ops::Range;

/// The names of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntityNames<'n> {
    pub(crate) identifier: &'n str,
    /// The title, or the identifier if the entity has no title.
    pub(crate) title: &'n str,
    pub(crate) blueprint: Id<Blueprint>,
    pub(crate) teams: Option<Id<Teams>>,
}

/// The number of an entity of a side, in the order of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityNumber(u32);

impl EntityNumber {
    #[expect(clippy::expect_used, reason = "four billion entities do not fit into memory")]
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).expect("there are fewer than four billion entities"))
    }

    /// The number of an entity, from [`Self::number`].
    pub(super) fn of(number: u32) -> Self {
        Self(number)
    }

    pub(super) fn number(self) -> u32 {
        self.0
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }

    /// The number after this one, which may have no entity.
    pub(super) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// An entity as it is stored. Its names and results are in lists of the side, up to these ends.
#[derive(Debug, Clone, Copy)]
struct Stored {
    identifier_end: usize,
    /// The same as the end of the identifier if there is no other title.
    title_end: usize,
    results_end: usize,
    blueprint: Id<Blueprint>,
    teams: Option<Id<Teams>>,
}

/// Entities with their results, in the order of the input.
#[derive(Debug, Default)]
struct Entities {
    stored: Vec<Stored>,
    /// Identifiers and titles, one after another.
    text: String,
    results: Vec<(Id<Card>, Held)>,
}

impl Entities {
    fn push(&mut self, names: EntityNames<'_>, results: impl IntoIterator<Item = (Id<Card>, Held)>) {
        let EntityNames { identifier, title, blueprint, teams } = names;
        self.text.push_str(identifier);
        let identifier_end = self.text.len();
        if title != identifier {
            self.text.push_str(title);
        }
        self.results.extend(results);
        let (title_end, results_end) = (self.text.len(), self.results.len());
        self.stored.push(Stored { identifier_end, title_end, results_end, blueprint, teams });
    }

    /// Adds the entities of another list.
    fn append(&mut self, other: &Self) {
        let (text, results) = (self.text.len(), self.results.len());
        self.stored.extend(other.stored.iter().map(|stored| Stored {
            identifier_end: text + stored.identifier_end,
            title_end: text + stored.title_end,
            results_end: results + stored.results_end,
            ..*stored
        }));
        self.text.push_str(&other.text);
        self.results.extend_from_slice(&other.results);
    }

    /// The ends of the entity before this one.
    fn starts(&self, index: usize) -> (usize, usize) {
        let before = index.checked_sub(1).and_then(|before| self.stored.get(before));
        before.map_or((0, 0), |before| (before.title_end, before.results_end))
    }

    #[expect(clippy::expect_used, reason = "`push` writes the ends")]
    fn names(&self, index: usize) -> EntityNames<'_> {
        let Stored { identifier_end, title_end, blueprint, teams, .. } = *self.stored(index);
        let text = |range: Range<usize>| self.text.get(range).expect("the text has every name");
        let identifier = text(self.starts(index).0..identifier_end);
        let title = text(identifier_end..title_end);
        let title = if title.is_empty() { identifier } else { title };
        EntityNames { identifier, title, blueprint, teams }
    }

    #[expect(clippy::expect_used, reason = "`push` writes the ends")]
    fn results(&self, index: usize) -> &[(Id<Card>, Held)] {
        let range = self.starts(index).1..self.stored(index).results_end;
        self.results.get(range).expect("the list has every result")
    }

    #[expect(clippy::expect_used, reason = "only `push` creates numbers of entities")]
    fn stored(&self, index: usize) -> &Stored {
        self.stored.get(index).expect("every number has an entity")
    }
}

/// The entities of a block of input, on their way to their side.
#[derive(Debug, Default)]
pub(crate) struct SideBlock {
    entities: Entities,
    /// The hash of each entity.
    hashes: Vec<u32>,
    /// How many entities `--entity` leaves out.
    pub(super) left_out: u64,
}

impl SideBlock {
    /// Adds an entity.
    pub(crate) fn push(
        &mut self,
        names: EntityNames<'_>,
        results: impl IntoIterator<Item = (Id<Card>, Held)>,
    ) {
        self.hashes.push(hash(names.blueprint, names.identifier));
        self.entities.push(names, results);
    }
}

/// A side of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Side {
    /// The name of its file.
    pub(crate) name: String,
    /// What its document says about all entities.
    pub(crate) document: Document,
    entities: Entities,
    /// Finds entities by the hash of blueprint and identifier. The hash is kept, so that a table that grows needs no
    /// names.
    numbers: HashTable<(u32, EntityNumber)>,
    /// How many entities `--entity` leaves out.
    pub(super) left_out: u64,
}

impl Side {
    /// A side without entities.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds the entities of a block.
    ///
    /// # Errors
    /// Returns a problem if an entity comes twice.
    pub(crate) fn absorb(
        &mut self,
        block: &SideBlock,
        blueprint: impl Fn(Id<Blueprint>) -> String,
    ) -> Result<(), Diagnostic> {
        let first = self.entities.stored.len();
        self.entities.append(&block.entities);
        self.left_out += block.left_out;
        let Self { entities, numbers, .. } = self;
        for (index, hash) in (first..).zip(block.hashes.iter().copied()) {
            let is_same = |(known, other): &(u32, EntityNumber)| {
                *known == hash && is_same(&entities.names(index), &entities.names(other.index()))
            };
            match numbers.entry(spread(hash), is_same, |(known, _)| spread(*known)) {
                Entry::Vacant(place) => drop(place.insert((hash, EntityNumber::at(index)))),
                Entry::Occupied(_) => {
                    let names = entities.names(index);
                    return Err(duplicate(&blueprint(names.blueprint), names.identifier, &self.name));
                }
            }
        }
        Ok(())
    }

    /// How many entities are compared.
    pub(crate) fn len(&self) -> usize {
        self.entities.stored.len()
    }

    /// All entities, in the order of the input.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = EntityNumber> + use<> {
        (0..self.len()).map(EntityNumber::at)
    }

    /// The names of an entity.
    pub(crate) fn names(&self, entity: EntityNumber) -> EntityNames<'_> {
        self.entities.names(entity.index())
    }

    /// The results of an entity, in the order of its scorecards.
    pub(crate) fn results(&self, entity: EntityNumber) -> &[(Id<Card>, Held)] {
        self.entities.results(entity.index())
    }

    /// The results of an entity, with the place of the first one in the list of all results of the side.
    pub(crate) fn placed_results(&self, entity: EntityNumber) -> (usize, &[(Id<Card>, Held)]) {
        (self.entities.starts(entity.index()).1, self.results(entity))
    }

    /// How many results there are.
    pub(crate) fn result_count(&self) -> usize {
        self.entities.results.len()
    }

    /// The entity with this blueprint and this identifier.
    pub(crate) fn find(&self, blueprint: Id<Blueprint>, identifier: &str) -> Option<EntityNumber> {
        self.find_from(None, blueprint, identifier)
    }

    /// Like [`Self::find`]; `expected` is tried first.
    pub(crate) fn find_from(
        &self,
        expected: Option<EntityNumber>,
        blueprint: Id<Blueprint>,
        identifier: &str,
    ) -> Option<EntityNumber> {
        let is_it = |number: EntityNumber| {
            let names = self.entities.names(number.index());
            names.blueprint == blueprint && names.identifier == identifier
        };
        let expected = expected.filter(|number| number.index() < self.len() && is_it(*number));
        expected.or_else(|| {
            let hash = hash(blueprint, identifier);
            let found = self.numbers.find(spread(hash), |(known, number)| *known == hash && is_it(*number));
            found.map(|(_, number)| *number)
        })
    }
}

fn is_same(one: &EntityNames<'_>, other: &EntityNames<'_>) -> bool {
    one.blueprint == other.blueprint && one.identifier == other.identifier
}

#[expect(clippy::cast_possible_truncation, reason = "32 bits are enough to tell most entities apart")]
fn hash(blueprint: Id<Blueprint>, identifier: &str) -> u32 {
    FixedState::default().hash_one((blueprint, identifier)) as u32
}

/// A hash of the length that tables need. They use the first and the last bits.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// The error for an entity that comes twice.
fn duplicate(blueprint: &str, identifier: &str, file: &str) -> Diagnostic {
    let message = format!("{} {} comes twice", quoted(blueprint), quoted(identifier));
    Diagnostic::error(Code::DuplicateEntity, message)
        .help("keep only one of the two")
        .at(Place::File(file.to_owned()))
}
