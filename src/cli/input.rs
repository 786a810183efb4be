//! The options that select the inputs and how they are read. Also opens the inputs.

use super::time;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, without_os_error};
use crate::entity::{Input, Settings};
use crate::value::Instant;
use clap::Args;
use std::fs::File;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// The options for entities.
#[derive(Args)]
#[command(next_help_heading = "Entities")]
pub(crate) struct EntityArguments {
    /// Entities: a JSON file as exported by Port or a warehouse, or `-` for standard input (repeatable)
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
///
/// # Errors
/// All inputs that cannot be read, as far as that is known without reading them.
pub(crate) fn open(paths: &[PathBuf]) -> Result<Vec<Input<'static>>, Problems> {
    let mut problems = Vec::new();
    let mut inputs = Vec::new();
    let mut stdin_taken = false;
    for path in paths {
        if path.as_os_str() != "-" {
            match open_file(path) {
                Ok(input) => inputs.push(input),
                Err(more) => problems.extend(more.0),
            }
        } else if std::mem::replace(&mut stdin_taken, true) {
            problems.push(
                Diagnostic::error(Code::StandardInputTwice, "standard input can be read only once")
                    .help("use `--entities -` only once"),
            );
        } else {
            inputs.push(Input::open("<stdin>", std::io::stdin()));
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(Problems(problems)) }
}

/// The size of all inputs in bytes; `None` if one of them is not a file.
pub(crate) fn total_size(paths: &[PathBuf]) -> Option<u64> {
    paths.iter().map(|path| path.metadata().ok().filter(|metadata| metadata.is_file()).map(|m| m.len())).sum()
}

/// Checks a file now and opens it when its turn comes, because a process may have only some files open at a time.
fn open_file(path: &Path) -> Result<Input<'static>, Problems> {
    let name = path.display().to_string();
    let unreadable = |why: String| {
        Diagnostic::error(Code::UnreadableInput, format!("cannot be read: {why}"))
            .help("check the path and the permissions")
            .at(Place::File(name.clone()))
    };
    let kind = path.metadata().map_err(|error| unreadable(without_os_error(&error.to_string())))?.file_type();
    if kind.is_dir() {
        let help = "name the files in it, or pipe them: `cat DIR/*.json | dora-score … --entities -`";
        return Err(unreadable("it is a directory".to_owned()).help(help).into());
    }
    // a pipe must not be opened twice: its writer would see a reader that closes it
    if kind.is_file() {
        File::open(path).map_err(|error| unreadable(without_os_error(&error.to_string())))?;
    }
    Ok(Input::file(path.to_owned(), kind.is_file()))
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
