//! The naive `diff`: a second, simple implementation of the specification.

use super::side::{Entity, Key, Refusal, Side, error, list, read, text, titles};
use super::verdict::{FailOn, Verdict, fails, has_levels};
use serde_json::{Value, json};

/// The kinds of changes, as they are named in the document.
pub(crate) const KINDS: [&str; 9] =
    ["up", "down", "entered", "left", "appeared", "disappeared", "gainedData", "lostData", "rules"];

#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// `--blueprint`
    pub(crate) blueprint: String,
    /// The definitions of `--scorecards`
    pub(crate) definitions: Vec<Value>,
    /// `--scorecard`
    pub(crate) cards: Vec<String>,
    /// `--entity`
    pub(crate) entities: Vec<String>,
    pub(crate) fail_on: Vec<FailOn>,
}

/// A name and a text of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

/// The document, and the exit codes that the specification allows.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) document: Value,
    pub(crate) codes: Vec<i32>,
}

/// Whether a text matches a pattern, in which only `*` is special.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let ends = text.char_indices().map(|(index, _)| index).chain([text.len()]);
            ends.into_iter().any(|index| matches(rest, &text[index..]))
        }),
    }
}

fn chosen(patterns: &[String], text: &str) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| matches(pattern, text))
}

/// Titles of levels with their ranks.
pub(super) type Order = Vec<(u64, String)>;

pub(super) fn rank(order: &Order, title: &str) -> Option<u64> {
    order.iter().find(|(_, own)| own == title).map(|(rank, _)| *rank)
}

/// What happened to one result.
pub(super) struct Change {
    /// `None`: nothing, or never applicable.
    pub(super) kind: Option<&'static str>,
    before: Option<Value>,
    after: Option<Value>,
    rules: Vec<Value>,
}

impl Change {
    fn level(result: Option<&Value>) -> Value {
        result.map(|result| result["level"].clone()).unwrap_or_default()
    }

    pub(super) fn from(&self) -> Value {
        Self::level(self.before.as_ref())
    }

    pub(super) fn to(&self) -> Value {
        Self::level(self.after.as_ref())
    }

    pub(super) fn loses_data(&self) -> bool {
        let data = |result: &Option<Value>| result.as_ref().and_then(|result| result["noData"].as_bool());
        data(&self.before) == Some(false) && data(&self.after) == Some(true)
    }
}

/// The rules whose status differs, in the order of AFTER.
fn flipped(before: &Value, after: &Value) -> Vec<Value> {
    let mut flipped = Vec::new();
    for rule in list(&after["rules"]) {
        let earlier = list(&before["rules"]).iter().find(|other| other["identifier"] == rule["identifier"]);
        if let Some(earlier) = earlier.filter(|earlier| earlier["status"] != rule["status"]) {
            flipped.push(json!({
                "identifier": rule["identifier"],
                "level": rule["level"],
                "from": earlier["status"],
                "to": rule["status"],
            }));
        }
    }
    flipped
}

fn change(before: Option<&Value>, after: Option<&Value>, order: &Order) -> Change {
    let mut change = Change { kind: None, before: before.cloned(), after: after.cloned(), rules: Vec::new() };
    let (Some(before), Some(after)) = (before, after) else {
        change.kind = Some(if before.is_none() { "appeared" } else { "disappeared" });
        return change;
    };
    let (Some(from), Some(to)) = (before["level"].as_str(), after["level"].as_str()) else {
        change.kind = match (before.is_null(), after.is_null()) {
            (true, false) => Some("entered"),
            (false, true) => Some("left"),
            _ => None,
        };
        return change;
    };
    change.rules = flipped(before, after);
    let data = |result: &Value| result["noData"].as_bool();
    change.kind = match rank(order, from).cmp(&rank(order, to)) {
        std::cmp::Ordering::Less => Some("up"),
        std::cmp::Ordering::Greater => Some("down"),
        std::cmp::Ordering::Equal => match (data(before), data(after)) {
            (Some(true), Some(false)) => Some("gainedData"),
            (Some(false), Some(true)) => Some("lostData"),
            _ if !change.rules.is_empty() => Some("rules"),
            _ => None,
        },
    };
    change
}

pub(super) struct Card {
    pub(super) key: Key,
    /// `in` of the document
    pub(super) on: &'static str,
    pub(super) definition: Value,
    pub(super) order: Order,
    title: String,
}

struct Sides<'a> {
    before: Side,
    after: Side,
    options: &'a Options,
}

