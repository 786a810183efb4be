//! The options for scorecards: files and directories, or the built-in set.

use crate::diagnostic::Problems;
use crate::load::load_definitions;
use crate::scorecard::{Definition, builtin};
use clap::Args;
use std::path::PathBuf;

/// The options for scorecards.
#[derive(Args)]
#[command(next_help_heading = "Scorecards")]
pub(crate) struct ScorecardArguments {
    /// Scorecards: a JSON file, or a directory that is searched for `*.json` (repeatable) [default: the
    /// built-in DORA scorecards]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) scorecards: Vec<PathBuf>,
    /// Blueprint of scorecards and entities that do not name one
    #[arg(long, value_name = "NAME", default_value = "service")]
    pub(crate) blueprint: String,
}

impl ScorecardArguments {
    /// Loads the definitions: the built-in ones if no path is given.
    pub(crate) fn read(&self) -> Result<Vec<Definition>, Problems> {
        if self.scorecards.is_empty() {
            Ok(builtin())
        } else {
            load_definitions(&self.scorecards, &self.blueprint)
        }
    }

    /// Whether the built-in set is used.
    pub(crate) fn are_built_in(&self) -> bool {
        self.scorecards.is_empty()
    }
}
