//! `dora-score init`: writes a set of scorecards, as files to edit.
//!
//! All paths are checked before the first file is written. A file is written completely or not at all.

use super::blueprint::BlueprintArgument;
use super::say::say_written;
use super::{exit, output};
use crate::diagnostic::{Code, Diagnostic};
use crate::dora::Year;
use crate::scorecard::{Alias, Definition, ScorecardFile, builtin_files, check_aliases};
use crate::terminal::clean;
use anyhow::Context as _;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write scorecards to files for editing: the built-in ones, or those of a DORA report
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct InitArguments {
    /// Directory to write to; created if it does not exist
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Write scorecards with the clusters of the DORA report of this year, instead of the built-in ones
    #[arg(long, value_parser = year(), help_heading = "Options")]
    year: Option<Year>,
    #[command(flatten, next_help_heading = "Options")]
    blueprint: BlueprintArgument,
    /// Use the property OTHER wherever a scorecard says PROPERTY (repeatable)
    #[arg(long, value_name = "PROPERTY=OTHER", help_heading = "Options")]
    alias: Vec<Alias>,
    /// Overwrite existing files
    #[arg(long, help_heading = "Options")]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  dora-score init scorecards
  dora-score init scorecards-2021 --year 2021
  dora-score init scorecards --year 2024 --force
  dora-score init scorecards --blueprint microservice --alias lead_time_for_changes=lead_time";

fn year() -> impl TypedValueParser<Value = Year> {
    PossibleValuesParser::new(Year::all().map(Year::name)).try_map(|year| year.parse::<Year>())
}

/// Runs the command.
pub(crate) fn run(arguments: &InitArguments) -> anyhow::Result<ExitCode> {
    let directory = &arguments.directory;
    let files = arguments.year.map_or_else(builtin_files, Year::files);
    let definitions: Vec<Definition> = files.iter().flat_map(ScorecardFile::definitions).collect();
    check_aliases(&definitions, &arguments.alias)?;
    let adapted = |file: &ScorecardFile| file.adapted(&arguments.blueprint.blueprint, &arguments.alias);
    let files: Vec<ScorecardFile> = files.iter().map(adapted).collect();
    if !arguments.force {
        output::refuse_existing(directory, files.iter().map(|file| file.name), "files")?;
    }
    write(directory, &files, arguments.force)?;
    let mut stdout = std::io::stdout();
    for file in &files {
        say_written(&directory.join(file.name), &mut stdout)?;
    }
    let blueprint = match arguments.blueprint.blueprint.as_str() {
        "service" => String::new(),
        other => format!(" --blueprint {}", quoted(Some(other), "NAME")),
    };
    let path = quoted(directory.to_str(), "DIR");
    writeln!(stdout, "\nnext: dora-score evaluate --scorecards {path}{blueprint} --entities FILE")?;
    if let Some(remark) = arguments.year.and_then(Year::remark) {
        exit::show(&[Diagnostic::remark(Code::ReportClusters, remark)]);
    }
    Ok(ExitCode::SUCCESS)
}

fn write(directory: &Path, files: &[ScorecardFile], force: bool) -> anyhow::Result<()> {
    std::fs::create_dir_all(directory)
        .with_context(|| format!("cannot create directory `{}`", directory.display()))?;
    output::write_files(files.iter().map(|file| (directory.join(file.name), file.text.as_bytes())), force)
}

/// Text quoted for a shell; the placeholder if the text cannot be printed as it is.
fn quoted(text: Option<&str>, placeholder: &str) -> String {
    let Some(text) = text.filter(|text| clean(*text).as_str() == *text) else {
        return placeholder.to_owned();
    };
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:,@~".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
