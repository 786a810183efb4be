//! Generates random scorecards and entities that are valid according to the specification.
//!
//! Scorecards and entities share few names and few values, so that conditions often match and values are often equal to
//! thresholds. Input that the specification rejects or does not define is not generated.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// Names of properties and relations whose values are mostly numbers, texts, moments and arrays, in this order.
pub(crate) const NUMBER: &str = "n";
pub(crate) const TEXT: &str = "s";
pub(crate) const MOMENT: &str = "d";
pub(crate) const LIST: &str = "l";

/// Other names of properties. Flat rows do not get the names in [`RESERVED`], because these have another meaning there.
const ODD_NAMES: [&str; 16] = [
    "",
    " ",
    "a.b",
    "N",
    "title",
    "team",
    "identifier",
    "properties",
    "relations",
    "scorecards",
    "entities",
    "entity",
    "größe 日本",
    "e\u{301}",
    "q\"\\/\n\u{1}",
    "x\u{1f600}",
];

/// Keys of a flat row that are not properties.
const RESERVED: [&str; 12] = [
    "identifier",
    "title",
    "blueprint",
    "team",
    "icon",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy",
    "properties",
    "relations",
    "scorecards",
];

const META: [&str; 9] = [
    "$identifier",
    "$title",
    "$team",
    "$icon",
    "$blueprint",
    "$createdAt",
    "$createdBy",
    "$updatedAt",
    "$updatedBy",
];

/// Names of relations and properties, as newer guides of Port write them.
const NAME_FORMS: [&str; 9] = [
    "$relation.n",
    "$relation.s",
    "$relation.d",
    "$relation.l",
    "$relation.$team",
    "$mirror.n",
    "$mirror.a.b",
    "$mirror.title",
    "$mirror.relations",
];

const IDENTIFIERS: [&str; 10] =
    ["a", "ab", "b", "7", "true", "checkout", "é", "2026-01-31T00:00:00Z", "q\"\\", " "];

const WORDS: [&str; 26] = [
    "",
    "7",
    "a",
    "ab",
    "aba",
    "A",
    "b",
    "Bronze",
    "true",
    "null",
    "[]",
    "0",
    "0.0",
    "-",
    ".",
    "e",
    "1e21",
    "1000",
    "25",
    "é",
    "e\u{301}",
    "日本",
    "\u{1f600}",
    "q\"\\/\n\t\u{1}\u{7f}",
    "service",
    "payments",
];

/// Date-times. The first eight are the same instant, if fractions of a second are cut after nine digits.
const MOMENTS: [&str; 33] = [
    "2026-01-31T00:00:00Z",
    "2026-01-31t00:00:00z",
    "2026-01-31 00:00:00Z",
    "2026-01-31T00:00:00.000Z",
    "2026-01-31T00:00:00.0000000009Z",
    "2026-01-31T00:00:00-00:00",
    "2026-01-31T02:00:00+02:00",
    "2026-01-30T18:30:00-05:30",
    "2026-01-31T00:00:00.000000001Z",
    "2026-01-30T23:59:59.999999999Z",
    "2026-01-30T23:59:59.9999999999+00:00",
    "2026-01-31T12:00:00Z",
    "2026-01-31T23:59:59Z",
    "2026-01-31T23:59:59.9999999999Z",
    "2026-02-01T00:00:00Z",
    "2026-02-01T01:00:00+02:00",
    "2026-02-02T00:00:00Z",
    "2026-02-07T00:00:00Z",
    "2026-02-14T00:00:00Z",
    "2026-03-02T00:00:00Z",
    "2027-01-31T00:00:00Z",
    "2026-01-24T00:00:00Z",
    "2026-01-17T00:00:00Z",
    "2026-01-01T00:00:00Z",
    "2025-11-02T00:00:00Z",
    "2025-08-04T00:00:00Z",
    "2025-01-31T00:00:00Z",
    "2024-02-29T12:00:00Z",
    "2024-02-01T00:00:00Z",
    "2023-02-01T00:00:00Z",
    "1969-12-31T23:59:59.5Z",
    "0000-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999999-23:59",
];

