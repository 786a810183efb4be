//! From the collected events to the entities with their metrics.

use super::body::Body;
use super::collect::{Collected, Feed};
use super::figures::{Figures, Medians, Properties};
use super::link::Links;
use super::names::ServiceNumber;
use super::options::{Average, Failures, Options, Window};
use super::parallel::share;
use super::roster::{Roster, TEAM};
use super::totals::{Durations, ServiceTotals, Totals};
use crate::entity::EntityRecord;
use std::collections::BTreeMap;
use std::num::NonZero;

/// The totals of all services in one window.
pub(crate) struct WindowTotals<'c> {
    options: &'c Options,
    pub(super) window: &'c Window,
    pub(super) totals: Totals,
    /// The durations for medians, if medians are asked for.
    medians: Option<(Durations, Durations)>,
}

impl<'c> WindowTotals<'c> {
    /// The totals of the window with this index.
    pub(crate) fn new(collected: &Collected, options: &'c Options, index: usize) -> Self {
        let (Some(window), Some(direct)) = (options.windows.get(index), collected.direct.get(index)) else {
            unreachable!("there are totals for each window");
        };
        let mut totals = direct.clone();
        let pass =
            Pass { window, needs_medians: options.average == Average::Median, threads: collected.threads };
        pass.add(&collected.deployments, &mut totals);
        let leads = pass.add(&collected.changes, &mut totals);
        let recoveries = pass.add(&collected.incidents, &mut totals);
        if options.failures == Failures::Linked {
            Links::new(collected, window).add_to(&mut totals, window);
        }
        Self { options, window, totals, medians: pass.needs_medians.then_some((leads, recoveries)) }
    }

    /// The metrics of some services together. `owned` is the number of services of a team.
    pub(super) fn figures(
        &self,
        services: impl Iterator<Item = ServiceNumber> + Clone,
        owned: Option<u64>,
    ) -> Figures {
        let mut totals = ServiceTotals::default();
        services.clone().for_each(|service| totals.absorb(&self.totals.of(service)));
        let medians = self.medians.as_ref().map(|(leads, recoveries)| Medians {
            lead: leads.middle_two(services.clone()),
            recovery: recoveries.middle_two(services),
        });
        Figures::new(&totals, medians, owned, self.window, self.options)
    }
}

/// A pass over all kept events.
struct Pass<'w> {
    window: &'w Window,
    needs_medians: bool,
    threads: NonZero<usize>,
}

impl Pass<'_> {
    /// Adds the kept events of a feed to the totals of their services. Returns their durations, if medians need them.
    fn add<B: Body>(&self, feed: &Feed<B>, totals: &mut Totals) -> Durations {
        let start = || (Totals::default(), Durations::default());
        let step = |(totals, durations): &mut (Totals, Durations), chunk: usize| {
            for record in feed.store.chunk(chunk) {
                let duration = record.add_to(totals, self.window);
                if let (true, Some((service, nanos))) = (self.needs_medians, duration) {
                    durations.push(service, nanos);
                }
            }
        };
        let mut all = Durations::default();
        for (part, durations) in share(self.threads, feed.store.chunks(), start, step) {
            totals.absorb(part);
            all.absorb(durations);
        }
        all.sort();
        all
    }
}

/// The services and teams, each with the numbers of the services whose events are its own.
pub(crate) struct Owners<'r> {
    services: Vec<(EntityRecord, Option<ServiceNumber>)>,
    /// How many of them are in the list of the user.
    pub(crate) listed: usize,
    teams: BTreeMap<&'r str, Team>,
}

/// A team.
struct Team {
    record: EntityRecord,
    /// How many services it owns.
    services: u64,
    /// Those of its services that have events.
    numbers: Vec<ServiceNumber>,
}

impl<'r> Owners<'r> {
    /// The services of the list, then those that only events name; and the teams of all of them.
    pub(crate) fn new(roster: &'r Roster, collected: &Collected, options: &Options) -> Self {
        let named = (0..).zip(&collected.names).zip(&collected.is_named).filter(|(_, is_named)| **is_named);
        let mut named: Vec<(&str, ServiceNumber)> =
            named.map(|((index, name), _)| (&**name, ServiceNumber::at(index))).collect();
        named.sort_unstable();
        let mut is_listed = vec![false; named.len()];
        let mut teams: BTreeMap<&str, Team> = BTreeMap::new();
        for record in &roster.teams {
            teams.insert(&record.identifier, Team::new(record.clone()));
        }
        let mut services = Vec::new();
        for record in &roster.services {
            let place = named.binary_search_by_key(&&*record.identifier, |(name, _)| name).ok();
            if let Some(is_listed) = place.and_then(|place| is_listed.get_mut(place)) {
                *is_listed = true;
            }
            let number = place.and_then(|place| named.get(place)).map(|(_, number)| *number);
            for name in &record.team {
                let team = teams.entry(name).or_insert_with(|| Team::new(EntityRecord::new(name, TEAM)));
                team.services += 1;
                team.numbers.extend(number);
            }
            services.push((record.clone(), number));
        }
        let listed = services.len();
        let unlisted = named.into_iter().zip(is_listed).filter(|(_, is_listed)| !is_listed);
        services.extend(
            unlisted.map(|((name, number), _)| (EntityRecord::new(name, &options.blueprint), Some(number))),
        );
        Self { services, listed, teams }
    }

    /// The number of a service; `None` within for one without events. `None` for an unknown service.
    pub(super) fn number_of(&self, name: &str) -> Option<Option<ServiceNumber>> {
        self.services.iter().find(|(record, _)| record.identifier == name).map(|(_, number)| *number)
    }

    /// Whether a team has this name.
    pub(super) fn is_team(&self, name: &str) -> bool {
        self.teams.contains_key(name)
    }

    /// The names of all services.
    pub(super) fn service_names(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|(record, _)| &*record.identifier)
    }

    /// The names of the services that only events name.
    pub(super) fn unlisted_names(&self) -> impl Iterator<Item = &str> {
        self.services.iter().skip(self.listed).map(|(record, _)| &*record.identifier)
    }

    /// Whether an event that counts is inside the window.
    pub(super) fn has_events_in(&self, totals: &WindowTotals<'_>) -> bool {
        let mut numbers = self.services.iter().filter_map(|(_, number)| *number);
        numbers.any(|number| {
            let ServiceTotals { deployments, failed, incidents, leads, recoveries, .. } =
                totals.totals.of(number);
            deployments + failed + incidents + leads.count + recoveries.count > 0
        })
    }

    /// How many services only events name.
    pub(crate) fn unlisted(&self) -> usize {
        self.services.len() - self.listed
    }

    /// Calls `sink` for each service and each team with its metrics in one window. In a snapshot, services whose events
    /// all come later are left out, unless the user lists them.
    pub(crate) fn each_entity<E>(
        &self,
        totals: &WindowTotals<'_>,
        mut sink: impl FnMut(&EntityRecord, &Properties) -> Result<(), E>,
    ) -> Result<(), E> {
        for (position, (record, number)) in self.services.iter().enumerate() {
            let has_begun = number.is_some_and(|number| totals.totals.of(number).has_begun);
            if totals.options.has_snapshots && position >= self.listed && !has_begun {
                continue;
            }
            sink(record, &totals.figures(number.iter().copied(), None).properties(record))?;
        }
        for Team { record, services, numbers } in self.teams.values() {
            sink(record, &totals.figures(numbers.iter().copied(), Some(*services)).properties(record))?;
        }
        Ok(())
    }
}

impl Team {
    fn new(record: EntityRecord) -> Self {
        Self { record, services: 0, numbers: Vec::new() }
    }
}
