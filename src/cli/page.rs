//! The options of `evaluate -f html`: which page to draw, and earlier results to draw over time.

use super::dated_files::DatedFiles;
use super::output::Target;
use super::{baseline, input};
use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use crate::history::{Reading, Selection, SharedCatalog, Trend, TrendOptions, trend_scorecards};
use crate::load::{FileKind, load_source};
use crate::page::{PageDefinition, ScorecardHistory, built_in, history, read_page};
use crate::report::{Display, Format};
use crate::scorecard::Scorecards;
use clap::Args;
use std::path::PathBuf;

/// The options of a page.
#[derive(Args)]
#[command(next_help_heading = "Page (format html)")]
pub(crate) struct PageArguments {
    /// Draw the page in this JSON file, from the Port API or `init --page`, instead of the built-in page
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// Add a chart of the levels over time from earlier results or snapshots of entities: files or directories, as for
    /// `trend` (repeatable; not with `--page`)
    #[arg(long, value_name = "PATH")]
    history: Vec<PathBuf>,
}

impl PageArguments {
    /// The page; none without one.
    pub(crate) fn page_paths(&self) -> &[PathBuf] {
        self.page.as_slice()
    }

    /// The files of earlier results.
    pub(crate) fn history_paths(&self) -> &[PathBuf] {
        &self.history
    }

    /// Whether a page of the user is drawn, which options of the display do not change.
    pub(crate) fn has_own_widgets(&self) -> bool {
        self.page.is_some()
    }

    /// Refuses the options if no page is written, and `--history` with a page of the user.
    pub(crate) fn check(&self, chosen: &[Target<Format>]) -> Result<(), Problems> {
        let given = [("--page", self.page.is_some()), ("--history", !self.history.is_empty())];
        let name = given.into_iter().find(|(_, is_given)| *is_given).map(|(name, _)| name);
        match name {
            Some(name) if !has_page(chosen) => {
                let message = format!("{} has no effect without `-f html`", quoted(name));
                let help = format!("add `-f html=FILE`, or leave out {}", quoted(name));
                Err(Diagnostic::error(Code::UnusedOption, message).help(help).into())
            }
            _ if self.page.is_some() && !self.history.is_empty() => {
                let message =
                    "`--history` has no effect with `--page`: a given page shows only its own widgets";
                let help = "leave out `--history` or `--page`";
                Err(Diagnostic::error(Code::UnusedOption, message).help(help).into())
            }
            _ => Ok(()),
        }
    }

    /// The page to draw, and the warnings about its widgets; `None` if no page is written.
    ///
    /// # Errors
    /// Returns the problems of the file.
    pub(crate) fn definition(
        &self,
        chosen: &[Target<Format>],
        scorecards: &Scorecards,
        display: &Display,
    ) -> Result<Option<(PageDefinition, Vec<Diagnostic>)>, Problems> {
        if !has_page(chosen) {
            return Ok(None);
        }
        match &self.page {
            Some(path) => Ok(Some(read_page(load_source(path, FileKind::Page)?)?)),
            None => Ok(Some((built_in(scorecards, display), Vec::new()))),
        }
    }

    /// Reads the earlier results.
    ///
    /// # Errors
    /// Returns the problems of the files.
    pub(crate) fn history(&self, options: &baseline::Options<'_>) -> Result<Vec<ScorecardHistory>, Problems> {
        if self.history.is_empty() {
            return Ok(Vec::new());
        }
        if !options.scope.is_open() {
            let message = "`--history` cannot be used with `--where`, which earlier results do not know";
            let help = "leave out one of the two, or grade only these entities for each date";
            return Err(Diagnostic::error(Code::UnusedOption, message).help(help).into());
        }
        let files = DatedFiles::find(&self.history, options.settings)?;
        let selection = Selection::parse(&[], options.patterns)?;
        let catalog = SharedCatalog::default();
        let reading = Reading {
            catalog: &catalog,
            selection: &selection,
            default_blueprint: options.default_blueprint,
            settings: options.settings,
        };
        let definitions = options.scorecards.definitions();
        let series = files.read(&reading, definitions, options.quiet)?;
        let mut catalog = catalog.into_catalog();
        let options = TrendOptions { below: None, dates: 1, skips_no_data: false };
        let selects = |name: &str| selection.selects_scorecard(name);
        let cards = trend_scorecards(&series, &mut catalog, definitions, &options, selects)?;
        Ok(history(&Trend::new(&series, &catalog, cards, options)))
    }
}

/// The names of the inputs, as a page says them.
pub(crate) fn names(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| input::shown(path)).collect()
}

fn has_page(chosen: &[Target<Format>]) -> bool {
    chosen.iter().any(|target| target.format == Format::Html)
}
