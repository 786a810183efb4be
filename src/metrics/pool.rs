//! Teams from the metrics of their services, without events.

use super::expansion::Expansion;
use super::figures::{Figures, Properties, TeamFigures};
use super::roster::{KnownEntities, TEAM};
use crate::diagnostic::Diagnostic;
use crate::dora;
use crate::entity::{Entity, EntityRecord, Input, Progress, Settings, Slot, Wanted, Worker, fold};
use crate::value::Value;
use std::collections::BTreeMap;

/// The numbers of one service; `None` for one that is missing, null or not a number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct ServiceNumbers {
    total_deployments: Option<f64>,
    deployment_frequency: Option<f64>,
    lead_time: Option<f64>,
    total_incidents: Option<f64>,
    failure_rate: Option<f64>,
    recovery_time: Option<f64>,
}

/// A sum of numbers, exact until the end, and how many they are.
#[derive(Debug, Clone, Default)]
struct Sum {
    sum: Expansion,
    count: u64,
}

impl Sum {
    fn add(&mut self, number: Option<f64>) {
        if let Some(number) = number {
            self.sum.add(number);
            self.count += 1;
        }
    }

    /// The sum; `None` of nothing, or if it is too large for a double.
    fn total(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum.value()).filter(|sum| sum.is_finite())
    }

    /// The sum divided by a count; `None` of nothing.
    fn divided_by(&self, count: u64) -> Option<f64> {
        let mut divisor = Expansion::default();
        #[expect(clippy::cast_precision_loss, reason = "nobody owns 2^53 services")]
        divisor.add(count as f64);
        (self.count > 0).then(|| self.sum.quotient(&divisor)).filter(|quotient| quotient.is_finite())
    }

    fn mean(&self) -> Option<f64> {
        self.divided_by(self.count)
    }
}

/// A mean whose members count as often as their weight says.
#[derive(Debug, Clone, Default)]
struct WeightedMean {
    /// The products of the members and their weights.
    products: Expansion,
    weights: Sum,
    /// The members alone.
    members: Sum,
    /// Whether some service has a weight.
    has_weights: bool,
}

impl WeightedMean {
    fn add(&mut self, member: Option<f64>, weight: Option<f64>) {
        self.members.add(member);
        self.has_weights |= weight.is_some();
        if let (Some(member), Some(weight)) = (member, weight.filter(|weight| *weight > 0.0)) {
            self.products.add_product(member, weight);
            self.weights.add(Some(weight));
        }
    }

    /// The weighted mean, or the plain mean if no service has a weight.
    fn mean(&self) -> Option<f64> {
        if self.has_weights {
            let mean = (self.weights.count > 0).then(|| self.products.quotient(&self.weights.sum));
            mean.filter(|mean| mean.is_finite())
        } else {
            self.members.mean()
        }
    }
}

/// The numbers of the services of one team.
#[derive(Debug, Clone, Default)]
struct Pool {
    services: u64,
    total_deployments: Sum,
    deployment_frequency: Sum,
    lead_time: Sum,
    total_incidents: Sum,
    failure_rate: WeightedMean,
    recovery_time: WeightedMean,
}

impl Pool {
    fn add(&mut self, numbers: &ServiceNumbers) {
        self.services += 1;
        self.total_deployments.add(numbers.total_deployments);
        self.deployment_frequency.add(numbers.deployment_frequency);
        self.lead_time.add(numbers.lead_time);
        self.total_incidents.add(numbers.total_incidents);
        self.failure_rate.add(numbers.failure_rate, numbers.total_deployments);
        self.recovery_time.add(numbers.recovery_time, numbers.total_incidents);
    }

    fn figures(&self) -> Figures {
        Figures {
            total_deployments: self.total_deployments.total(),
            deployment_frequency: self.deployment_frequency.total(),
            lead_time: self.lead_time.mean(),
            total_incidents: self.total_incidents.total(),
            failure_rate: self.failure_rate.mean(),
            recovery_time: self.recovery_time.mean(),
            team: Some(TeamFigures {
                services: self.services,
                frequency_per_service: self.deployment_frequency.divided_by(self.services),
            }),
        }
    }
}

/// The slots of the properties that are pooled.
#[derive(Clone, Copy)]
struct Slots {
    total_deployments: Slot,
    deployment_frequency: Slot,
    lead_time: Slot,
    total_incidents: Slot,
    failure_rate: Slot,
    recovery_time: Slot,
}

impl Slots {
    fn new(wanted: &mut Wanted) -> Self {
        let mut slot = |name| wanted.include_own_property(name);
        Self {
            total_deployments: slot(dora::TOTAL_DEPLOYMENTS),
            deployment_frequency: slot(dora::DEPLOYMENT_FREQUENCY),
            lead_time: slot(dora::LEAD_TIME),
            total_incidents: slot(dora::TOTAL_INCIDENTS),
            failure_rate: slot(dora::FAILURE_RATE),
            recovery_time: slot(dora::RECOVERY_TIME),
        }
    }

