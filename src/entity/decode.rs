//! Decodes one entity in a single pass over its bytes: fills the wanted slots and skips everything else.
//!
//! An object is an entity with `properties`, a flat row (an entity whose properties are beside its identifier), or
//! a wrapper (a response of the Port API that contains entities). Only the end of the object shows which one it is,
//! because the last of duplicate keys counts. Until then the decoder records the place of each value that has the wrong type.

use super::field::Field;
use super::key_order::KeyOrder;
use super::member::{identifier_at, name_at, skip};
use super::model::Entity;
use super::rejection::{Rejection, kind};
use super::swapped::{has_queries, wraps_scorecards, wraps_waivers};
use super::team::read_team;
use super::value::read_value;
use super::wanted::{Meta, Slot, Wanted};
use crate::json::{Fault, Scanner};
use crate::value::Value;
use std::borrow::Cow;
use std::ops::Range;

/// The kind of object that was decoded.
#[derive(Debug, PartialEq)]
pub(crate) enum Decoded {
    /// An element.
    Element,
    /// A wrapper with an array of elements, which is at these bytes.
    Many(Range<usize>),
    /// A wrapper with one element, which is at these bytes.
    One(Range<usize>),
}

/// The places of the members that decide, at the end of an object, what the object is.
#[derive(Default)]
struct Seen {
    identifier: Option<Range<usize>>,
    title: Option<Range<usize>>,
    blueprint: Option<Range<usize>>,
    /// The place and the type of `properties`, if the type is wrong.
    wrong_properties: Option<(usize, &'static str)>,
    /// The place and the type of `relations`, if the type is wrong.
    wrong_relations: Option<(usize, &'static str)>,
    /// Whether slots of properties may have been filled.
    has_filled: bool,
    /// Whether there are `properties`. A flat row has its properties beside its identifier.
    has_properties: bool,
    has_relations: bool,
    entities: Option<Range<usize>>,
    entity: Option<Range<usize>>,
    /// Whether `rules` has queries, so that the object is a scorecard.
    has_queries: bool,
    /// The same of the `rules` in `properties`.
    has_queries_inside: bool,
}

/// The meaning of a key of `properties` or `relations`.
#[derive(Clone, Copy)]
enum MemberAction {
    Read(Slot),
    Skip,
    /// `rules` in `properties`, which marks a scorecard if it has queries.
    Rules,
}

impl MemberAction {
    fn of(slot: Option<Slot>) -> Self {
        slot.map_or(Self::Skip, Self::Read)
    }
}

/// Decodes entities one after another, and learns the order of their keys.
pub(crate) struct Decoder<'w> {
    wanted: &'w Wanted,
    fields: KeyOrder<Field>,
    properties: KeyOrder<MemberAction>,
    relations: KeyOrder<MemberAction>,
}

impl<'w> Decoder<'w> {
    pub(super) fn new(wanted: &'w Wanted) -> Self {
        Self {
            wanted,
            fields: KeyOrder::default(),
            properties: KeyOrder::default(),
            relations: KeyOrder::default(),
        }
    }

    /// Decodes the next object of `scanner` into `entity`.
    pub(super) fn decode<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
    ) -> Result<Decoded, Rejection> {
        if scanner.peek() != Some(b'{') {
            return Err(Rejection::not_an_object(scanner, "entity"));
        }
        let start = scanner.pos();
        scanner.open()?;
        let wanted = self.wanted;
        entity.clear();
        let mut seen = Seen::default();
        let (mut first, mut at) = (true, 0);
        while let Some(field) =
            self.fields.next(scanner, &mut first, &mut at, |name| Field::named(name, wanted))?
        {
            match field {
                Field::Identifier => seen.identifier = Some(skip(scanner)?),
                Field::Title => seen.title = Some(skip(scanner)?),
                Field::Blueprint => seen.blueprint = Some(skip(scanner)?),
                Field::Properties => self.properties(scanner, entity, &mut seen)?,
                Field::Relations => self.relations(scanner, entity, &mut seen)?,
                Field::Team => read_team(scanner, wanted, entity)?,
                Field::Meta(meta) => fill_if_wanted(scanner, wanted.meta_slot(meta), entity)?,
                Field::Ignored | Field::Other => scanner.skip_value()?,
                Field::Row(slot) => {
                    seen.has_filled = true;
                    fill_if_wanted(scanner, (!seen.has_properties).then_some(slot), entity)?;
                }
                Field::Entities => {
                    let (range, kind) = self.wrapper_or_property(scanner, b"entities", entity, &mut seen)?;
                    seen.entities = (kind == Some(b'[')).then_some(range);
                }
                Field::Entity => {
                    let (range, kind) = self.wrapper_or_property(scanner, b"entity", entity, &mut seen)?;
                    seen.entity = (kind == Some(b'{')).then_some(range);
                }
                Field::Rules => {
                    let (range, _) = self.wrapper_or_property(scanner, b"rules", entity, &mut seen)?;
                    seen.has_queries = has_queries(scanner.at(range.start, 0));
                }
            }
        }
        conclude(start, scanner, wanted, entity, &seen)
    }

