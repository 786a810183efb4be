//! The options that select the inputs and how they are read. Also opens the inputs.

use super::time;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::entity::{Input, Settings};
use crate::load::{FileKind, Files, FoundFile};
use crate::value::Instant;
use clap::Args;
use std::fs::File;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// The options for entities.
#[derive(Args)]
#[command(next_help_heading = "Entities")]
pub(crate) struct EntityArguments {
    /// Entities: a JSON file as exported by Port or a warehouse, a directory that is searched for such files, or `-`
    /// for standard input (repeatable)
    #[arg(short, long, value_name = "PATH", required = true)]
    pub(crate) entities: Vec<PathBuf>,
    /// Evaluate date presets relative to this time: 2026-01-31, or 2026-01-31T09:30:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    as_of: Option<Instant>,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// The options for reading streams.
#[derive(Args)]
#[command(next_help_heading = "Entities")]
pub(crate) struct ReadingArguments {
    /// Number of threads [default: one per processor]
    #[arg(long, value_name = "N", value_parser = super::number::positive)]
    threads: Option<NonZero<usize>>,
    /// Size limit of one entity, in bytes [default: 67108864 (64 MiB)]
    #[arg(long, value_name = "BYTES", value_parser = super::number::whole, default_value_t = Settings::default().largest,
          hide_default_value = true)]
    max_entity_size: usize,
}

/// The maximum number of threads. More threads would only wait for each other.
const MOST_THREADS: NonZero<usize> = NonZero::<usize>::MIN.saturating_add(255);

impl ReadingArguments {
    /// The settings of the reader.
    pub(crate) fn settings(&self) -> Settings {
        let settings = Settings { largest: self.max_entity_size, ..Settings::default() };
        Settings { threads: self.threads.unwrap_or(settings.threads).min(MOST_THREADS), ..settings }
    }
}

impl EntityArguments {
    /// The settings of the reader of entities.
    pub(crate) fn settings(&self) -> Settings {
        self.reading.settings()
    }

    /// The time that date presets are relative to. Without `--as-of` this reads the clock.
    pub(crate) fn as_of(&self) -> Instant {
        self.as_of.unwrap_or_else(time::now)
    }
}

/// The inputs, each of which is opened when it is read.
pub(crate) struct Inputs {
    pub(crate) inputs: Vec<Input<'static>>,
    /// Their size in bytes; `None` if one of them is not a regular file.
    pub(crate) size: Option<u64>,
    /// Warnings about files that are given twice.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// Finds the inputs of paths, which can be files, directories and `-`.
///
/// # Errors
/// All inputs that cannot be read, as far as that is known without reading them.
pub(crate) fn open(paths: &[PathBuf]) -> Result<Inputs, Problems> {
    let [inputs] = open_lists([paths])?;
    Ok(inputs)
}

/// Finds the files of paths, which can be files and directories.
///
/// # Errors
/// All directories that cannot be read, and those without files.
pub(crate) fn find_files(paths: &[PathBuf]) -> Result<Vec<FoundFile>, Problems> {
    let Files { files, problems, .. } = Files::find(paths, FileKind::Entities);
    if problems.is_empty() { Ok(files) } else { Err(Problems(problems)) }
}

/// Like [`open`], for the paths of several options. Standard input can be given only once in all.
///
/// # Errors
/// Like [`open`].
pub(crate) fn open_lists<const N: usize>(lists: [&[PathBuf]; N]) -> Result<[Inputs; N], Problems> {
    let (mut problems, mut stdin_taken) = (Vec::new(), false);
    let lists = lists.map(|paths| open_list(paths, &mut stdin_taken, &mut problems));
    if problems.is_empty() { Ok(lists) } else { Err(Problems(problems)) }
}

fn open_list(paths: &[PathBuf], stdin_taken: &mut bool, problems: &mut Vec<Diagnostic>) -> Inputs {
    let Files { files, problems: more, warnings } = Files::find(paths, FileKind::Entities);
    problems.extend(more);
    let mut inputs = Inputs { inputs: Vec::new(), size: Some(0), warnings };
    for file in &files {
        if file.shown.as_os_str() != "-" {
            match open_file(file) {
                Ok((input, bytes)) => {
                    inputs.inputs.push(input);
                    inputs.size = inputs.size.zip(bytes).map(|(size, bytes)| size + bytes);
                }
                Err(error) => problems.push(FileKind::Entities.unreadable(&file.shown, &error)),
            }
        } else if std::mem::replace(stdin_taken, true) {
            problems.push(
                Diagnostic::error(Code::StandardInputTwice, "standard input can be read only once")
                    .help("use `-` only once"),
            );
        } else {
            inputs.inputs.push(Input::open(shown(&file.shown), std::io::stdin()));
            inputs.size = None;
        }
    }
    inputs
}

/// Checks a file now and opens it when its turn comes, because a process may have only some files open at a time. Also
/// returns its size, if it is a regular file.
pub(crate) fn open_file(file: &FoundFile) -> std::io::Result<(Input<'static>, Option<u64>)> {
    let metadata = file.real.metadata()?;
    // a pipe must not be opened twice: its writer would see a reader that closes it
    if metadata.is_file() {
        File::open(&file.real)?;
    }
    let input = Input::file(file.shown.display().to_string(), file.real.clone(), metadata.is_file());
    Ok((input, metadata.is_file().then_some(metadata.len())))
}

/// The name of an input in messages and documents.
pub(crate) fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "<stdin>".to_owned() } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_the_default_size_limit() {
        let command = EntityArguments::augment_args(clap::Command::new("test"));
        let argument = command.get_arguments().find(|argument| argument.get_id() == "max_entity_size");
        let help = argument.and_then(clap::Arg::get_help).map(ToString::to_string).unwrap_or_default();
        let largest = Settings::default().largest;
        assert!(help.contains(&format!("{largest} ({} MiB)", largest / (1024 * 1024))), "{help}");
    }
}