impl Sides<'_> {
    /// The identifiers of AFTER, then those only in BEFORE.
    fn keys(&self) -> Vec<Key> {
        let gone = self.before.entities.iter().filter(|entity| self.after.entity(&entity.key).is_none());
        self.after.entities.iter().chain(gone).map(|entity| entity.key.clone()).collect()
    }

    fn results(&self, entity: &Key, card: &Key) -> (Option<&Value>, Option<&Value>) {
        let of = |side: &'_ Side| side.entities.iter().position(|own| own.key == *entity);
        let before = of(&self.before).and_then(|index| self.before.entities[index].result(card));
        let after = of(&self.after).and_then(|index| self.after.entities[index].result(card));
        (before, after)
    }

    fn cards(&self) -> Result<Vec<Card>, Refusal> {
        let (after, before) = (self.after.cards(), self.before.cards());
        let only_before = before.iter().filter(|card| !after.contains(card));
        let all: Vec<&Key> = after.iter().chain(only_before).collect();
        // as in `evaluate`, a pattern without a match is probably misspelled
        let is_unmatched = |pattern: &&String| !all.iter().any(|key| matches(pattern, &key.1));
        match self.options.cards.iter().find(is_unmatched) {
            Some(pattern) if !all.is_empty() => return error(format!("no scorecard matches {pattern}")),
            Some(_) => return Err(Refusal::Unclear("a pattern, but no scorecards")),
            None => {}
        }
        let mut cards = Vec::new();
        for key in all.into_iter().filter(|key| chosen(&self.options.cards, &key.1)) {
            let on = match (before.contains(key), after.contains(key)) {
                (true, true) => "both",
                (true, false) => "before",
                _ => "after",
            };
            let (old, new) = (self.before.told(key), self.after.told(key));
            let digest =
                |told: Option<&Value>| told.and_then(|told| told["digest"].as_str().map(str::to_owned));
            let definition = match (digest(old), digest(new)) {
                (Some(old), Some(new)) if old == new => json!("same"),
                (Some(_), Some(_)) => json!("changed"),
                _ => Value::Null,
            };
            let order = if on == "both" { self.order(key)? } else { Vec::new() };
            let title = new.or(old).map_or(key.1.clone(), |told| text(&told["title"]));
            cards.push(Card { key: key.clone(), on, definition, order, title });
        }
        Ok(cards)
    }

    /// The order of the levels of a scorecard that is on both sides.
    fn order(&self, card: &Key) -> Result<Order, Refusal> {
        let ranked = |titles: Vec<String>| (0..).zip(titles).collect::<Order>();
        let judged =
            || self.before.results(card).chain(self.after.results(card)).filter(|one| !one.is_null());
        let pairs = |test: &dyn Fn(&str, &str) -> bool| {
            let levels = |entity: &Key| {
                let (before, after) = self.results(entity, card);
                Some((before?["level"].as_str()?.to_owned(), after?["level"].as_str()?.to_owned()))
            };
            self.keys().iter().filter_map(levels).any(|(from, to)| test(&from, &to))
        };
        let blueprint = |definition: &Value| match definition["blueprint"].as_str() {
            Some(own) => own.to_owned(),
            None => self.options.blueprint.clone(),
        };
        let is_it = |definition: &&Value| (blueprint(definition), text(&definition["identifier"])) == *card;
        let usual = titles(&Value::Null);
        let order = if let Some(told) = self.after.told(card).or_else(|| self.before.told(card)) {
            ranked(titles(told))
        } else if judged().all(|result| result["rank"].is_u64()) {
            ranks(judged())?
        } else if let Some(definition) = self.options.definitions.iter().find(is_it) {
            ranked(titles(definition))
        } else if judged().all(|result| usual.contains(&text(&result["level"]))) {
            ranked(usual)
        } else if pairs(&|from, to| from != to) {
            return error("the order of the levels is not known: --scorecards");
        } else {
            return Err(Refusal::Unclear("no order, but nothing to order"));
        };
        let lacks = |title: &str| rank(&order, title).is_none();
        if pairs(&|from, to| lacks(from) || lacks(to)) {
            return error("a level that the order lacks");
        }
        if judged().any(|result| lacks(&text(&result["level"]))) {
            return Err(Refusal::Unclear("a level that the order lacks, but nothing to compare it with"));
        }
        Ok(order)
    }
}

/// The order that the ranks of results tell.
fn ranks<'a>(results: impl Iterator<Item = &'a Value>) -> Result<Order, Refusal> {
    let mut order = Order::new();
    for result in results {
        let level = (result["rank"].as_u64().expect("it has a rank"), text(&result["level"]));
        if !order.contains(&level) {
            if order.iter().any(|(rank, title)| *rank == level.0 || *title == level.1) {
                return Err(Refusal::Unclear("ranks that contradict each other"));
            }
            order.push(level);
        }
    }
    Ok(order)
}

