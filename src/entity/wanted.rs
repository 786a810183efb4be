//! The wanted fields of an entity, each with a slot. Through slots, scorecards find values without the names of
//! fields.

use crate::words::words;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

words! {
    /// The meta-properties, which every entity has.
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

/// The place of a wanted field's value in an [`Entity`](super::Entity). Comes from [`Wanted`], whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    index: usize,
    /// Unique in the program, so that a slot of another [`Wanted`] is recognized.
    stamp: u64,
}

impl Slot {
    pub(crate) fn index(self) -> usize {
        self.index
    }
}

/// The fields to decode. All other fields are skipped, and only checked to be well-formed JSON.
///
/// [`Scorecards::wanted`](crate::Scorecards::wanted) has the fields that grading needs. To read further fields, add
/// them to a clone. Slots of the original stay valid for entities that are read with the clone.
///
/// ```
/// use dora_score::{Entity, Instant, Scorecards, Value, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let mut wanted = scorecards.wanted().clone();
/// let language = wanted.include_property("language").ok_or("unknown meta-property")?;
/// let domain = wanted.include_relation("domain");
/// let value = serde_json::json!({
///     "identifier": "checkout", "properties": {"language": "Rust"}, "relations": {"domain": "sales"},
/// });
/// let entity = Entity::from_value(&value, &wanted)?;
/// assert_eq!(entity.value(language), &Value::Text("Rust".into()));
/// assert_eq!(entity.value(domain), &Value::Text("sales".into()));
/// assert_eq!(wanted.include_property("$owner"), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    properties: HashMap<Box<[u8]>, Slot>,
    relations: HashMap<Box<[u8]>, Slot>,
    meta: [Option<Slot>; Meta::ALL.len()],
    slots: Arc<Vec<Slot>>,
    default_blueprint: String,
}

impl Wanted {
    /// A set without fields: only the identifier, title, blueprint and teams of an entity are decoded.
    /// `default_blueprint` is the value of `$blueprint` for an entity without a blueprint.
    pub fn new(default_blueprint: &str) -> Self {
        Self { default_blueprint: default_blueprint.to_owned(), ..Self::default() }
    }

    /// Adds a property, or a meta-property such as `$team` if the name begins with `$`. Returns its slot, or `None` for
    /// an unknown meta-property. A field that is added twice keeps its slot.
    pub fn include_property(&mut self, name: &str) -> Option<Slot> {
        if name.starts_with('$') {
            return Meta::named(name).map(|meta| self.include_meta(meta));
        }
        Some(self.include_own_property(name))
    }

    /// Adds a property that is not a meta-property, even if its name begins with `$`.
    pub(crate) fn include_own_property(&mut self, name: &str) -> Slot {
        include(&mut self.properties, &mut self.slots, name)
    }

    /// Adds a relation, and returns its slot.
    pub fn include_relation(&mut self, name: &str) -> Slot {
        include(&mut self.relations, &mut self.slots, name)
    }

    /// Adds a meta-property.
    pub(crate) fn include_meta(&mut self, meta: Meta) -> Slot {
        let [.., place] = self.meta.get_mut(..=meta as usize).unwrap_or_default() else {
            unreachable!("there is a place for every meta-property");
        };
        *place.get_or_insert_with(|| new_slot(&mut self.slots))
    }

    /// The blueprint to use for an entity without one.
    pub(crate) fn default_blueprint(&self) -> &str {
        &self.default_blueprint
    }

    /// All slots, in the order of their indices.
    pub(super) fn slots(&self) -> Arc<Vec<Slot>> {
        Arc::clone(&self.slots)
    }

    pub(crate) fn slot_count(&self) -> usize {
        self.slots.len()
    }

    /// The newest slot. An entity that has it has all slots.
    pub(crate) fn last_slot(&self) -> Option<Slot> {
        self.slots.last().copied()
    }

    pub(crate) fn property_slot(&self, name: &[u8]) -> Option<Slot> {
        self.properties.get(name).copied()
    }

    pub(crate) fn relation_slot(&self, name: &[u8]) -> Option<Slot> {
        self.relations.get(name).copied()
    }

    pub(crate) fn meta_slot(&self, meta: Meta) -> Option<Slot> {
        self.meta.get(meta as usize).copied().flatten()
    }

    pub(super) fn has_relations(&self) -> bool {
        !self.relations.is_empty()
    }

    pub(super) fn has_meta(&self) -> bool {
        self.meta.iter().any(Option::is_some)
    }

    pub(super) fn property_slots(&self) -> impl Iterator<Item = Slot> {
        self.properties.values().copied()
    }

    pub(super) fn relation_slots(&self) -> impl Iterator<Item = Slot> {
        self.relations.values().copied()
    }
}

fn include(names: &mut HashMap<Box<[u8]>, Slot>, slots: &mut Arc<Vec<Slot>>, name: &str) -> Slot {
    *names.entry(name.as_bytes().into()).or_insert_with(|| new_slot(slots))
}

/// Adds a slot. Entities that were read before keep their slots.
fn new_slot(slots: &mut Arc<Vec<Slot>>) -> Slot {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let slots = Arc::make_mut(slots);
    let slot = Slot { index: slots.len(), stamp: NEXT.fetch_add(1, Ordering::Relaxed) };
    slots.push(slot);
    slot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_and_a_relation_of_the_same_name_have_different_slots() {
        let mut wanted = Wanted::new("service");
        let property = wanted.include_property("owner").unwrap();
        let relation = wanted.include_relation("owner");
        let meta = wanted.include_property("$team").unwrap();
        assert_eq!(wanted.include_property("owner"), Some(property));
        assert_eq!(wanted.include_relation("owner"), relation);
        assert_eq!(wanted.include_property("$team"), Some(meta));
        assert_eq!([property, relation, meta].map(Slot::index), [0, 1, 2]);
        assert_eq!(wanted.slot_count(), 3);
        assert_eq!(wanted.include_property("$nothing"), None);
    }

    #[test]
    fn every_property_keeps_its_slot() {
        let mut wanted = Wanted::default();
        let names: Vec<String> =
            (0..1000).map(|index| format!("{}p{index}", "x".repeat(index % 20))).collect();
        let slots: Vec<Slot> = names.iter().map(|name| wanted.include_own_property(name)).collect();
        for (name, slot) in names.iter().zip(slots) {
            assert_eq!(wanted.property_slot(name.as_bytes()), Some(slot), "{name}");
        }
        assert_eq!(wanted.property_slot(b"p1000"), None);
        assert_eq!(wanted.property_slot(b""), None);
    }
}
