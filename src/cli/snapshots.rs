//! The options of `metrics` that write one file for each date, and how the files are written.

use super::output;
use super::say::say;
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::metrics::{Collected, EntityFormat, EntityWriter, Options, Owners, WindowTotals, head};
use crate::terminal::clean;
use crate::value::{Instant, Span};
use anyhow::Context as _;
use clap::Args;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// The options of snapshots.
#[derive(Args)]
#[command(next_help_heading = "Snapshots")]
pub(crate) struct SnapshotArguments {
    /// Write the metrics as of several dates to this directory, each to a file `YYYY-MM-DD.json`
    #[arg(long, value_name = "DIR", requires = "every", requires = "last")]
    snapshots: Option<PathBuf>,
    /// Time between two snapshots, in days or weeks
    #[arg(long, value_name = "SPAN", requires = "snapshots")]
    every: Option<Span>,
    /// Number of snapshots; the newest one is as of `--as-of`
    #[arg(long, value_name = "N", value_parser = super::number::positive, allow_negative_numbers = true, requires = "snapshots")]
    last: Option<NonZero<usize>>,
    /// Overwrite existing snapshots
    #[arg(long, requires = "snapshots")]
    force: bool,
}

/// Snapshots to write.
pub(crate) struct Snapshots<'a> {
    directory: &'a Path,
    /// The dates, the newest first, and the names of their files.
    dates: Vec<(Instant, String)>,
    force: bool,
}

impl SnapshotArguments {
    /// Whether the options ask for snapshots.
    pub(crate) fn is_used(&self) -> bool {
        self.snapshots.is_some()
    }

    /// The snapshots that the options ask for; `None` if they ask for none. All names are checked.
    ///
    /// # Errors
    /// A time that is not a midnight, a date before the year 0, or a file that exists.
    pub(crate) fn plan(&self, as_of: Option<Instant>) -> Result<Option<Snapshots<'_>>, Problems> {
        let (Some(directory), Some(every), Some(last)) = (&self.snapshots, self.every, self.last) else {
            return Ok(None);
        };
        let Some(as_of) = as_of.filter(|as_of| *as_of == as_of.midnight()) else {
            let message = "snapshots need `--as-of` with a day, because each file is named after one";
            return Err(Diagnostic::error(Code::SnapshotTime, message)
                .help("add `--as-of`, such as `--as-of 2026-01-31`")
                .into());
        };
        let mut dates = Vec::new();
        for index in 0..last.get() {
            let days = i64::try_from(index).ok().and_then(|index| index.checked_mul(every.days().into()));
            let date = days.filter(|days| *days <= MOST_DAYS).map(|days| as_of.plus_days(-days));
            let name = date.map(|date| date.to_string()).filter(|text| Instant::parse(text).is_some());
            let (Some(date), Some(name)) = (date, name) else {
                let message = format!("{last} snapshots every {every} begin before the year 0");
                let help = "ask for fewer with `--last`";
                return Err(Diagnostic::error(Code::SnapshotTime, message).help(help).into());
            };
            let (day, _) = name.split_at_checked(10).unwrap_or((&name, ""));
            dates.push((date, format!("{day}.json")));
        }
        if directory.exists() && !directory.is_dir() {
            let message = "snapshots need a directory, but this is a file";
            return Err(Diagnostic::error(Code::FileExists, message)
                .help("name another directory with `--snapshots`, or remove the file")
                .at(Place::File(directory.display().to_string()))
                .into());
        }
        if !self.force {
            output::refuse_existing(
                directory,
                dates.iter().rev().map(|(_, name)| name.as_str()),
                "snapshots",
            )?;
        }
        Ok(Some(Snapshots { directory, dates, force: self.force }))
    }
}

/// The days of the ten thousand years that dates can have.
const MOST_DAYS: i64 = 3_660_000;

impl Snapshots<'_> {
    /// The ends of the windows, the newest first.
    pub(crate) fn ends(&self) -> Vec<Instant> {
        self.dates.iter().map(|(date, _)| *date).collect()
    }

    /// Writes all files under temporary names, and then gives each its own. `newest` has the totals of the newest date.
    ///
    /// # Errors
    /// The directory or the file that cannot be written.
    pub(crate) fn write(
        &self,
        owners: &Owners<'_>,
        collected: &Collected,
        options: &Options,
        newest: &WindowTotals<'_>,
        quiet: bool,
    ) -> anyhow::Result<()> {
        let Self { directory, dates, force } = self;
        std::fs::create_dir_all(directory)
            .with_context(|| format!("cannot create directory `{}`", directory.display()))?;
        let text = |index: usize| -> Vec<u8> {
            let mut text = Vec::new();
            let Some(window) = options.windows.get(index) else { unreachable!("each date has a window") };
            let older = (index > 0).then(|| WindowTotals::new(collected, options, index));
            let totals = older.as_ref().unwrap_or(newest);
            let written = EntityWriter::new(EntityFormat::Json, &head(options, window), &mut text).and_then(
                |mut writer| {
                    owners.each_entity(totals, |record, properties| writer.write(record, properties))?;
                    writer.finish()
                },
            );
            #[expect(clippy::expect_used, reason = "memory can be written")]
            written.expect("memory can be written");
            text
        };
        let files = dates.iter().enumerate().map(|(index, (_, name))| (directory.join(name), text(index)));
        output::write_files(files, *force)?;
        if !quiet {
            let shown = clean(directory.display().to_string());
            let names = [dates.last(), dates.first()].map(|date| date.map_or("", |(_, name)| name));
            let [oldest, newest] = names;
            match dates.len() {
                1 => say(format_args!("wrote {newest} to {shown}")),
                count => say(format_args!("wrote {count} snapshots to {shown}: {oldest} to {newest}")),
            }
        }
        Ok(())
    }
}