const DAYS: [&str; 9] = [
    "2026-01-31",
    "2026-01-30",
    "2026-02-01",
    "2026-01-24",
    "2025-12-31",
    "2024-02-29",
    "1970-01-01",
    "0000-01-01",
    "9999-12-31",
];

/// Texts that are similar to date-times and days, but are neither.
const ALMOST_DATES: [&str; 20] = [
    "2026-01-31T00:00:60Z",
    "2026-01-31T23:59:60Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T00:60:00Z",
    "2026-02-29",
    "2026-02-29T00:00:00Z",
    "2026-1-31",
    "2026-01-31T00:00:00",
    "2026-01-31T00:00Z",
    "2026-01-31T00:00:00.Z",
    "2026-01-31T00:00:00,5Z",
    "2026-01-31T00:00:00+24:00",
    "2026-01-31T00:00:00+0200",
    "2026-01-31T00:00:00 Z",
    "2026-01-31T00:00:00Z ",
    "2026-01-31_00:00:00Z",
    "2026-01-31 ",
    "+2026-01-31",
    "２026-01-31T00:00:00Z",
    "2026-01-31Z",
];

/// Ends of ranges, sorted by their first moments, so that any two of them in this order are a valid range.
const ENDS: [&str; 15] = [
    "0000-01-01",
    "2023-02-01T00:00:00Z",
    "2025-11-02",
    "2026-01-24T00:00:00Z",
    "2026-01-30",
    "2026-01-30t23:59:59.999999999z",
    "2026-01-31T02:00:00+02:00",
    "2026-01-31",
    "2026-01-31 00:00:00.0000000009Z",
    "2026-01-31T00:00:00.000000001Z",
    "2026-01-31T12:00:00Z",
    "2026-02-01",
    "2026-02-01T00:00:00Z",
    "2027-01-31T00:00:00-05:30",
    "9999-12-31",
];

const PRESETS: [&str; 19] = [
    "today",
    "tomorrow",
    "yesterday",
    "lastDay",
    "lastWeek",
    "last2Weeks",
    "lastMonth",
    "last3Months",
    "last6Months",
    "last12Months",
    "last2Years",
    "last3Years",
    "nextDay",
    "nextWeek",
    "next2Weeks",
    "nextMonth",
    "next3Months",
    "next6Months",
    "next12Months",
];

const LEVEL_TITLES: [&str; 9] =
    ["Basic", "Bronze", "bronze", "Silver", "Gold", "Elite", "é 日本", "q\"\\", "7"];

const DEFAULT_LEVEL_TITLES: [&str; 4] = ["Basic", "Bronze", "Silver", "Gold"];

// Values.

fn number() -> BoxedStrategy<Value> {
    prop_oneof![
        4 => select(vec![json!(0), json!(-0.0), json!(1), json!(0.25), json!(7), json!(7.0), json!(-1)]),
        3 => select(vec![json!(20), json!(24), json!(24.0), json!(30), json!(168), json!(0.2), json!(25), json!(-7.5)]),
        2 => select(vec![
            json!(1e21),
            json!(1e-7),
            json!(123456789012345680000.0),
            json!(9_007_199_254_740_992_u64),
            json!(9_007_199_254_740_993_u64),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(f64::MAX),
            json!(5e-324),
            json!(1e100),
        ]),
    ]
    .boxed()
}

fn text() -> BoxedStrategy<Value> {
    prop_oneof![
        6 => select(vec!["a", "ab", "b", "7", ""]).prop_map(Value::from),
        5 => select(WORDS.to_vec()).prop_map(Value::from),
        1 => select(MOMENTS.to_vec()).prop_map(Value::from),
        1 => select(IDENTIFIERS.to_vec()).prop_map(Value::from),
    ]
    .boxed()
}

fn date_time() -> BoxedStrategy<Value> {
    prop_oneof![
        2 => select(MOMENTS.iter().take(8).copied().collect::<Vec<_>>()),
        3 => select(MOMENTS.to_vec()),
    ]
    .prop_map(Value::from)
    .boxed()
}

