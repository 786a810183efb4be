//! The options for scorecards: files and directories, or the built-in set.

use super::blueprint::BlueprintArgument;
use super::suggestion::suggesting;
use crate::diagnostic::{Diagnostic, Problems};
use crate::lint::definition_warnings;
use crate::load::{Loaded, load, load_definitions};
use crate::scorecard::{Alias, Definition, Picked, apply_aliases, builtin, builtin_for, check_aliases};
use clap::Args;
use clap::builder::{StringValueParser, TypedValueParser};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The options for scorecards.
#[derive(Args)]
#[command(next_help_heading = "Scorecards")]
pub(crate) struct ScorecardArguments {
    /// Scorecards: a JSON file, or a directory that is searched for `*.json` and `*.jsonc` (repeatable)
    /// [default: the built-in DORA scorecards]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) scorecards: Vec<PathBuf>,
    /// Use only scorecards whose identifier matches (repeatable)
    #[arg(long, value_name = "GLOB", value_parser = identifier(), hide_possible_values = true)]
    scorecard: Vec<String>,
    /// Use the property OTHER wherever a scorecard says PROPERTY (repeatable)
    #[arg(long, value_name = "PROPERTY=OTHER")]
    alias: Vec<Alias>,
    #[command(flatten)]
    pub(crate) blueprint: BlueprintArgument,
}

/// The scorecards that the options choose.
#[derive(Default)]
pub(crate) struct LoadedScorecards {
    pub(crate) definitions: Vec<Definition>,
    /// Warnings about the files.
    pub(crate) warnings: Vec<Diagnostic>,
    /// Definitions that `--scorecard` leaves out.
    pub(crate) left_out: Vec<Definition>,
}

impl ScorecardArguments {
    /// Loads the definitions, the built-in ones if no path is given. Keeps those with a matching identifier, and renames
    /// properties.
    pub(crate) fn load(&self) -> Result<LoadedScorecards, Problems> {
        let Loaded { mut definitions, warnings } = if self.scorecards.is_empty() {
            Loaded { definitions: builtin_for(&self.blueprint.blueprint), ..Loaded::default() }
        } else {
            load(&self.scorecards, &self.blueprint.blueprint)?
        };
        let picked = Picked::parse(&self.scorecard)?;
        picked.check(&definitions)?;
        let left_out = picked.apply(&mut definitions);
        check_aliases(&definitions, &self.alias)?;
        apply_aliases(&mut definitions, &self.alias);
        Ok(LoadedScorecards { definitions, warnings, left_out })
    }

    /// The patterns of `--scorecard`.
    pub(crate) fn patterns(&self) -> &[String] {
        &self.scorecard
    }

    /// Like [`Self::load`], also with warnings about the definitions, which `lint` reports as findings.
    pub(crate) fn load_checked(&self) -> Result<LoadedScorecards, Problems> {
        let mut loaded = self.load()?;
        if !self.scorecards.is_empty() {
            loaded.warnings.extend(definition_warnings(&loaded.definitions));
        }
        Ok(loaded)
    }

    /// Loads other definitions from `paths`, to compare with. The options also apply to them, but may be without effect.
    pub(crate) fn read_others(&self, paths: &[PathBuf]) -> Result<Vec<Definition>, Problems> {
        let mut definitions = load_definitions(paths, &self.blueprint.blueprint)?;
        Picked::parse(&self.scorecard)?.apply(&mut definitions);
        apply_aliases(&mut definitions, &self.alias);
        Ok(definitions)
    }

    /// Whether the built-in set is used, or a copy of it that `init` wrote.
    pub(crate) fn are_built_in(&self, definitions: &[Definition]) -> bool {
        let names = built_in_names();
        self.scorecards.is_empty() || definitions.iter().all(|card| names.contains(card.identifier.as_str()))
    }
}

/// The identifiers of the built-in set.
fn built_in_names() -> BTreeSet<&'static str> {
    static BUILT_IN: LazyLock<Vec<Definition>> = LazyLock::new(builtin);
    BUILT_IN.iter().map(|card| card.identifier.as_str()).collect()
}

fn identifier() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || built_in_names().into_iter().collect())
}
