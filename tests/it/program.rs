//! Runs the program in a clean environment.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The exit code and the output of a run.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program without colour and without a terminal, in the root of the package.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dora-score"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// A shell command in a directory, without colour, with the program on its path, after the programs in `first`.
pub(crate) fn shell(script: &str, directory: &Path, first: Option<&Path>) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_dora-score"));
    let built = program.parent().expect("the program is in a directory");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = first.into_iter().chain([built]).map(Path::to_owned).chain(std::env::split_paths(&path));
    let mut command = Command::new("sh");
    command.args(["-c", script]).current_dir(directory);
    command.env("PATH", std::env::join_paths(paths).expect("the paths can be joined"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

/// Runs the program with these arguments and this standard input.
pub(crate) fn run_with(arguments: &[&str], stdin: &[u8]) -> Run {
    let mut command = command();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("standard input is a pipe");
    let bytes = stdin.to_vec();
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("standard input is written");
    finished(output)
}

fn finished(output: Output) -> Run {
    Run {
        code: output.status.code().expect("the program is not killed by a signal"),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

/// A temporary directory with these files.
pub(crate) fn directory(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("there is room for a directory");
    for (name, bytes) in files {
        let path: PathBuf = directory.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the directory"))
            .expect("directories are made");
        std::fs::write(path, bytes).expect("the file is written");
    }
    directory
}

/// The fields of CSV, as RFC 4180 defines them.
pub(crate) fn csv_fields(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut characters, mut is_quoted) = (text.chars().peekable(), false);
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\r' if !is_quoted => {
                assert_eq!(characters.next(), Some('\n'));
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    assert!(row.is_empty() && field.is_empty(), "the last line has an end");
    rows
}
