//! Entities with everything that they say, to be written again: the one writer of entities.

use super::decode::{Decoded, Decoder};
use super::elements::Elements;
use super::model::Entity;
use super::rejection::Rejection;
use super::wanted::Wanted;
use crate::json::{Fault, Scanner, Specials, push_compact, write_compact};

/// An entity with all its members. Values are compact JSON, as they were written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EntityRecord {
    pub(crate) identifier: String,
    pub(crate) blueprint: String,
    /// Its teams: text that is not empty, each once, sorted.
    pub(crate) team: Vec<String>,
    /// The keys of the entity itself, without `identifier`, `blueprint`, `properties` and `scorecards`.
    own: Vec<(String, String)>,
    properties: Vec<(String, String)>,
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

    /// An entity with all its members. `json` is its valid text. The keys of a flat row become properties.
    fn read(entity: &Entity<'_>, json: &str, default_blueprint: &str) -> Result<Self, Fault> {
        let mut record = Self::new(entity.identifier(), entity.blueprint().unwrap_or(default_blueprint));
        record.team = entity.different_teams().into_iter().map(str::to_owned).collect();
        let members = members(json)?;
        let is_row = !members.iter().any(|(key, _)| key == "properties");
        for (key, value) in members {
            match &*key {
                "identifier" | "blueprint" | "scorecards" => {}
                "properties" => record.properties = compact_members(value)?,
                key if is_row && !is_own_key(key) => set(&mut record.properties, key, compact(value)),
                key => set(&mut record.own, key, compact(value)),
            }
        }
        Ok(record)
    }

    /// Whether it has a property that is not null.
    pub(crate) fn has_property(&self, name: &str) -> bool {
        self.properties.iter().any(|(known, value)| known == name && value != "null")
    }

    /// Sets a property, after the others.
    pub(crate) fn set_property(&mut self, name: &str, value: serde_json::Value) {
        self.properties.retain(|(known, _)| known != name);
        self.properties.push((name.to_owned(), value.to_string()));
    }

    /// Appends the entity as JSON on one line.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"identifier\":");
        text(&self.identifier, out);
        let mut own = self.own.iter().peekable();
        // the title belongs to the identifier
        if let Some((_, title)) = own.next_if(|(key, _)| key == "title") {
            out.extend_from_slice(b",\"title\":");
            out.extend_from_slice(title.as_bytes());
        }
        out.extend_from_slice(b",\"blueprint\":");
        text(&self.blueprint, out);
        for (key, value) in own {
            out.push(b',');
            member(key, value, out);
        }
        out.extend_from_slice(b",\"properties\":{");
        for (index, (name, value)) in self.properties.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            member(name, value, out);
        }
        out.extend_from_slice(b"}}");
    }
}

/// The keys that belong to an entity itself, also in a flat row.
fn is_own_key(key: &str) -> bool {
    matches!(
        key,
        "title" | "team" | "icon" | "createdAt" | "createdBy" | "updatedAt" | "updatedBy" | "relations"
    )
}

/// Sets the value of a key. Of a key that stands twice, the last value counts.
fn set(members: &mut Vec<(String, String)>, key: &str, value: String) {
    match members.iter_mut().find(|(known, _)| known == key) {
        Some((_, old)) => *old = value,
        None => members.push((key.to_owned(), value)),
    }
}

fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    push_compact(json, &mut out);
    out
}

fn compact_members(json: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut compacted = Vec::new();
    for (key, value) in members(json)? {
        set(&mut compacted, &key, compact(value));
    }
    Ok(compacted)
}

/// The members of an object, in the order of the text; none of another value.
fn members(json: &str) -> Result<Vec<(String, &str)>, Fault> {
    let specials = Specials::new(json);
    let mut scanner = Scanner::new(json, &specials, true);
    if scanner.peek() != Some(b'{') {
        return Ok(Vec::new());
    }
    scanner.open()?;
    let (mut members, mut first) = (Vec::new(), true);
    while let Some(key) = scanner.member(&mut first)? {
        scanner.peek();
        let from = scanner.pos();
        scanner.skip_value()?;
        #[expect(clippy::expect_used, reason = "the scanner stops between two characters of the text")]
        let value = json.get(from..scanner.pos()).expect("the value is in the text");
        members.push((key.decoded()?.into_owned(), value));
    }
    Ok(members)
}

fn member(key: &str, value: &str, out: &mut Vec<u8>) {
    text(key, out);
    out.push(b':');
    out.extend_from_slice(value.as_bytes());
}

#[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
fn text(text: &str, out: &mut Vec<u8>) {
    write_compact(text, out).expect("a string can be written to memory as JSON");
}

