//! Random pairs of results and options of `diff`.

use super::cards::{self, Card, Fate};
use super::naive_diff::{Input, Options, Outcome, diff};
use super::results::{Bends, Form, bends, forms, results};
use super::side::Refusal;
use super::verdict::FailOn;
use crate::program::{Run, directory, run};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// An entity before and after: its properties, where it is there.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) identifier: &'static str,
    pub(crate) head: Value,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// A pair that is not graded yet.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) cards: Vec<Card>,
    pub(crate) fates: [Vec<Fate>; 2],
    pub(crate) things: Vec<Thing>,
    pub(crate) forms: [Form; 2],
    pub(crate) bends: [Bends; 2],
    pub(crate) is_reversed: bool,
    pub(crate) options: Options,
    pub(crate) has_definitions: bool,
}

fn things() -> BoxedStrategy<Vec<Thing>> {
    let turn = prop_oneof![
        4 => Just((true, None)),
        6 => cards::properties().prop_map(|after| (true, Some(Some(after)))),
        1 => Just((true, Some(None))),
        1 => cards::properties().prop_map(|after| (false, Some(Some(after)))),
    ];
    let parts = vec((cards::head(), cards::properties(), turn), 8);
    let emptied = prop::bool::weighted(0.06);
    (cards::identifiers(7), parts, emptied)
        .prop_map(|(identifiers, parts, is_emptied)| {
            let mut things = Vec::new();
            for (identifier, (head, before, (was_there, after))) in identifiers.into_iter().zip(parts) {
                let after = after.unwrap_or_else(|| Some(before.clone())).filter(|_| !is_emptied);
                things.push(Thing { identifier, head, before: was_there.then_some(before), after });
            }
            things
        })
        .boxed()
}

fn fail_on() -> BoxedStrategy<Vec<FailOn>> {
    let level = select(vec!["Bronze", "silver", "Gold", "Mid", "Iron", "7"]);
    let card = weighted(0.7, select(vec!["cfr", "dora", "own"]));
    let below =
        (card, level).prop_map(|(card, level)| FailOn::Below(card.map(str::to_owned), level.to_owned()));
    let plain = select(vec![
        FailOn::Down,
        FailOn::Down,
        FailOn::LostData,
        FailOn::Disappeared,
        FailOn::Any,
        FailOn::ChangedRules,
    ]);
    let some = vec(prop_oneof![5 => plain, 1 => below], 1..=2);
    prop_oneof![1 => Just(Vec::new()), 3 => some].boxed()
}

fn options() -> BoxedStrategy<Options> {
    let globs = |globs: Vec<&'static str>| {
        let one = select(globs).prop_map(|glob| vec![glob.to_owned()]);
        prop_oneof![9 => Just(Vec::new()), 1 => one]
    };
    let cards = globs(vec!["cfr", "d*", "*o*"]);
    let entities = globs(vec!["a", "a*", "*b", "é"]);
    (select(vec!["service", "service", "svc"]), cards, entities, fail_on())
        .prop_map(|(blueprint, cards, entities, fail_on)| Options {
            blueprint: blueprint.to_owned(),
            definitions: Vec::new(),
            cards,
            entities,
            fail_on,
        })
        .boxed()
}

/// Names a scorecard and a level of the plan in `below=SCORECARD=LEVEL`; others would mostly not be there.
fn name_levels(plan: &mut Plan) {
    for kind in &mut plan.options.fail_on {
        let FailOn::Below(Some(name), level) = kind else { continue };
        let index = name.len() % plan.cards.len();
        let titles = plan.cards[index].titles(plan.fates[1][index]);
        if titles.len() > 1 {
            *name = plan.cards[index].identifier.to_owned();
            *level = titles[1 + level.len() % (titles.len() - 1)].to_owned();
        }
    }
}

pub(crate) fn plans() -> BoxedStrategy<Plan> {
    let fates = (prop_oneof![3 => Just(vec![Fate::Same; 3]), 1 => cards::fates()], cards::fates());
    let both = ((forms(), forms()), (bends(), bends()));
    (cards::cards(), fates, things(), both, any::<bool>(), options(), prop::bool::weighted(0.4))
        .prop_map(|(cards, fates, things, (forms, bends), is_reversed, options, has_definitions)| {
            let mut plan = Plan {
                cards,
                fates: fates.into(),
                things,
                forms: forms.into(),
                bends: bends.into(),
                is_reversed,
                options,
                has_definitions,
            };
            name_levels(&mut plan);
            plan
        })
        .boxed()
}

