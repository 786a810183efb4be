//! Outputs are never lost: standard streams, descriptors, links, modes, full devices.

use super::shell::{ONE, assert_one_message, many, names, read, shell};
use crate::program::directory;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

const HEAD: &str = "identifier,title,blueprint,team";

#[test]
fn a_standard_stream_is_appended_to_under_every_spelling() {
    let files = directory(&[("e", ONE)]);
    let place = files.path();
    symlink("/dev/stdout", place.join("link")).expect("links are made");
    symlink("link", place.join("far")).expect("links are made");
    let numbers = ["/dev/fd/1", "/dev/fd/../fd/1", "link", "far", "./link"];
    let linux = ["/proc/self/fd/1", "/proc/thread-self/fd/1"];
    let linux = linux.iter().filter(|_| cfg!(target_os = "linux"));
    for file in ["/dev/stdout"].iter().chain(&numbers).chain(linux) {
        let run = shell(
            &format!(
                "{{ echo first; $P evaluate -e e -q -f csv={file}; echo last; }} >out; echo old >log; \
                      $P evaluate -e e -q -f json={file} >>log"
            ),
            place,
        );
        assert_eq!(run.code, Some(0), "{file}: {}", run.stderr);
        let lines: Vec<String> = read(place, "out").lines().map(str::to_owned).collect();
        assert_eq!(
            (lines[0].as_str(), lines[3].as_str(), lines.len()),
            ("first", "last", 4),
            "{file}: {lines:?}"
        );
        assert!(lines[1].starts_with(HEAD), "{file}: {lines:?}");
        assert!(read(place, "log").starts_with("old\n{"), "{file}: {}", read(place, "log"));
        assert_eq!(names(place), ["e", "far", "link", "log", "out"], "{file}");
    }
}

#[test]
fn results_on_standard_error_leave_the_verdict_there() {
    let files = directory(&[("e", ONE)]);
    for file in ["/dev/stderr", "/dev/fd/2"] {
        let run = shell(&format!("$P evaluate -e e -f json={file} -m Gold 2>err"), files.path());
        assert_eq!(run.code, Some(1), "{file}");
        let text = read(files.path(), "err");
        assert!(text.starts_with('{'), "{file}: {text}");
        assert!(text.contains("gate failed: "), "{file}: {text}");
    }
}

