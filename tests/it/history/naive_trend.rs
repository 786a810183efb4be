//! The naive `trend`: a second, simple implementation of the specification.

use super::naive_diff::Outcome;
use super::side::{self, Key, Refusal, Side, error, list, named, text, titles};
use crate::oracle;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// `--blueprint`
    pub(crate) blueprint: String,
    /// The definitions of `--scorecards`
    pub(crate) definitions: Vec<Value>,
    pub(crate) below: Option<String>,
    /// `--for`
    pub(crate) row: usize,
    /// `--no-data skip`
    pub(crate) skips: bool,
    /// `--fail-on stuck`
    pub(crate) fails: bool,
}

/// The name of a file, without its directory, and its text.
pub(crate) type File = (String, String);

struct Moment {
    as_of: DateTime<Utc>,
    side: Side,
}

fn instant(text: &str) -> Result<DateTime<Utc>, Refusal> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Ok(time.to_utc()),
        Err(_) => error(format!("{text} is not a time")),
    }
}

/// The date at the beginning of the name of a file.
fn dated(name: &str) -> Result<DateTime<Utc>, Refusal> {
    let day = name.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    match day {
        Some(day) => Ok(day.and_time(chrono::NaiveTime::MIN).and_utc()),
        None => error(format!("{name} has no date")),
    }
}

fn written(time: DateTime<Utc>) -> Value {
    json!(time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn moment(file: &File, options: &Options) -> Result<Moment, Refusal> {
    let (name, content) = file;
    let document = side::document(content)?.unwrap_or_default();
    if document["kind"] == "result" {
        let side = side::read(content, &options.blueprint, |_| true)?;
        return Ok(Moment { as_of: instant(&text(&document["asOf"]))?, side });
    }
    let as_of = match &document["kind"] {
        Value::Null => dated(name)?,
        kind if *kind == "entities" => instant(&text(&document["asOf"]))?,
        kind => return error(format!("{kind} is not read")),
    };
    let parse = |text: &String| serde_json::from_str(text).expect("it was read before");
    let entities: Vec<Value> = side::entity_texts(content)?.iter().map(parse).collect();
    let result = oracle::grade(&options.definitions, &entities, &options.blueprint, as_of);
    Ok(Moment { as_of, side: side::read(&result.to_string(), &options.blueprint, |_| true)? })
}

/// The files in the order of their dates.
fn moments(files: &[File], options: &Options) -> Result<Vec<Moment>, Refusal> {
    let mut moments = files.iter().map(|file| moment(file, options)).collect::<Result<Vec<_>, _>>()?;
    moments.sort_by_key(|moment| moment.as_of);
    if moments.len() < 2 {
        return error("fewer than two dates");
    }
    if moments.windows(2).any(|two| two[0].as_of == two[1].as_of) {
        return error("one date twice");
    }
    Ok(moments)
}

struct Card {
    key: Key,
    /// Its summary on the last date that has it.
    told: Value,
    titles: Vec<String>,
    below: Option<String>,
}

impl Card {
    fn rank(&self, result: &Value) -> Option<usize> {
        self.titles.iter().position(|title| *title == text(&result["level"]))
    }
}

/// The level that `--below` means in a scorecard.
fn below(titles: &[String], asked: Option<&String>) -> Result<Option<String>, Refusal> {
    let above = titles.get(1..).unwrap_or_default();
    match (above, asked) {
        ([], None) => Ok(None),
        ([first, ..], None) => {
            Ok(Some(above.iter().find(|title| *title == "Bronze").unwrap_or(first).clone()))
        }
        (_, Some(asked)) => match named(titles, asked).filter(|title| above.contains(title)) {
            Some(title) => Ok(Some(title.clone())),
            None => Err(Refusal::Unclear("a scorecard without the level of --below above its base")),
        },
    }
}

/// The scorecards in the order of the last date that has them.
fn cards(moments: &[Moment], options: &Options) -> Result<Vec<Card>, Refusal> {
    let mut cards: Vec<Card> = Vec::new();
    for moment in moments.iter().rev() {
        for key in moment.side.cards() {
            if cards.iter().any(|card| card.key == key) {
                continue;
            }
            let Some(told) = moment.side.told(&key).cloned() else {
                return Err(Refusal::Unclear("a result of a scorecard that the summary does not have"));
            };
            let titles = titles(&told);
            let below = below(&titles, options.below.as_ref())?;
            cards.push(Card { key, told, titles, below });
        }
    }
    for card in &cards {
        let mut results = moments.iter().flat_map(|moment| moment.side.results(&card.key));
        if results.any(|result| !result.is_null() && card.rank(result).is_none()) {
            return Err(Refusal::Unclear("a level that the last definition does not have"));
        }
    }
    Ok(cards)
}

/// The counts of a scorecard at a date.
fn counts(card: &Card, moment: &Moment) -> Value {
    let results: Vec<&Value> = moment.side.results(&card.key).collect();
    let graded: Vec<&&Value> = results.iter().filter(|result| !result.is_null()).collect();
    let mut levels = Vec::new();
    for level in list(&card.told["levels"]) {
        let count = graded.iter().filter(|result| result["level"] == level["title"]).count();
        levels.push(json!({"title": level["title"], "color": level["color"], "count": count}));
    }
    json!({
        "asOf": written(moment.as_of),
        "graded": graded.len(),
        "notApplicable": results.len() - graded.len(),
        "noData": graded.iter().filter(|result| result["noData"] == true).count(),
        "levels": levels,
    })
}

/// The result of an entity at a date, if it has a level then.
fn level<'a>(moment: &'a Moment, entity: &Key, card: &Card) -> Option<&'a Value> {
    let entity = moment.side.entities.iter().find(|own| own.key == *entity)?;
    let found = entity.results.iter().find(|(identifier, _)| *identifier == card.key.1)?;
    Some(&found.1).filter(|result| entity.key.0 == card.key.0 && !result.is_null())
}

