//! The option that selects the entities to grade.

use crate::entity::Wanted;
use crate::scorecard::{Scope, ScopeCondition};
use crate::value::Instant;
use clap::Args;

/// The help of the option in commands that do not grade.
pub(crate) const CONSIDERED: &str = "Consider only entities that meet this condition, such as `team = payments`, \
                                     `tier >= 2` or `title = *api*` (repeatable: all must hold)";

/// The option that selects the entities to grade.
#[derive(Args)]
#[command(next_help_heading = "Entities")]
pub(crate) struct ScopeArguments {
    /// Grade only entities that meet this condition, such as `team = payments`, `tier >= 2` or `title = *api*`
    /// (repeatable: all must hold)
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<ScopeCondition>,
}

impl ScopeArguments {
    /// The scope. Adds its fields to `wanted`.
    pub(crate) fn scope(&self, as_of: Instant, wanted: &mut Wanted) -> Scope {
        Scope::new(&self.conditions, as_of, wanted)
    }
}
