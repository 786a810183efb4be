//! Signals leave no temporary file, and an existing file as it was.

use super::shell::{many, names, read, script};
use crate::program::directory;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// Starts a script in `directory` and feeds the program so much input that it must have read some of it, which it
/// does after it has opened its outputs.
pub(super) fn started(text: &str, directory: &Path) -> Child {
    let mut child = script(text, directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("there is a shell");
    let stdin = child.stdin.as_mut().expect("standard input is a pipe");
    stdin.write_all(&many()).expect("the program reads");
    child
}

/// Sends a signal to a process. The scripts end with `exec`, so that it is the program.
pub(super) fn send(signal: &str, child: &Child) {
    let sent = Command::new("bash").args(["-c", &format!("kill -{signal} {}", child.id())]).status();
    assert!(sent.expect("there is a shell").success(), "the process is there");
}

fn ended(mut child: Child) -> ExitStatus {
    child.wait().expect("it ends")
}

#[test]
fn a_signal_leaves_no_temporary_file_and_the_old_file_as_it_was() {
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let files = directory(&[("old", b"as it was")]);
        let child = started("exec $P evaluate -e - -q -f csv=old -f ndjson=new -f table", files.path());
        send(signal, &child);
        assert_eq!(ended(child).signal(), Some(number), "it ends by the signal");
        assert_eq!(names(files.path()), ["old"], "{signal}");
        assert_eq!(read(files.path(), "old"), "as it was", "{signal}");
    }
}

#[test]
fn a_signal_that_the_parent_ignores_stays_ignored() {
    for signal in ["HUP", "INT", "TERM"] {
        let files = directory(&[]);
        let text = format!("trap '' {signal}; exec $P evaluate -e - -q -f csv=new");
        let child = started(&text, files.path());
        send(signal, &child);
        // `wait` closes standard input, so the program completes
        assert_eq!(ended(child).code(), Some(0), "{signal}");
        assert_eq!(read(files.path(), "new").lines().count(), 4_001, "{signal}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn even_a_kill_leaves_no_temporary_file() {
    let files = directory(&[("old", b"as it was")]);
    let child = started("exec $P evaluate -e - -q -f csv=old -f ndjson=new", files.path());
    // not every file system has files without a name
    let has_unnamed = names(files.path()) == ["old"];
    send("KILL", &child);
    assert_eq!(ended(child).signal(), Some(9));
    if has_unnamed {
        assert_eq!(names(files.path()), ["old"]);
    }
    assert_eq!(read(files.path(), "old"), "as it was");
}
