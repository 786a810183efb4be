//! More files of entities than a process may have open.

use super::shell::{ONE, shell};
use crate::program::directory;

#[test]
fn the_number_of_files_is_not_limited_by_open_files() {
    let files = directory(&[]);
    for n in 0..1_100 {
        std::fs::write(files.path().join(format!("{n}.json")), ONE).expect("there is room");
    }
    let run = shell(
        "ulimit -n 1024; $P evaluate $(for f in *.json; do echo \"-e $f\"; done) -q -f ndjson | wc -l",
        files.path(),
    );
    assert_eq!((run.code, run.stdout.trim()), (Some(0), "1100"), "{}", run.stderr);
    let all = "$(for f in *.json; do echo \"-e $f\"; done)";
    for command in ["explain --limit 1", "lint"] {
        let run = shell(&format!("ulimit -n 1024; $P {command} {all} >/dev/null"), files.path());
        assert_eq!(run.code, Some(0), "{command}: {}", run.stderr);
    }
}

#[test]
fn all_files_that_cannot_be_read_are_reported_before_anything_is_printed() {
    let files = directory(&[("good", ONE), ("directory/file", b"")]);
    let run = shell("$P evaluate -e good -e none -e directory -e missing -f ndjson", files.path());
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{}", run.stderr);
    for name in ["none", "directory", "missing", "3 errors"] {
        assert!(run.stderr.contains(name), "no `{name}` in {}", run.stderr);
    }
}

/// A pipe is opened once: its writer would otherwise see a reader that closes it.
#[test]
fn named_pipes_are_read_in_their_turn() {
    let files = directory(&[("e", ONE)]);
    let run = shell(
        "mkfifo a b; cat e >a & cat e >b & $P evaluate -e e -e a -e b -q -f ndjson | wc -l",
        files.path(),
    );
    assert_eq!(run.stdout.trim(), "3", "{}", run.stderr);
}
