//! Decodes one entity: a single pass over its bytes, which fills the wanted slots and skips the rest.
//!
//! What makes an object an entity, a row or a wrapper is known only at its end (the last of doubled keys
//! counts), so wrong types are remembered with their place and judged then.

use super::Entity;
use super::route::Route;
use super::value::{read_value, value};
use super::wanted::{Meta, Slot, Wanted};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::json::{Fault, Scanner};
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
        code: Code,
        message: String,
        help: &'static str,
        at: usize,
        /// The entity, when it is known.
        entity: Option<String>,
    },
}

impl Refusal {
    /// The problem, and the byte it is at.
    pub(crate) fn diagnostic(self) -> (Diagnostic, usize) {
        match self {
            Self::Json(fault) => {
                let (code, message) = fault.kind().describe();
                (
                    Diagnostic::error(code, message).help("check the input with a JSON editor, or jq"),
                    fault.at(),
                )
            }
            Self::Shape { code, message, help, at, entity } => {
                let problem = Diagnostic::error(code, message).help(help);
                let note = entity.map(|entity| format!("in entity {}", quoted(&entity)));
                (Diagnostic { note, ..problem }, at)
            }
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

/// What of the object is not in the entity's own fields: where things stand, from byte to byte.
#[derive(Default)]
struct Found {
    identifier: Option<Range<usize>>,
    title: Option<Range<usize>>,
    blueprint: Option<Range<usize>>,
    wrong_properties: Option<(usize, &'static str)>,
    wrong_relations: Option<(usize, &'static str)>,
    has_properties: bool,
    /// Slots of properties may have been filled.
    filled: bool,
    /// Where the values of `properties` and `relations` begin.
    properties_at: usize,
    relations_at: Option<usize>,
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
        self.values.resize(slots, Value::Missing);
        for value in &mut self.values {
            *value = Value::Missing;
        }
    }

    #[inline(always)]
    fn fill(&mut self, slot: Slot, value: Value<'a>) {
        if let Some(place) = self.values.get_mut(slot.index()) {
            *place = value;
        }
    }
}

/// What is to be done about a key of an entity.
#[derive(Clone, Copy)]
enum Field {
    Identifier,
    Title,
    Blueprint,
    Properties,
    Relations,
    Team,
    Meta(Meta),
    Ignored,
    Entities,
    Entity,
    /// A property, if the entity is a row.
    Row(Slot),
    Other,
}

impl Field {
    fn named(name: &[u8], wanted: &Wanted) -> Self {
        match name {
            b"identifier" => Self::Identifier,
            b"title" => Self::Title,
            b"blueprint" => Self::Blueprint,
            b"properties" => Self::Properties,
            b"relations" => Self::Relations,
            b"team" => Self::Team,
            b"icon" => Self::Meta(Meta::Icon),
            b"createdAt" => Self::Meta(Meta::CreatedAt),
            b"createdBy" => Self::Meta(Meta::CreatedBy),
            b"updatedAt" => Self::Meta(Meta::UpdatedAt),
            b"updatedBy" => Self::Meta(Meta::UpdatedBy),
            b"scorecards" => Self::Ignored,
            b"entities" => Self::Entities,
            b"entity" => Self::Entity,
            other => wanted.property_slot(other).map_or(Self::Other, Self::Row),
        }
    }
}

/// Decodes entities one after the other, and learns the order of their keys.
pub(super) struct Decoder<'w> {
    wanted: &'w Wanted,
    fields: Route<Field>,
    properties: Route<Option<Slot>>,
    relations: Route<Option<Slot>>,
}

impl<'w> Decoder<'w> {
    pub(super) fn new(wanted: &'w Wanted) -> Self {
        Self { wanted, fields: Route::new(), properties: Route::new(), relations: Route::new() }
    }

    /// Reads the object that is next in `scanner` into `entity`.
    pub(super) fn decode<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
    ) -> Result<Decoded, Refusal> {
        let next = scanner.peek();
        let start = scanner.pos();
        if next != Some(b'{') {
            return Err(not_an_object(scanner, next, start));
        }
        scanner.open()?;
        let wanted = self.wanted;
        entity.clear(wanted.slots());
        let mut found = Found::default();
        let (mut first, mut at) = (true, 0);
        while let Some(field) =
            self.fields.next(scanner, &mut first, &mut at, |name| Field::named(name, wanted))?
        {
            match field {
                Field::Identifier => found.identifier = Some(skip(scanner)?),
                Field::Title => found.title = Some(skip(scanner)?),
                Field::Blueprint => found.blueprint = Some(skip(scanner)?),
                Field::Properties => self.properties(scanner, entity, &mut found)?,
                Field::Relations => self.relations(scanner, entity, &mut found)?,
                Field::Team => team(scanner, wanted, entity)?,
                Field::Meta(meta) => fill_if_wanted(scanner, wanted.meta_slot(meta), entity)?,
                Field::Ignored | Field::Other => scanner.skip_value()?,
                Field::Row(slot) => {
                    found.filled = true;
                    fill_if_wanted(scanner, (!found.has_properties).then_some(slot), entity)?;
                }
                Field::Entities => {
                    let (range, kind) = self.maybe_row(scanner, b"entities", entity, &mut found)?;
                    found.entities = (kind == Some(b'[')).then_some(range);
                }
                Field::Entity => {
                    let (range, kind) = self.maybe_row(scanner, b"entity", entity, &mut found)?;
                    found.entity = (kind == Some(b'{')).then_some(range);
                }
            }
        }
        conclude(start, scanner, wanted, entity, &found)
    }

    /// A key that makes a wrapper of an object, or a property of a row; tells where its value stands and
    /// with which byte it begins.
    fn maybe_row<'a>(
        &self,
        scanner: &mut Scanner<'a>,
        name: &[u8],
        entity: &mut Entity<'a>,
        found: &mut Found,
    ) -> Result<(Range<usize>, Option<u8>), Fault> {
        found.filled = true;
        let kind = scanner.peek();
        let from = scanner.pos();
        let slot = if found.has_properties { None } else { self.wanted.property_slot(name) };
        fill_if_wanted(scanner, slot, entity)?;
        Ok((from..scanner.pos(), kind))
    }

    fn properties<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
        found: &mut Found,
    ) -> Result<(), Fault> {
        // what came before were keys of a row, or properties that stand twice
        if std::mem::replace(&mut found.filled, true) {
            for slot in self.wanted.property_slots() {
                entity.fill(slot, Value::Missing);
            }
        }
        found.has_properties = true;
        scanner.peek();
        found.properties_at = scanner.pos();
        let wanted = self.wanted;
        found.wrong_properties =
            members(scanner, entity, &mut self.properties, |name| wanted.property_slot(name))?;
        Ok(())
    }