/// Entities with all their members.
pub(crate) struct WholeEntities {
    wanted: Wanted,
    default_blueprint: String,
}

impl WholeEntities {
    /// `default_blueprint` is the blueprint of an entity without one.
    pub(crate) fn new(default_blueprint: &str) -> Self {
        Self { wanted: Wanted::new(default_blueprint), default_blueprint: default_blueprint.to_owned() }
    }
}

/// Decodes whole entities.
pub(crate) struct WholeDecoder<'s> {
    decoder: Decoder<'s>,
    default_blueprint: &'s str,
}

/// An entity, and the same with all its members.
pub(crate) struct WholeEntity<'a> {
    entity: Entity<'a>,
    record: EntityRecord,
}

impl WholeEntity<'_> {
    pub(crate) fn record(&self) -> &EntityRecord {
        &self.record
    }
}

impl Elements for WholeEntities {
    type Element<'a> = WholeEntity<'a>;
    type Decoder<'s> = WholeDecoder<'s>;

    const NOUN: &'static str = Wanted::NOUN;
    const HAS_PAGES: bool = Wanted::HAS_PAGES;

    fn decoder(&self) -> WholeDecoder<'_> {
        WholeDecoder { decoder: Decoder::new(&self.wanted), default_blueprint: &self.default_blueprint }
    }

    fn blank<'a>(&self, scanner: &Scanner<'a>) -> WholeEntity<'a> {
        WholeEntity { entity: self.wanted.blank(scanner), record: EntityRecord::new("", "") }
    }

    fn decode<'a>(
        decoder: &mut WholeDecoder<'_>,
        scanner: &mut Scanner<'a>,
        whole: &mut WholeEntity<'a>,
    ) -> Result<Decoded, Rejection> {
        scanner.peek();
        let start = scanner.pos();
        let decoded = decoder.decoder.decode(scanner, &mut whole.entity)?;
        if decoded == Decoded::Element {
            let json = scanner.since(start);
            whole.record = EntityRecord::read(&whole.entity, json, decoder.default_blueprint)
                .map_err(|fault| Fault::new(fault.kind(), start + fault.at()))?;
        }
        Ok(decoded)
    }

    fn identifier<'e>(whole: &'e WholeEntity<'_>) -> Option<&'e str> {
        Some(whole.entity.identifier())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(json: &str) -> EntityRecord {
        let whole = WholeEntities::new("service");
        let specials = Specials::new(json);
        let mut scanner = Scanner::new(json, &specials, true);
        let mut element = whole.blank(&scanner);
        let decoded = WholeEntities::decode(&mut whole.decoder(), &mut scanner, &mut element).unwrap();
        assert_eq!(decoded, Decoded::Element);
        element.record
    }

    fn written(record: &EntityRecord) -> String {
        let mut out = Vec::new();
        record.write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_entity_keeps_all_its_members_but_its_scorecards() {
        let mut one = record(
            r#"{"title": "A", "icon": "x", "identifier": "a", "scorecards": {}, "team": ["t", "", "t", 3, "u"],
                "properties": {"n": 1.50, "old": 1, "n": 2.50}, "relations": {"r": ["x"]}, "own": {"k": 1}}"#,
        );
        assert_eq!((&*one.identifier, &*one.blueprint), ("a", "service"));
        assert_eq!(one.team, ["t", "u"]);
        assert!(one.has_property("old") && !one.has_property("own"));
        one.set_property("old", serde_json::json!(2.5));
        one.set_property("new", serde_json::Value::Null);
        assert_eq!(
            written(&one),
            concat!(
                r#"{"identifier":"a","title":"A","blueprint":"service","icon":"x","team":["t","","t",3,"u"],"#,
                r#""relations":{"r":["x"]},"own":{"k":1},"properties":{"n":2.50,"old":2.5,"new":null}}"#
            )
        );
    }

    #[test]
    fn the_keys_of_a_flat_row_become_properties() {
        let row = record(
            r#"{"n": 1, "identifier": "a", "createdAt": "x", "blueprint": "", "relations": {"r": 1}}"#,
        );
        assert_eq!(
            written(&row),
            r#"{"identifier":"a","blueprint":"service","createdAt":"x","relations":{"r":1},"properties":{"n":1}}"#
        );
        let none = record(r#"{"n": 1, "identifier": "a", "properties": null}"#);
        assert_eq!(written(&none), r#"{"identifier":"a","blueprint":"service","n":1,"properties":{}}"#);
    }

    #[test]
    fn an_entity_that_was_written_is_read_back_equal() {
        let one = record(
            r###"{"identifier": "a\u009b", "title": "T", "team": "t", "properties": {"p": [1, {"q": "##[x]"}]}}"###,
        );
        assert_eq!(record(&written(&one)), one);
    }
}
