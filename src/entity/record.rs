//! Entities with everything that they say, to be written again: the one writer of entities.

use super::field::Field;
use super::model::Entity;
use crate::json::{Fault, Scanner, compacted, needs_no_escape, serialize_number, write_compact};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// An entity with all its members. Keys and values are compact JSON, as they were written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EntityRecord {
    pub(crate) identifier: String,
    pub(crate) blueprint: String,
    /// Its teams: text that is not empty, each once, sorted.
    pub(crate) team: Vec<String>,
    /// The members of the entity itself, without `identifier`, `blueprint`, `properties` and `scorecards`.
    own: Vec<Member>,
    properties: Vec<Member>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
struct Member {
    /// The key as text; one with half a surrogate pair as it is written.
    name: Box<[u8]>,
    /// The key as JSON.
    key: String,
    /// The value as JSON.
    value: String,
}

impl EntityRecord {
    /// An entity with an identifier and a blueprint, and nothing else yet.
    pub(crate) fn new(identifier: &str, blueprint: &str) -> Self {
        Self {
            identifier: identifier.to_owned(),
            blueprint: blueprint.to_owned(),
            team: Vec::new(),
            own: Vec::new(),
            properties: Vec::new(),
        }
    }

    /// An entity of a stream with all its members. The keys of a flat row become properties.
    ///
    /// # Panics
    /// If the entity does not come from a stream.
    #[expect(clippy::expect_used, reason = "the entity was read before, so its text is valid")]
    pub(crate) fn of(entity: &Entity<'_>, default_blueprint: &str) -> Self {
        let mut record = Self::new(entity.identifier(), entity.blueprint().unwrap_or(default_blueprint));
        record.team = entity.different_teams().into_iter().map(str::to_owned).collect();
        let text = entity.text.expect("the entity comes from a stream");
        let members = members(text.scanner.at(text.start, 0)).expect("the entity was read before");
        let is_row = !members.iter().any(|member| *member.name == *b"properties");
        for member in members {
            match &*member.name {
                b"identifier" | b"blueprint" | b"scorecards" => {}
                b"properties" => {
                    let members = self::members(member.value).expect("the properties were read before");
                    record.properties = members.into_iter().map(Written::compact).collect();
                }
                name if is_row && Field::is_property_of_row(name) => record.properties.push(member.compact()),
                _ => record.own.push(member.compact()),
            }
        }
        record
    }

    /// Whether it has a property that is not null.
    pub(crate) fn has_property(&self, name: &str) -> bool {
        self.properties.iter().any(|member| *member.name == *name.as_bytes() && member.value != "null")
    }

    /// Appends the entity as JSON on one line. The `added` properties come after its own, and replace those of the same
    /// name.
    pub(crate) fn write(&self, added: &[(&'static str, Datum)], out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"identifier\":");
        text(&self.identifier, out);
        let is_title = |member: &&Member| *member.name == *b"title";
        // the title belongs to the identifier
        self.own.iter().filter(is_title).for_each(|title| push_member(title, out));
        out.extend_from_slice(b",\"blueprint\":");
        text(&self.blueprint, out);
        self.own.iter().filter(|member| !is_title(member)).for_each(|member| push_member(member, out));
        out.extend_from_slice(b",\"properties\":");
        let start = out.len();
        let is_own = |member: &&Member| !added.iter().any(|(name, _)| *member.name == *name.as_bytes());
        self.properties.iter().filter(is_own).for_each(|member| push_member(member, out));
        for (name, datum) in added {
            out.push(b',');
            constant(name, out);
            out.push(b':');
            datum.write(out);
        }
        match out.get_mut(start) {
            // the comma of the first member
            Some(comma) => *comma = b'{',
            None => out.push(b'{'),
        }
        out.extend_from_slice(b"}}");
    }
}

/// The value of a property that is added to an entity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Datum {
    Null,
    /// A number. A whole one is written without a point.
    Number(f64),
    Text(&'static str),
}

impl Datum {
    #[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Number(number) => serialize_number(&number, &mut serde_json::Serializer::new(out))
                .expect("a number can be written to memory as JSON"),
            Self::Text(value) => constant(value, out),
        }
    }
}

impl From<Option<f64>> for Datum {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }
}

/// A member of an object in the text of a stream.
struct Written<'a> {
    name: Box<[u8]>,
    key: &'a str,
    /// A scanner at the value.
    value: Scanner<'a>,
    /// The end of the value.
    end: usize,
}

impl Written<'_> {
    fn compact(self) -> Member {
        let Self { name, key, value, end } = self;
        let value = value.at(end, 0).since(value.pos());
        Member { name, key: compacted(key), value: compacted(value) }
    }
}

