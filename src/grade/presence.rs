//! Finds the fields that conditions name and no entity has.
//!
//! A field counts as present if one entity has it, even if it is null. Each block of input starts with all fields of the
//! conditions and drops those that it meets, so an entity costs one test as soon as all of them have been met.

#![expect(clippy::expect_used, reason = "there is a presence for each group of scorecards")]

use super::field_names::FieldNames;
use crate::entity::{Entity, Meta, Slot};
use crate::scorecard::{ScorecardGroup, Scorecards};
use crate::value::Value;

/// The fields that no entity has, for each group of scorecards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Presence(Vec<GroupPresence>);

/// The fields that none of some entities has, such as those of a blueprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GroupPresence {
    /// The slots of the fields that no entity had so far, in ascending order.
    pub(crate) unmet: Vec<Slot>,
    /// Names that entities have, to suggest one of them. They are only collected while a field is missing.
    pub(crate) names: FieldNames,
    sampled: u32,
    /// How many of the last sampled entities had no new name.
    familiar: u32,
}

/// The maximum number of entities in each block whose names are collected, so that the names cost little in a large
/// input.
const MOST_SAMPLED: u32 = 50;
/// After this number of entities in a row without a new name, the entities of a block are probably alike. Reading them
/// all costs 4 % more instructions if a field is missing, and stopping here 2 % (2026-11).
const MOST_FAMILIAR: u32 = 16;

impl Presence {
    pub(super) fn new(scorecards: &Scorecards) -> Self {
        let wanted = scorecards.wanted();
        let meta: Vec<Slot> = Meta::ALL.iter().filter_map(|meta| wanted.meta_slot(*meta)).collect();
        let unmet = |group: &ScorecardGroup| {
            let slots = group.fields.iter().map(|field| field.slot);
            slots.filter(|slot| !meta.contains(slot)).collect()
        };
        let groups = scorecards.groups().iter();
        Self(groups.map(|group| GroupPresence::of_slots(unmet(group))).collect())
    }

    /// The fields of a group that no entity has.
    pub(super) fn of(&self, group: &ScorecardGroup) -> &GroupPresence {
        self.0.get(group.index).expect("every group has its presence")
    }

    /// Looks at an entity that the scorecards of `group` grade.
    #[inline]
    pub(super) fn count(&mut self, group: &ScorecardGroup, entity: &Entity<'_>) {
        self.0.get_mut(group.index).expect("every group has its presence").count(entity);
    }

    /// Adds what other entities have.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (presence, other) in self.0.iter_mut().zip(&other.0) {
            presence.absorb(other);
        }
    }
}

impl GroupPresence {
    /// The presence of these fields before any entity.
    pub(super) fn of_slots(unmet: Vec<Slot>) -> Self {
        Self { unmet, ..Self::default() }
    }

    /// Looks at an entity. It costs one test if no field is missing.
    #[inline]
    pub(super) fn count(&mut self, entity: &Entity<'_>) {
        if !self.unmet.is_empty() {
            self.look(entity);
        }
    }

    fn look(&mut self, entity: &Entity<'_>) {
        self.unmet.retain(|slot| matches!(entity.value_at(*slot), Value::Missing));
        if !self.unmet.is_empty() && self.sampled < MOST_SAMPLED && self.familiar < MOST_FAMILIAR {
            let known = self.names.len();
            self.names.add(&entity.names().unwrap_or_default());
            self.sampled += 1;
            self.familiar = if self.names.len() > known { 0 } else { self.familiar + 1 };
        }
    }

    pub(super) fn absorb(&mut self, other: &Self) {
        let mut others = other.unmet.iter().peekable();
        self.unmet.retain(|slot| {
            while others.next_if(|other| *other < slot).is_some() {}
            others.peek() == Some(&slot)
        });
        self.names.absorb(&other.names);
    }
}
