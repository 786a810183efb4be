//! Decodes one entity: a single pass over its bytes, which fills the wanted slots and skips the rest.
//!
//! What makes an object an entity, a row or a wrapper is known only at its end (the last of doubled keys
//! counts), so wrong types are remembered with their place and judged then.

use super::Entity;
use super::wanted::{Meta, Slot, Wanted};
use crate::json::{Fault, FaultKind, Scanner};
use crate::value::Value;
use std::borrow::Cow;
use std::ops::Range;

/// What an object turned out to be.
#[derive(Debug, PartialEq)]
pub(crate) enum Decoded {
    /// An entity; it has been filled in.
    Entity,
    /// An object that holds the array of entities at these bytes.
    Entities(Range<usize>),
    /// An object that holds the one entity at these bytes.
    One(Range<usize>),
}

/// Why there is no entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    /// The JSON is not sound, or ends too early.
    Json(Fault),
    /// The JSON is sound, but no entity.
    Shape {
        code: &'static str,
        message: String,
        help: &'static str,
        at: usize,
        /// The entity, when it is known.
        entity: Option<String>,
    },
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

/// A name of the entity as found: a string, or something wrong at a place.
#[derive(Default)]
enum Name<'a> {
    #[default]
    Absent,
    Text(Cow<'a, str>),
    Wrong {
        at: usize,
        kind: &'static str,
    },
}

/// What of the object is not in the entity's own fields.
#[derive(Default)]
struct Found<'a> {
    identifier: Name<'a>,
    identifier_at: usize,
    title: Name<'a>,
    blueprint: Name<'a>,
    wrong_properties: Option<(usize, &'static str)>,
    wrong_relations: Option<(usize, &'static str)>,
    has_properties: bool,
    entities: Option<Range<usize>>,
    entity: Option<Range<usize>>,
}

impl<'a> Entity<'a> {
    /// Forgets everything, keeping the memory.
    fn clear(&mut self, slots: usize) {
        self.identifier = Cow::Borrowed("");
        self.title = None;
        self.blueprint = None;
        self.team.clear();
        self.names.properties.clear();
        self.names.relations.clear();
        self.values.clear();
        self.values.resize(slots, Value::Missing);
    }

    #[inline]
    fn fill(&mut self, slot: Slot, value: Value<'a>) {
        if let Some(place) = self.values.get_mut(slot.index()) {
            *place = value;
        }
    }
}

/// Reads the object that is next in `scanner` into `entity`.
pub(crate) fn decode<'a>(
    scanner: &mut Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
) -> Result<Decoded, Refusal> {
    let next = scanner.peek();
    let start = scanner.pos();
    if next != Some(b'{') {
        return Err(not_an_object(scanner, next, start));
    }
    scanner.open()?;
    entity.clear(wanted.slots());
    let mut found = Found { identifier_at: start, ..Found::default() };
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        let name = key.name();
        match &*name {
            "identifier" => {
                scanner.peek();
                found.identifier_at = scanner.pos();
                found.identifier = text(scanner)?;
                if let (Some(slot), Name::Text(text)) =
                    (wanted.meta_slot(Meta::Identifier), &found.identifier)
                {
                    entity.fill(slot, Value::Text(text.clone()));
                }
            }
            "title" => found.title = text(scanner)?,
            "blueprint" => found.blueprint = text(scanner)?,
            "properties" => properties(scanner, wanted, entity, &mut found)?,
            "relations" => relations(scanner, wanted, entity, &mut found)?,
            "team" => team(scanner, wanted, entity)?,
            "icon" => meta(scanner, wanted, entity, Meta::Icon)?,
            "createdAt" => meta(scanner, wanted, entity, Meta::CreatedAt)?,
            "createdBy" => meta(scanner, wanted, entity, Meta::CreatedBy)?,
            "updatedAt" => meta(scanner, wanted, entity, Meta::UpdatedAt)?,
            "updatedBy" => meta(scanner, wanted, entity, Meta::UpdatedBy)?,
            "scorecards" => scanner.skip_value()?,
            other => {
                let is_array = scanner.peek() == Some(b'[');
                let is_object = scanner.peek() == Some(b'{');
                let from = scanner.pos();
                let slot = if found.has_properties { None } else { wanted.property_slot(other) };
                match slot {
                    Some(slot) => {
                        let value = value(scanner)?;
                        entity.fill(slot, value);
                    }
                    None => scanner.skip_value()?,
                }
                if wanted.wants_names() && !found.has_properties {
                    entity.names.properties.push(name.clone());
                }
                match other {
                    "entities" => found.entities = is_array.then(|| from..scanner.pos()),
                    "entity" => found.entity = is_object.then(|| from..scanner.pos()),
                    _ => {}
                }
            }
        }
    }
    conclude(start, wanted, entity, found)
}