    fn relations<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
        found: &mut Found,
    ) -> Result<(), Fault> {
        scanner.peek();
        let twice = found.relations_at.replace(scanner.pos()).is_some();
        if !self.wanted.has_relations() && scanner.peek() == Some(b'{') {
            found.wrong_relations = None;
            return scanner.skip_value();
        }
        if twice {
            for slot in self.wanted.relation_slots() {
                entity.fill(slot, Value::Missing);
            }
        }
        let wanted = self.wanted;
        found.wrong_relations =
            members(scanner, entity, &mut self.relations, |name| wanted.relation_slot(name))?;
        Ok(())
    }
}

/// Skips a value; tells where it stands.
#[inline]
fn skip(scanner: &mut Scanner<'_>) -> Result<Range<usize>, Fault> {
    scanner.peek();
    let from = scanner.pos();
    scanner.skip_value()?;
    Ok(from..scanner.pos())
}

/// Judges what was found, now that all of it is known.
fn conclude<'a>(
    start: usize,
    scanner: &Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    found: &Found,
) -> Result<Decoded, Refusal> {
    let Some(identifier) = &found.identifier else {
        return match (&found.entities, &found.entity) {
            (Some(range), _) => Ok(Decoded::Entities(range.clone())),
            (None, Some(range)) => Ok(Decoded::One(range.clone())),
            (None, None) => Err(unnamed("the entity has no `identifier`", start)),
        };
    };
    let mut identifier_scanner = scanner.at(identifier.start, 0);
    match identifier_scanner.peek() {
        Some(b'"') => entity.identifier = identifier_scanner.string()?,
        other => {
            let message = format!("the `identifier` of an entity must be a string, not {}", kind(other));
            return Err(wrong(identifier.start, None, message, "put it in double quotes"));
        }
    }
    if entity.identifier.is_empty() {
        return Err(unnamed("the `identifier` of the entity is empty", identifier.start));
    }
    entity.title = name(scanner, found.title.as_ref(), "title", &entity.identifier)?;
    entity.blueprint = name(scanner, found.blueprint.as_ref(), "blueprint", &entity.identifier)?;
    for (field, found) in [("properties", found.wrong_properties), ("relations", found.wrong_relations)] {
        if let Some((at, kind)) = found {
            let message = format!("`{field}` must be an object or null, not {kind}");
            return Err(wrong(at, Some(&entity.identifier), message, "write `{\"name\": value, …}`"));
        }
    }
    if wanted.has_meta() {
        fill_names(wanted, entity);
    }
    if wanted.wants_names() {
        collect_names(start, scanner, wanted, entity, found)?;
    }
    Ok(Decoded::Entity)
}

