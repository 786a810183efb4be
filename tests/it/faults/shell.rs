//! Runs the program in a shell.

use crate::program::command;
use std::path::Path;
use std::process::{Command, Stdio};

/// The results of a script.
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

/// A command that runs a script in `directory`. In the script `$P` is the program.
pub(super) fn script(script: &str, directory: &Path) -> Command {
    let mut shell = Command::new("bash");
    shell.args(["-c", script]).env("P", command().get_program()).current_dir(directory);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        shell.env_remove(name);
    }
    shell
}

/// Runs a script in `directory`. In the script `$P` is the program.
pub(super) fn shell(text: &str, directory: &Path) -> Run {
    let output = script(text, directory).stdin(Stdio::null()).output().expect("there is a shell");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The names of the files in a directory, in order.
pub(super) fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).expect("it is a directory");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("it can be read").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// The text of a file.
pub(super) fn read(directory: &Path, name: &str) -> String {
    std::fs::read_to_string(directory.join(name)).expect("the file can be read")
}

/// One entity.
pub(super) const ONE: &[u8] = br#"{"identifier": "a"}"#;

/// So many entities that results which are held back do not fit into memory.
pub(super) fn many() -> Vec<u8> {
    let filler = "x".repeat(100);
    (0..4_000).map(|n| format!("{{\"identifier\": \"{filler} {n}\"}}\n")).collect::<String>().into_bytes()
}

/// How the messages about an output begin.
pub(super) const CANNOT_WRITE: &str = "cannot write ";

/// Checks that a run failed with one message about one output, and that the message has these words.
pub(super) fn assert_one_message(case: &str, run: &Run, words: &[&str]) {
    assert_eq!(run.code, Some(2), "{case}: {}", run.stderr);
    assert_eq!(run.stderr.matches(CANNOT_WRITE).count(), 1, "{case}: {}", run.stderr);
    for words in words {
        assert!(run.stderr.contains(words), "{case}: no `{words}` in {}", run.stderr);
    }
}