/// Judges what was found, now that all of it is known.
fn conclude<'a>(
    start: usize,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    found: Found<'a>,
) -> Result<Decoded, Refusal> {
    let wrong = |at: usize, name: Option<&str>, message: String, help: &'static str| {
        Err(Refusal::Shape { code: "wrong-type", message, help, at, entity: name.map(str::to_owned) })
    };
    match found.identifier {
        Name::Text(text) if !text.is_empty() => entity.identifier = text,
        Name::Absent => {
            if let Some(range) = found.entities {
                return Ok(Decoded::Entities(range));
            }
            if let Some(range) = found.entity {
                return Ok(Decoded::One(range));
            }
            let message = "the entity has no `identifier`".to_owned();
            let help = "every entity needs one: a string that is not empty";
            return Err(Refusal::Shape {
                code: "missing-identifier",
                message,
                help,
                at: start,
                entity: None,
            });
        }
        Name::Text(_) => {
            let message = "the `identifier` of the entity is empty".to_owned();
            let help = "every entity needs one: a string that is not empty";
            return Err(Refusal::Shape {
                code: "missing-identifier",
                message,
                help,
                at: found.identifier_at,
                entity: None,
            });
        }
        Name::Wrong { at, kind } => {
            let message = format!("the `identifier` of an entity must be a string, not {kind}");
            return wrong(at, None, message, "put it in double quotes");
        }
    }
    let name = Some(&*entity.identifier);
    entity.title = match found.title {
        Name::Text(text) => Some(text).filter(|text| !text.is_empty()),
        Name::Absent => None,
        Name::Wrong { at, kind } if kind != NULL => {
            return wrong(
                at,
                name,
                format!("`title` must be a string or null, not {kind}"),
                "put it in double quotes",
            );
        }
        Name::Wrong { .. } => None,
    };
    entity.blueprint = match found.blueprint {
        Name::Text(text) => Some(text).filter(|text| !text.is_empty()),
        Name::Absent => None,
        Name::Wrong { at, kind } if kind != NULL => {
            return wrong(
                at,
                name,
                format!("`blueprint` must be a string or null, not {kind}"),
                "put it in double quotes",
            );
        }
        Name::Wrong { .. } => None,
    };
    for (field, found) in [("properties", found.wrong_properties), ("relations", found.wrong_relations)] {
        if let Some((at, kind)) = found {
            let help = "write `{\"name\": value, …}`";
            return wrong(at, name, format!("`{field}` must be an object or null, not {kind}"), help);
        }
    }
    if wanted.has_meta() {
        if let (Some(slot), Some(title)) = (wanted.meta_slot(Meta::Title), &entity.title) {
            entity.fill(slot, Value::Text(title.clone()));
        }
        if let Some(slot) = wanted.meta_slot(Meta::Blueprint) {
            let blueprint = entity.blueprint.clone();
            let blueprint = blueprint.unwrap_or_else(|| Cow::Owned(wanted.default_blueprint().to_owned()));
            entity.fill(slot, Value::Text(blueprint));
        }
    }
    Ok(Decoded::Entity)
}

const NULL: &str = "null";

fn not_an_object(scanner: &mut Scanner<'_>, next: Option<u8>, start: usize) -> Refusal {
    if let Err(fault) = scanner.skip_value() {
        // a number at the very end is whole, and so is the finding about it
        if !(fault.kind == FaultKind::End && matches!(next, Some(b'-' | b'0'..=b'9'))) {
            return Refusal::Json(fault);
        }
    }
    let message = format!("an entity must be an object, not {}", kind(next));
    let help = "the input is a stream of entities, arrays of entities and answers of the Port API";
    Refusal::Shape { code: "wrong-type", message, help, at: start, entity: None }
}

/// What a value is, with its article, told by its first byte.
fn kind(first: Option<u8>) -> &'static str {
    match first {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => NULL,
        _ => "a number",
    }
}

/// A string, or what stands in its place.
#[inline]
fn text<'a>(scanner: &mut Scanner<'a>) -> Result<Name<'a>, Fault> {
    let next = scanner.peek();
    if next == Some(b'"') {
        return scanner.string().map(Name::Text);
    }
    let at = scanner.pos();
    scanner.skip_value()?;
    Ok(Name::Wrong { at, kind: kind(next) })
}

fn properties<'a>(
    scanner: &mut Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    found: &mut Found<'a>,
) -> Result<(), Fault> {
    // what came before were keys of a row, or properties that stand twice
    for slot in wanted.property_slots() {
        entity.fill(slot, Value::Missing);
    }
    found.has_properties = true;
    entity.names.properties.clear();
    let mut names = wanted.wants_names().then(Vec::new);
    found.wrong_properties = fields(scanner, entity, |name| wanted.property_slot(name), names.as_mut())?;
    entity.names.properties = names.unwrap_or_default();
    Ok(())
}

