//! The totals of services in one window.

use super::names::ServiceNumber;
use super::packed::Packed;

/// A sum of durations, exact to the nanosecond, and how many they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) count: u64,
    pub(super) nanos: u128,
}

impl Sum {
    pub(super) fn add(&mut self, nanos: u128) {
        self.count += 1;
        self.nanos += nanos;
    }
}

/// The totals of one service, or of the services of one team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ServiceTotals {
    /// Successful deployments.
    pub(super) deployments: u64,
    /// Failed deployments.
    pub(super) failed: u64,
    /// Successful deployments that an incident is linked to.
    pub(super) linked: u64,
    /// Incidents that began.
    pub(super) incidents: u64,
    /// The lead times of changes that were deployed.
    pub(super) leads: Sum,
    /// The times to recover of incidents that were resolved.
    pub(super) recoveries: Sum,
    /// Whether an event of the service has a time before the end of the window.
    pub(super) has_begun: bool,
    /// Whether an event names the service.
    pub(super) is_named: bool,
}

impl ServiceTotals {
    /// Adds the totals of another service.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.deployments += other.deployments;
        self.failed += other.failed;
        self.linked += other.linked;
        self.incidents += other.incidents;
        for (sum, other) in [(&mut self.leads, other.leads), (&mut self.recoveries, other.recoveries)] {
            sum.count += other.count;
            sum.nanos += other.nanos;
        }
        self.has_begun |= other.has_begun;
        self.is_named |= other.is_named;
    }

    /// Whether an event that counts is inside the window.
    pub(super) fn has_events(&self) -> bool {
        let Self { deployments, failed, incidents, leads, recoveries, .. } = self;
        deployments + failed + incidents + leads.count + recoveries.count > 0
    }
}

/// The totals of all services in one window, by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals(Vec<ServiceTotals>);

impl Totals {
    /// The totals of a service, for the events to add to.
    pub(super) fn of_mut(&mut self, service: ServiceNumber) -> &mut ServiceTotals {
        let index = service.index();
        if index >= self.0.len() {
            self.0.resize(index + 1, ServiceTotals::default());
        }
        let Some(totals) = self.0.get_mut(index) else { unreachable!("the list is long enough") };
        totals
    }

    /// Adds the totals of other events.
    pub(super) fn absorb(&mut self, mut other: Self) {
        if other.0.len() > self.0.len() {
            std::mem::swap(self, &mut other);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(totals, other)| totals.absorb(other));
    }

    /// The totals of a service. One without events can have none.
    pub(super) fn get(&self, service: ServiceNumber) -> Option<&ServiceTotals> {
        self.0.get(service.index())
    }
}

/// The durations of all services in one window, for medians.
#[derive(Debug, Clone, Default)]
pub(super) struct Durations(Vec<(ServiceNumber, Packed)>);

impl Durations {
    pub(super) fn push(&mut self, service: ServiceNumber, nanos: u128) {
        self.0.push((service, Packed::nanos(nanos)));
    }

    /// Adds the durations of other events.
    pub(super) fn absorb(&mut self, mut other: Self) {
        if self.0.is_empty() {
            *self = other;
        } else {
            self.0.append(&mut other.0);
        }
    }

    /// Brings the durations of each service together. Must be called before [`Self::middle_two`].
    pub(super) fn sort(&mut self) {
        self.0.sort_unstable_by_key(|(service, _)| *service);
    }

    /// The sum of the two durations in the middle of those of some services, or twice the one in the middle. `None`
    /// without durations.
    pub(super) fn middle_two(&self, services: impl Iterator<Item = ServiceNumber>) -> Option<u128> {
        let mut nanos: Vec<u128> = services.flat_map(|service| self.of(service)).collect();
        nanos.sort_unstable();
        let upper = nanos.len() / 2;
        let lower = nanos.len().checked_sub(1)? / 2;
        Some(nanos.get(lower)? + nanos.get(upper)?)
    }

    fn of(&self, service: ServiceNumber) -> impl Iterator<Item = u128> {
        let first = self.0.partition_point(|(number, _)| *number < service);
        #[expect(clippy::expect_used, reason = "the point was found in the same list")]
        let from_first = self.0.get(first..).expect("the point is in the list");
        from_first
            .iter()
            .take_while(move |(number, _)| *number == service)
            .map(|(_, packed)| packed.to_nanos())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        let mut durations = Durations::default();
        for (service, nanos) in [(1, 30), (0, 7), (1, 10), (1, 20), (2, 40)] {
            durations.push(ServiceNumber::at(service), nanos);
        }
        durations.sort();
        for (services, twice) in [(&[1][..], Some(40)), (&[0], Some(14)), (&[1, 2], Some(50)), (&[3], None)] {
            let numbers = services.iter().map(|index| ServiceNumber::at(*index));
            assert_eq!(durations.middle_two(numbers), twice, "{services:?}");
        }
    }
}
