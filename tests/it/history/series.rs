//! Random series of files and options of `trend`.

use super::cards::{self, Card, Fate};
use super::naive_diff::Outcome;
use super::naive_trend::{File, Options, trend};
use super::pairs::entities;
use super::results::{Bend, Bends, Form, bends, results};
use super::side::Refusal;
use crate::program::{Run, directory, run};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// A result, whose `asOf` may be spelled in another time zone.
    Result(bool),
    /// A document of `metrics --snapshots`.
    Snapshot,
    /// Entities in a file whose name begins with the date: in an array or one a line.
    Dated(bool),
}

/// A file of a date.
#[derive(Clone, Debug)]
struct Date {
    day: u32,
    is_noon: bool,
    kind: Kind,
    fates: Vec<Fate>,
    bends: Bends,
    /// The properties of the entities; those without are not there.
    properties: Vec<Option<Value>>,
    has_double: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    cards: Vec<Card>,
    fates: Vec<Fate>,
    identifiers: Vec<&'static str>,
    heads: Vec<Value>,
    dates: Vec<Date>,
    options: Options,
}

fn date() -> BoxedStrategy<Date> {
    let kind = prop_oneof![
        3 => any::<bool>().prop_map(Kind::Result),
        1 => Just(Kind::Snapshot),
        2 => any::<bool>().prop_map(Kind::Dated),
    ];
    // a result that does not tell whether it has data has no place in a trend
    let bends = bends().prop_map(|mut bends| {
        bends.retain(|(_, _, bend)| *bend != Bend::NoData);
        bends
    });
    let fates = prop_oneof![2 => Just(vec![Fate::Same; 3]), 1 => cards::fates()].prop_map(|mut fates| {
        // levels do not come or go
        fates.iter_mut().filter(|fate| **fate == Fate::Extended).for_each(|fate| *fate = Fate::Same);
        fates
    });
    let properties = vec(weighted(0.85, cards::properties()), 6);
    (prop::bool::weighted(0.2), kind, fates, bends, properties, prop::bool::weighted(0.01))
        .prop_map(|(is_noon, kind, fates, bends, properties, has_double)| Date {
            day: 1,
            is_noon,
            kind,
            fates,
            bends,
            properties,
            has_double,
        })
        .boxed()
}

fn dates() -> BoxedStrategy<Vec<Date>> {
    let days = prop_oneof![
        1 => subsequence((1..=28_u32).collect::<Vec<_>>(), 1..=1),
        9 => subsequence((1..=28_u32).collect::<Vec<_>>(), 2..=4),
        9 => subsequence((1..=28_u32).collect::<Vec<_>>(), 5..=8),
    ];
    (days.prop_shuffle(), vec(date(), 8), prop::bool::weighted(0.04))
        .prop_map(|(mut days, dates, has_double)| {
            if let ([first, second, ..], true) = (&mut days[..], has_double) {
                *second = *first;
            }
            days.into_iter().zip(dates).map(|(day, date)| Date { day, ..date }).collect()
        })
        .boxed()
}

fn options() -> BoxedStrategy<Options> {
    let below = weighted(0.3, select(vec!["Bronze", "silver", "Gold"]));
    (select(vec!["service", "service", "svc"]), below, 1..=4_usize, any::<bool>(), prop::bool::weighted(0.7))
        .prop_map(|(blueprint, below, row, skips, fails)| Options {
            blueprint: blueprint.to_owned(),
            definitions: Vec::new(),
            below: below.map(str::to_owned),
            row,
            skips,
            fails,
        })
        .boxed()
}

pub(crate) fn plans() -> BoxedStrategy<Plan> {
    let heads = vec(cards::head(), 6);
    (cards::cards(), cards::identifiers(6), heads, dates(), options())
        .prop_map(|(cards, identifiers, heads, dates, options)| {
            let fates = vec![Fate::Same; cards.len()];
            Plan { cards, fates, identifiers, heads, dates, options }
        })
        .boxed()
}