    fn numbers(&self, entity: &Entity<'_>) -> ServiceNumbers {
        let number = |slot| match entity.value(slot) {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        ServiceNumbers {
            total_deployments: number(self.total_deployments),
            deployment_frequency: number(self.deployment_frequency),
            lead_time: number(self.lead_time),
            total_incidents: number(self.total_incidents),
            failure_rate: number(self.failure_rate),
            recovery_time: number(self.recovery_time),
        }
    }
}

/// A service on its way to the pools of its teams.
struct Service {
    identifier: String,
    teams: Vec<String>,
    numbers: ServiceNumbers,
}

/// The services of a block.
#[derive(Default)]
struct Block {
    services: Vec<Service>,
    /// How many entities are not services.
    others: u64,
}

struct PoolWorker<'p> {
    blueprint: &'p str,
    slots: Slots,
    block: Block,
}

impl Worker for PoolWorker<'_> {
    type Elements = Wanted;
    type Part = Block;

    fn element(&mut self, entity: &Entity<'_>) {
        if entity.blueprint().is_some_and(|blueprint| blueprint != self.blueprint) {
            self.block.others += 1;
            return;
        }
        let teams = entity.different_teams().into_iter().map(str::to_owned).collect();
        let (identifier, numbers) = (entity.identifier().to_owned(), self.slots.numbers(entity));
        self.block.services.push(Service { identifier, teams, numbers });
    }

    fn take(&mut self) -> Block {
        std::mem::take(&mut self.block)
    }
}

/// The teams of services, sorted by identifier, and how many services were read.
pub(crate) struct PooledTeams {
    teams: BTreeMap<String, Pool>,
    pub(crate) services: u64,
    /// How many entities are not services.
    pub(crate) others: u64,
    /// Whether a service has a number to pool.
    pub(crate) has_numbers: bool,
}

impl PooledTeams {
    /// Reads the services, which have the blueprint `blueprint` or none. Other entities are ignored.
    ///
    /// # Errors
    /// Returns the first problem of an input, or the first service that comes twice.
    pub(crate) fn read(
        inputs: Vec<Input<'_>>,
        blueprint: &str,
        settings: Settings,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Diagnostic> {
        let mut wanted = Wanted::new(blueprint);
        let slots = Slots::new(&mut wanted);
        let mut pooled = Self { teams: BTreeMap::new(), services: 0, others: 0, has_numbers: false };
        let mut known = KnownEntities::default();
        let mut before = Progress::default();
        for input in inputs {
            known.begin(&input);
            let commit = |block: &mut Block| {
                pooled.others += block.others;
                for Service { identifier, teams, numbers } in block.services.drain(..) {
                    known.add(blueprint, &identifier)?;
                    pooled.services += 1;
                    pooled.has_numbers |= numbers != ServiceNumbers::default();
                    teams.into_iter().for_each(|team| pooled.teams.entry(team).or_default().add(&numbers));
                }
                Ok::<(), Diagnostic>(())
            };
            let mut now = before;
            let advance = |read: Progress| {
                now = before.plus(read);
                progress(now);
            };
            let worker = || PoolWorker { blueprint, slots, block: Block::default() };
            fold(vec![input], &wanted, settings, worker, advance, commit)?;
            before = now;
        }
        Ok(pooled)
    }

    /// Whether no service has a team.
    pub(crate) fn is_empty(&self) -> bool {
        self.teams.is_empty()
    }

    /// The teams as entities, each with its metrics.
    pub(crate) fn records(&self) -> impl Iterator<Item = (EntityRecord, Properties)> {
        self.teams.iter().map(|(name, pool)| {
            let record = EntityRecord::new(name, TEAM);
            let properties = pool.figures().properties(&record);
            (record, properties)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weighted_mean_ignores_members_without_a_weight_unless_all_are() {
        let mean = |members: &[(Option<f64>, Option<f64>)]| {
            let mut mean = WeightedMean::default();
            members.iter().for_each(|(member, weight)| mean.add(*member, *weight));
            mean.mean()
        };
        assert_eq!(mean(&[]), None);
        assert_eq!(
            mean(&[(Some(10.0), Some(1.0)), (Some(40.0), Some(2.0)), (Some(1000.0), None)]),
            Some(30.0)
        );
        assert_eq!(mean(&[(Some(10.0), None), (Some(40.0), None), (None, None)]), Some(25.0));
        assert_eq!(mean(&[(Some(10.0), None), (None, Some(3.0))]), None);
        assert_eq!(mean(&[(Some(10.0), Some(0.0)), (Some(20.0), Some(-1.0))]), None);
    }
}
