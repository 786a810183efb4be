//! Random definitions of scorecards and entities, which change a little from one time to the next.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// Titles of levels; an empty list stands for the four usual ones.
const LEVELS: [&[&str]; 7] = [
    &[],
    &["Basic", "Bronze", "Silver", "Gold"],
    &["Low", "Mid", "High"],
    &["Tin", "Bronze", "Iron"],
    &["Gold", "Silver", "Bronze", "Basic"],
    &["é 日本", "\"q\"", "7"],
    &["Only"],
];

const USUAL: [&str; 4] = ["Basic", "Bronze", "Silver", "Gold"];

/// A plan of a rule: its level (modulo the number of levels above the base), a property, a threshold, and whether there
/// is a guard.
type Rule = (usize, &'static str, u8, bool);

#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) identifier: &'static str,
    title: Option<&'static str>,
    blueprint: Option<&'static str>,
    levels: usize,
    rules: Vec<Rule>,
    has_filter: bool,
}

/// How a definition differs from its plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fate {
    Same,
    Gone,
    /// A title has no influence on the digest.
    Retitled,
    Raised,
    Reversed,
    /// With one level more, at the top.
    Extended,
    /// With one rule less.
    Shorter,
    /// Other keys, and keys in another order.
    Respelled,
}

impl Card {
    pub(crate) fn titles(&self, fate: Fate) -> Vec<&'static str> {
        let plain = LEVELS[self.levels];
        let mut titles = if plain.is_empty() { USUAL.to_vec() } else { plain.to_vec() };
        match fate {
            Fate::Reversed => titles.reverse(),
            Fate::Extended => titles.push("Peak"),
            _ => {}
        }
        titles
    }

    fn rules(&self, fate: Fate) -> Vec<Value> {
        let titles = self.titles(fate);
        let above = titles.len() - 1;
        let kept = self.rules.len().saturating_sub(usize::from(fate == Fate::Shorter));
        let mut rules = Vec::new();
        for (index, (level, property, threshold, has_guard)) in self.rules.iter().take(kept).enumerate() {
            if above == 0 {
                break;
            }
            let raised = threshold + u8::from(fate == Fate::Raised);
            let mut conditions = vec![json!({"property": property, "operator": ">=", "value": raised})];
            if *has_guard {
                conditions.insert(0, json!({"property": "g", "operator": ">", "value": 0}));
            }
            let key = if fate == Fate::Respelled { "rules" } else { "conditions" };
            let mut rule = json!({
                "identifier": format!("r{index}"),
                "level": titles[1 + level % above],
                "query": {"combinator": "and", key: conditions},
            });
            if fate == Fate::Respelled {
                rule["title"] = json!("Other");
            }
            rules.push(rule);
        }
        rules
    }

    pub(crate) fn definition(&self, fate: Fate) -> Value {
        let mut definition = json!({"identifier": self.identifier, "rules": self.rules(fate)});
        if let Some(title) = self.title.or((fate == Fate::Retitled).then_some("Title")) {
            let suffix = if fate == Fate::Retitled { " (new)" } else { "" };
            definition["title"] = json!(format!("{title}{suffix}"));
        }
        if let Some(blueprint) = self.blueprint {
            definition["blueprint"] = json!(blueprint);
        }
        if !LEVELS[self.levels].is_empty()
            || matches!(fate, Fate::Reversed | Fate::Extended | Fate::Respelled)
        {
            let level = |(index, title): (usize, &'static str)| match index % 2 {
                0 => json!({"title": title, "color": "blue"}),
                _ => json!({"title": title}),
            };
            definition["levels"] = self.titles(fate).into_iter().enumerate().map(level).collect();
        }
        if self.has_filter {
            let condition = json!({"property": "s", "operator": "=", "value": "x"});
            definition["filter"] = json!({"combinator": "and", "conditions": [condition]});
        }
        definition
    }
}

