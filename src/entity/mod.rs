//! Entities: what is graded, read from bytes without building what nobody asks for.

mod decode;
mod pipeline;
mod route;
mod serial;
mod stream;
mod value;
mod wanted;

pub use pipeline::{Input, Settings};
pub(crate) use pipeline::{Worker, read};
pub use serial::for_each_entity;
pub(crate) use wanted::Meta;
pub use wanted::{Slot, Wanted};

use crate::value::Value;
use std::borrow::Cow;

/// One thing that is graded: its names, and the values that were wanted of it.
///
/// It borrows from the text it was read from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entity<'a> {
    identifier: Cow<'a, str>,
    title: Option<Cow<'a, str>>,
    blueprint: Option<Cow<'a, str>>,
    team: Vec<Cow<'a, str>>,
    values: Vec<Value<'a>>,
    /// Names met; kept only when [`Wanted::names`] was asked for.
    names: Names<'a>,
}

/// Names of properties and of relations.
#[derive(Debug, Clone, Default, PartialEq)]
struct Names<'a> {
    properties: Vec<Cow<'a, str>>,
    relations: Vec<Cow<'a, str>>,
}

impl<'a> Entity<'a> {
    /// The identifier; never empty.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The title, or the identifier where there is none.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.identifier)
    }

    /// The blueprint, if the entity names one.
    pub fn blueprint(&self) -> Option<&str> {
        self.blueprint.as_deref()
    }

    /// The teams that own it. Empty when [`Wanted::teams`] was not asked for.
    pub fn team(&self) -> &[Cow<'a, str>] {
        &self.team
    }

    /// The values of all slots, in their order.
    pub(crate) fn values(&self) -> &[Value<'a>] {
        &self.values
    }

    /// The names of its properties. Empty when [`Wanted::names`] was not asked for.
    pub(crate) fn property_names(&self) -> &[Cow<'a, str>] {
        &self.names.properties
    }

    /// The names of its relations. Empty when [`Wanted::names`] was not asked for.
    pub(crate) fn relation_names(&self) -> &[Cow<'a, str>] {
        &self.names.relations
    }

    /// The value in a slot of the [`Wanted`] it was read with.
    pub fn value(&self, slot: Slot) -> &Value<'a> {
        self.values.get(slot.index()).unwrap_or(&Value::Missing)
    }

    /// The entity, independent of the input it was borrowed from.
    pub(crate) fn kept(&self) -> Entity<'static> {
        let owned = |text: &Cow<'_, str>| Cow::Owned(text.clone().into_owned());
        Entity {
            identifier: owned(&self.identifier),
            title: self.title.as_ref().map(owned),
            blueprint: self.blueprint.as_ref().map(owned),
            team: self.team.iter().map(owned).collect(),
            values: self.values.iter().map(|value| value.clone().into_owned()).collect(),
            names: Names::default(),
        }
    }

    /// Puts another value into a slot: what the entity would be like. Gives back the one that was there.
    pub(crate) fn replace(&mut self, slot: Slot, value: Value<'a>) -> Value<'a> {
        self.values.get_mut(slot.index()).map_or(Value::Missing, |place| std::mem::replace(place, value))
    }
}