    /// Reads the value of `entities`, `entity` or `rules`: the object is not an entity, or it is a flat row with a
    /// property of this name. Returns the place of the value and its first byte.
    fn wrapper_or_property<'a>(
        &self,
        scanner: &mut Scanner<'a>,
        name: &[u8],
        entity: &mut Entity<'a>,
        seen: &mut Seen,
    ) -> Result<(Range<usize>, Option<u8>), Fault> {
        seen.has_filled = true;
        let kind = scanner.peek();
        let from = scanner.pos();
        let slot = if seen.has_properties { None } else { self.wanted.property_slot(name) };
        fill_if_wanted(scanner, slot, entity)?;
        Ok((from..scanner.pos(), kind))
    }

    fn properties<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
        seen: &mut Seen,
    ) -> Result<(), Fault> {
        // the slots have values from a flat row or from an earlier `properties`, which do not count
        if std::mem::replace(&mut seen.has_filled, true) {
            for slot in self.wanted.property_slots() {
                *entity.value_mut(slot) = Value::Missing;
            }
        }
        seen.has_properties = true;
        let wanted = self.wanted;
        let action = |name: &[u8]| match name {
            b"rules" => MemberAction::Rules,
            name => MemberAction::of(wanted.property_slot(name)),
        };
        seen.has_queries_inside = false;
        seen.wrong_properties = members(scanner, entity, &mut self.properties, action, |scanner, entity| {
            seen.has_queries_inside = has_queries(*scanner);
            fill_if_wanted(scanner, wanted.property_slot(b"rules"), entity)
        })?;
        Ok(())
    }

    fn relations<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
        seen: &mut Seen,
    ) -> Result<(), Fault> {
        let twice = std::mem::replace(&mut seen.has_relations, true);
        if !self.wanted.has_relations() && scanner.peek() == Some(b'{') {
            seen.wrong_relations = None;
            return scanner.skip_value();
        }
        if twice {
            for slot in self.wanted.relation_slots() {
                *entity.value_mut(slot) = Value::Missing;
            }
        }
        let wanted = self.wanted;
        let action = |name: &[u8]| MemberAction::of(wanted.relation_slot(name));
        seen.wrong_relations =
            members(scanner, entity, &mut self.relations, action, |scanner, _| scanner.skip_value())?;
        Ok(())
    }
}

/// Decides what an object is, once all its members are known.
fn conclude<'a>(
    start: usize,
    scanner: &Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    seen: &Seen,
) -> Result<Decoded, Rejection> {
    if seen.has_queries || seen.has_queries_inside {
        return Err(Rejection::scorecard(start));
    }
    let Some(identifier) = &seen.identifier else {
        return match (&seen.entities, &seen.entity) {
            (Some(range), _) => Ok(Decoded::Many(range.clone())),
            (None, Some(range)) => Ok(Decoded::One(range.clone())),
            (None, None) if wraps_scorecards(scanner.at(start, 0)) => Err(Rejection::scorecard(start)),
            (None, None) if wraps_waivers(scanner.at(start, 0)) => Err(Rejection::waivers(start)),
            (None, None) => Err(Rejection::missing_identifier("the entity has no `identifier`", start)),
        };
    };
    entity.identifier = identifier_at(scanner, identifier)?;
    entity.title = name_at(scanner, seen.title.as_ref(), "title", &entity.identifier)?;
    entity.blueprint = name_at(scanner, seen.blueprint.as_ref(), "blueprint", &entity.identifier)?;
    for (field, seen) in [("properties", seen.wrong_properties), ("relations", seen.wrong_relations)] {
        if let Some((at, kind)) = seen {
            let message = format!("`{field}` must be an object or null, not {kind}");
            return Err(Rejection::wrong_type(
                at,
                Some(&entity.identifier),
                message,
                "write `{\"name\": value, …}`",
            ));
        }
    }
    if wanted.has_meta() {
        fill_names(wanted, entity);
    }
    if let Some(text) = &mut entity.text {
        text.start = start;
    }
    Ok(Decoded::Element)
}

/// Fills the slots of the meta-properties that name the entity itself.
fn fill_names(wanted: &Wanted, entity: &mut Entity<'_>) {
    if let Some(slot) = wanted.meta_slot(Meta::Identifier) {
        *entity.value_mut(slot) = Value::Text(entity.identifier.clone());
    }
    if let Some(slot) = wanted.meta_slot(Meta::Title) {
        *entity.value_mut(slot) = entity.title.clone().map_or(Value::Missing, Value::Text);
    }
    if let Some(slot) = wanted.meta_slot(Meta::Blueprint) {
        let default = || Cow::Owned(wanted.default_blueprint().to_owned());
        *entity.value_mut(slot) = Value::Text(entity.blueprint.clone().unwrap_or_else(default));
    }
}

/// Fills the slots of the wanted members of an object. If the value is neither an object nor null, returns
/// its place and its type. `rules` reads the value for
/// [`MemberAction::Rules`].
#[inline]
fn members<'a>(
    scanner: &mut Scanner<'a>,
    entity: &mut Entity<'a>,
    order: &mut KeyOrder<MemberAction>,
    action: impl Fn(&[u8]) -> MemberAction,
    mut rules: impl FnMut(&mut Scanner<'a>, &mut Entity<'a>) -> Result<(), Fault>,
) -> Result<Option<(usize, &'static str)>, Fault> {
    let next = scanner.peek();
    if next != Some(b'{') {
        let at = scanner.pos();
        scanner.skip_value()?;
        return Ok((next != Some(b'n')).then(|| (at, kind(next))));
    }
    scanner.open()?;
    let (mut first, mut at) = (true, 0);
    while let Some(action) = order.next(scanner, &mut first, &mut at, &action)? {
        match action {
            MemberAction::Read(slot) => *entity.value_mut(slot) = read_value(scanner)?,
            MemberAction::Skip => scanner.skip_value()?,
            MemberAction::Rules => rules(scanner, entity)?,
        }
    }
    Ok(None)
}

#[inline(always)]
fn fill_if_wanted<'a>(
    scanner: &mut Scanner<'a>,
    slot: Option<Slot>,
    entity: &mut Entity<'a>,
) -> Result<(), Fault> {
    match slot {
        Some(slot) => *entity.value_mut(slot) = read_value(scanner)?,
        None => scanner.skip_value()?,
    }
    Ok(())
}