/// Goes over the object once more for the names of its properties and relations: few readers want them.
fn collect_names<'a>(
    start: usize,
    scanner: &Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
    found: &Found,
) -> Result<(), Fault> {
    if found.has_properties {
        names(scanner.at(found.properties_at, 0), &mut entity.names.properties)?;
    } else {
        names(scanner.at(start, 0), &mut entity.names.properties)?;
        entity.names.properties.retain(|name| {
            let field = Field::named(name.as_bytes(), wanted);
            matches!(field, Field::Row(_) | Field::Other | Field::Entities | Field::Entity)
        });
    }
    match found.relations_at {
        Some(at) => names(scanner.at(at, 0), &mut entity.names.relations),
        None => Ok(()),
    }
}

/// The keys of the object that is next, if it is one.
fn names<'a>(mut scanner: Scanner<'a>, names: &mut Vec<Cow<'a, str>>) -> Result<(), Fault> {
    if scanner.peek() != Some(b'{') {
        return Ok(());
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        // a key with half a surrogate pair is none that anyone could name
        names.extend(key.decoded());
        scanner.skip_value()?;
    }
    Ok(())
}

/// A title or blueprint: a string, or null; an empty one counts as absent.
#[inline]
fn name<'a>(
    scanner: &Scanner<'a>,
    found: Option<&Range<usize>>,
    field: &str,
    entity: &str,
) -> Result<Option<Cow<'a, str>>, Refusal> {
    let Some(found) = found else { return Ok(None) };
    let mut scanner = scanner.at(found.start, 0);
    match scanner.peek() {
        Some(b'"') => Ok(Some(scanner.string()?).filter(|text| !text.is_empty())),
        Some(b'n') => Ok(None),
        other => {
            let message = format!("`{field}` must be a string or null, not {}", kind(other));
            Err(wrong(found.start, Some(entity), message, "put it in double quotes"))
        }
    }
}

/// The meta-properties that are names of the entity itself.
fn fill_names(wanted: &Wanted, entity: &mut Entity<'_>) {
    let identifier = Value::Text(entity.identifier.clone());
    let title = entity.title.clone().map_or(Value::Missing, Value::Text);
    let blueprint = entity.blueprint.clone();
    let blueprint = blueprint.unwrap_or_else(|| Cow::Owned(wanted.default_blueprint().to_owned()));
    let names =
        [(Meta::Identifier, identifier), (Meta::Title, title), (Meta::Blueprint, Value::Text(blueprint))];
    for (meta, value) in names {
        if let Some(slot) = wanted.meta_slot(meta) {
            entity.fill(slot, value);
        }
    }
}

fn wrong(at: usize, entity: Option<&str>, message: String, help: &'static str) -> Refusal {
    Refusal::Shape { code: Code::WrongType, message, help, at, entity: entity.map(str::to_owned) }
}

fn unnamed(message: &str, at: usize) -> Refusal {
    let help = "every entity needs one: a string that is not empty";
    Refusal::Shape { code: Code::MissingIdentifier, message: message.to_owned(), help, at, entity: None }
}

fn not_an_object(scanner: &mut Scanner<'_>, next: Option<u8>, start: usize) -> Refusal {
    if let Err(fault) = scanner.skip_value() {
        return Refusal::Json(fault);
    }
    let message = format!("an entity must be an object, not {}", kind(next));
    let help = "the input is a stream of entities, arrays of entities and answers of the Port API";
    Refusal::Shape { code: Code::WrongType, message, help, at: start, entity: None }
}

/// What a value is, with its article, told by its first byte.
fn kind(first: Option<u8>) -> &'static str {
    match first {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Fills the wanted members of an object; tells what stands there if it is neither an object nor null.
#[inline]
fn members<'a>(
    scanner: &mut Scanner<'a>,
    entity: &mut Entity<'a>,
    route: &mut Route<Option<Slot>>,
    slot: impl Fn(&[u8]) -> Option<Slot>,
) -> Result<Option<(usize, &'static str)>, Fault> {
    let next = scanner.peek();
    if next != Some(b'{') {
        let at = scanner.pos();
        scanner.skip_value()?;
        return Ok((next != Some(b'n')).then(|| (at, kind(next))));
    }
    scanner.open()?;
    let (mut first, mut at) = (true, 0);
    while let Some(slot) = route.next(scanner, &mut first, &mut at, &slot)? {
        fill_if_wanted(scanner, slot, entity)?;
    }
    Ok(None)
}

#[inline(always)]
fn fill_if_wanted<'a>(
    scanner: &mut Scanner<'a>,
    slot: Option<Slot>,
    entity: &mut Entity<'a>,
) -> Result<(), Fault> {
    match slot.and_then(|slot| entity.values.get_mut(slot.index())) {
        Some(place) => read_value(scanner, place),
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