impl Date {
    fn as_of(&self) -> String {
        let hour = if self.is_noon { 12 } else { 0 };
        format!("2026-01-{:02}T{hour:02}:00:00Z", self.day)
    }

    fn file(&self, plan: &Plan, index: usize) -> File {
        let things = plan.identifiers.iter().zip(&plan.heads).zip(&self.properties);
        let mut entities =
            entities(things.map(|((identifier, head), properties)| (*identifier, head, properties)));
        if let (Some(first), true) = (entities.first().cloned(), self.has_double) {
            entities.push(first);
        }
        if index % 2 == 1 {
            entities.reverse();
        }
        match self.kind {
            Kind::Result(is_spelled) => (format!("{index}.json"), self.result(plan, &entities, is_spelled)),
            Kind::Snapshot => {
                let window = json!({"days": 84, "from": "2025-11-08T00:00:00Z", "to": self.as_of()});
                let document = json!({
                    "schemaVersion": 1, "kind": "entities", "asOf": self.as_of(), "window": window,
                    "average": "mean", "failures": "incidents", "entities": entities,
                });
                (format!("{index}.json"), document.to_string())
            }
            Kind::Dated(true) => (format!("2026-01-{:02}.json", self.day), json!(entities).to_string()),
            Kind::Dated(false) => {
                let lines = entities.iter().map(|entity| format!("{entity}\n")).collect();
                (format!("2026-01-{:02}-services-{index}.ndjson", self.day), lines)
            }
        }
    }

    fn result(&self, plan: &Plan, entities: &[Value], is_spelled: bool) -> String {
        let definitions = cards::definitions(&plan.cards, &self.fates);
        let as_of = self.as_of();
        let options = ["--as-of", &as_of, "--blueprint", &plan.options.blueprint];
        let text = results(&definitions, entities, (Form::Document, &self.bends), &options);
        let spelling = as_of.replace("T00:00:00Z", "T02:00:00+02:00");
        if is_spelled { text.replacen(&as_of, &spelling, 1) } else { text }
    }
}

/// Files and options of a run.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) files: Vec<File>,
    pub(crate) options: Options,
}

impl Plan {
    /// Grades what is given as results.
    pub(crate) fn series(&self) -> Series {
        let definitions = cards::definitions(&self.cards, &self.fates);
        let files = self.dates.iter().enumerate().map(|(index, date)| date.file(self, index)).collect();
        Series { files, options: Options { definitions, ..self.options.clone() } }
    }
}

impl Series {
    pub(crate) fn expected(&self) -> Result<Outcome, Refusal> {
        trend(&self.files, &self.options)
    }

    /// A run of `trend` with these formats.
    pub(crate) fn run(&self, format: &str) -> Run {
        let cards = json!(self.options.definitions).to_string();
        let named = |(index, (name, text)): (usize, &'_ File)| (format!("{index}/{name}"), text.clone());
        let mut files: Vec<(String, String)> = self.files.iter().enumerate().map(named).collect();
        files.push(("cards.json".to_owned(), cards));
        let bytes: Vec<(&str, &[u8])> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let directory = directory(&bytes);
        let path = |name: &str| directory.path().join(name).to_str().expect("UTF-8").to_owned();
        let mut arguments = vec!["trend".to_owned()];
        arguments.extend(files.iter().take(self.files.len()).map(|(name, _)| path(name)));
        let row = self.options.row.to_string();
        let cards = path("cards.json");
        let mut add = |option: &str, value: &str| arguments.extend([option.to_owned(), value.to_owned()]);
        add("-f", format);
        add("--scorecards", &cards);
        add("--blueprint", &self.options.blueprint);
        add("--for", &row);
        self.options.below.iter().for_each(|level| add("--below", level));
        if self.options.skips {
            add("--no-data", "skip");
        }
        if self.options.fails {
            add("--fail-on", "stuck");
        }
        run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }
}
