//! Loads scorecards from files and directories, waivers and pages from files, and finds the files of entities. Outside the command
//! line, only this module opens files.

mod directory;
mod files;
mod identity;

use crate::diagnostic::{Diagnostic, Problems, Source};
use crate::scorecard::{Definition, read_definitions};
use crate::waiver::{Waiver, read_waivers};
pub(crate) use directory::FoundFile;
pub(crate) use files::{FileKind, Files};
pub(crate) use identity::Identity;
use std::path::Path;

/// Loads the scorecards of files and directories. Directories are searched recursively for `*.json` and `*.jsonc`
/// files; hidden files and directories are skipped, and a file with several paths in a directory is read once. `default_blueprint` is the blueprint of scorecards without one, usually `service`.
///
/// # Errors
/// Returns all problems of all files, so that they can be fixed together.
///
/// ```
/// use dora_score::load_definitions;
///
/// let definitions = load_definitions(&["examples/scorecards"], "service")?;
/// assert_eq!(definitions.len(), 8);
///
/// let problems = load_definitions(&["no/such/file.json"], "service").unwrap_err();
/// assert!(problems.to_string().starts_with("no/such/file.json: error[unreadable-file]: cannot be read"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn load_definitions(
    paths: &[impl AsRef<Path>],
    default_blueprint: &str,
) -> Result<Vec<Definition>, Problems> {
    load(paths, default_blueprint).map(|loaded| loaded.definitions)
}

/// Definitions, and warnings about their files.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) definitions: Vec<Definition>,
    pub(crate) warnings: Vec<Diagnostic>,
}

/// Like [`load_definitions`], with warnings.
pub(crate) fn load(paths: &[impl AsRef<Path>], default_blueprint: &str) -> Result<Loaded, Problems> {
    let Sources { sources, mut problems, warnings } = read_sources(paths, FileKind::Scorecards);
    match read_definitions(sources, default_blueprint) {
        Ok(definitions) if problems.is_empty() => Ok(Loaded { definitions, warnings }),
        Ok(_) => Err(Problems(problems)),
        Err(more) => {
            // if a file cannot be read, do not also report that there are no scorecards
            let more = more.0.into_iter().filter(|problem| problems.is_empty() || problem.place.is_some());
            let more: Vec<Diagnostic> = more.collect();
            problems.extend(more);
            Err(Problems(problems))
        }
    }
}

/// Loads the waivers of files, in their order. Directories are not searched.
///
/// # Errors
/// Returns all problems of all files, so that they can be fixed together.
///
/// ```
/// use dora_score::{Instant, Waivers, load_waivers};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let waivers = Waivers::new(load_waivers(&["examples/waivers/waivers.json"])?, as_of);
/// let over: Vec<bool> = waivers.list().iter().map(|waiver| waiver.expires().is_over(as_of)).collect();
/// assert_eq!(over, [false; 3]);
///
/// let problems = load_waivers(&["examples/entities/services.json"]).unwrap_err();
/// assert_eq!(problems.0[0].code.name(), "invalid-waiver");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn load_waivers(paths: &[impl AsRef<Path>]) -> Result<Vec<Waiver>, Problems> {
    load_waivers_checked(paths).map(|(waivers, _)| waivers)
}

/// Like [`load_waivers`], with warnings about files that are given twice.
pub(crate) fn load_waivers_checked(
    paths: &[impl AsRef<Path>],
) -> Result<(Vec<Waiver>, Vec<Diagnostic>), Problems> {
    let Sources { sources, mut problems, warnings } = read_sources(paths, FileKind::Waivers);
    match read_waivers(sources) {
        Ok(waivers) if problems.is_empty() => Ok((waivers, warnings)),
        Ok(_) => Err(Problems(problems)),
        Err(Problems(more)) => {
            problems.extend(more);
            Err(Problems(problems))
        }
    }
}

/// The text of one file.
///
/// # Errors
/// The file cannot be read, or is not UTF-8.
pub(crate) fn load_source(path: &Path, kind: FileKind) -> Result<Source, Problems> {
    source(&FoundFile { shown: path.to_owned(), real: path.to_owned() }, kind)
}

/// The texts of files, and what is to say about the files.
struct Sources {
    sources: Vec<Source>,
    problems: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

/// Finds and reads all files of a kind.
fn read_sources(paths: &[impl AsRef<Path>], kind: FileKind) -> Sources {
    let Files { files, mut problems, warnings } = Files::find(paths, kind);
    let mut sources = Vec::new();
    for file in files {
        match source(&file, kind) {
            Ok(source) => sources.push(source),
            Err(more) => problems.extend(more.0),
        }
    }
    Sources { sources, problems, warnings }
}

/// The text of a file.
fn source(FoundFile { shown, real }: &FoundFile, kind: FileKind) -> Result<Source, Problems> {
    let bytes = std::fs::read(real).map_err(|error| {
        let problem = kind.unreadable(shown, &error);
        if shown.as_os_str() == "-" {
            // Windows has no path that stands for standard input
            let way = format!("; to read {} from it, use `--{} /dev/stdin`", kind.noun(), kind.option());
            problem.help(format!("standard input is for entities{}", if cfg!(unix) { &way } else { "" }))
        } else {
            problem
        }
    })?;
    Source::from_bytes(shown.display().to_string(), bytes)
}