#[test]
fn another_descriptor_may_be_a_pipe_but_not_a_file() {
    let files = directory(&[("e", ONE)]);
    let run = shell("{ $P evaluate -e e -q -f csv=/dev/fd/3 3>&1 >/dev/null; } | cat", files.path());
    assert!(run.stdout.starts_with(HEAD), "{}", run.stderr);
    let run = shell("echo old >log; $P evaluate -e e -q -f csv=/dev/fd/3 3>>log", files.path());
    assert_one_message("file", &run, &["`/dev/fd/3`", "a regular file is behind this descriptor", "help: "]);
    assert_eq!(read(files.path(), "log"), "old\n");
    let run = shell("$P evaluate -e e -q -f csv=/dev/fd/9", files.path());
    assert_one_message("closed", &run, &["`/dev/fd/9`"]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_file_behind_a_descriptor_of_another_process_is_not_replaced() {
    let files = directory(&[("e", ONE)]);
    let run = shell("exec 3>log; echo old >&3; $P evaluate -e e -q -f csv=/proc/$$/fd/3", files.path());
    assert_one_message("other", &run, &["a regular file is behind this descriptor"]);
    assert_eq!(read(files.path(), "log"), "old\n");
}

#[test]
fn two_outputs_to_one_place_are_refused() {
    let files = directory(&[("e", ONE), ("a", b"as it was")]);
    let place = files.path();
    std::fs::hard_link(place.join("a"), place.join("b")).expect("links are made");
    for script in [
        "$P evaluate -e e -f json=/dev/stdout -f table",
        "$P evaluate -e e -f table -f json=/dev/stdout >a",
        "$P evaluate -e e -f json=/dev/stdout -f csv=/dev/fd/1 >/dev/null",
        "$P evaluate -e e -f json=/dev/stderr -f csv=/dev/fd/2",
        "$P evaluate -e e -f table -f csv=a >>a",
        "$P evaluate -e e -f csv=a -f json=./a",
        "$P evaluate -e e -f csv=a -f json=b",
        "$P evaluate -e e -f csv=c -f json=c",
        "$P evaluate -e e -f csv -f json=/dev/stderr 2>&1 | grep -o same-output-twice >&2; exit ${PIPESTATUS[0]}",
        "mkfifo p; $P evaluate -e e -f csv=p -f json=p; r=$?; rm p; exit $r",
    ] {
        std::fs::write(place.join("a"), "").expect("it is written");
        let run = shell(script, place);
        assert_eq!(run.code, Some(2), "{script}: {}", run.stderr);
        assert!(run.stderr.contains("same-output-twice"), "{script}: {}", run.stderr);
        assert_eq!(read(place, "a"), "", "{script}");
    }
    let run = shell("$P evaluate -e e -q -f csv=/dev/null -f json=/dev/null -f table", place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn no_output_replaces_what_is_read() {
    let card = br#"{"identifier": "c", "rules": [{"identifier": "r", "level": "Gold",
        "query": {"combinator": "and", "conditions": [{"property": "p", "operator": "isEmpty"}]}}]}"#;
    let waivers = br#"{"waivers": []}"#;
    let files = directory(&[("e", ONE), ("c.json", card), ("w", waivers), ("d/e.json", ONE), ("bad", b"{")]);
    let place = files.path();
    std::fs::hard_link(place.join("e"), place.join("hard")).expect("links are made");
    symlink("e", place.join("soft")).expect("links are made");
    for script in [
        "$P evaluate -e e -f json=e",
        "$P evaluate -e e -f table -f csv=./d/../e",
        "$P evaluate -e e -f json=hard",
        "$P evaluate -e soft -f json=hard",
        "$P evaluate -e hard -f json=soft",
        "$P evaluate -e - -f json=e <e",
        "$P evaluate -e e -f json >>e",
        "$P evaluate -e d -f json=d/e.json",
        "$P evaluate -e e -s c.json -f json=c.json",
        "$P evaluate -e e -s . -f json=c.json",
        "$P evaluate -e e -s c.json --compare c.json -f json=c.json",
        "$P evaluate -e e -m Basic --waivers w -f csv=w",
        "$P evaluate -e bad -f junit=bad",
        "$P evaluate -e bad --scorecard none -f github=bad",
    ] {
        let run = shell(script, place);
        assert_eq!(run.code, Some(2), "{script}: {}", run.stderr);
        assert!(run.stderr.contains("error[input-as-output]: cannot write "), "{script}: {}", run.stderr);
        assert_eq!((read(place, "e"), read(place, "d/e.json")), (text(ONE), text(ONE)), "{script}");
        assert_eq!((read(place, "c.json"), read(place, "w")), (text(card), text(waivers)), "{script}");
        assert_eq!(read(place, "bad"), "{", "{script}");
    }
    let run = shell("$P evaluate -e e -e /dev/null -f json=new -f csv=/dev/null", place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_replaced_file_keeps_its_mode_and_its_owner() {
    let files = directory(&[("e", ONE)]);
    let place = files.path();
    for mode in [0o600, 0o640, 0o666, 0o444, 0o755] {
        let path = place.join("out");
        drop(std::fs::remove_file(&path));
        std::fs::write(&path, "as it was").expect("it is written");
        // only root may do this
        let other = chown(&path, Some(12_345), Some(54_321)).is_ok();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("it is ours");
        let run = shell("$P evaluate -e e -q -f csv=out", place);
        assert_eq!(run.code, Some(0), "{mode:o}: {}", run.stderr);
        let metadata = path.metadata().expect("it exists");
        assert_eq!(metadata.mode() & 0o7777, mode, "{mode:o}");
        if other {
            assert_eq!((metadata.uid(), metadata.gid()), (12_345, 54_321));
        }
        assert!(read(place, "out").starts_with(HEAD));
    }
    // a new file has the mode of any new file
    let run = shell("umask 027; $P evaluate -e e -q -f csv=new", place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(place.join("new").metadata().expect("it exists").mode() & 0o7777, 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_with_several_hard_links_is_written_in_place_after_all_else_succeeded() {
    let long = "as it was ".repeat(1_000);
    let files = directory(&[("e", ONE), ("bad", b"{} {"), ("a", long.as_bytes())]);
    let place = files.path();
    std::fs::hard_link(place.join("a"), place.join("b")).expect("links are made");
    for script in ["$P evaluate -e bad -q -f csv=a", "$P evaluate -e e -q -f csv=a -f json=/dev/full"] {
        let run = shell(script, place);
        assert_eq!(run.code, Some(2), "{script}: {}", run.stderr);
        assert_eq!(read(place, "b"), long, "{script}");
    }
    let run = shell("$P evaluate -e e -q -f csv=a", place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(read(place, "b").starts_with(HEAD), "{}", read(place, "b"));
    assert_eq!(read(place, "b").lines().count(), 2, "nothing is left of the longer text");
    assert_eq!(names(place), ["a", "b", "bad", "e"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_may_be_any_bytes() {
    let files = directory(&[("e", ONE)]);
    let run = shell(r#"$P evaluate -e e -q -f csv=$'\xff\xfe=\n' && cat $'\xff\xfe=\n'"#, files.path());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with(HEAD), "{}", run.stdout);
    let run = shell(r#"$P evaluate -e e -q -f $'\xff'=a"#, files.path());
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}

#[test]
fn a_link_to_itself_is_an_error() {
    let files = directory(&[("e", ONE)]);
    for (link, target) in [("round", "round"), ("one", "two"), ("two", "one")] {
        symlink(target, files.path().join(link)).expect("links are made");
    }
    for link in ["round", "one"] {
        let run = shell(&format!("$P evaluate -e e -q -f csv={link}"), files.path());
        assert_one_message(link, &run, &[&format!("`{link}`"), "it is a link to itself", "help: "]);
        assert!(files.path().join(link).is_symlink(), "the link is kept");
    }
}

#[test]
fn a_message_names_the_output_and_the_way_out_once() {
    let files = directory(&[("e", ONE), ("m", &many()), ("here/old", b"as it was"), ("dir/f", b"")]);
    let place = files.path();
    for (script, words) in [
        ("TMPDIR=none $P evaluate -e m -q -f csv", ["standard output", "`none`", "set `TMPDIR` to"]),
        ("TMPDIR=e $P evaluate -e m -q -f csv=/dev/null", ["`/dev/null`", "`e`", "set `TMPDIR` to"]),
        (
            "TMPDIR=none $P evaluate -e m -q -f csv=/dev/stderr",
            ["standard error", "`none`", "set `TMPDIR` to"],
        ),
        (
            "ulimit -f 8; $P evaluate -e m -q -f csv=here/old",
            ["`here/old`", "size limit", "`ulimit -f unlimited`"],
        ),
        (
            "ulimit -f 8; $P evaluate -e m -q -f ndjson=here/new",
            ["`here/new`", "size limit", "`ulimit -f unlimited`"],
        ),
        (
            "ulimit -f 8; $P evaluate -e m -q -f json >dir/f",
            ["standard output", "size limit", "`ulimit -f unlimited`"],
        ),
        (
            "ulimit -f 8; $P evaluate -e m -q -f csv",
            ["standard output", "size limit", "`ulimit -f unlimited`"],
        ),
    ] {
        assert_one_message(script, &shell(script, place), &words);
        assert_eq!(names(&place.join("here")), ["old"], "{script}");
        assert_eq!(read(place, "here/old"), "as it was", "{script}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_of_every_command() {
    let files = directory(&[("e", ONE)]);
    for arguments in [
        "--help",
        "-h",
        "--version",
        "help",
        "evaluate --help",
        "show",
        "docs",
        "docs gate",
        "man",
        "schema result",
        "completions bash",
        "init d",
        "man d",
        "lint",
        "explain -e e",
        "evaluate -e e -q",
        "evaluate -e e -q -f json",
        "evaluate -e e -q -f csv -m Gold",
    ] {
        let run = shell(&format!("$P {arguments} >/dev/full"), files.path());
        assert_one_message(arguments, &run, &["standard output: the disk is full", "help: "]);
    }
    let run = shell("$P evaluate -e e -q -f csv=/dev/full", files.path());
    assert_one_message("file", &run, &["`/dev/full`: the disk is full", "help: "]);
}

#[test]
fn a_reader_of_a_pipe_that_stops_early_does_not_lose_the_verdict() {
    let files = directory(&[("m", &many())]);
    let run = shell(
        "mkfifo p; head -1 p >/dev/null & $P evaluate -e m -f csv=p -m Gold; r=$?; wait; exit $r",
        files.path(),
    );
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("gate failed: "), "{}", run.stderr);
}

/// Deployments, and the options for a snapshot as of each of the last 1,100 days.
const DEPLOYMENTS: &[u8] = br#"{"service": "a", "createdAt": "2026-01-01T00:00:00Z"}"#;
const SNAPSHOTS: &str = "$P metrics -d deployments --snapshots d --every 1d --last 1100 --as-of 2026-01-31";

#[test]
fn many_files_are_written_whole_or_not_at_all_with_few_open_files() {
    let files = directory(&[("deployments", DEPLOYMENTS)]);
    let (place, written) = (files.path(), files.path().join("d"));
    let run = shell(&format!("ulimit -n 64; umask 027; {SNAPSHOTS}"), place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let (all, newest) = (names(&written), written.join("2026-01-31.json"));
    assert_eq!((all.len(), all[1_099].as_str()), (1_100, "2026-01-31.json"));
    let oldest = written.join(&all[0]);
    for path in [&oldest, &newest] {
        assert_eq!(path.metadata().expect("it exists").mode() & 0o7777, 0o640);
    }
    // existing files keep their modes, and a file with several names is written in place
    std::fs::set_permissions(&oldest, PermissionsExt::from_mode(0o604)).expect("it is ours");
    let other = chown(&oldest, Some(12_345), Some(54_321)).is_ok();
    std::fs::hard_link(written.join(&all[1]), place.join("link")).expect("links are made");
    for path in [&oldest, &newest, &place.join("link")] {
        std::fs::write(path, "as it was").expect("it is written");
    }
    let run = shell(&format!("ulimit -n 64; {SNAPSHOTS} --force"), place);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(names(&written), all);
    let metadata = oldest.metadata().expect("it exists");
    assert_eq!(metadata.mode() & 0o7777, 0o604);
    assert!(!other || (metadata.uid(), metadata.gid()) == (12_345, 54_321));
    for name in [&all[0], &all[1_099]] {
        assert!(read(&written, name).starts_with('{'), "{name}");
    }
    assert!(read(place, "link").starts_with('{'));
    // the oldest file, the last one, cannot be written
    std::fs::remove_file(&oldest).expect("it is ours");
    std::fs::create_dir(&oldest).expect("it is ours");
    std::fs::write(&newest, "as it was").expect("it is written");
    let run = shell(&format!("ulimit -n 64; {SNAPSHOTS} --force"), place);
    assert_one_message("directory", &run, &["it is a directory"]);
    assert_eq!((names(&written), read(&written, "2026-01-31.json")), (all, "as it was".to_owned()));
}

#[test]
fn a_signal_leaves_no_temporary_file_of_many() {
    let files = directory(&[("deployments", DEPLOYMENTS)]);
    let run = shell(
        &format!(
            "mkdir d; {SNAPSHOTS} -q & while kill -0 $! && ! ls -A d | grep -q '^\\.'; do :; done; kill -TERM $!; wait"
        ),
        files.path(),
    );
    let names = names(&files.path().join("d"));
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?} {}", run.stderr);
}
