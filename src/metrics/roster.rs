//! The services and teams that the user lists.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::entity::{Entity, EntityRecord, Input, Progress, Settings, Wanted, Worker, fold};
use std::collections::HashSet;

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
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Diagnostic> {
        let mut roster = Self { is_given: !inputs.is_empty(), ..Self::default() };
        let mut known: HashSet<(bool, String)> = HashSet::new();
        let commit = |records: &mut Vec<EntityRecord>| {
            for record in records.drain(..) {
                let is_service = record.blueprint == blueprint;
                if !is_service && record.blueprint != TEAM {
                    roster.others += 1;
                    continue;
                }
                if !known.insert((is_service, record.identifier.clone())) {
                    return Err(duplicate(&record.blueprint, &record.identifier));
                }
                let list = if is_service { &mut roster.services } else { &mut roster.teams };
                list.push(record);
            }
            Ok(())
        };
        let worker = || RosterWorker { blueprint, records: Vec::new() };
        fold(inputs, &Wanted::new(blueprint), settings, worker, progress, commit)?;
        Ok(roster)
    }
}

/// The error for an entity that comes twice.
pub(super) fn duplicate(blueprint: &str, identifier: &str) -> Diagnostic {
    let message = format!("{} {} comes twice", quoted(blueprint), quoted(identifier));
    Diagnostic::error(Code::DuplicateEntity, message)
        .help("keep only one of the two, or give them different identifiers")
}