fn moment() -> BoxedStrategy<Value> {
    prop_oneof![
        5 => date_time(),
        2 => select(DAYS.to_vec()).prop_map(Value::from),
        2 => select(ALMOST_DATES.to_vec()).prop_map(Value::from),
    ]
    .boxed()
}

/// A string, a number or a boolean.
fn scalar() -> BoxedStrategy<Value> {
    prop_oneof![
        3 => number(),
        3 => text(),
        2 => moment(),
        1 => any::<bool>().prop_map(Value::from),
    ]
    .boxed()
}

fn string_or_number() -> BoxedStrategy<Value> {
    prop_oneof![3 => text(), 2 => number(), 1 => moment()].boxed()
}

/// Any JSON value, sometimes nested.
fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        6 => scalar(),
        1 => Just(Value::Null),
        1 => Just(json!([])),
        1 => Just(json!({})),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 0..4).prop_map(Value::from),
            1 => vec((select(vec!["a", "", "identifier", "from", "é\""]), inner), 0..3).prop_map(object),
        ]
    })
    .boxed()
}

/// An array for an entity: a few scalars, sometimes repeated, and sometimes a value that is not a scalar.
fn array() -> BoxedStrategy<Value> {
    let short =
        select(vec![json!("a"), json!("ab"), json!("b"), json!(7), json!(0), json!(true), json!("7")]);
    prop_oneof![
        4 => vec(short.clone(), 0..4),
        2 => vec(prop_oneof![4 => short, 2 => scalar(), 1 => anything()], 0..5),
        1 => vec(moment(), 1..4),
    ]
    .prop_map(Value::from)
    .boxed()
}

fn object<K: Into<String>>(members: Vec<(K, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// Sets the key to the value, if there is a value.
fn put(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}

/// A string, null or no value.
fn optional(strings: Vec<&'static str>) -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        4 => select(strings).prop_map(|string| Some(Value::from(string))),
        1 => Just(Some(Value::Null)),
        2 => Just(None),
    ]
    .boxed()
}

// Conditions.

/// The subject of a condition: a key (`property` or `relation`) and a name.
type Subject = (&'static str, &'static str);

/// A subject that is usually the property with the given name, and sometimes another property or a relation.
fn subject(usual: &'static str) -> BoxedStrategy<Subject> {
    prop_oneof![
        18 => Just(("property", usual)),
        2 => select(vec![NUMBER, TEXT, MOMENT, LIST]).prop_map(|name| ("property", name)),
        2 => select(ODD_NAMES.to_vec()).prop_map(|name| ("property", name)),
        2 => select(META.to_vec()).prop_map(|name| ("property", name)),
        3 => select(vec![NUMBER, TEXT, MOMENT, LIST, "", "$team", "title"]).prop_map(|name| ("relation", name)),
        2 => select(NAME_FORMS.to_vec()).prop_map(|name| ("property", name)),
    ]
    .boxed()
}

fn condition(
    subject: impl Strategy<Value = Subject> + 'static,
    operators: &[&'static str],
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Value> {
    // Sometimes the other key is present too, with null, which has no effect.
    let spare = prop::bool::weighted(0.05);
    (subject, select(operators.to_vec()), value, spare)
        .prop_map(|((key, name), operator, value, spare)| {
            let mut condition = Map::new();
            put(&mut condition, key, Some(Value::from(name)));
            put(&mut condition, "operator", Some(Value::from(operator)));
            put(&mut condition, "value", Some(value));
            if spare {
                let other = if key == "property" { "relation" } else { "property" };
                put(&mut condition, other, Some(Value::Null));
            }
            Value::Object(condition)
        })
        .boxed()
}

fn emptiness() -> BoxedStrategy<Value> {
    let usual = select(vec![NUMBER, TEXT, MOMENT, LIST]).prop_flat_map(subject);
    let not = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Value::Null)),
        2 => any::<bool>().prop_map(|not| Some(Value::from(not))),
    ];
    let value = weighted(0.2, anything());
    (usual, select(vec!["isEmpty", "isNotEmpty"]), not, value)
        .prop_map(|((key, name), operator, not, value)| {
            let mut condition = Map::new();
            put(&mut condition, key, Some(Value::from(name)));
            put(&mut condition, "operator", Some(Value::from(operator)));
            put(&mut condition, "not", not);
            put(&mut condition, "value", value);
            Value::Object(condition)
        })
        .boxed()
}

