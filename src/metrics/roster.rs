//! The services and teams that the user lists.

use crate::diagnostic::{Code, Diagnostic, Place, quoted};
use crate::entity::{Entity, EntityRecord, Input, Settings, Wanted, Worker, fold};
use std::collections::HashMap;

/// The blueprint of teams.
pub(crate) const TEAM: &str = "_team";

/// The services and teams of a list, in their order.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) services: Vec<EntityRecord>,
    pub(crate) teams: Vec<EntityRecord>,
    /// How many entities have another blueprint.
    pub(crate) others: u64,
    /// Whether the user gives a list.
    pub(crate) is_given: bool,
}

/// Collects the entities of a block.
struct RosterWorker<'r> {
    blueprint: &'r str,
    records: Vec<EntityRecord>,
}

impl Worker for RosterWorker<'_> {
    type Elements = Wanted;
    type Part = Vec<EntityRecord>;

    fn element(&mut self, entity: &Entity<'_>) {
        self.records.push(EntityRecord::of(entity, self.blueprint));
    }

    fn take(&mut self) -> Vec<EntityRecord> {
        std::mem::take(&mut self.records)
    }
}

impl Roster {
    /// Whether the list has no entities.
    pub(super) fn is_empty(&self) -> bool {
        self.services.is_empty() && self.teams.is_empty() && self.others == 0
    }

    /// Reads the services, which have the blueprint `blueprint` or none, and the teams.
    ///
    /// # Errors
    /// Returns the first problem of an input, or the first entity that comes twice.
    pub(crate) fn read(
        inputs: Vec<Input<'_>>,
        blueprint: &str,
        settings: Settings,
    ) -> Result<Self, Diagnostic> {
        let mut roster = Self { is_given: !inputs.is_empty(), ..Self::default() };
        let wanted = Wanted::new(blueprint);
        let mut known = KnownEntities::default();
        for input in inputs {
            known.begin(&input);
            let commit = |records: &mut Vec<EntityRecord>| {
                for record in records.drain(..) {
                    let is_service = record.blueprint == blueprint;
                    if !is_service && record.blueprint != TEAM {
                        roster.others += 1;
                        continue;
                    }
                    known.add(&record.blueprint, &record.identifier)?;
                    let list = if is_service { &mut roster.services } else { &mut roster.teams };
                    list.push(record);
                }
                Ok::<(), Diagnostic>(())
            };
            let worker = || RosterWorker { blueprint, records: Vec::new() };
            fold(vec![input], &wanted, settings, worker, |_| {}, commit)?;
        }
        Ok(roster)
    }
}

/// The services and teams that have been read, and the input of each.
#[derive(Debug, Default)]
pub(super) struct KnownEntities {
    inputs: Vec<String>,
    /// For each blueprint and identifier, the input.
    known: HashMap<String, HashMap<String, usize>>,
}

impl KnownEntities {
    /// Begins an input.
    pub(super) fn begin(&mut self, input: &Input<'_>) {
        self.inputs.push(input.name().to_owned());
    }

    /// Adds an entity of the input.
    ///
    /// # Errors
    /// Refuses an entity that comes twice.
    pub(super) fn add(&mut self, blueprint: &str, identifier: &str) -> Result<(), Diagnostic> {
        let Self { inputs, known } = self;
        let input = inputs.len().saturating_sub(1);
        if !known.contains_key(blueprint) {
            known.insert(blueprint.to_owned(), HashMap::new());
        }
        let earlier = known.get_mut(blueprint).and_then(|known| known.insert(identifier.to_owned(), input));
        let Some(earlier) = earlier else { return Ok(()) };
        let message = format!("{} {} comes twice", quoted(blueprint), quoted(identifier));
        let mut duplicate = Diagnostic::error(Code::DuplicateEntity, message)
            .help("keep only one of the two, or give them different identifiers");
        if let Some(name) = inputs.get(input) {
            duplicate = duplicate.at(Place::File(name.clone()));
        }
        match inputs.get(earlier) {
            Some(name) if earlier != input => {
                Err(duplicate.note(format!("the first one is in {}", quoted(name))))
            }
            _ => Err(duplicate),
        }
    }
}