/// The entities with these properties; those without are not there.
pub(crate) fn entities<'a>(
    things: impl IntoIterator<Item = (&'a str, &'a Value, &'a Option<Value>)>,
) -> Vec<Value> {
    let mut entities = Vec::new();
    for (identifier, head, properties) in things {
        if let Some(properties) = properties {
            let mut entity = head.clone();
            entity["identifier"] = json!(identifier);
            entity["properties"] = properties.clone();
            entities.push(entity);
        }
    }
    entities
}

/// A pair of texts of files, and the options.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) texts: [String; 2],
    pub(crate) options: Options,
}

impl Plan {
    /// Grades both sides.
    pub(crate) fn pair(&self) -> Pair {
        let mut options = self.options.clone();
        if self.has_definitions {
            options.definitions = cards::definitions(&self.cards, &self.fates[1]);
        }
        Pair { texts: [self.text(0), self.text(1)], options }
    }

    fn text(&self, side: usize) -> String {
        let properties =
            |thing: &'_ Thing| if side == 0 { thing.before.clone() } else { thing.after.clone() };
        let told: Vec<_> = self.things.iter().map(|thing| (thing, properties(thing))).collect();
        let mut entities =
            entities(told.iter().map(|(thing, properties)| (thing.identifier, &thing.head, properties)));
        if side == 1 && self.is_reversed {
            entities.reverse();
        }
        let definitions = cards::definitions(&self.cards, &self.fates[side]);
        let as_of = ["2026-01-01", "2026-02-01T12:00:00Z"][side];
        let more = ["--as-of", as_of, "--blueprint", &self.options.blueprint];
        results(&definitions, &entities, (self.forms[side], &self.bends[side]), &more)
    }
}

/// How an element of `--fail-on` is written.
pub(crate) fn spelled(kind: &FailOn) -> String {
    match kind {
        FailOn::Down => "down".to_owned(),
        // a name with special characters is written as a JSON string, and any name can be
        FailOn::Below(None, level) => format!("below={}", json!(level)),
        FailOn::Below(Some(card), level) => format!("below={}={}", json!(card), json!(level)),
        FailOn::LostData => "lost-data".to_owned(),
        FailOn::Disappeared => "disappeared".to_owned(),
        FailOn::Any => "any".to_owned(),
        FailOn::ChangedRules => "changed-rules".to_owned(),
    }
}

const NAMES: [&str; 2] = ["before.json", "after.json"];

/// A run of `diff -f json`, and what it should print: the names of the files are those of the run.
pub(crate) struct Compared {
    pub(crate) run: Run,
    pub(crate) expected: Result<Outcome, Refusal>,
}

impl Pair {
    pub(crate) fn expected(&self, names: [&str; 2]) -> Result<Outcome, Refusal> {
        let input = |side: usize| Input { name: names[side], text: &self.texts[side] };
        diff(input(0), input(1), &self.options)
    }

    pub(crate) fn compared(&self) -> Compared {
        let [before, after] = &self.texts;
        let cards = json!(self.options.definitions).to_string();
        let files =
            [(NAMES[0], before.as_bytes()), (NAMES[1], after.as_bytes()), ("cards.json", cards.as_bytes())];
        let files = directory(&files);
        let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
        let names = NAMES.map(path);
        let mut arguments =
            vec!["diff".to_owned(), names[0].clone(), names[1].clone(), "-f".into(), "json".into()];
        let mut add = |option: &str, value: String| arguments.extend([option.to_owned(), value]);
        add("--blueprint", self.options.blueprint.clone());
        if !self.options.definitions.is_empty() {
            add("--scorecards", path("cards.json"));
        }
        self.options.cards.iter().for_each(|glob| add("--scorecard", glob.clone()));
        self.options.entities.iter().for_each(|glob| add("--entity", glob.clone()));
        self.options.fail_on.iter().for_each(|kind| add("--fail-on", spelled(kind)));
        let run = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        Compared { run, expected: self.expected([&names[0], &names[1]]) }
    }
}
