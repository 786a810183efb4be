//! Files and directories that make careless reading slow, endless or large.

use super::shell::shell;
use crate::program::directory;

/// A scorecard without rules.
fn card(identifier: &str) -> String {
    format!("{{\"identifier\": \"{identifier}\", \"rules\": []}}")
}

/// The identifiers of the scorecards that are loaded from `set`, after the exit code.
fn loaded(set: &str, files: &tempfile::TempDir) -> String {
    let run = shell(
        &format!(
            "timeout 60 $P show -s {set} -f json | grep -o '\"identifier\": \"[^\"]*' | cut -d'\"' -f4; echo ${{PIPESTATUS[0]}}"
        ),
        files.path(),
    );
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ") + &run.stderr
}

/// In a chain of 60 directories the last one has 2^60 paths, and each path has more links than a system follows.
#[test]
fn directories_whose_links_multiply_are_read_once() {
    let files = directory(&[("set/top.json", card("top").as_bytes())]);
    for level in 0..60 {
        let path = files.path().join(format!("d{level}"));
        std::fs::create_dir(&path).expect("there is room");
        std::fs::write(path.join("x.json"), card(&format!("x{level}"))).expect("there is room");
        for link in ["a", "b"] {
            std::os::unix::fs::symlink(format!("../d{}", level + 1), path.join(link))
                .expect("links are made");
        }
    }
    std::fs::create_dir(files.path().join("d60")).expect("there is room");
    std::os::unix::fs::symlink("../d0", files.path().join("set/link")).expect("links are made");
    let names = loaded("set", &files);
    let expected: Vec<String> = (0..60).rev().map(|level| format!("x{level}")).collect();
    assert_eq!(names, format!("{} top 0", expected.join(" ")));
}

#[test]
fn directories_that_all_link_to_each_other_are_read_once() {
    let files = directory(&[]);
    for one in 0..45 {
        let path = files.path().join(format!("set/d{one:02}"));
        std::fs::create_dir_all(&path).expect("there is room");
        std::fs::write(path.join("x.json"), card(&format!("x{one}"))).expect("there is room");
        for other in 0..45 {
            std::os::unix::fs::symlink(format!("../d{other:02}"), path.join(format!("l{other:02}")))
                .expect("links are made");
        }
    }
    let names = loaded("set", &files);
    assert_eq!(names.split(' ').count(), 46, "{names}");
    assert!(names.ends_with(" 0"), "{names}");
}

#[test]
fn a_file_with_several_paths_is_read_under_the_first_of_them_in_byte_order() {
    let (good, bad) = (card("good"), "{\"identifier\": \"bad\"}");
    let files = directory(&[
        ("set/a-b.json", good.as_bytes()),
        ("set/z/bad.json", bad.as_bytes()),
        ("set/.hidden.json", b"not JSON"),
    ]);
    let set = files.path().join("set");
    for (to, link) in
        [("z/bad.json", "m.json"), ("z", "a"), ("a-b.json", "a/y.json"), ("nowhere", ".dangling")]
    {
        std::os::unix::fs::symlink(set.join(to), set.join(link)).expect("links are made");
    }
    std::fs::hard_link(set.join("a-b.json"), set.join("n.json")).expect("links are made");
    // `a-b.json` comes before `a/bad.json`, because `-` comes before `/`
    let run = shell("$P show -s set", files.path());
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("set/a/bad.json:1:1"), "{}", run.stderr);
}

/// Only a directory is searched for the same file; files that the user names are read as often as they are named.
#[test]
fn a_file_that_is_named_twice_is_read_twice() {
    let files = directory(&[("set/a.json", card("a").as_bytes())]);
    let run = shell("$P show -s set -s set/a.json", files.path());
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("error[duplicate-scorecard]"), "{}", run.stderr);
}

/// Other programs may keep much in a scorecard that has no meaning here.
#[test]
fn values_that_are_not_read_take_no_memory() {
    let junk = "[],".repeat(4_000_000);
    let card = format!(
        "{{\"identifier\": \"a\", \"rules\": [], \"junk\": [{junk}0], \"more\": {{\"x\": [{junk}0]}}}}"
    );
    let files = directory(&[("a.json", card.as_bytes())]);
    let run = shell("ulimit -v 200000; $P show -s a.json -f json | grep identifier", files.path());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_file_of_scorecards_with_too_many_values_is_refused() {
    let rules = "{},".repeat(1_000_000);
    let card = format!("{{\"identifier\": \"a\", \"rules\": [{rules}{{}}]}}");
    let files = directory(&[("a.json", card.as_bytes()), ("e", br#"{"identifier": "a"}"#)]);
    for command in ["show", "evaluate -e e"] {
        let run = shell(&format!("$P {command} -s a.json"), files.path());
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{command}");
        assert!(run.stderr.starts_with("error[too-many-values]: the file has more than 1,000,000 values"));
        assert!(run.stderr.contains("--> a.json:1:"), "{}", run.stderr);
        assert!(run.stderr.contains("help: divide the scorecards into several files"), "{}", run.stderr);
    }
}
