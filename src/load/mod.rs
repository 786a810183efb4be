//! Loads scorecards from files and directories. Outside the command line, only this module opens files.

mod directory;

use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source, without_os_error};
use crate::scorecard::{Definition, read_definitions};
use directory::{FoundFile, search};
use std::ffi::OsStr;
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
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for path in paths {
        for file in files(path.as_ref(), &mut problems) {
            match std::fs::read(&file.real) {
                Ok(bytes) => match Source::from_bytes(file.shown.display().to_string(), bytes) {
                    Ok(source) => sources.push(source),
                    Err(more) => problems.extend(more.0),
                },
                Err(error) => problems.push(unreadable(&file.shown, &error.to_string())),
            }
        }
    }
    match read_definitions(sources, default_blueprint) {
        Ok(definitions) if problems.is_empty() => Ok(definitions),
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

/// The files of a path: the path itself, or the `*.json` and `*.jsonc` files in the directory, sorted by the bytes of their paths.
fn files(path: &Path, problems: &mut Vec<Diagnostic>) -> Vec<FoundFile> {
    if !path.is_dir() {
        return vec![FoundFile { shown: path.to_owned(), real: path.to_owned() }];
    }
    let is_definition =
        |path: &Path| ["json", "jsonc"].iter().any(|name| path.extension() == Some(OsStr::new(name)));
    let found = search(path, is_definition);
    problems.extend(found.problems.iter().map(|(path, error)| unreadable(path, &error.to_string())));
    if found.files.is_empty() {
        problems.push(
            Diagnostic::error(Code::NoDefinitionFiles, "the directory has no `*.json` file")
                .help("the names of scorecard files must end in `.json` or `.jsonc`, in lower case, and must not begin with a dot")
                .at(Place::File(path.display().to_string())),
        );
    }
    found.files
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    let help = match path.as_os_str() == "-" {
        true => "standard input is for entities; to read scorecards from it, use `--scorecards /dev/stdin`",
        false => "check the path and the permissions",
    };
    Diagnostic::error(Code::UnreadableFile, format!("cannot be read: {}", without_os_error(why)))
        .help(help)
        .at(Place::File(path.display().to_string()))
}
