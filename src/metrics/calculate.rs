//! From the collected events to the entities with their metrics.

use super::body::Body;
use super::collect::Collected;
use super::counts::Counts;
use super::figures::{Figures, Medians, Properties};
use super::link::Links;
use super::names::ServiceNumber;
use super::options::{Average, Failures, Options, Window};
use super::parallel::share;
use super::roster::{Roster, TEAM};
use super::store::Store;
use super::totals::{Durations, ServiceTotals, Totals};
use crate::entity::EntityRecord;
use std::collections::BTreeMap;

/// The totals of all services in one window.
pub(crate) struct WindowTotals<'c> {
    options: &'c Options,
    pub(super) window: &'c Window,
    pub(super) sums: Sums,
    has_medians: bool,
}

/// What a pass over events adds up.
#[derive(Default)]
pub(super) struct Sums {
    totals: Totals,
    pub(super) deployments: Counts,
    pub(super) changes: Counts,
    pub(super) incidents: Counts,
    /// The durations of changes and of incidents, for medians.
    leads: Durations,
    recoveries: Durations,
}

impl<'c> WindowTotals<'c> {
    /// The totals of the window with this index.
    pub(crate) fn new(collected: &Collected, options: &'c Options, index: usize) -> Self {
        let (Some(window), Some(direct)) = (options.windows.get(index), collected.direct.get(index)) else {
            unreachable!("there are totals for each window");
        };
        let needs_medians = options.average == Average::Median;
        let mut sums = Sums::of(collected, window, needs_medians);
        sums.totals.absorb(direct.clone());
        sums.deployments.absorb(&collected.deployments.direct);
        sums.changes.absorb(&collected.changes.direct);
        sums.incidents.absorb(&collected.incidents.direct);
        if options.failures == Failures::Linked {
            Links::new(collected, window).add_to(&mut sums.totals, window);
        }
        Self { options, window, sums, has_medians: needs_medians }
    }

    /// Whether an event names a service.
    fn is_named(&self, service: ServiceNumber) -> bool {
        self.totals().get(service).is_some_and(|totals| totals.is_named)
    }

    pub(super) fn totals(&self) -> &Totals {
        &self.sums.totals
    }

    /// The metrics of some services together. `owned` is the number of services of a team.
    pub(super) fn figures(
        &self,
        services: impl Iterator<Item = ServiceNumber> + Clone,
        owned: Option<u64>,
    ) -> Figures {
        let mut totals = ServiceTotals::default();
        services.clone().filter_map(|service| self.totals().get(service)).for_each(|one| totals.absorb(one));
        let medians = self.has_medians.then(|| Medians {
            lead: self.sums.leads.middle_two(services.clone()),
            recovery: self.sums.recoveries.middle_two(services),
        });
        Figures::new(&totals, medians, owned, self.window, self.options)
    }
}

impl Sums {
    /// The sums of all kept events.
    fn of(collected: &Collected, window: &Window, needs_medians: bool) -> Self {
        let Collected { deployments, changes, incidents, .. } = collected;
        let (first_change, first_incident) =
            (deployments.store.chunks(), deployments.store.chunks() + changes.store.chunks());
        let count = first_incident + incidents.store.chunks();
        let step = |sums: &mut Self, chunk: usize| {
            let Self { totals, leads, recoveries, .. } = sums;
            let leads = needs_medians.then_some(leads);
            let recoveries = needs_medians.then_some(recoveries);
            if chunk < first_change {
                add(&deployments.store, chunk, window, totals, &mut sums.deployments, None);
            } else if chunk < first_incident {
                add(&changes.store, chunk - first_change, window, totals, &mut sums.changes, leads);
            } else {
                add(
                    &incidents.store,
                    chunk - first_incident,
                    window,
                    totals,
                    &mut sums.incidents,
                    recoveries,
                );
            }
        };
        let mut all = Self::default();
        for share in share(collected.threads, count, Self::default, step) {
            all.totals.absorb(share.totals);
            all.deployments.absorb(&share.deployments);
            all.changes.absorb(&share.changes);
            all.incidents.absorb(&share.incidents);
            all.leads.absorb(share.leads);
            all.recoveries.absorb(share.recoveries);
        }
        all.leads.sort();
        all.recoveries.sort();
        all
    }
}

/// Adds the events of a chunk to the totals of their services.
fn add<B: Body>(
    store: &Store<B>,
    chunk: usize,
    window: &Window,
    totals: &mut Totals,
    counts: &mut Counts,
    mut durations: Option<&mut Durations>,
) {
    for record in store.chunk(chunk) {
        record.count(counts);
        let duration = record.add_to(totals, window);
        if let (Some(durations), Some((service, nanos))) = (&mut durations, duration) {
            durations.push(service, nanos);
        }
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
    pub(crate) fn new(
        roster: &'r Roster,
        collected: &Collected,
        totals: &WindowTotals<'_>,
        options: &Options,
    ) -> Self {
        let numbered = (0..).map(ServiceNumber::at).zip(&collected.names);
        let named = numbered.filter(|(number, _)| totals.is_named(*number));
        let mut named: Vec<(&str, ServiceNumber)> = named.map(|(number, name)| (&**name, number)).collect();
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
        numbers.any(|number| totals.totals().get(number).is_some_and(ServiceTotals::has_events))
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
            let has_begun =
                number.and_then(|number| totals.totals().get(number)).is_some_and(|totals| totals.has_begun);
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
