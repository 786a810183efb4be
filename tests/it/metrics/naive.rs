//! A second, plain implementation of sections 7 and 8 of the specification, with which tests compare the program.
//!
//! It is written from the specification alone, in its order, on JSON values, with times as nanoseconds since 1970 and
//! exact quotients. It does not validate its input. Where the specification is silent, a comment says `choice`.

use super::entity::{blueprint, identifier, is_team, team_entity, teams_of, with_properties};
use super::exact::{Natural, quotient};
use super::fields::{
    DAY, HOUR, MINUTE, duration, field, id, services_of, status, text, texts, time, within_limits,
};
use super::tiers::{Averages, put};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const DEPLOYED: [&str; 3] = ["deployedAt", "finishedAt", "createdAt"];
const CHANGE_START: [&str; 2] = ["firstCommitAt", "createdAt"];
const INCIDENT_START: [&str; 3] = ["triggeredAt", "startedAt", "createdAt"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Average {
    Mean,
    Median,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failures {
    Incidents,
    Linked,
    Status,
}

/// The input and the options of `metrics`. `None` is a feed that is not given.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) deployments: Option<Vec<Value>>,
    pub(crate) changes: Option<Vec<Value>>,
    pub(crate) incidents: Option<Vec<Value>>,
    pub(crate) services: Option<Vec<Value>>,
    pub(crate) blueprint: String,
    /// In nanoseconds since 1970.
    pub(crate) as_of: i128,
    pub(crate) window_days: u32,
    /// Empty if the option is not given.
    pub(crate) environments: Vec<String>,
    pub(crate) average: Average,
    pub(crate) failures: Failures,
}

/// The entities that `metrics -f ndjson` prints, in their order.
pub(crate) fn entities(options: &Options) -> Vec<Value> {
    written(&options.read(), &|_| true)
}

/// The entities of the snapshot for the time `as_of`: it leaves out the services that only events name "of which no
/// event has a time before its date".
pub(crate) fn snapshot(options: &Options) -> Vec<Value> {
    let options = options.read();
    let times = options.times();
    let is_known = |service: &str| {
        times.iter().any(|(services, time)| services.contains(service) && *time < options.as_of)
    };
    written(&options, &is_known)
}

/// "**Services** … in their order … A service that only events name follows, sorted by identifier … **Teams** follow".
fn written(options: &Options, is_known: &dyn Fn(&str) -> bool) -> Vec<Value> {
    let given = options.given();
    let mut written: Vec<Value> =
        given.iter().map(|service| options.service(service, &identifier(service))).collect();
    for name in options.events().into_iter().flat_map(services_of).collect::<BTreeSet<_>>() {
        if !given.iter().any(|service| identifier(service) == name) && is_known(&name) {
            written.push(options.service(&json!({"identifier": name, "properties": {}}), &name));
        }
    }
    let entities: Vec<&Value> = options.services.iter().flatten().filter(|entity| is_team(entity)).collect();
    let named = given
        .iter()
        .flat_map(|service| teams_of(service))
        .chain(entities.iter().map(|team| identifier(team)));
    for name in named.collect::<BTreeSet<_>>() {
        let entity = entities.iter().find(|entity| identifier(entity) == name).copied();
        written.push(options.team(entity, &name));
    }
    written
}

/// "An event whose id was seen before in the same kind replaces the earlier one".
fn latest(events: &[Value]) -> Vec<Value> {
    let is_replaced = |index: usize| {
        let id = id(&events[index]);
        id.is_some() && events[index + 1..].iter().any(|later| self::id(later) == id)
    };
    (0..events.len()).filter(|index| !is_replaced(*index)).map(|index| events[index].clone()).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Successful,
    Failed,
    Unfinished,
}

struct Deployment {
    id: Option<String>,
    time: i128,
    outcome: Outcome,
    is_chosen: bool,
}

impl Deployment {
    /// "A change takes its time from a successful deployment to a chosen environment only".
    fn counts(&self) -> bool {
        self.outcome == Outcome::Successful && self.is_chosen
    }
}

struct Change {
    deployed: i128,
    /// `None` if it is "ignored and counted in a warning".
    lead: Option<i128>,
}

struct Incident {
    start: i128,
    resolved: Option<i128>,
    recovery: Option<i128>,
    deployments: Vec<String>,
}

/// The totals of the events of one or more services.
#[derive(Default)]
struct Figures {
    deployments: usize,
    failed: usize,
    linked: usize,
    leads: Vec<i128>,
    incidents: usize,
    recoveries: Vec<i128>,
}

impl Options {
    /// The options with the events that are not replaced.
    fn read(&self) -> Self {
        let latest = |feed: &Option<Vec<Value>>| feed.as_ref().map(|events| latest(events));
        Self {
            deployments: latest(&self.deployments),
            changes: latest(&self.changes),
            incidents: latest(&self.incidents),
            ..self.clone()
        }
    }

    /// "any event read".
    /// Choice: one that a later one replaces is not an event of the catalog any more.
    fn events(&self) -> Vec<&Value> {
        [&self.deployments, &self.changes, &self.incidents].into_iter().flatten().flatten().collect()
    }

    /// The times of all events, with their services, for snapshots.
    /// Choice: the start, the end and the time of an event count, whether or not the event counts for a metric.
    fn times(&self) -> Vec<(BTreeSet<String>, i128)> {
        let deployment = [&DEPLOYED[..]];
        let change = [&CHANGE_START[..], &["deployedAt"], &["mergedAt"]];
        let incident = [&INCIDENT_START[..], &["resolvedAt"]];
        let of = |feed: &Option<Vec<Value>>, fields: &[&[&str]]| -> Vec<_> {
            let of_event = |event: &Value| -> Vec<_> {
                let times = fields.iter().filter_map(|names| time(event, names));
                times.map(|time| (services_of(event), time)).collect()
            };
            feed.iter().flatten().flat_map(of_event).collect()
        };
        [of(&self.deployments, &deployment), of(&self.changes, &change), of(&self.incidents, &incident)]
            .concat()
    }

    /// "the entities of `--services` whose blueprint is `--blueprint`".
    fn given(&self) -> Vec<&Value> {
        let all = self.services.iter().flatten();
        all.filter(|entity| blueprint(entity).unwrap_or(&self.blueprint) == self.blueprint).collect()
    }

    /// "an instant `t` is inside when `as_of − window <= t < as_of`".
    fn is_inside(&self, time: i128) -> bool {
        self.as_of - i128::from(self.window_days) * DAY <= time && time < self.as_of
    }

    /// "`production` and `prod` by default; `--environment` (repeatable) replaces both. Compared without regard to case."
    fn is_chosen(&self, environment: Option<&str>) -> bool {
        let default = ["production".to_owned(), "prod".to_owned()];
        let asked = if self.environments.is_empty() { &default[..] } else { &self.environments[..] };
        let is_asked = |name: &str| asked.iter().any(|asked| asked.to_lowercase() == name.to_lowercase());
        match environment {
            Some(name) => is_asked(name),
            None => is_asked("production") || is_asked("prod"),
        }
    }

    fn of<'e>(feed: &'e Option<Vec<Value>>, service: &str) -> Vec<&'e Value> {
        feed.iter().flatten().filter(|event| services_of(event).contains(service)).collect()
    }

    fn deployments(&self, service: &str) -> Vec<Deployment> {
        let deployment = |event: &Value| Deployment {
            id: id(event),
            time: time(event, &DEPLOYED).expect("a deployment has a time"),
            outcome: match status(event, &["deploymentStatus", "status", "state", "conclusion"]).as_deref() {
                None => Outcome::Successful,
                Some(
                    "success" | "succeeded" | "successful" | "ok" | "passed" | "active" | "inactive"
                    | "finished" | "completed" | "deployed" | "done",
                ) => Outcome::Successful,
                Some("failed" | "failure" | "error" | "errored" | "timedout" | "rolledback") => {
                    Outcome::Failed
                }
                Some(_) => Outcome::Unfinished,
            },
            is_chosen: self.is_chosen(text(event, &["environment", "env"])),
        };
        Self::of(&self.deployments, service).into_iter().map(deployment).collect()
    }

    /// "`deployedAt`, else the time of the deployment that `deployment` names by id, else `mergedAt`"; "a `deployment`
    /// that is known but does not count so … gives no time, and `mergedAt` is not used in its place; an unknown one is
    /// as if absent. Of an array of ids a change takes the earliest".
    fn deployed(&self, event: &Value, service: &str) -> Option<i128> {
        let ids = texts(field(event, &["deployment"]));
        let deployments = self.deployments(service);
        let is_named = |deployment: &&Deployment| deployment.id.as_ref().is_some_and(|id| ids.contains(id));
        let known: Vec<&Deployment> = deployments.iter().filter(is_named).collect();
        match time(event, &["deployedAt"]) {
            Some(time) => Some(time),
            None if known.is_empty() => time(event, &["mergedAt"]),
            None => known.iter().filter(|known| known.counts()).map(|known| known.time).min(),
        }
    }

    fn changes(&self, service: &str) -> Vec<Change> {
        let change = |event: &Value| {
            let is_counted = match status(event, &["status", "state"]).as_deref() {
                None | Some("merged" | "deployed" | "success" | "released" | "done") => true,
                Some("closed") => field(event, &["mergedAt"]).is_some(),
                Some(_) => false,
            };
            let deployed = self.deployed(event, service).filter(|_| is_counted)?;
            let lead = match field(event, &["leadTimeHours"]) {
                Some(hours) => duration(hours, HOUR),
                None => within_limits(deployed - time(event, &CHANGE_START)?),
            };
            Some(Change { deployed, lead })
        };
        Self::of(&self.changes, service).into_iter().filter_map(change).collect()
    }

    fn incidents(&self, service: &str) -> Vec<Incident> {
        let incident = |event: &Value| {
            let start = time(event, &INCIDENT_START).expect("it has a start");
            let resolved = time(event, &["resolvedAt"]);
            Incident {
                start,
                resolved,
                recovery: match field(event, &["recoveryTime"]) {
                    Some(minutes) => duration(minutes, MINUTE),
                    None => resolved.and_then(|resolved| within_limits(resolved - start)),
                },
                deployments: texts(field(event, &["deployment"])),
            }
        };
        Self::of(&self.incidents, service).into_iter().map(incident).collect()
    }

    fn figures(&self, service: &str) -> Figures {
        let (deployments, incidents) = (self.deployments(service), self.incidents(service));
        let inside = |deployment: &&Deployment| deployment.is_chosen && self.is_inside(deployment.time);
        let counted = |outcome: Outcome| {
            deployments.iter().filter(inside).filter(|deployment| deployment.outcome == outcome).count()
        };
        let changes = self.changes(service);
        let deployed = changes.iter().filter(|change| self.is_inside(change.deployed));
        let resolved =
            incidents.iter().filter(|incident| incident.resolved.is_some_and(|at| self.is_inside(at)));
        Figures {
            deployments: counted(Outcome::Successful),
            failed: counted(Outcome::Failed),
            linked: self.linked(&deployments, &incidents),
            leads: deployed.filter_map(|change| change.lead).collect(),
            incidents: incidents.iter().filter(|incident| self.is_inside(incident.start)).count(),
            recoveries: resolved.filter_map(|incident| incident.recovery).collect(),
        }
    }

    /// How many deployments inside the window an incident is linked to.
    /// Choice: "of several at that instant one, the named one if it is among them" is one that any incident is linked to
    /// by name, so that an incident without a known name adds one only where there is none.
    fn linked(&self, deployments: &[Deployment], incidents: &[Incident]) -> usize {
        let mut linked = BTreeSet::new();
        let mut nameless = Vec::new();
        // "An incident that started before as-of is linked to the deployments that it names, those that are known and
        // successful"
        for incident in incidents.iter().filter(|incident| incident.start < self.as_of) {
            let is_named = |deployment: &Deployment| {
                deployment.id.as_ref().is_some_and(|id| incident.deployments.contains(id))
            };
            let known: Vec<usize> =
                (0..deployments.len()).filter(|index| is_named(&deployments[*index])).collect();
            if known.is_empty() {
                nameless.push(incident.start);
            }
            linked.extend(known.into_iter().filter(|index| deployments[*index].counts()));
        }
        // "without a known name, to the latest successful deployment of the service at or before its start"
        for start in nameless {
            let counting = || deployments.iter().enumerate().filter(|(_, deployment)| deployment.counts());
            let latest =
                counting().map(|(_, deployment)| deployment.time).filter(|time| *time <= start).max();
            let latest: Vec<usize> = counting()
                .filter(|(_, deployment)| Some(deployment.time) == latest)
                .map(|(index, _)| index)
                .collect();
            if !latest.iter().any(|index| linked.contains(index)) {
                linked.extend(latest.first());
            }
        }
        // "Only deployments inside the window are counted."
        linked.iter().filter(|index| self.is_inside(deployments[**index].time)).count()
    }

    fn service(&self, entity: &Value, name: &str) -> Value {
        with_properties(entity, &self.blueprint, self.table(&self.figures(name), None))
    }

    /// "Pooled over all events of the services it owns, by the same table".
    fn team(&self, entity: Option<&Value>, name: &str) -> Value {
        let owned: Vec<&Value> =
            self.given().into_iter().filter(|service| teams_of(service).contains(&name.to_owned())).collect();
        let mut pool = Figures::default();
        for figures in owned.iter().map(|service| self.figures(&identifier(service))) {
            pool.deployments += figures.deployments;
            pool.failed += figures.failed;
            pool.linked += figures.linked;
            pool.leads.extend(figures.leads);
            pool.incidents += figures.incidents;
            pool.recoveries.extend(figures.recoveries);
        }
        let alone = json!({"identifier": name, "properties": {}});
        team_entity(entity.unwrap_or(&alone), self.table(&pool, Some(owned.len())))
    }

    /// The table of properties; for a team with the number of its services.
    fn table(&self, figures: &Figures, services: Option<usize>) -> Map<String, Value> {
        // "A feed that was not given is not known"
        let has = |feed: &Option<Vec<Value>>| feed.is_some();
        let (has_deployments, has_incidents) = (has(&self.deployments), has(&self.incidents));
        let per_week = |services: usize| {
            let weeks = self.window_days as usize * services;
            ratio(figures.deployments as i128 * 7, weeks as i128).filter(|_| has_deployments)
        };
        let failures = match self.failures {
            Failures::Incidents => ratio(figures.incidents as i128 * 100, figures.deployments as i128),
            Failures::Linked => ratio(figures.linked as i128 * 100, figures.deployments as i128),
            Failures::Status => {
                let finished = figures.failed + figures.deployments;
                ratio(figures.failed as i128 * 100, finished as i128)
            }
        };
        let knows_failures = has_deployments && (has_incidents || self.failures == Failures::Status);
        let averages = Averages {
            frequency: per_week(1),
            frequency_per_service: services.map(per_week),
            lead: self.average(&figures.leads, HOUR).filter(|_| has(&self.changes)),
            failures: failures.filter(|_| knows_failures),
            recovery: self.average(&figures.recoveries, MINUTE).filter(|_| has_incidents),
        };
        let mut table = averages.table();
        put(&mut table, "total_deployments", has_deployments.then_some(figures.deployments));
        put(&mut table, "total_incidents", has_incidents.then_some(figures.incidents));
        table.extend(services.map(|services| ("services".to_owned(), json!(services))));
        table
    }

    /// "`mean` … or `median` (of an even number the mean of the middle two)", in `unit`.
    fn average(&self, durations: &[i128], unit: i128) -> Option<f64> {
        let mut sorted = durations.to_vec();
        sorted.sort_unstable();
        let taken = match (self.average, sorted.len()) {
            (Average::Mean, _) | (Average::Median, 0) => &sorted[..],
            (Average::Median, count) => &sorted[(count - 1) / 2..=count / 2],
        };
        ratio(taken.iter().sum(), taken.len() as i128 * unit)
    }
}

/// "Values are the doubles nearest to the exact quotients"; "Null when the divisor is 0".
fn ratio(numerator: i128, denominator: i128) -> Option<f64> {
    let natural = |number: i128| Natural::from(u128::try_from(number).expect("it is not negative"));
    (denominator != 0).then(|| quotient(&natural(numerator), &natural(denominator)))
}
