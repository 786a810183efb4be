//! What the files that `diff` and `trend` compare say: a naive reader.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// A blueprint and an identifier, of an entity or of a scorecard.
pub(crate) type Key = (String, String);

/// Why there is no document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// The program must exit with 2.
    Error(String),
    /// The specification does not tell what happens.
    Unclear(&'static str),
}

pub(crate) fn error<T>(text: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Error(text.into()))
}

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) as_of: Value,
    pub(crate) entities: Vec<Entity>,
    /// `summary.scorecards`; empty where there is none.
    pub(crate) summary: Vec<Value>,
}

#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) key: Key,
    pub(crate) title: String,
    pub(crate) team: Vec<Value>,
    /// Identifiers of scorecards and results, in the order of the file.
    pub(crate) results: Vec<(String, Value)>,
}

impl Entity {
    pub(crate) fn result(&self, card: &Key) -> Option<&Value> {
        let found = self.results.iter().find(|(identifier, _)| *identifier == card.1);
        found.filter(|_| self.key.0 == card.0).map(|(_, result)| result)
    }

    /// The beginning of an element of `moves` and `stuck`.
    pub(crate) fn head(&self) -> Value {
        let mut head = json!({"identifier": self.key.1, "title": self.title, "blueprint": self.key.0});
        if !self.team.is_empty() {
            head["team"] = json!(self.team);
        }
        head
    }
}

impl Side {
    pub(crate) fn entity(&self, key: &Key) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.key == *key)
    }

    pub(crate) fn told(&self, card: &Key) -> Option<&Value> {
        self.summary.iter().find(|told| key_of(told) == *card)
    }

    /// The scorecards in their order: of the summary, then as first met.
    pub(crate) fn cards(&self) -> Vec<Key> {
        let mut cards: Vec<Key> = self.summary.iter().map(key_of).collect();
        for entity in &self.entities {
            for (identifier, _) in &entity.results {
                let card = (entity.key.0.clone(), identifier.clone());
                if !cards.contains(&card) {
                    cards.push(card);
                }
            }
        }
        cards
    }

    /// All results of a scorecard.
    pub(crate) fn results<'a>(&'a self, card: &'a Key) -> impl Iterator<Item = &'a Value> {
        self.entities.iter().filter_map(|entity| entity.result(card))
    }
}

/// The blueprint and the identifier of an element of `summary.scorecards`.
pub(crate) fn key_of(card: &Value) -> Key {
    (text(&card["blueprint"]), text(&card["identifier"]))
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The titles of the levels of a scorecard or of its summary, the base first.
pub(crate) fn titles(card: &Value) -> Vec<String> {
    match list(&card["levels"]) {
        [] => ["Basic", "Bronze", "Silver", "Gold"].map(str::to_owned).to_vec(),
        levels => levels.iter().map(|level| text(&level["title"])).collect(),
    }
}

/// The level with this title: exactly or, failing that, in any case.
pub(crate) fn named<'a>(titles: &'a [String], name: &str) -> Option<&'a String> {
    let exact = titles.iter().find(|title| *title == name);
    exact.or_else(|| titles.iter().find(|title| title.to_lowercase() == name.to_lowercase()))
}

/// The keys of an object in their order.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, _)) = map.next_entry::<String, IgnoredAny>()? {
            keys.push(key);
        }
        Ok(Keys(keys))
    }
}

#[derive(Deserialize)]
struct Ordered {
    scorecards: Option<Keys>,
}

#[derive(Deserialize)]
struct Wrapper {
    identifier: Option<IgnoredAny>,
    entities: Option<Vec<Box<RawValue>>>,
    entity: Option<Box<RawValue>>,
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Refusal> {
    serde_json::from_str(text).or_else(|problem| error(problem.to_string()))
}

/// The values of a file, one after another.
fn values(text: &str) -> Result<Vec<Box<RawValue>>, Refusal> {
    let stream = serde_json::Deserializer::from_str(text).into_iter::<Box<RawValue>>();
    stream.collect::<Result<_, _>>().or_else(|problem| error(problem.to_string()))
}

/// The texts of the entities of a file: of a document, an answer of Port's API, an array or a stream.
pub(crate) fn entity_texts(text: &str) -> Result<Vec<String>, Refusal> {
    let mut found = Vec::new();
    for value in values(text)? {
        let members: Vec<Box<RawValue>> =
            if value.get().starts_with('[') { parse(value.get())? } else { vec![value] };
        for member in members {
            let wrapper: Wrapper = parse(member.get())?;
            let inner = match (wrapper.identifier, wrapper.entities, wrapper.entity) {
                (None, Some(entities), _) => entities,
                (None, None, Some(entity)) => vec![entity],
                _ => vec![member],
            };
            found.extend(inner.iter().map(|entity| entity.get().to_owned()));
        }
    }
    Ok(found)
}

fn entity(text_of: &str, blueprint: &str) -> Result<Entity, Refusal> {
    let value: Value = parse(text_of)?;
    let ordered: Ordered = parse(text_of)?;
    let Some(Keys(cards)) = ordered.scorecards else {
        return error("an entity without scorecards: evaluate");
    };
    let identifier = text(&value["identifier"]);
    if identifier.is_empty() {
        return error("no identifier");
    }
    let or = |key: &str, other: &str| {
        Some(text(&value[key])).filter(|own| !own.is_empty()).unwrap_or(other.into())
    };
    let team = match &value["team"] {
        Value::Array(team) => team.clone(),
        Value::Null => Vec::new(),
        team => vec![team.clone()],
    };
    let results = cards.iter().map(|card| (card.clone(), value["scorecards"][card].clone())).collect();
    Ok(Entity {
        key: (or("blueprint", blueprint), identifier.clone()),
        title: or("title", &identifier),
        team,
        results,
    })
}

/// Refuses an entity that comes twice.
pub(crate) fn no_doubles(keys: &[Key]) -> Result<(), Refusal> {
    match keys.iter().enumerate().find(|(index, key)| keys[..*index].contains(key)) {
        Some((_, key)) => error(format!("{key:?} comes twice")),
        None => Ok(()),
    }
}

/// The one document that a file holds, if it holds one.
pub(crate) fn document(text: &str) -> Result<Option<Value>, Refusal> {
    let values = values(text)?;
    let [only] = values.as_slice() else { return Ok(None) };
    let value: Value = parse(only.get())?;
    let keys = ["schemaVersion", "kind", "summary"];
    Ok(Some(value).filter(|value| value.is_object() && keys.iter().any(|key| !value[*key].is_null())))
}

/// Reads a result or a Port export. An entity that is compared must not come twice.
pub(crate) fn read(text: &str, blueprint: &str, is_compared: impl Fn(&str) -> bool) -> Result<Side, Refusal> {
    let document = document(text)?.unwrap_or_default();
    if !document.is_null() && (document["schemaVersion"] != 1 || document["kind"] != "result") {
        return error("a document of another kind or version");
    }
    let entities: Vec<Entity> =
        entity_texts(text)?.iter().map(|text| entity(text, blueprint)).collect::<Result<_, _>>()?;
    if !document.is_null() && document["summary"]["entities"] != json!(entities.len()) {
        return error("the summary counts other entities");
    }
    let keys = entities.iter().map(|entity| entity.key.clone());
    no_doubles(&keys.filter(|key| is_compared(&key.1)).collect::<Vec<_>>())?;
    let summary = list(&document["summary"]["scorecards"]).to_vec();
    Ok(Side { as_of: document["asOf"].clone(), entities, summary })
}
