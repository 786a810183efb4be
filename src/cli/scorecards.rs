//! Which scorecards are used: the files and directories given, or the built-in set.

use clap::Args;
use dora_score::{Code, Definition, Diagnostic, Place, Problems, Source, builtin, read_definitions};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The options that name scorecards.
#[derive(Args)]
pub(crate) struct ScorecardArguments {
    /// Scorecards to use: a JSON file, or a directory searched for `*.json` [default: the built-in DORA set]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) scorecards: Vec<PathBuf>,
    /// Blueprint of scorecards and entities that name none
    #[arg(long, value_name = "NAME", default_value = "service")]
    pub(crate) blueprint: String,
}

impl ScorecardArguments {
    /// Reads the definitions.
    pub(crate) fn read(&self) -> Result<Vec<Definition>, Problems> {
        if self.scorecards.is_empty() { Ok(builtin()) } else { read(&self.scorecards, &self.blueprint) }
    }

    /// Whether the built-in set is used.
    pub(crate) fn are_built_in(&self) -> bool {
        self.scorecards.is_empty()
    }
}

/// Reads the definitions of files and directories.
pub(crate) fn read(paths: &[PathBuf], blueprint: &str) -> Result<Vec<Definition>, Problems> {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for path in paths {
        for file in files(path, &mut problems) {
            match std::fs::read(&file) {
                Ok(bytes) => match Source::from_bytes(file.display().to_string(), bytes) {
                    Ok(source) => sources.push(source),
                    Err(more) => problems.extend(more.0),
                },
                Err(error) => problems.push(unreadable(&file, &error.to_string())),
            }
        }
    }
    match read_definitions(sources, blueprint) {
        Ok(definitions) if problems.is_empty() => Ok(definitions),
        Ok(_) => Err(Problems(problems)),
        Err(more) => {
            // where a file could not even be read, it is no news that there is no scorecard
            let more = more.0.into_iter().filter(|problem| problems.is_empty() || problem.place.is_some());
            let more: Vec<Diagnostic> = more.collect();
            problems.extend(more);
            Err(Problems(problems))
        }
    }
}

/// The files that a path stands for, in the order of their bytes.
fn files(path: &Path, problems: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut files = Vec::new();
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(path).follow_links(true).into_iter().filter_entry(visible) {
        match entry {
            Ok(entry)
                if entry.file_type().is_file() && entry.path().extension() == Some(OsStr::new("json")) =>
            {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            // a link to a directory above: everything in it is found without going round
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let at = error.path().unwrap_or(path).to_owned();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                problems.push(unreadable(&at, &why));
            }
        }
    }
    if files.is_empty() {
        problems.push(
            Diagnostic::error(Code::NoDefinitionFiles, "the directory holds no `*.json` file")
                .help("scorecards are read from files that end in `.json`, in lower case, and do not start with a dot")
                .at(Place::File(path.display().to_string())),
        );
    }
    files.sort_by(|one, other| one.as_os_str().as_encoded_bytes().cmp(other.as_os_str().as_encoded_bytes()));
    files
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    let help = match path.as_os_str() == "-" {
        true => {
            "standard input is for entities; scorecards come from files: `--scorecards /dev/stdin` reads them there"
        }
        false => "check the path and the permissions",
    };
    Diagnostic::error(Code::UnreadableFile, format!("can not be read: {why}"))
        .help(help)
        .at(Place::File(path.display().to_string()))
}