/// An element of `scorecards`, all counts 0.
fn blank(card: &Card) -> Value {
    let mut blank = json!({
        "identifier": card.key.1,
        "title": card.title,
        "blueprint": card.key.0,
        "in": card.on,
        "definition": card.definition,
        "pairs": [],
    });
    KINDS.iter().chain(["same"].iter()).for_each(|kind| blank[*kind] = json!(0));
    blank
}

fn add(count: &mut Value) {
    *count = json!(count.as_u64().unwrap_or_default() + 1);
}

/// Counts a change in an element of `scorecards`.
fn tally(told: &mut Value, change: &Change) {
    match change.kind {
        Some(kind) => add(&mut told[kind]),
        None if change.to().is_null() => {}
        None => add(&mut told["same"]),
    }
    if change.before.is_none() || change.after.is_none() {
        return;
    }
    let pairs = told["pairs"].as_array_mut().expect("an array");
    match pairs.iter_mut().find(|pair| pair["from"] == change.from() && pair["to"] == change.to()) {
        Some(pair) => add(&mut pair["count"]),
        None => pairs.push(json!({"from": change.from(), "to": change.to(), "count": 1})),
    }
}

fn about(input: Input, side: &Side, options: &Options) -> Value {
    let mut about = json!({"file": input.name, "asOf": side.as_of});
    if options.entities.is_empty() {
        about["entities"] = json!(side.entities.len());
    }
    about
}

/// The changes of all results of one entity.
fn moves(
    sides: &Sides,
    entity: &Key,
    cards: &[Card],
    told: &mut [Value],
    verdict: &mut Verdict,
) -> Result<Vec<Value>, Refusal> {
    let mut moves = Vec::new();
    for (card, told) in cards.iter().zip(told) {
        let (before, after) = sides.results(entity, &card.key);
        if before.is_none() && after.is_none() {
            continue;
        }
        let change = change(before, after, &card.order);
        tally(told, &change);
        verdict.any += 1;
        verdict.shared += usize::from(before.is_some() && after.is_some());
        let has_levels = !change.from().is_null() && !change.to().is_null();
        verdict.levels += usize::from(has_levels);
        verdict.comparable += usize::from(has_levels && card.definition != "changed");
        let mut is_culprit = false;
        for kind in sides.options.fail_on.iter().filter(|_| card.definition != "changed") {
            is_culprit |= fails(kind, &change, card)?;
        }
        if is_culprit {
            let culprit = json!({"identifier": entity.1, "blueprint": entity.0, "scorecard": card.key.1});
            verdict.culprits.push(culprit);
        }
        if let Some(kind) = change.kind {
            moves.push(json!({
                "scorecard": card.key.1, "direction": kind, "from": change.from(), "to": change.to(),
                "rules": change.rules,
            }));
        }
    }
    Ok(moves)
}

/// The whole document of `diff -f json`.
pub(crate) fn diff(before: Input, after: Input, options: &Options) -> Result<Outcome, Refusal> {
    let kept = |input: Input| -> Result<(Value, Side), Refusal> {
        let mut side = read(input.text, &options.blueprint, |name| chosen(&options.entities, name))?;
        let about = about(input, &side, options);
        side.entities.retain(|entity: &Entity| chosen(&options.entities, &entity.key.1));
        Ok((about, side))
    };
    let ((before, old), (after, new)) = (kept(before)?, kept(after)?);
    let sides = Sides { before: old, after: new, options };
    let cards = sides.cards()?;
    has_levels(options, &cards)?;
    let mut told: Vec<Value> = cards.iter().map(blank).collect();
    let mut verdict = Verdict::default();
    let mut moved = Vec::new();
    for key in sides.keys() {
        let moves = moves(&sides, &key, &cards, &mut told, &mut verdict)?;
        let entity = sides.after.entity(&key).or_else(|| sides.before.entity(&key)).expect("it is on a side");
        if !moves.is_empty() {
            let mut element = entity.head();
            element["moves"] = json!(moves);
            moved.push(element);
        }
    }
    let codes = verdict.codes(options, &cards, !sides.after.entities.is_empty());
    let mut document = json!({
        "schemaVersion": 1, "kind": "diff", "before": before, "after": after,
        "scorecards": told, "moved": moved.len(), "moves": moved,
    });
    if !options.fail_on.is_empty() {
        document["failOn"] = json!({"culprits": verdict.culprits});
        if let [code @ (0 | 1)] = codes[..] {
            document["failOn"]["passed"] = json!(code == 0);
        }
    }
    Ok(Outcome { document, codes })
}