fn date_object() -> BoxedStrategy<Value> {
    let ends = (0..ENDS.len(), 0..ENDS.len()).prop_map(|(one, other)| {
        let end = |index: usize| ENDS.get(index).copied().map(Value::from).unwrap_or_default();
        json!({"from": end(one.min(other)), "to": end(one.max(other))})
    });
    // Sometimes there is a further key with null: an unknown key, or `preset`. It has no effect.
    let beside = select(vec!["", "", "", "note", "preset"]);
    prop_oneof![
        3 => (ends, beside).prop_map(|(mut range, beside)| {
            if let (Some(range), false) = (range.as_object_mut(), beside.is_empty()) {
                put(range, beside, Some(Value::Null));
            }
            range
        }),
        2 => select(PRESETS.to_vec()).prop_map(|preset| json!({"preset": preset})),
        // A day as `to` includes the whole day, so this is a valid range.
        1 => Just(json!({"from": "2026-01-31T12:00:00Z", "to": "2026-01-31"})),
    ]
    .boxed()
}

/// A guard: a condition that requires activity.
fn guard() -> BoxedStrategy<Value> {
    let zeros = vec![json!(0), json!(0), json!(-0.0), json!(0.0), json!("0"), json!("-0.0")];
    condition(subject(NUMBER), &[">"], select(zeros))
}

/// A number in quotes, which counts as the number.
fn quoted() -> BoxedStrategy<Value> {
    let usual = vec!["0", "1", "0.25", "7", "7.0", "-1", "20", "24", "24.0", "30", "168"];
    let odd = vec!["-0", "1e21", "1E-7", "5e-324", "9007199254740993", "123456789012345680000.0"];
    prop_oneof![3 => select(usual), 1 => select(odd)].prop_map(Value::from).boxed()
}

fn numeric() -> BoxedStrategy<Value> {
    let order = [">", ">=", "<", "<="];
    prop_oneof![
        4 => condition(subject(NUMBER), &[&["=", "!="], &order[..], &order].concat(), number()),
        1 => condition(subject(NUMBER), &order, quoted()),
    ]
    .boxed()
}

fn temporal() -> BoxedStrategy<Value> {
    prop_oneof![
        condition(subject(MOMENT), &[">", ">=", "<", "<=", "=", "!="], date_time()),
        condition(subject(MOMENT), &["between", "notBetween", "=", "!="], date_object()),
        condition(subject(MOMENT), &["=", "!="], moment()),
    ]
    .boxed()
}

const TEXTUAL: [&str; 6] =
    ["contains", "doesNotContains", "beginsWith", "doesNotBeginsWith", "endsWith", "doesNotEndsWith"];

fn textual() -> BoxedStrategy<Value> {
    let usual = prop_oneof![3 => subject(TEXT), 2 => subject(NUMBER), 1 => subject(LIST)];
    condition(usual, &TEXTUAL, string_or_number())
}

fn plain_equality() -> BoxedStrategy<Value> {
    let usual = prop_oneof![2 => subject(TEXT), 1 => subject(LIST)];
    let value = prop_oneof![2 => select(vec![json!("a"), json!("ab"), json!("b"), json!(7)]), 3 => scalar()];
    condition(usual, &["=", "=", "!="], value)
}

