//! Links incidents to the deployments that caused them.

#![expect(clippy::expect_used, reason = "the numbers and points are those of the same list")]

use super::body::Named;
use super::collect::Collected;
use super::names::ServiceNumber;
use super::options::Window;
use super::store::RecordNumber;
use super::totals::Totals;
use crate::value::Instant;

/// The successful deployments of all services, sorted by service and time, and whether an incident is linked to each.
pub(super) struct Links {
    deployments: Vec<(ServiceNumber, Instant, RecordNumber)>,
    is_linked: Vec<bool>,
}

impl Links {
    /// The links of the incidents that began before the end of the window.
    pub(super) fn new(collected: &Collected, window: &Window) -> Self {
        let records = collected.deployments.store.records();
        let mut deployments: Vec<(ServiceNumber, Instant, RecordNumber)> = records
            .filter(|(_, record)| record.body.is_successful())
            .filter_map(|(number, record)| Some((record.service?, record.body.moment(), number)))
            .collect();
        deployments.sort_unstable();
        let mut links = Self { deployments, is_linked: vec![false; collected.deployments.store.len()] };
        let incidents = || {
            let records = collected.incidents.store.records().map(|(_, record)| record);
            let with_service = records.filter_map(|record| Some((record.service?, &record.body)));
            with_service.filter(|(_, incident)| incident.start() < window.to)
        };
        // by name first, because of several deployments at one instant a named one is taken
        for (_, incident) in incidents() {
            if let Named::Known(numbers) = &incident.deployments {
                numbers.iter().for_each(|number| links.link(*number));
            }
        }
        for (service, incident) in incidents() {
            if incident.deployments == Named::Unknown
                && let Some(number) = links.latest(service, incident.start())
            {
                links.link(number);
            }
        }
        links
    }

    fn link(&mut self, number: RecordNumber) {
        *self.is_linked.get_mut(number as usize).expect("there is a flag for each deployment") = true;
    }

    /// Whether an incident is linked to the deployment with this number.
    pub(super) fn has(&self, number: RecordNumber) -> bool {
        *self.is_linked.get(number as usize).expect("there is a flag for each deployment")
    }

    /// The latest deployment of a service at or before an instant. Of several at one instant, one that an incident is
    /// linked to already.
    pub(super) fn latest(&self, service: ServiceNumber, instant: Instant) -> Option<RecordNumber> {
        let end =
            self.deployments.partition_point(|(number, time, _)| (*number, *time) <= (service, instant));
        let until = self.deployments.get(..end).expect("the point is in the list");
        let (_, last_time, last) = *until.last().filter(|(number, ..)| *number == service)?;
        let at_once =
            until.iter().rev().take_while(|(number, time, _)| (*number, *time) == (service, last_time));
        let mut numbers = at_once.map(|(_, _, number)| *number);
        Some(numbers.find(|number| self.has(*number)).unwrap_or(last))
    }

    /// Adds the linked deployments inside the window to the totals of their services.
    pub(super) fn add_to(&self, totals: &mut Totals, window: &Window) {
        for (service, time, number) in &self.deployments {
            if self.has(*number) && window.contains(*time) {
                totals.of_mut(*service).linked += 1;
            }
        }
    }
}
