//! An entity: its names, and the values of the wanted fields.

use super::names::{EntityText, Names};
use super::wanted::{Slot, Wanted};
use crate::value::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An entity, such as a service or a team: its names, and the values of the wanted fields.
///
/// It borrows from the text that it was read from. Comes from [`for_each_entity`](crate::for_each_entity), or from
/// [`Entity::from_value`], whose example shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity<'a> {
    pub(super) identifier: Cow<'a, str>,
    pub(super) title: Option<Cow<'a, str>>,
    pub(super) blueprint: Option<Cow<'a, str>>,
    pub(super) team: Vec<Cow<'a, str>>,
    /// The slots of the [`Wanted`] that it was read with.
    slots: Arc<Vec<Slot>>,
    /// The value in each slot.
    values: Vec<Value<'a>>,
    /// `None` for a copy, which no longer has its text.
    pub(super) text: Option<EntityText<'a>>,
}

impl<'a> Entity<'a> {
    /// An empty entity, for a decoder to fill.
    pub(super) fn blank(wanted: &Wanted) -> Self {
        Self {
            identifier: Cow::Borrowed(""),
            title: None,
            blueprint: None,
            team: Vec::new(),
            slots: wanted.slots(),
            values: vec![Value::Missing; wanted.slot_count()],
            text: None,
        }
    }

    /// The entity with the text that entities are read from.
    pub(super) fn with_text(self, text: EntityText<'a>) -> Self {
        Self { text: Some(text), ..self }
    }

    /// Empties the entity but keeps its memory for the next one.
    pub(super) fn clear(&mut self) {
        self.identifier = Cow::Borrowed("");
        self.title = None;
        self.blueprint = None;
        self.team.clear();
        // `fill` would clone the value for each slot
        self.values.iter_mut().for_each(|value| *value = Value::Missing);
    }

    /// The identifier; never empty.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The title, or the identifier if it has no title.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.identifier)
    }

    /// The blueprint, if the entity has one.
    pub fn blueprint(&self) -> Option<&str> {
        self.blueprint.as_deref()
    }

    /// The teams that own it, in the order of the input; empty without any.
    pub fn team(&self) -> &[Cow<'a, str>] {
        &self.team
    }

    /// The teams that own it, each once, sorted.
    pub(crate) fn different_teams(&self) -> BTreeSet<&str> {
        self.team.iter().map(AsRef::as_ref).collect()
    }

    /// The values in the order of their slots.
    pub(crate) fn values(&self) -> &[Value<'a>] {
        &self.values
    }

    /// The names of its properties and relations. `None` for a copy, which no longer has its text.
    pub(crate) fn names(&self) -> Option<Names<'a>> {
        self.text.map(|text| text.names())
    }

    /// Whether a slot belongs to the [`Wanted`] that the entity was read with.
    #[inline]
    pub(crate) fn has_slot(&self, slot: Slot) -> bool {
        self.slots.get(slot.index()) == Some(&slot)
    }

    /// The value in a slot; [`Value::Missing`] if the entity does not have the field.
    ///
    /// # Panics
    /// If the slot was not returned by the [`Wanted`] that the entity was read with, or by one that it was cloned
    /// from.
    pub fn value(&self, slot: Slot) -> &Value<'a> {
        assert!(self.has_slot(slot), "the slot belongs to another `Wanted`");
        self.value_at(slot)
    }

    /// Like [`Self::value`], without the check of [`Self::has_slot`].
    #[inline]
    #[expect(clippy::expect_used, reason = "there is a value for each slot, see `blank`")]
    pub(crate) fn value_at(&self, slot: Slot) -> &Value<'a> {
        self.values.get(slot.index()).expect("every slot of an entity has a value")
    }

    /// The value in a slot, for the decoder to change.
    #[inline(always)]
    #[expect(clippy::expect_used, reason = "there is a value for each slot, see `blank`")]
    pub(super) fn value_mut(&mut self, slot: Slot) -> &mut Value<'a> {
        self.values.get_mut(slot.index()).expect("every slot of an entity has a value")
    }

    /// A copy that does not borrow from the input.
    pub(crate) fn to_owned(&self) -> Entity<'static> {
        Entity {
            identifier: owned(&self.identifier),
            title: self.title.as_deref().map(owned),
            blueprint: self.blueprint.as_deref().map(owned),
            team: self.team.iter().map(|name| owned(name)).collect(),
            slots: Arc::clone(&self.slots),
            values: self.values.iter().map(|value| value.clone().into_owned()).collect(),
            text: None,
        }
    }

    /// Replaces the value in a slot, to grade the entity with another value. Returns the previous value.
    ///
    /// # Panics
    /// Like [`Self::value`].
    pub(crate) fn replace(&mut self, slot: Slot, value: Value<'a>) -> Value<'a> {
        assert!(self.has_slot(slot), "the slot belongs to another `Wanted`");
        std::mem::replace(self.value_mut(slot), value)
    }
}

fn owned(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_has_the_slots_of_its_wanted_and_of_the_one_that_was_cloned() {
        let mut first = Wanted::default();
        let shared = first.include_relation("a");
        let mut second = first.clone();
        let (mine, other) = (second.include_relation("b"), first.include_relation("b"));
        let entity = Entity::blank(&second);
        assert!(entity.has_slot(shared) && entity.has_slot(mine));
        assert!(!entity.has_slot(other));
        assert_eq!(mine.index(), other.index());
    }

    #[test]
    #[should_panic(expected = "the slot belongs to another `Wanted`")]
    fn a_slot_of_another_set_panics() {
        let slot = Wanted::default().include_relation("a");
        let mut wanted = Wanted::default();
        wanted.include_relation("a");
        Entity::blank(&wanted).value(slot);
    }
}
