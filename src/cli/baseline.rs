//! The options of `evaluate` that compare the run with a baseline.

use super::exit::Conclusion;
use super::fail_verdict::FailVerdict;
use super::input::shown;
use super::missing_baseline::{MissingBaseline, missing_baseline};
use super::say::say;
use super::{input, progress, screen};
use crate::diagnostic::{Diagnostic, Problems};
use crate::entity::Settings;
use crate::evaluate::Comparing;
use crate::history::{Absence, Baseline, FailOn, FailRule, Reading, Selection, SharedCatalog, notes};
use crate::scorecard::{Scope, Scorecards};
use clap::Args;
use std::path::PathBuf;

/// The options for a baseline.
#[derive(Args)]
#[command(next_help_heading = "Baseline")]
pub(crate) struct BaselineArguments {
    /// Compare with this earlier result: a file that `evaluate -f json` or `-f ndjson` wrote, or entities with
    /// `scorecards` as Port exports them
    #[arg(long, value_name = "FILE", conflicts_with = "compare")]
    baseline: Option<PathBuf>,
    /// Fail (exit 1) on these changes since the baseline: down, below=[SCORECARD=]LEVEL, lost-data, disappeared, any,
    /// changed-rules (repeatable)
    #[arg(long, value_name = "CHANGE", requires = "baseline")]
    fail_on: Vec<FailOn>,
    /// How to treat a missing baseline
    #[arg(long, value_enum, value_name = "WHAT", default_value_t, requires = "baseline")]
    missing_baseline: MissingBaseline,
}

/// How a baseline is read.
pub(crate) struct Options<'o> {
    pub(crate) scorecards: &'o Scorecards,
    /// The patterns of `--scorecard`.
    pub(crate) patterns: &'o [String],
    pub(crate) scope: &'o Scope,
    pub(crate) default_blueprint: &'o str,
    pub(crate) settings: Settings,
    pub(crate) quiet: bool,
}

impl BaselineArguments {
    /// The file; none without a baseline.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        self.baseline.as_slice()
    }

    /// Whether no change can fail.
    pub(crate) fn is_open(&self) -> bool {
        self.fail_on.is_empty()
    }

    /// The files to read now, and the notice about a file that may be missing and is.
    ///
    /// # Errors
    /// The file is missing, and that is a failure.
    pub(crate) fn existing(&self) -> Result<(&[PathBuf], Option<Diagnostic>), Problems> {
        match &self.baseline {
            Some(path) if !self.missing_baseline.check(path)? => Ok((&[], Some(missing_baseline(path).1))),
            _ => Ok((self.paths(), None)),
        }
    }

    /// Reads the baseline; `None` if there are no inputs.
    ///
    /// # Errors
    /// Returns the first problem of the file, or those of `--fail-on`.
    pub(crate) fn read(
        &self,
        inputs: input::Inputs,
        options: &Options<'_>,
    ) -> Result<Option<Baseline>, Problems> {
        let Some(path) = self.baseline.as_deref().filter(|_| !inputs.inputs.is_empty()) else {
            return Ok(None);
        };
        let catalog = SharedCatalog::default();
        let selection = Selection::parse(&[], options.patterns)?;
        let reading = Reading {
            catalog: &catalog,
            selection: &selection,
            default_blueprint: options.default_blueprint,
            settings: options.settings,
        };
        let mut line = progress::Line::new(options.quiet, inputs.size);
        let side = reading.read(&shown(path), inputs.inputs, |progress| line.update(progress));
        line.clear();
        // an absent entity may only be out of scope
        let absence = if options.scope.is_open() { Absence::Disappeared } else { Absence::Unknown };
        let baseline = Baseline::new(side?, catalog, selection, options.scorecards, absence);
        baseline.check(&self.fail_on)?;
        Ok(Some(baseline))
    }

    /// The comparison to make. `told` receives what to print about it.
    pub(crate) fn comparing<'c>(
        &'c self,
        baseline: &'c Baseline,
        entities: &[PathBuf],
        tell: &'c mut dyn FnMut(&FailRule<'_>),
    ) -> Comparing<'c> {
        let names: Vec<String> = entities.iter().map(|path| shown(path)).collect();
        Comparing { baseline, input: names.join(", "), fail_on: &self.fail_on, tell }
    }
}

/// The lines about a comparison on standard error.
pub(crate) struct Told {
    notes: String,
    verdict: Option<FailVerdict>,
}

impl Told {
    pub(crate) fn new(rule: &FailRule<'_>) -> Self {
        Self { notes: notes(rule.diff(), screen::stderr()), verdict: FailVerdict::new(rule) }
    }

    /// Prints how many results changed, unless `quiet`.
    pub(crate) fn print_notes(&self, quiet: bool) {
        if !quiet {
            say(format_args!("{}", self.notes));
        }
    }

    /// Prints the verdict of `--fail-on`; `None` without one.
    pub(crate) fn conclude(&self, quiet: bool) -> Option<Conclusion> {
        Some(self.verdict.as_ref()?.conclude(quiet))
    }
}
