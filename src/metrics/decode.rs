//! Decodes events: an event is one more kind of element of the streams that entities come in.

use super::event::{Event, Fact};
use super::field::{Fields, IDENTIFIER, Part, index_of};
use super::kind::EventKind;
use super::options::Options;
use crate::entity::{
    Decoded, Elements, KeyOrder, Rejection, is_result, is_scorecard, kind, read_value, skip_if,
    wraps_scorecards,
};
use crate::json::{Fault, Scanner};
use crate::value::Value;
use std::ops::Range;

/// The events of one feed.
pub(super) struct Events<'o> {
    pub(super) kind: EventKind,
    pub(super) options: &'o Options,
}

/// The meaning of a key of an event.
#[derive(Clone, Copy)]
enum Key {
    Properties,
    Relations,
    Entities,
    Entity,
    /// The name of a field, with its index.
    Name(usize),
    Other,
}

/// Decodes events one after another, and learns the order of their keys.
pub(super) struct EventDecoder<'s> {
    events: &'s Events<'s>,
    own: KeyOrder<Key>,
    properties: KeyOrder<Option<usize>>,
    relations: KeyOrder<Option<usize>>,
    /// Whether the keys of an event without a service are known.
    has_keys: bool,
}

impl<'o> Elements for Events<'o> {
    type Element<'a> = Event<'a>;
    type Decoder<'s>
        = EventDecoder<'s>
    where
        Self: 's;

    const NOUN: &'static str = "event";
    const HAS_PAGES: bool = true;

    fn decoder(&self) -> EventDecoder<'_> {
        EventDecoder {
            events: self,
            own: KeyOrder::default(),
            properties: KeyOrder::default(),
            relations: KeyOrder::default(),
            has_keys: false,
        }
    }

    fn blank<'a>(&self, _: &Scanner<'a>) -> Event<'a> {
        Event::blank(self.kind)
    }

    fn decode<'a>(
        decoder: &mut EventDecoder<'_>,
        scanner: &mut Scanner<'a>,
        event: &mut Event<'a>,
    ) -> Result<Decoded, Rejection> {
        decoder.decode(scanner, event)
    }

    fn identifier<'e>(event: &'e Event<'_>) -> Option<&'e str> {
        event.id.as_deref()
    }
}

/// The places of the members that make an object a wrapper of events.
#[derive(Default)]
struct Wrapped {
    entities: Option<Range<usize>>,
    entity: Option<Range<usize>>,
    has_identifier: bool,
}

impl EventDecoder<'_> {
    fn decode<'a>(&mut self, scanner: &mut Scanner<'a>, event: &mut Event<'a>) -> Result<Decoded, Rejection> {
        if scanner.peek() != Some(b'{') {
            return Err(Rejection::not_an_object(scanner, Events::NOUN));
        }
        let start = scanner.pos();
        scanner.open()?;
        event.clear();
        let kind = self.events.kind;
        let (mut first, mut at) = (true, 0);
        let mut wrapped = Wrapped::default();
        while let Some(key) = self.own.next(scanner, &mut first, &mut at, |name| key(kind, name))? {
            match key {
                Key::Properties => {
                    event.fields.clear_part(Part::Properties);
                    event.fields.has_properties =
                        part(scanner, &mut event.fields, Part::Properties, &mut self.properties)?;
                }
                Key::Relations => {
                    event.fields.clear_part(Part::Relations);
                    part(scanner, &mut event.fields, Part::Relations, &mut self.relations)?;
                }
                Key::Entities => wrapped.entities = skip_if(scanner, b'[')?,
                Key::Entity => wrapped.entity = skip_if(scanner, b'{')?,
                Key::Name(index) => {
                    wrapped.has_identifier |= index == IDENTIFIER;
                    set(scanner, &mut event.fields, index, Part::Own)?;
                }
                Key::Other => scanner.skip_value()?,
            }
        }
        match wrapped {
            Wrapped { has_identifier: false, entities: Some(range), .. } => return Ok(Decoded::Many(range)),
            Wrapped { has_identifier: false, entity: Some(range), .. } => return Ok(Decoded::One(range)),
            _ => {}
        }
        event.interpret(self.events.options, start, scanner)?;
        if event.fact == Fact::WithoutService {
            refuse_swapped(scanner.at(start, 0), kind)?;
            if !std::mem::replace(&mut self.has_keys, true) {
                event.keys = keys(scanner.at(start, 0))?;
            }
        }
        Ok(Decoded::Element)
    }
}

fn key(kind: EventKind, name: &[u8]) -> Key {
    match name {
        b"properties" => Key::Properties,
        b"relations" => Key::Relations,
        b"entities" => Key::Entities,
        b"entity" => Key::Entity,
        name => index_of(kind, name).map_or(Key::Other, Key::Name),
    }
}

/// Refuses what is in the place of an event although it belongs to another option or command.
fn refuse_swapped(object: Scanner<'_>, kind: EventKind) -> Result<(), Rejection> {
    let found = if is_scorecard(object) || wraps_scorecards(object) {
        "scorecard"
    } else if is_result(object) {
        "result of `evaluate`"
    } else {
        return Ok(());
    };
    let noun = match kind {
        EventKind::Deployment => "a deployment",
        EventKind::Change => "a change",
        EventKind::Incident => "an incident",
    };
    Err(Rejection::no_event(object.pos(), noun, found))
}

/// Reads the value of `properties` or `relations`. Returns whether it is an object.
fn part<'a>(
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    part: Part,
    order: &mut KeyOrder<Option<usize>>,
) -> Result<bool, Rejection> {
    let name = if part == Part::Properties { "properties" } else { "relations" };
    match scanner.peek() {
        Some(b'{') => scanner.open()?,
        Some(b'n') => {
            scanner.skip_value()?;
            return Ok(false);
        }
        other => {
            let (at, kind) = (scanner.pos(), kind(other));
            scanner.skip_value()?;
            let message = format!("`{name}` must be an object or null, not {kind}");
            return Err(Rejection::wrong_type(at, None, message, "write `{\"name\": value, …}`"));
        }
    }
    let event_kind = fields.kind();
    let (mut first, mut at) = (true, 0);
    while let Some(index) = order.next(scanner, &mut first, &mut at, |name| index_of(event_kind, name))? {
        match index {
            Some(index) => set(scanner, fields, index, part)?,
            None => scanner.skip_value()?,
        }
    }
    Ok(true)
}

#[inline(always)]
fn set<'a>(
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    index: usize,
    part: Part,
) -> Result<(), Fault> {
    let is_text = scanner.peek() == Some(b'"');
    let at = scanner.pos();
    let value = if is_text { Value::Text(scanner.string()?) } else { read_value(scanner)? };
    fields.set(index, part, value, at);
    Ok(())
}

/// The keys under which fields are looked up: those of an event, of its properties and of its relations.
fn keys(event: Scanner<'_>) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    let (mut parts, mut is_first) = (vec![event], true);
    while let Some(mut scanner) = parts.pop() {
        let is_event = std::mem::take(&mut is_first);
        scanner.peek();
        scanner.open()?;
        let mut first = true;
        while let Some(key) = scanner.member(&mut first)? {
            let name = String::from_utf8_lossy(&key.name()).into_owned();
            let is_part = is_event && matches!(&*name, "properties" | "relations");
            if is_part && scanner.peek() == Some(b'{') {
                parts.push(scanner.at(scanner.pos(), 0));
            } else {
                names.push(name);
            }
            scanner.skip_value()?;
        }
    }
    Ok(names)
}
