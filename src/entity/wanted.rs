//! Which fields of an entity are wanted, each with a slot. All that scorecards and entities know of
//! each other.

use crate::words::words;

words! {
    /// The properties that every entity has.
    Meta {
        Identifier = "$identifier",
        Title = "$title",
        Team = "$team",
        Icon = "$icon",
        Blueprint = "$blueprint",
        CreatedAt = "$createdAt",
        CreatedBy = "$createdBy",
        UpdatedAt = "$updatedAt",
        UpdatedBy = "$updatedBy",
    }
}

/// Where the value of a wanted field is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(usize);

impl Slot {
    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// The fields to decode; all others are only checked to be well-formed.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    properties: Keys,
    relations: Keys,
    meta: [Option<Slot>; Meta::ALL.len()],
    slots: usize,
    teams: bool,
    names: bool,
    default_blueprint: String,
}

impl Wanted {
    /// Nothing but the names of entities; `default_blueprint` is what `$blueprint` finds in an entity
    /// that names none.
    pub fn new(default_blueprint: &str) -> Self {
        Self { default_blueprint: default_blueprint.to_owned(), ..Self::default() }
    }

    /// Asks for the teams that own an entity.
    pub fn teams(&mut self) {
        self.teams = true;
    }

    /// Asks for the names of all properties and relations that an entity has.
    pub(crate) fn names(&mut self) {
        self.names = true;
    }

    pub(crate) fn wants_names(&self) -> bool {
        self.names
    }

    /// Asks for a property, or with a leading `$` for a meta-property; `None` if there is no such
    /// meta-property.
    pub fn property(&mut self, name: &str) -> Option<Slot> {
        if name.starts_with('$') {
            return Meta::named(name).map(|meta| self.meta(meta));
        }
        Some(self.own_property(name))
    }

    pub(crate) fn own_property(&mut self, name: &str) -> Slot {
        self.properties.intern(name, &mut self.slots)
    }

    /// Asks for a relation.
    pub fn relation(&mut self, name: &str) -> Slot {
        self.relations.intern(name, &mut self.slots)
    }

    pub(crate) fn meta(&mut self, meta: Meta) -> Slot {
        let fresh = Slot(self.slots);
        let Some(place) = self.meta.get_mut(meta as usize) else {
            return fresh;
        };
        let slot = *place.get_or_insert(fresh);
        if slot == fresh {
            self.slots += 1;
        }
        slot
    }

    pub(crate) fn wants_teams(&self) -> bool {
        self.teams
    }

    /// The blueprint of an entity that names none.
    pub(crate) fn default_blueprint(&self) -> &str {
        &self.default_blueprint
    }

    pub(crate) fn slots(&self) -> usize {
        self.slots
    }

    #[inline]
    pub(crate) fn property_slot(&self, name: &[u8]) -> Option<Slot> {
        self.properties.get(name)
    }

    #[inline]
    pub(crate) fn relation_slot(&self, name: &[u8]) -> Option<Slot> {
        self.relations.get(name)
    }

    pub(crate) fn meta_slot(&self, meta: Meta) -> Option<Slot> {
        self.meta.get(meta as usize).copied().flatten()
    }

    pub(crate) fn has_relations(&self) -> bool {
        self.relations.used > 0
    }

    pub(crate) fn has_meta(&self) -> bool {
        self.meta.iter().any(Option::is_some)
    }

    pub(crate) fn property_slots(&self) -> impl Iterator<Item = Slot> {
        self.properties.slots()
    }

    pub(crate) fn relation_slots(&self) -> impl Iterator<Item = Slot> {
        self.relations.slots()
    }
}

/// Names and their slots: a hash table that looks at the length and both ends of a name, for every key
/// of every entity is looked up once.
#[derive(Debug, Clone, Default)]
struct Keys {
    table: Vec<Option<(String, Slot)>>,
    used: usize,
}

impl Keys {
    #[inline]
    fn get(&self, name: &[u8]) -> Option<Slot> {
        let mut at = self.home(name)?;
        loop {
            match self.table.get(at)? {
                Some((known, slot)) if known.as_bytes() == name => return Some(*slot),
                Some(_) => at = (at + 1) & (self.table.len() - 1),
                None => return None,
            }
        }
    }

    fn intern(&mut self, name: &str, slots: &mut usize) -> Slot {
        if let Some(slot) = self.get(name.as_bytes()) {
            return slot;
        }
        let slot = Slot(*slots);
        *slots += 1;
        if self.table.len() < (self.used + 1) * 4 {
            let old = std::mem::take(&mut self.table);
            self.table.resize((old.len() * 2).max(16), None);
            old.into_iter().flatten().for_each(|(name, slot)| self.place(name, slot));
        }
        self.place(name.to_owned(), slot);
        self.used += 1;
        slot
    }

    fn place(&mut self, name: String, slot: Slot) {
        let Some(mut at) = self.home(name.as_bytes()) else { return };
        while matches!(self.table.get(at), Some(Some(_))) {
            at = (at + 1) & (self.table.len() - 1);
        }
        if let Some(entry) = self.table.get_mut(at) {
            *entry = Some((name, slot));
        }
    }

    /// Where the search for a name begins; the length of the table is a power of two.
    #[inline]
    fn home(&self, name: &[u8]) -> Option<usize> {
        let mask = self.table.len().checked_sub(1)?;
        Some(hash(name) as usize & mask)
    }

    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.table.iter().flatten().map(|(_, slot)| *slot)
    }
}

#[inline]
fn hash(name: &[u8]) -> u64 {
    let (front, back) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(front), Some(back)) => (u64::from_le_bytes(*front), u64::from_le_bytes(*back)),
        _ => (name.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)), 0),
    };
    let mixed = (front ^ back.rotate_left(23) ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 40
}
