//! The names of the fields that entities have, to suggest one for a name that none has.

use crate::entity::{MOST_NAMES, Names};
use std::collections::BTreeSet;

/// The names of properties and relations that occur, up to [`MOST_NAMES`] of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FieldNames {
    pub(crate) properties: BTreeSet<String>,
    pub(crate) relations: BTreeSet<String>,
}

/// The maximum length of a name, in bytes. Longer ones are not kept, so that the memory is bounded.
const LONGEST_NAME: usize = 1000;

impl FieldNames {
    /// The number of names.
    pub(super) fn len(&self) -> usize {
        self.properties.len() + self.relations.len()
    }

    /// Adds the names of one entity.
    pub(crate) fn add(&mut self, names: &Names<'_>) {
        names.properties.iter().for_each(|name| add_name(&mut self.properties, name));
        names.relations.iter().for_each(|name| add_name(&mut self.relations, name));
    }

    /// Adds other names.
    pub(crate) fn absorb(&mut self, other: &Self) {
        other.properties.iter().for_each(|name| add_name(&mut self.properties, name));
        other.relations.iter().for_each(|name| add_name(&mut self.relations, name));
    }
}

fn add_name(names: &mut BTreeSet<String>, name: &str) {
    if names.len() < MOST_NAMES && name.len() <= LONGEST_NAME && !names.contains(name) {
        names.insert(name.to_owned());
    }
}
