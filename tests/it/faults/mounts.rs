//! Mount points and small file systems, in a namespace of their own.

use super::shell::{ONE, assert_one_message, many, names, read, shell};
use super::signals::{send, started};
use crate::program::directory;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;

/// Runs the rest of a script where it may mount file systems, as root of a namespace.
const NAMESPACE: &str = "unshare --map-root-user --mount bash -c";

/// Whether this machine allows that. Some systems forbid it to users other than root.
fn has_namespaces(directory: &Path) -> bool {
    let has = shell(&format!("{NAMESPACE} 'mount -t tmpfs none .'"), directory).code == Some(0);
    if !has {
        eprintln!("not tested: no mounts in a namespace");
    }
    has
}

#[test]
#[ignore = "mounts file systems, which not every system allows"]
fn a_mount_point_is_written_in_place() {
    let files = directory(&[("e", ONE), ("outside", b"as it was"), ("out", b"")]);
    let place = files.path();
    if !has_namespaces(place) {
        return;
    }
    let run =
        shell(&format!("{NAMESPACE} 'mount --bind outside out; $P evaluate -e e -q -f csv=out'"), place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(read(place, "outside").starts_with("identifier,"), "{}", read(place, "outside"));
    assert_eq!(names(place), ["e", "out", "outside"]);
    std::fs::write(place.join("outside"), "as it was").expect("it is written");
    let run = shell(
        &format!("{NAMESPACE} 'mount --bind outside out; $P evaluate -e e -q -f csv=out -f json=/dev/full'"),
        place,
    );
    assert_one_message("other", &run, &["`/dev/full`"]);
    assert_eq!(read(place, "outside"), "as it was");
}

#[test]
#[ignore = "mounts file systems, which not every system allows"]
fn a_full_disk_leaves_the_old_file_as_it_was() {
    let files = directory(&[("m", &many()), ("small/x", b"")]);
    let place = files.path();
    if !has_namespaces(place) {
        return;
    }
    let mount = "mount -t tmpfs -o size=64k none small; echo old >small/a";
    let check = "r=$?; ls -A small; cat small/a; exit $r";
    for (run, words) in [
        ("$P evaluate -e m -q -f csv=small/a", ["`small/a`: the disk is full", "free some space"]),
        ("$P evaluate -e m -q -f csv=small/new", ["`small/new`: the disk is full", "free some space"]),
        (
            "ln small/a b; ln small/a small/b; $P evaluate -e m -q -f csv=small/a; r=$?; rm small/b; (exit $r)",
            ["`small/a`: the disk is full", "free some space"],
        ),
        ("TMPDIR=small $P evaluate -e m -q -f csv", ["standard output", "set `TMPDIR` to"]),
    ] {
        let run = shell(&format!("{NAMESPACE} '{mount}; {run}; {check}'"), place);
        assert_one_message("full", &run, &words);
        assert_eq!(run.stdout, "a\nold\n", "{}", run.stderr);
    }
}

/// Without `/proc` a file without a name cannot get one, so temporary files have names.
#[test]
#[ignore = "mounts file systems, which not every system allows"]
fn a_signal_removes_temporary_files_that_have_names() {
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let files = directory(&[("old", b"as it was")]);
        let place = files.path();
        if !has_namespaces(place) {
            return;
        }
        let text = "exec unshare --map-root-user --mount bash -c \
                    'mount -t tmpfs none /proc; exec $P evaluate -e - -q -f csv=old -f ndjson=new'";
        let mut child = started(text, place);
        let during = names(place);
        assert_eq!(during.iter().filter(|name| name.starts_with(".dora-score-")).count(), 2, "{during:?}");
        send(signal, &child);
        assert_eq!(child.wait().expect("it ends").signal(), Some(number));
        assert_eq!(names(place), ["old"], "{signal}");
        assert_eq!(read(place, "old"), "as it was", "{signal}");
    }
}

#[test]
#[ignore = "mounts file systems, which not every system allows"]
fn temporary_files_with_names_replace_files_too() {
    let files = directory(&[("e", ONE), ("old", b"as it was")]);
    let place = files.path();
    if !has_namespaces(place) {
        return;
    }
    let script = "chmod 600 old; mount -t tmpfs none /proc; $P evaluate -e e -q -f csv=old -f ndjson=new";
    let run = shell(&format!("{NAMESPACE} '{script}; stat -c %a old'"), place);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "600\n"), "{}", run.stderr);
    assert!(read(place, "old").starts_with("identifier,"));
    assert_eq!(names(place), ["e", "new", "old"]);
}