/// The members of the next value, in the order of the text; none if it is not an object. Of a key that stands twice, the
/// last value counts.
fn members(mut scanner: Scanner<'_>) -> Result<Vec<Written<'_>>, Fault> {
    let mut members: Vec<Written<'_>> = Vec::new();
    if scanner.peek() != Some(b'{') {
        return Ok(members);
    }
    scanner.open()?;
    let (mut places, mut first) = (HashMap::new(), true);
    while let Some(key) = scanner.member(&mut first)? {
        scanner.peek();
        let (name, value): (Box<[u8]>, _) = (key.name().into(), scanner);
        scanner.skip_value()?;
        let key = scanner.at(key.span().end, 0).since(key.span().start);
        let member = Written { name: name.clone(), key, value, end: scanner.pos() };
        match places.entry(name) {
            Entry::Vacant(place) => {
                place.insert(members.len());
                members.push(member);
            }
            Entry::Occupied(place) => {
                let Some(earlier) = members.get_mut(*place.get()) else {
                    unreachable!("the places are those of members")
                };
                *earlier = member;
            }
        }
    }
    Ok(members)
}

/// Appends a member after a comma.
fn push_member(member: &Member, out: &mut Vec<u8>) {
    out.push(b',');
    out.extend_from_slice(member.key.as_bytes());
    out.push(b':');
    out.extend_from_slice(member.value.as_bytes());
}

/// Appends a string of the program, which needs no escapes.
fn constant(text: &'static str, out: &mut Vec<u8>) {
    debug_assert!(needs_no_escape(text), "{text}");
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

#[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
fn text(text: &str, out: &mut Vec<u8>) {
    write_compact(text, out).expect("a string can be written to memory as JSON");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{Decoded, Elements, Wanted};
    use crate::json::Specials;

    fn record(json: &str) -> EntityRecord {
        let wanted = Wanted::new("service");
        let specials = Specials::new(json);
        let mut scanner = Scanner::new(json, &specials, true);
        let mut entity = wanted.blank(&scanner);
        let decoded = Wanted::decode(&mut wanted.decoder(), &mut scanner, &mut entity).unwrap();
        assert_eq!(decoded, Decoded::Element);
        EntityRecord::of(&entity, "service")
    }

    fn written(record: &EntityRecord, added: &[(&'static str, Datum)]) -> String {
        let mut out = Vec::new();
        record.write(added, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_entity_keeps_all_its_members_but_its_scorecards() {
        let one = record(
            r#"{"title": "A", "icon": "x", "identifier": "a", "scorecards": {}, "team": ["t", "", "t", 3, "u"],
                "properties": {"n": 1.50, "old": 1, "n": 2.50}, "relations": {"r": ["x"]}, "own": {"k": 1}}"#,
        );
        assert_eq!((&*one.identifier, &*one.blueprint), ("a", "service"));
        assert_eq!(one.team, ["t", "u"]);
        assert!(one.has_property("old") && !one.has_property("own"));
        let added = [
            ("old", Datum::Number(2.5)),
            ("new", Datum::Null),
            ("whole", Datum::from(Some(3.0))),
            ("text", Datum::Text("x")),
        ];
        assert_eq!(
            written(&one, &added),
            concat!(
                r#"{"identifier":"a","title":"A","blueprint":"service","icon":"x","team":["t","","t",3,"u"],"#,
                r#""relations":{"r":["x"]},"own":{"k":1},"properties":{"n":2.50,"old":2.5,"new":null,"whole":3,"text":"x"}}"#
            )
        );
    }

    #[test]
    fn the_keys_of_a_flat_row_become_properties() {
        let row = record(
            r#"{"n": 1, "identifier": "a", "createdAt": "x", "blueprint": "", "relations": {"r": 1}}"#,
        );
        assert_eq!(
            written(&row, &[]),
            r#"{"identifier":"a","blueprint":"service","createdAt":"x","relations":{"r":1},"properties":{"n":1}}"#
        );
        let none = record(r#"{"n": 1, "identifier": "a", "properties": null}"#);
        assert_eq!(written(&none, &[]), r#"{"identifier":"a","blueprint":"service","n":1,"properties":{}}"#);
    }

    #[test]
    fn an_entity_that_was_written_is_read_back_equal() {
        let one = record(
            r###"{"identifier": "a\u009b", "title": "T", "team": "t", "properties": {"p": [1, {"q": "##[x]"}]}}"###,
        );
        assert_eq!(record(&written(&one, &[])), one);
    }

    #[test]
    fn a_key_that_no_text_can_be_stays_as_it_is_written() {
        let one = record(r#"{"identifier": "a", "properties": {"\ud800": 1, "\u00e9": 2, "é": 3}}"#);
        let expected = r#"{"identifier":"a","blueprint":"service","properties":{"\ud800":1,"é":3}}"#;
        assert_eq!(written(&one, &[]), expected);
    }
}