fn card() -> BoxedStrategy<Card> {
    let identifier = select(vec!["cfr", "dora", "own", "é", "a-b"]);
    let title = weighted(0.6, select(vec!["Change Failure Rate", "DORA", "\"T\" & <T>"]));
    let blueprint = select(vec![Some("service"), Some("service"), Some("_team"), None]);
    let levels = prop_oneof![2 => Just(0), 1 => Just(1), 2 => 2..LEVELS.len()];
    let rule = (0..6_usize, select(vec!["n", "m"]), 0..4_u8, any::<bool>());
    (identifier, title, blueprint, levels, vec(rule, 0..4), prop::bool::weighted(0.3))
        .prop_map(|(identifier, title, blueprint, levels, rules, has_filter)| Card {
            identifier,
            title,
            blueprint,
            levels,
            rules,
            has_filter,
        })
        .boxed()
}

/// One to three scorecards, of which no two clash.
pub(crate) fn cards() -> BoxedStrategy<Vec<Card>> {
    vec(card(), 1..=3)
        .prop_map(|drawn| {
            let mut kept: Vec<Card> = Vec::new();
            for card in drawn {
                let clashes = |other: &Card| {
                    let is_default = card.blueprint.is_none() || other.blueprint.is_none();
                    other.identifier == card.identifier && (is_default || other.blueprint == card.blueprint)
                };
                if !kept.iter().any(clashes) {
                    kept.push(card);
                }
            }
            kept
        })
        .boxed()
}

pub(crate) fn fates() -> BoxedStrategy<Vec<Fate>> {
    let fate = prop_oneof![
        12 => Just(Fate::Same),
        6 => select(vec![Fate::Gone, Fate::Retitled, Fate::Raised, Fate::Shorter, Fate::Respelled]),
        1 => select(vec![Fate::Reversed, Fate::Extended]),
    ];
    vec(fate, 3).boxed()
}

/// The definitions of these scorecards; the last one stays, so that there is one.
pub(crate) fn definitions(cards: &[Card], fates: &[Fate]) -> Vec<Value> {
    let fated = || cards.iter().zip(fates);
    let mut definitions: Vec<Value> =
        fated().filter(|(_, fate)| **fate != Fate::Gone).map(|(card, fate)| card.definition(*fate)).collect();
    if definitions.is_empty() {
        definitions.extend(cards.last().map(|card| card.definition(Fate::Same)));
    }
    definitions
}

/// An entity without its properties.
pub(crate) fn head() -> BoxedStrategy<Value> {
    let title = weighted(0.5, select(vec!["Checkout", "A <b> & \"c\"", ""]));
    let blueprint = prop_oneof![
        8 => select(vec![Some("service"), None]),
        2 => Just(Some("_team")),
        1 => Just(Some("other")),
    ];
    let team = select(vec![
        Value::Null,
        json!("payments"),
        json!(["payments"]),
        json!(["ops", "payments"]),
        json!([]),
    ]);
    (title, blueprint, weighted(0.7, team))
        .prop_map(|(title, blueprint, team)| {
            let mut head = json!({});
            if let Some(title) = title {
                head["title"] = json!(title);
            }
            if let Some(blueprint) = blueprint {
                head["blueprint"] = json!(blueprint);
            }
            if let Some(team) = team {
                head["team"] = team;
            }
            head
        })
        .boxed()
}

/// The properties of an entity.
pub(crate) fn properties() -> BoxedStrategy<Value> {
    let number = || {
        prop_oneof![
            6 => (0..5_u8).prop_map(|number| Some(json!(number))),
            1 => Just(Some(Value::Null)),
            1 => Just(None),
        ]
    };
    let text = prop_oneof![4 => Just(Some(json!("x"))), 1 => Just(Some(json!("y"))), 1 => Just(None)];
    (number(), number(), number(), text)
        .prop_map(|(n, m, g, s)| {
            let named = [("n", n), ("m", m), ("g", g), ("s", s)];
            let told = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
            Value::Object(told.collect())
        })
        .boxed()
}

/// Identifiers of entities, in random order.
pub(crate) fn identifiers(most: usize) -> BoxedStrategy<Vec<&'static str>> {
    let all = vec!["a", "b", "c", "ab", "a/b", "é", "7", "checkout"];
    prop_oneof![1 => subsequence(all.clone(), 0..=1), 9 => subsequence(all, 2..=most)].prop_shuffle().boxed()
}