/// Conditions whose value is an array of scalars.
fn listed() -> BoxedStrategy<Value> {
    let usual = || prop_oneof![1 => subject(TEXT), 3 => subject(LIST)];
    let common = || {
        let texts = [json!("a"), json!("ab"), json!("b"), json!("7"), json!("payments")];
        select(texts.into_iter().chain([json!(7), json!(0)]).collect::<Vec<_>>())
    };
    let scalars =
        vec(prop_oneof![4 => common(), 2 => scalar(), 1 => any::<bool>().prop_map(Value::from)], 0..4);
    let parts = vec(prop_oneof![3 => common(), 1 => string_or_number()], 0..3);
    prop_oneof![
        4 => condition(usual(), &["=", "!=", "in", "notIn", "containsAny"], scalars.prop_map(Value::from)),
        2 => condition(usual(), &["contains", "doesNotContains"], parts.prop_map(Value::from)),
    ]
    .boxed()
}

fn any_condition() -> BoxedStrategy<Value> {
    prop_oneof![
        2 => guard(),
        4 => numeric(),
        3 => temporal(),
        3 => textual(),
        2 => plain_equality(),
        3 => listed(),
        2 => emptiness(),
    ]
    .boxed()
}

fn group(member: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let spare = prop::bool::weighted(0.05);
    (select(vec!["and", "or"]), select(vec!["conditions", "rules"]), vec(member, 1..4), spare)
        .prop_map(|(combinator, key, members, spare)| {
            let mut group = Map::new();
            put(&mut group, "combinator", Some(Value::from(combinator)));
            put(&mut group, key, Some(Value::from(members)));
            if spare {
                let other = if key == "rules" { "conditions" } else { "rules" };
                put(&mut group, other, Some(Value::Null));
            }
            Value::Object(group)
        })
        .boxed()
}

fn query() -> BoxedStrategy<Value> {
    let member = any_condition().prop_recursive(
        3,
        10,
        3,
        |inner| prop_oneof![3 => any_condition(), 1 => group(inner)],
    );
    let guarded = (guard(), any_condition())
        .prop_map(|(guard, other)| json!({"combinator": "and", "conditions": [guard, other]}));
    prop_oneof![8 => group(member), 2 => guarded, 1 => group(guard())].boxed()
}

// Scorecards.

/// The value of `levels`, and the titles of the resulting levels.
fn levels() -> BoxedStrategy<(Option<Value>, Vec<&'static str>)> {
    let color = || optional(vec!["paleBlue", "bronze", "#fff", "é"]);
    let own = subsequence(LEVEL_TITLES.to_vec(), 1..=5)
        .prop_shuffle()
        .prop_flat_map(move |titles| (vec(color(), titles.len()), Just(titles)))
        .prop_map(|(colors, titles)| {
            let levels: Vec<Value> = titles
                .iter()
                .zip(colors)
                .map(|(title, color)| {
                    let mut level = Map::new();
                    put(&mut level, "title", Some(Value::from(*title)));
                    put(&mut level, "color", color);
                    Value::Object(level)
                })
                .collect();
            (Some(Value::from(levels)), titles)
        });
    let default = select(vec![None, Some(Value::Null), Some(json!([]))])
        .prop_map(|levels| (levels, DEFAULT_LEVEL_TITLES.to_vec()));
    prop_oneof![1 => own, 1 => default].boxed()
}

/// Rules for the given levels, in random order, with unique identifiers.
fn rules(titles: Vec<&'static str>) -> BoxedStrategy<Vec<Value>> {
    let above: Vec<&'static str> = titles.into_iter().skip(1).collect();
    if above.is_empty() {
        return Just(Vec::new()).boxed();
    }
    let identifiers = vec!["r0", "r1", "r2", "R0", "é", "7", "q\"\\ \n"];
    let title = optional(vec!["A rule", "r0", "q\"\\\n日本"]);
    let rule = (select(above), title, query());
    (subsequence(identifiers, 0..=5).prop_shuffle(), vec(rule, 5))
        .prop_map(|(identifiers, rules)| {
            identifiers
                .into_iter()
                .zip(rules)
                .map(|(identifier, (level, title, query))| {
                    let mut rule = Map::new();
                    put(&mut rule, "identifier", Some(Value::from(identifier)));
                    put(&mut rule, "title", title);
                    put(&mut rule, "level", Some(Value::from(level)));
                    put(&mut rule, "query", Some(query));
                    Value::Object(rule)
                })
                .collect()
        })
        .boxed()
}

