//! Generates random events and services that are valid according to section 7, so that each of its sentences matters.
//!
//! Pools of services, ids and times are small, so that collisions are frequent. What the specification rejects or does
//! not define is not generated.

use super::fields::{DAY, HOUR, SECOND};
use super::naive::{Average, Failures, Options};
use super::services;
use super::shapes::{self, Shape};
use super::spellings::{spelled, spelling};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// How often events meet.
#[derive(Clone, Copy, Debug)]
struct Density {
    as_of: i128,
    days: u32,
    services: &'static [&'static str],
    ids: usize,
    /// How many instants of the window events share.
    steps: u32,
    /// Of 10 values that link or decide, how many are the usual ones.
    usual: u32,
}

const SERVICES: [&str; 6] = ["a", "b", "c", "d", "é 日本", "q\"\\"];

impl Density {
    fn sparse(as_of: i128, days: u32) -> Self {
        Self { as_of, days, services: &SERVICES, ids: 11, steps: 12, usual: 3 }
    }

    /// One service and few instants, so that deployments are at the same instant and changes name several.
    fn narrow(as_of: i128, days: u32) -> Self {
        Self { services: &SERVICES[..1], ids: 8, steps: 2, ..Self::dense(as_of, days) }
    }

    /// Few services, ids and instants, so that most events are linked to others.
    fn dense(as_of: i128, days: u32) -> Self {
        Self { as_of, days, services: &SERVICES[..2], ids: 6, steps: 4, usual: 9 }
    }
}

/// Random options, and how the input is written.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) options: Options,
    /// Of deployments, changes, incidents and services.
    pub(crate) shapes: [Shape; 4],
    /// How many values go into the first of two files.
    pub(crate) cut: usize,
}

/// How an event is written: where its fields are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// With `properties`, `relations` and keys of its own.
    Port,
    /// With `properties` that are null.
    WithoutProperties,
    Row,
    /// A row whose service and deployment are relations.
    RowWithRelations,
}

const FORMS: [Form; 5] = [Form::Port, Form::Row, Form::WithoutProperties, Form::RowWithRelations, Form::Port];

/// The value of a field, the place where it is, and what stands at the other places.
#[derive(Clone, Debug)]
struct Slot {
    value: Option<Value>,
    at: u8,
    /// For each place two bits: nothing, null, or a text that is empty or not read.
    filler: u32,
}

fn slot(value: impl Strategy<Value = Option<Value>> + 'static) -> BoxedStrategy<Slot> {
    let filler = prop_oneof![2 => Just(0), 1 => any::<u32>()];
    (value, any::<u8>(), filler).prop_map(|(value, at, filler)| Slot { value, at, filler }).boxed()
}

/// The places of a field, first the ones that are looked at first.
fn places(form: Form, names: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    let of_name = |name: &'static str| match form {
        Form::Port => vec![("properties", name), ("relations", name), ("", name)],
        Form::WithoutProperties => vec![("relations", name), ("", name)],
        Form::RowWithRelations if ["service", "deployment"].contains(&name) => vec![("relations", name)],
        Form::Row | Form::RowWithRelations => vec![("", name)],
    };
    names.iter().flat_map(|name| of_name(name)).collect()
}