/// How a result moved between the first and the last date.
fn step(moments: &[Moment], entity: &Key, card: &Card) -> Option<Value> {
    let first = level(moments.first()?, entity, card)?;
    let last = level(moments.last()?, entity, card)?;
    let direction = match card.rank(first).cmp(&card.rank(last)) {
        std::cmp::Ordering::Less => "up",
        std::cmp::Ordering::Greater => "down",
        std::cmp::Ordering::Equal => return None,
    };
    Some(
        json!({"scorecard": card.key.1, "direction": direction, "from": first["level"], "to": last["level"]}),
    )
}

/// Whether a result is stuck, and since when.
fn stuck(moments: &[Moment], entity: &Key, card: &Card, options: &Options) -> Option<Value> {
    let limit = card.titles.iter().position(|title| Some(title) == card.below.as_ref())?;
    let is_low = |moment: &Moment| {
        level(moment, entity, card).is_some_and(|result| {
            card.rank(result) < Some(limit) && !(options.skips && result["noData"] == true)
        })
    };
    let row: Vec<&Moment> = moments.iter().rev().take_while(|moment| is_low(moment)).collect();
    if row.len() < options.row {
        return None;
    }
    let last = level(row.first()?, entity, card)?;
    let since = written(row.last()?.as_of);
    Some(json!({"scorecard": card.key.1, "level": last["level"], "noData": last["noData"], "since": since}))
}

/// The entities of the last date for which there is something to say, with it under `key`.
fn listed(
    moments: &[Moment],
    cards: &[Card],
    key: &str,
    say: impl Fn(&Key, &Card) -> Option<Value>,
) -> Vec<Value> {
    let mut listed = Vec::new();
    for entity in moments.iter().rev().take(1).flat_map(|last| &last.side.entities) {
        let said: Vec<Value> = cards.iter().filter_map(|card| say(&entity.key, card)).collect();
        if !said.is_empty() {
            let mut element = entity.head();
            element[key] = json!(said);
            listed.push(element);
        }
    }
    listed
}

/// How often the scorecard is among what is said about entities of its blueprint.
fn count(listed: &[Value], key: &str, card: &Card, test: impl Fn(&Value) -> bool) -> usize {
    let own = listed.iter().filter(|entity| entity["blueprint"] == card.key.0.as_str());
    own.flat_map(|entity| list(&entity[key]))
        .filter(|said| said["scorecard"] == card.key.1.as_str() && test(said))
        .count()
}

fn codes(moments: &[Moment], cards: &[Card], stuck: &[Value], options: &Options) -> Vec<i32> {
    let Some(last) = moments.last().filter(|_| options.fails) else { return vec![0] };
    if !stuck.is_empty() {
        return vec![1];
    }
    if moments.len() < options.row || last.side.entities.iter().all(|entity| entity.results.is_empty()) {
        return vec![3];
    }
    // where no result could have been stuck, 3 is as good an answer
    let is_judged = |result: &Value| {
        let is_skipped = options.skips && result["noData"] == true;
        !result.is_null() && !is_skipped
    };
    let could_be = |card: &Card| card.below.is_some() && last.side.results(&card.key).any(is_judged);
    if cards.iter().any(could_be) { vec![0] } else { vec![0, 3] }
}

/// The whole document of `trend -f json`.
pub(crate) fn trend(files: &[File], options: &Options) -> Result<Outcome, Refusal> {
    let moments = moments(files, options)?;
    let cards = cards(&moments, options)?;
    let mut moves = listed(&moments, &cards, "moves", |entity, card| step(&moments, entity, card));
    let stuck = listed(&moments, &cards, "stuck", |entity, card| stuck(&moments, entity, card, options));
    // the teams of those that moved are not promised
    for element in moves.iter_mut().filter_map(Value::as_object_mut) {
        element.remove("team");
    }
    let mut told = Vec::new();
    for card in &cards {
        told.push(json!({
            "identifier": card.key.1,
            "title": card.told["title"],
            "blueprint": card.key.0,
            "below": card.below,
            "up": count(&moves, "moves", card, |said| said["direction"] == "up"),
            "down": count(&moves, "moves", card, |said| said["direction"] == "down"),
            "stuck": count(&stuck, "stuck", card, |_| true),
            "dates": moments.iter().map(|moment| counts(card, moment)).collect::<Vec<_>>(),
        }));
    }
    let document = json!({
        "schemaVersion": 1,
        "kind": "trend",
        "dates": moments.iter().map(|moment| written(moment.as_of)).collect::<Vec<_>>(),
        "for": options.row,
        "scorecards": told,
        "moves": moves,
        "stuck": stuck,
    });
    Ok(Outcome { document, codes: codes(&moments, &cards, &stuck, options) })
}