fn scorecard() -> BoxedStrategy<Value> {
    let identifier = select(vec!["dora", "dora", "cfr", "é", "q\"\\", "7"]);
    let title = optional(vec!["Change Failure Rate", "dora", "q\"\\\n日本"]);
    let blueprint = prop_oneof![
        3 => Just(Some(json!("service"))),
        1 => Just(Some(json!("_team"))),
        2 => Just(None),
        1 => Just(Some(Value::Null)),
    ];
    let filter = prop_oneof![
        5 => Just(None),
        1 => Just(Some(Value::Null)),
        3 => query().prop_map(Some),
    ];
    let levels_and_rules = levels().prop_flat_map(|(levels, titles)| (Just(levels), rules(titles)));
    let ignored = weighted(0.2, Just(json!("2026-01-31T00:00:00.000Z")));
    // properties of the scorecard itself, which have no effect beside `rules`
    let own = weighted(0.2, select(vec![json!({}), json!({"tier": 1, "blueprint": "_team", "rules": []})]));
    (identifier, title, blueprint, filter, levels_and_rules, ignored, own)
        .prop_map(|(identifier, title, blueprint, filter, (levels, rules), ignored, own)| {
            let mut scorecard = Map::new();
            put(&mut scorecard, "identifier", Some(Value::from(identifier)));
            put(&mut scorecard, "title", title);
            put(&mut scorecard, "blueprint", blueprint);
            put(&mut scorecard, "levels", levels);
            put(&mut scorecard, "filter", filter);
            put(&mut scorecard, "rules", Some(Value::from(rules)));
            put(&mut scorecard, "createdAt", ignored.clone());
            put(&mut scorecard, "id", ignored);
            put(&mut scorecard, "properties", own.clone());
            put(&mut scorecard, "relations", own);
            Value::Object(scorecard)
        })
        .boxed()
}

/// Whether two scorecards have the same identifier and blueprint, for some default blueprint.
fn clash(one: &Value, other: &Value) -> bool {
    let same_blueprint =
        one["blueprint"].is_null() || other["blueprint"].is_null() || one["blueprint"] == other["blueprint"];
    one["identifier"] == other["identifier"] && same_blueprint
}

/// One to four scorecards.
pub(crate) fn scorecards() -> impl Strategy<Value = Vec<Value>> {
    vec(scorecard(), 1..=4).prop_map(|drawn| {
        let mut kept: Vec<Value> = Vec::new();
        for scorecard in drawn {
            if !kept.iter().any(|earlier| clash(earlier, &scorecard)) {
                kept.push(scorecard);
            }
        }
        kept
    })
}

// Entities.

/// A value for an entity, mostly of the usual kind for the name, and sometimes no value.
fn value_of(name: &'static str) -> BoxedStrategy<Option<Value>> {
    let usual = match name {
        NUMBER => number(),
        TEXT => text(),
        MOMENT => moment(),
        LIST => array(),
        _ => scalar(),
    };
    prop_oneof![
        14 => usual.prop_map(Some),
        1 => array().prop_map(Some),
        2 => anything().prop_map(Some),
        1 => Just(Some(Value::Null)),
        2 => Just(None),
    ]
    .boxed()
}

/// Properties or relations with the usual names, and a few with unusual names.
fn members(odd: Vec<&'static str>) -> BoxedStrategy<Map<String, Value>> {
    let usual = (value_of(NUMBER), value_of(TEXT), value_of(MOMENT), value_of(LIST));
    let odd = vec((select(odd), prop_oneof![3 => scalar(), 1 => anything()]), 0..4);
    (usual, odd)
        .prop_map(|((number, text, moment, list), odd)| {
            let mut members = Map::new();
            put(&mut members, NUMBER, number);
            put(&mut members, TEXT, text);
            put(&mut members, MOMENT, moment);
            put(&mut members, LIST, list);
            for (name, value) in odd {
                put(&mut members, name, Some(value));
            }
            members
        })
        .boxed()
}