fn relations<'a>(
    scanner: &mut Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    found: &mut Found<'a>,
) -> Result<(), Fault> {
    if !wanted.has_relations() && !wanted.wants_names() && scanner.peek() == Some(b'{') {
        found.wrong_relations = None;
        return scanner.skip_value();
    }
    for slot in wanted.relation_slots() {
        entity.fill(slot, Value::Missing);
    }
    let mut names = wanted.wants_names().then(Vec::new);
    found.wrong_relations = fields(scanner, entity, |name| wanted.relation_slot(name), names.as_mut())?;
    entity.names.relations = names.unwrap_or_default();
    Ok(())
}

/// Fills the wanted members of an object; tells what stands there if it is neither an object nor null.
#[inline]
fn fields<'a>(
    scanner: &mut Scanner<'a>,
    entity: &mut Entity<'a>,
    slot: impl Fn(&str) -> Option<Slot>,
    mut names: Option<&mut Vec<Cow<'a, str>>>,
) -> Result<Option<(usize, &'static str)>, Fault> {
    let next = scanner.peek();
    if next != Some(b'{') {
        let at = scanner.pos();
        scanner.skip_value()?;
        return Ok((next != Some(b'n')).then(|| (at, kind(next))));
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        let name = key.name();
        let slot = slot(&name);
        if let Some(names) = &mut names {
            names.push(name);
        }
        match slot {
            Some(slot) => {
                let value = value(scanner)?;
                entity.fill(slot, value);
            }
            None => scanner.skip_value()?,
        }
    }
    Ok(None)
}

fn meta<'a>(
    scanner: &mut Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    meta: Meta,
) -> Result<(), Fault> {
    match wanted.meta_slot(meta) {
        Some(slot) => {
            let value = value(scanner)?;
            entity.fill(slot, value);
            Ok(())
        }
        None => scanner.skip_value(),
    }
}

/// The teams: a string, or the strings of an array.
fn team<'a>(scanner: &mut Scanner<'a>, wanted: &Wanted, entity: &mut Entity<'a>) -> Result<(), Fault> {
    let slot = wanted.meta_slot(Meta::Team);
    if slot.is_none() && !wanted.wants_teams() {
        return scanner.skip_value();
    }
    let value = value(scanner)?;
    entity.team.clear();
    match &value {
        Value::Text(name) if !name.is_empty() => entity.team.push(name.clone()),
        Value::List(names) => entity.team.extend(names.iter().filter_map(|name| match name {
            Value::Text(name) if !name.is_empty() => Some(name.clone()),
            _ => None,
        })),
        _ => {}
    }
    if let Some(slot) = slot {
        entity.fill(slot, value);
    }
    Ok(())
}

/// Any value, whole but for what is nested in arrays and objects.
#[inline]
fn value<'a>(scanner: &mut Scanner<'a>) -> Result<Value<'a>, Fault> {
    Ok(match scanner.peek() {
        Some(b'-' | b'0'..=b'9') => Value::Number(scanner.number()?),
        Some(b'"') => Value::Text(scanner.string()?),
        Some(b'n') => scanner.literal("null").map(|()| Value::Null)?,
        Some(b't') => scanner.literal("true").map(|()| Value::Bool(true))?,
        Some(b'f') => scanner.literal("false").map(|()| Value::Bool(false))?,
        Some(b'[') => {
            scanner.open()?;
            let (mut items, mut first) = (Vec::new(), true);
            while scanner.element(&mut first)? {
                items.push(match scanner.peek() {
                    Some(b'[' | b'{') => {
                        strict_skip(scanner)?;
                        Value::Object { empty: false }
                    }
                    _ => value(scanner)?,
                });
            }
            Value::List(items)
        }
        Some(b'{') => {
            let from = scanner.pos();
            strict_skip(scanner)?;
            let inside = scanner.since(from).get(1..).unwrap_or_default();
            Value::Object { empty: inside.trim_start().starts_with('}') }
        }
        _ => return Err(scanner.unexpected(FaultKind::Value)),
    })
}

/// Skips an array or object inside a wanted value, where numbers and strings must be sound as well.
fn strict_skip(scanner: &mut Scanner<'_>) -> Result<(), Fault> {
    let next = scanner.peek();
    let mut first = true;
    match next {
        Some(b'[') => {
            scanner.open()?;
            while scanner.element(&mut first)? {
                strict_skip(scanner)?;
            }
        }
        Some(b'{') => {
            scanner.open()?;
            while let Some(key) = scanner.member(&mut first)? {
                key.decoded()?;
                strict_skip(scanner)?;
            }
        }
        _ => {
            value(scanner)?;
        }
    }
    Ok(())
}
