//! Compiled scorecards.

use super::compile::{Card, Group, compile};
use super::definition::Definition;
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

    /// Like [`Self::new`], and extends the fields of another set: entities that are read with
    /// [`Self::wanted`] of the second set can be graded by both.
    pub fn after(mut wanted: Wanted, definitions: Vec<Definition>, as_of: Instant) -> Self {
        let groups = compile(&definitions, as_of, &mut wanted);
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

    /// The definition that a scorecard was compiled from.
    #[inline]
    #[expect(clippy::expect_used, reason = "the index was taken from these definitions")]
    pub(crate) fn definition_of(&self, card: &Card) -> &Definition {
        self.definitions.get(card.index).expect("a compiled scorecard has a definition")
    }

    /// The instant that presets are relative to.
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