/// All parts of an entity except its properties.
fn head() -> BoxedStrategy<Map<String, Value>> {
    let title = prop_oneof![
        2 => select(WORDS.to_vec()).prop_map(|title| Some(Value::from(title))),
        1 => Just(Some(json!(""))),
        1 => Just(Some(Value::Null)),
        2 => Just(None),
    ];
    let blueprint = prop_oneof![
        4 => Just(Some(json!("service"))),
        2 => Just(Some(json!("_team"))),
        1 => Just(Some(json!("Service"))),
        3 => select(vec![None, Some(Value::Null), Some(json!(""))]),
    ];
    let teams = || select(vec!["a", "payments", "é", "7", "q\"\\"]).prop_map(Value::from);
    let team = prop_oneof![
        2 => teams().prop_map(Some),
        3 => vec(teams(), 0..3).prop_map(|team| Some(Value::from(team))),
        1 => Just(Some(Value::Null)),
        2 => Just(None),
    ];
    // The reader does not check these values, but conditions can test them.
    let unchecked = (
        weighted(0.3, scalar()),
        weighted(0.5, moment()),
        weighted(0.3, anything()),
        weighted(0.4, moment()),
        weighted(0.3, scalar()),
    );
    let relations = prop_oneof![
        4 => members(vec!["", "$team", "title"]).prop_map(|relations| Some(Value::Object(relations))),
        1 => Just(Some(json!({}))),
        1 => Just(Some(Value::Null)),
        3 => Just(None),
    ];
    let scorecards = weighted(0.1, Just(json!({"dora": {"level": "Gold", "rules": []}})));
    let identifier = select(IDENTIFIERS.to_vec());
    (identifier, title, blueprint, team, unchecked, relations, scorecards)
        .prop_map(|(identifier, title, blueprint, team, unchecked, relations, scorecards)| {
            let (icon, created_at, created_by, updated_at, updated_by) = unchecked;
            let mut head = Map::new();
            put(&mut head, "identifier", Some(Value::from(identifier)));
            put(&mut head, "title", title);
            put(&mut head, "blueprint", blueprint);
            put(&mut head, "team", team);
            put(&mut head, "icon", icon);
            put(&mut head, "createdAt", created_at);
            put(&mut head, "createdBy", created_by);
            put(&mut head, "updatedAt", updated_at);
            put(&mut head, "updatedBy", updated_by);
            put(&mut head, "relations", relations);
            put(&mut head, "scorecards", scorecards);
            head
        })
        .boxed()
}

fn entity() -> BoxedStrategy<Value> {
    let own: Vec<&'static str> = ODD_NAMES.into_iter().chain(["$title", "$team"]).collect();
    let row: Vec<&'static str> = own.iter().copied().filter(|name| !RESERVED.contains(name)).collect();
    let properties = prop_oneof![
        6 => members(own).prop_map(Value::Object),
        1 => Just(json!({})),
        1 => Just(Value::Null),
    ];
    // Further members of an entity with `properties`, which are not properties.
    let stray = prop_oneof![3 => Just(Map::new()), 1 => members(row.clone())];
    let port = (head(), properties, stray).prop_map(|(head, properties, stray)| {
        let mut entity = head;
        put(&mut entity, "properties", Some(properties));
        entity.extend(stray);
        Value::Object(entity)
    });
    let flat = (head(), members(row)).prop_map(|(head, members)| {
        let mut entity = head;
        entity.extend(members);
        Value::Object(entity)
    });
    prop_oneof![port, flat].boxed()
}

/// Up to seven entities, in Port's form or as flat rows. Sometimes the first entity occurs twice.
pub(crate) fn entities() -> impl Strategy<Value = Vec<Value>> {
    (vec(entity(), 0..=6), prop::bool::weighted(0.1)).prop_map(|(mut entities, twice)| {
        if let (Some(first), true) = (entities.first().cloned(), twice) {
            entities.push(first);
        }
        entities
    })
}

/// A set of scorecards, and entities to grade with it.
pub(crate) fn sets() -> impl Strategy<Value = (Vec<Value>, Vec<Value>)> {
    (scorecards(), entities())
}
