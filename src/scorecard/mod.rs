//! Scorecards: read from JSON into definitions, compiled into what grading runs on.

mod bits;
mod builtin;
mod clusters;
mod compile;
mod condition;
mod definition;
mod level;
mod operator;
mod phrase;
mod pick;
mod read;

pub(crate) use bits::Bits;
pub use builtin::{ScorecardFile, builtin, builtin_files};
pub(crate) use compile::{Card, Group};
pub(crate) use condition::{Check, Known, Test};
pub use definition::{Combinator, Definition, Level, Rule};
pub(crate) use definition::{Condition, Member, Operand, Operator, Query, Subject};
pub use level::Standing;
pub(crate) use level::{Formula, climb};
pub use operator::{OperatorHelp, meta_properties, operators, presets};
pub(crate) use phrase::OperandKind;
pub use pick::pick_scorecards;
pub(crate) use pick::unknown_scorecard;
pub use read::read_definitions;

use crate::entity::Wanted;
use crate::value::Instant;

/// Compiled scorecards, ready to grade. Immutable, and shared by as many threads as there are.
#[derive(Debug)]
pub struct Scorecards {
    definitions: Vec<Definition>,
    groups: Vec<Group>,
    wanted: Wanted,
    as_of: Instant,
}

impl Scorecards {
    /// Compiles definitions. Presets in them are relative to `as_of`; `default_blueprint` is that of
    /// entities that name none.
    pub fn new(definitions: Vec<Definition>, as_of: Instant, default_blueprint: &str) -> Self {
        Self::after(Wanted::new(default_blueprint), definitions, as_of)
    }

    /// Like [`Self::new`], for entities that are read with the slots of `wanted` as well: two sets
    /// compiled one after the other grade the same reading.
    pub fn after(mut wanted: Wanted, definitions: Vec<Definition>, as_of: Instant) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for definition in &definitions {
            if groups.iter().any(|group| group.blueprint == definition.blueprint) {
                continue;
            }
            let members =
                definitions.iter().enumerate().filter(|(_, other)| other.blueprint == definition.blueprint);
            let mut group = compile::compile(members, as_of, &mut wanted);
            for card in &mut group.cards {
                if let Some(definition) = definitions.get(card.index) {
                    card.arrange(definition.levels.len(), definition.rules.iter().map(|rule| rule.level));
                }
            }
            group.blueprint.clone_from(&definition.blueprint);
            groups.push(group);
        }
        groups.sort_by(|one, other| one.blueprint.cmp(&other.blueprint));
        Self { definitions, groups, wanted, as_of }
    }

    /// The definitions, in their order.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The fields that grading looks at.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// What presets are relative to.
    pub fn as_of(&self) -> Instant {
        self.as_of
    }

    /// The blueprint of an entity that names none.
    pub fn default_blueprint(&self) -> &str {
        self.wanted.default_blueprint()
    }

    /// The compiled scorecards of a blueprint.
    pub(crate) fn group(&self, blueprint: &str) -> Option<&Group> {
        let at = self.groups.binary_search_by(|group| group.blueprint.as_str().cmp(blueprint)).ok()?;
        self.groups.get(at)
    }
}