fn event(form: Form, slots: &[(&[&'static str], Slot)]) -> Value {
    let mut event = Map::new();
    match form {
        Form::Port => drop(event.insert("properties".to_owned(), json!({"x": 1}))),
        Form::WithoutProperties => drop(event.insert("properties".to_owned(), Value::Null)),
        Form::Row | Form::RowWithRelations => drop(event.insert("x".to_owned(), json!(1))),
    }
    for (names, slot) in slots {
        let places = places(form, names);
        let at = slot.value.as_ref().map_or(places.len(), |_| usize::from(slot.at) % places.len());
        for (index, (parent, name)) in places.into_iter().enumerate() {
            // an entity's own identifier is not empty
            let is_identifier = (parent, name) == ("", "identifier");
            let value = match (slot.filler >> (2 * index) & 3, index.cmp(&at)) {
                (_, std::cmp::Ordering::Equal) => slot.value.clone(),
                (0, _) => None,
                (1, _) => Some(Value::Null),
                (2, std::cmp::Ordering::Less) if name == "service" => Some(json!([])),
                (2 | 3, std::cmp::Ordering::Less) if is_identifier => None,
                (_, std::cmp::Ordering::Less) => Some(json!("")),
                (_, std::cmp::Ordering::Greater) => Some(json!("not read")),
            };
            let Some(value) = value else { continue };
            let object = match parent {
                "" => &mut event,
                _ => {
                    let object = event.entry(parent).or_insert_with(|| json!({}));
                    object.as_object_mut().expect("an object")
                }
            };
            object.insert(name.to_owned(), value);
        }
    }
    Value::Object(event)
}

// Values.

/// An instant at or near an edge of the window, or in a grid of few hours, or anywhere.
fn moment(density: Density) -> BoxedStrategy<i128> {
    let Density { as_of, days, steps, usual, .. } = density;
    let from = as_of - i128::from(days) * DAY;
    let step = i128::from(days) * DAY / i128::from(steps);
    let edges = (select(vec![from, as_of]), -1_i128..=1).prop_map(|(edge, delta)| edge + delta);
    let grid = (0..steps).prop_map(move |index| from + i128::from(index) * step);
    let before = (1_i64..4000).prop_map(move |hours| from - i128::from(hours) * HOUR);
    let anywhere = (-40_i64..40, 0_i64..86_400_000_000_000)
        .prop_map(move |(day, nanosecond)| as_of + i128::from(day) * DAY + i128::from(nanosecond));
    let extremes = [-62_135_500_000, 253_370_000_000].map(|second: i128| second * SECOND);
    prop_oneof![
        2 * usual + 6 => grid,
        3 => edges,
        3 => anywhere,
        2 => before,
        1 => select(extremes.to_vec()),
    ]
    .boxed()
}

fn time(density: Density) -> BoxedStrategy<Value> {
    (moment(density), any::<u8>()).prop_map(|(instant, style)| json!(spelled(instant, style))).boxed()
}

fn deployment_status(usual: u32) -> BoxedStrategy<Option<Value>> {
    let successful =
        "success succeeded successful ok passed active inactive finished completed deployed done";
    let failed = "failed failure error errored timedout rolledback";
    let other = "pending queued inprogress cancelled neutral merged closed released succes fail -";
    let words = |words: &'static str| spelling(words.split(' ').collect()).prop_map(Some);
    prop_oneof![usual => Just(None), 6 => words(successful), 4 => words(failed), 1 => words(other)].boxed()
}

fn change_status(usual: u32) -> BoxedStrategy<Option<Value>> {
    let words = |words: &'static str| spelling(words.split(' ').collect()).prop_map(Some);
    prop_oneof![
        usual => Just(None),
        4 => words("merged deployed success released done"),
        2 => words("closed"),
        1 => words("open draft succeeded failed"),
    ]
    .boxed()
}

fn environment(usual: u32) -> BoxedStrategy<Option<Value>> {
    let names = ["production", "prod", "Production", "PROD", "staging", "Staging", "eu-prod", "prod "];
    prop_oneof![usual => Just(None), 5 => select(names.to_vec()).prop_map(|name| Some(json!(name)))].boxed()
}

fn named_services(pool: &'static [&'static str]) -> BoxedStrategy<Option<Value>> {
    let name = move || select(pool);
    prop_oneof![
        9 => name().prop_map(|name| Some(json!(name))),
        3 => vec(name(), 1..4).prop_map(|names| Some(json!(names))),
        1 => Just(None),
    ]
    .boxed()
}

/// An id, sometimes a number; two of the numbers are the same double.
fn any_id(count: usize) -> BoxedStrategy<Value> {
    let ids = [
        json!("d1"),
        json!(1),
        json!("1"),
        json!(9_007_199_254_740_993_u64),
        json!("9007199254740992"),
        json!("d2"),
        json!("D2"),
        json!(-7),
        json!("é"),
        json!("d3"),
        json!("d4"),
    ];
    select(ids[..count].to_vec()).boxed()
}

fn references(density: Density) -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        3 => Just(None),
        6 => any_id(density.ids).prop_map(Some),
        6 => vec(any_id(density.ids), 1..4).prop_map(|ids| Some(json!(ids))),
    ]
    .boxed()
}

/// A number of hours or minutes: whole, with decimals, negative, at the limit or above it. Halves of a nanosecond, and
/// negative numbers that are nearly 0, are not defined.
fn number(limit: f64) -> BoxedStrategy<Value> {
    let decimal = (0_i64..1_000_000_000, 1_u32..10)
        .prop_map(|(digits, places)| digits as f64 / 10_f64.powi(places as i32));
    let near = select(vec![limit, limit * (1.0 + f64::EPSILON), limit - 0.3, limit * 10.0, 1e300, 1e-12]);
    prop_oneof![
        3 => (0_i64..400).prop_map(|whole| json!(whole)),
        3 => decimal.prop_map(|decimal| json!(decimal)),
        1 => (0.0..limit).prop_map(|number| json!(number)),
        1 => near.prop_map(|number| json!(number)),
        1 => (1_i64..400).prop_map(|whole| json!(-whole)),
    ]
    .boxed()
}

// Events.

fn deployment(density: Density) -> BoxedStrategy<Value> {
    let slots = (
        slot(named_services(density.services)),
        slot(time(density).prop_map(Some)),
        slot(deployment_status(density.usual)),
        slot(environment(density.usual)),
        slot(weighted(0.7, any_id(density.ids))),
    );
    (select(FORMS.to_vec()), slots)
        .prop_map(|(form, (service, time, status, environment, id))| {
            event(
                form,
                &[
                    (&["service"], service),
                    (&["deployedAt", "finishedAt", "createdAt"], time),
                    (&["deploymentStatus", "status", "state", "conclusion"], status),
                    (&["environment", "env"], environment),
                    (&["identifier", "id"], id),
                ],
            )
        })
        .boxed()
}

