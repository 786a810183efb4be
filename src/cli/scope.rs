//! The option that selects the entities to grade.

use crate::entity::Wanted;
use crate::scorecard::{Scope, ScopeCondition};
use crate::value::Instant;
use clap::Args;

/// The option that selects the entities to grade.
#[derive(Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct ScopeArguments {
    /// Grade only entities that meet all these conditions, such as `team = payments`, `tier >= 2` or `title = *api*`
    /// (repeatable)
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<ScopeCondition>,
}

impl ScopeArguments {
    /// The scope. Adds its fields to `wanted`.
    pub(crate) fn scope(&self, as_of: Instant, wanted: &mut Wanted) -> Scope {
        Scope::new(&self.conditions, as_of, wanted)
    }
}
