//! `dora-score init`: writes a set of scorecards and a page, as files to edit.
//!
//! All paths are checked before the first file is written. A file is written completely or not at all.

use super::blueprint::BlueprintArgument;
use super::say::say_written;
use super::{exit, output};
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::dora::Year;
use crate::page::example_page;
use crate::scorecard::{Alias, Definition, ScorecardFile, builtin_files, check_aliases};
use crate::terminal::clean;
use anyhow::Context as _;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args};
use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write the built-in scorecards, those of a DORA report, or a Port page, to edit
#[derive(Args)]
#[command(
    after_long_help = EXAMPLES,
    group(ArgGroup::new("outputs").args(["directory", "page"]).required(true).multiple(true)),
)]
pub(crate) struct InitArguments {
    /// Directory to write scorecards to; created if it does not exist
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Write a Port page of the built-in scorecards to this file, for the Port API or `evaluate --page`
    #[arg(long, value_name = "FILE", help_heading = "Options")]
    page: Option<PathBuf>,
    /// Write scorecards with the clusters of the DORA report of this year, instead of the built-in ones
    #[arg(long, value_parser = year(), help_heading = "Options", requires = "directory")]
    year: Option<Year>,
    #[command(flatten, next_help_heading = "Options")]
    blueprint: BlueprintArgument,
    /// Use the property OTHER wherever a scorecard says PROPERTY (repeatable)
    #[arg(long, value_name = "PROPERTY=OTHER", help_heading = "Options", requires = "directory")]
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
  dora-score init scorecards --blueprint microservice --alias lead_time_for_changes=lead_time
  dora-score init --page dashboard.json";

fn year() -> impl TypedValueParser<Value = Year> {
    PossibleValuesParser::new(Year::all().map(Year::name)).try_map(|year| year.parse::<Year>())
}

/// A file to write.
type Output = (PathBuf, Cow<'static, str>);

/// Runs the command.
pub(crate) fn run(arguments: &InitArguments) -> anyhow::Result<ExitCode> {
    let scorecards = scorecards(arguments)?;
    check(arguments, &scorecards)?;
    let in_directory = |directory: &PathBuf| -> Vec<Output> {
        scorecards.iter().map(|file| (directory.join(file.name), file.text.clone())).collect()
    };
    let mut outputs = arguments.directory.as_ref().map(in_directory).unwrap_or_default();
    let page = |path: &PathBuf| (path.clone(), example_page(&arguments.blueprint.blueprint).into());
    outputs.extend(arguments.page.as_ref().map(page));
    write(arguments.directory.as_deref(), &outputs, arguments.force)?;
    let mut stdout = std::io::stdout();
    for (path, _) in &outputs {
        say_written(path, &mut stdout)?;
    }
    writeln!(stdout, "\nnext: {}", next(arguments))?;
    if let Some(remark) = arguments.year.and_then(Year::remark) {
        exit::show(&[Diagnostic::remark(Code::ReportClusters, remark)]);
    }
    Ok(ExitCode::SUCCESS)
}

/// The files of scorecards to write.
fn scorecards(arguments: &InitArguments) -> Result<Vec<ScorecardFile>, Problems> {
    let files = arguments.year.map_or_else(builtin_files, Year::files);
    let definitions: Vec<Definition> = files.iter().flat_map(ScorecardFile::definitions).collect();
    check_aliases(&definitions, &arguments.alias)?;
    let adapted = |file: &ScorecardFile| file.adapted(&arguments.blueprint.blueprint, &arguments.alias);
    Ok(files.iter().map(adapted).collect())
}

/// Checks that no file exists, unless it may be overwritten, and that the page is not among the scorecards.
fn check(arguments: &InitArguments, scorecards: &[ScorecardFile]) -> Result<(), Problems> {
    let mut problems = Vec::new();
    let mut collect =
        |checked: Result<(), Problems>| problems.extend(checked.err().into_iter().flat_map(|error| error.0));
    let (directory, page) = (arguments.directory.as_deref(), arguments.page.as_deref());
    if let Some(directory) = directory.filter(|_| !arguments.force) {
        collect(output::refuse_existing(directory, scorecards.iter().map(|file| file.name), "files"));
    }
    if let Some(page) = page {
        collect(output::refuse_file(page, arguments.force));
    }
    if let (Some(directory), Some(page)) = (directory, page) {
        collect(refuse_among_scorecards(page, directory));
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

/// Rejects a page that would be read as a scorecard.
fn refuse_among_scorecards(page: &Path, directory: &Path) -> Result<(), Problems> {
    // the directory may not exist yet
    let resolved = |path: &Path| {
        let path = std::path::absolute(path).ok()?;
        let existing = |part: &Path| Some((part.canonicalize().ok()?, path.strip_prefix(part).ok()?));
        path.ancestors().find_map(existing).map(|(existing, rest)| existing.join(rest))
    };
    let is_inside =
        resolved(page).zip(resolved(directory)).is_some_and(|(page, directory)| page.starts_with(directory));
    let is_json = page.extension().is_some_and(|extension| extension == "json" || extension == "jsonc");
    if !is_inside || !is_json {
        return Ok(());
    }
    let message = "the page would be read as a scorecard: it is in the directory of the scorecards";
    let problem = Diagnostic::error(Code::InputAsOutput, message).help("write it to another directory");
    Err(problem.at(Place::File(page.display().to_string())).into())
}

fn write(directory: Option<&Path>, outputs: &[Output], force: bool) -> anyhow::Result<()> {
    if let Some(directory) = directory {
        std::fs::create_dir_all(directory)
            .with_context(|| format!("cannot create directory `{}`", directory.display()))?;
    }
    output::write_files(outputs.iter().map(|(path, text)| (path.clone(), text.as_bytes())), force)
}

/// The command that uses the files.
fn next(arguments: &InitArguments) -> String {
    let path = |path: &PathBuf, placeholder| quoted(path.to_str(), placeholder);
    let scorecards =
        arguments.directory.as_ref().map(|directory| format!(" --scorecards {}", path(directory, "DIR")));
    let blueprint = match arguments.blueprint.blueprint.as_str() {
        "service" => String::new(),
        other => format!(" --blueprint {}", quoted(Some(other), "NAME")),
    };
    let page =
        arguments.page.as_ref().map(|page| format!(" -f html=page.html --page {}", path(page, "PAGE")));
    let (scorecards, page) = (scorecards.unwrap_or_default(), page.unwrap_or_default());
    format!("dora-score evaluate{scorecards}{blueprint} --entities FILE{page}")
}

/// Text quoted for a shell of this system; the placeholder if the text cannot be printed as it is.
fn quoted(text: Option<&str>, placeholder: &str) -> String {
    let Some(text) = text.filter(|text| clean(*text).as_str() == *text) else {
        return placeholder.to_owned();
    };
    let quoted = if cfg!(windows) { quoted_for_windows(text) } else { Some(quoted_for_unix(text)) };
    quoted.unwrap_or_else(|| placeholder.to_owned())
}

/// Whether a character means itself in all shells.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "/._-+=:,@~".contains(c)
}

fn quoted_for_unix(text: &str) -> String {
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Text quoted for `cmd` and PowerShell; `None` if they differ in how they read it.
fn quoted_for_windows(text: &str) -> Option<String> {
    // PowerShell reads `,` and `@` as its own signs, and `cmd` reads `,` and `=` as blanks
    let is_plain = |c: char| is_plain(c) && !",=@".contains(c) || c == '\\';
    if !text.is_empty() && text.chars().all(is_plain) {
        return Some(text.to_owned());
    }
    let is_literal = |c: char| !matches!(c, '"' | '%' | '!' | '^' | '$' | '`' | '“' | '”' | '„');
    // a backslash before the last quote would escape it
    (text.chars().all(is_literal) && !text.ends_with('\\')).then(|| format!("\"{text}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_for_both_shells_of_windows_or_replaced() {
        for (text, expected) in [
            ("C:\\cards", Some("C:\\cards")),
            ("cards two\\a", Some("\"cards two\\a\"")),
            ("it's", Some("\"it's\"")),
            ("a,b", Some("\"a,b\"")),
            ("", Some("\"\"")),
            ("cards two\\", None),
            ("100%", None),
            ("$x", None),
            ("a\"b", None),
        ] {
            assert_eq!(quoted_for_windows(text).as_deref(), expected, "{text}");
        }
        assert_eq!(quoted_for_unix("it's C:\\"), "'it'\\''s C:\\'");
    }
}