fn change(density: Density) -> BoxedStrategy<Value> {
    let slots = (
        slot(named_services(density.services)),
        slot(weighted(0.8, time(density))),
        slot(weighted(1.5 / f64::from(density.usual), time(density))),
        slot(references(density)),
        slot(weighted(0.5, time(density))),
        slot(weighted(0.3, number(1e7))),
        slot(change_status(density.usual)),
        slot(weighted(0.3, any_id(density.ids))),
    );
    (select(FORMS.to_vec()), slots)
        .prop_map(|(form, (service, start, deployed, deployment, merged, lead, status, id))| {
            event(
                form,
                &[
                    (&["service"], service),
                    (&["firstCommitAt", "createdAt"], start),
                    (&["deployedAt"], deployed),
                    (&["deployment"], deployment),
                    (&["mergedAt"], merged),
                    (&["leadTimeHours"], lead),
                    (&["status", "state"], status),
                    (&["identifier", "id"], id),
                ],
            )
        })
        .boxed()
}

fn incident(density: Density) -> BoxedStrategy<Value> {
    let slots = (
        slot(named_services(density.services)),
        slot(time(density).prop_map(Some)),
        slot(weighted(0.8, time(density))),
        slot(weighted(0.4, number(6e8))),
        slot(references(density)),
        slot(weighted(0.3, any_id(density.ids))),
    );
    (select(FORMS.to_vec()), slots)
        .prop_map(|(form, (service, start, resolved, recovery, deployment, id))| {
            event(
                form,
                &[
                    (&["service"], service),
                    (&["triggeredAt", "startedAt", "createdAt"], start),
                    (&["resolvedAt"], resolved),
                    (&["recoveryTime"], recovery),
                    (&["deployment"], deployment),
                    (&["identifier", "id"], id),
                ],
            )
        })
        .boxed()
}

/// A case with up to `events` events of each kind.
pub(crate) fn cases(events: usize) -> BoxedStrategy<Case> {
    // 2026-01-31T00:00:00Z, and a time with nanoseconds
    let as_of = select(vec![1_769_817_600 * SECOND, 1_769_817_600 * SECOND + 5 * HOUR + 123_456_789]);
    (as_of, select(vec![84, 7, 28, 10, 10, 1]))
        .prop_flat_map(move |(as_of, days)| cases_at(as_of, days, events))
        .boxed()
}

/// Cases with this as-of, in nanoseconds since 1970, and a window of so many days.
pub(crate) fn cases_at(as_of: i128, days: u32, events: usize) -> BoxedStrategy<Case> {
    let [sparse, dense] = [Density::sparse(as_of, days), Density::dense(as_of, days)];
    prop_oneof![1 => cases_of(sparse, events), 2 => cases_of(dense, events)].boxed()
}

/// Cases in which most changes and incidents are linked to deployments.
pub(crate) fn linked_cases(events: usize) -> BoxedStrategy<Case> {
    // 2026-01-31T00:00:00Z
    cases_of(Density::narrow(1_769_817_600 * SECOND, 28), events)
        .prop_map(|mut case| {
            case.options.environments.clear();
            case.options.failures = Failures::Linked;
            case
        })
        .boxed()
}

fn cases_of(density: Density, events: usize) -> BoxedStrategy<Case> {
    // `usual` is 3 or 9
    let feed = move |event| {
        let least = (density.usual as usize / 3 - 1).min(events);
        weighted(0.8 + f64::from(density.usual) / 60.0, vec(event, least..=events))
    };
    let blueprint = prop_oneof![3 => Just("service"), 1 => Just("micro service")];
    let environments = select(vec![
        vec![],
        vec![],
        vec!["prod"],
        vec!["PRODUCTION", "staging"],
        vec!["STAGING"],
        vec!["eu-prod", "eu-prod"],
    ]);
    let failures = prop_oneof![
        density.usual => Just(Failures::Linked),
        2 => Just(Failures::Incidents),
        2 => Just(Failures::Status),
    ];
    let services =
        blueprint.prop_flat_map(|blueprint| (Just(blueprint), weighted(0.7, services::catalog(blueprint))));
    (
        (feed(deployment(density)), feed(change(density)), feed(incident(density)), services),
        (environments, select(vec![Average::Mean, Average::Median]), failures),
        (shapes::events(), shapes::events(), shapes::events(), shapes::entities()),
        0_usize..8,
    )
        .prop_filter("a feed is required", |(feeds, ..)| {
            feeds.0.is_some() || feeds.1.is_some() || feeds.2.is_some()
        })
        .prop_map(move |(feeds, (environments, average, failures), shapes, cut)| {
            let (deployments, changes, incidents, (blueprint, services)) = feeds;
            let options = Options {
                deployments,
                changes,
                incidents,
                services,
                blueprint: blueprint.to_owned(),
                as_of: density.as_of,
                window_days: density.days,
                environments: environments.into_iter().map(str::to_owned).collect(),
                average,
                failures,
            };
            Case { options, shapes: shapes.into(), cut }
        })
        .boxed()
}
