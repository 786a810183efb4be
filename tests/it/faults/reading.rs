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
fn a_file_of_scorecards_that_is_named_twice_is_read_once() {
    let files = directory(&[("set/a.json", card("a").as_bytes())]);
    let run = shell("$P show -s set -s set/a.json", files.path());
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.contains("warning[duplicate-file]"), "{}", run.stderr);
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

/// An object whose `entities` is complete, with 600 KB of keys after it, and then `last`.
fn long_object(entities: &str, last: &str) -> Vec<u8> {
    format!("{{\"entities\": {entities}, {}{last}}}\n", "\"a\": 1, ".repeat(75_000)).into_bytes()
}

#[test]
fn a_response_may_have_any_number_of_keys_after_its_entities() {
    let files = directory(&[
        ("one", long_object(r#"[{"identifier": "x"}]"#, r#""b": 1"#).as_slice()),
        ("none", long_object("[]", r#""b": 1"#).as_slice()),
    ]);
    // the limits are smaller than the object, and larger than its entities
    let run = shell("$P evaluate -e one --max-entity-size 10000 -q -f ndjson | cut -c1-17", files.path());
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("{\"identifier\":\"x\"\n", ""));
    let run = shell("$P evaluate -e none --max-entity-size 300000 -q -f ndjson", files.path());
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    let run = shell("cat one none one | $P evaluate -e - -q -f ndjson | wc -l", files.path());
    assert_eq!(run.stdout.trim(), "2", "{}", run.stderr);
}

/// Only an `entities` that begins with an entity can be the entities of a response.
#[test]
fn a_row_may_have_a_long_list_named_entities_before_its_identifier() {
    let numbers = format!("[{}1]", "1,".repeat(200_000));
    let strings = format!("[{}\"s\"]", "\"s\",".repeat(100_000));
    let objects = format!("[{}{{}}]", "{\"id\": 1},".repeat(40_000));
    for list in [numbers, strings, objects, "[]".to_owned()] {
        let files = directory(&[("row", long_object(&list, r#""identifier": "r""#).as_slice())]);
        for input in ["-e row", "-e - <row"] {
            let run = shell(&format!("$P evaluate {input} -q -f ndjson | cut -c1-17"), files.path());
            assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("{\"identifier\":\"r\"\n", ""));
        }
    }
}

#[test]
fn an_identifier_long_after_entities_comes_too_late() {
    let entities = format!("[{}{{\"identifier\": \"y\"}}]", "{\"identifier\": \"x\"},".repeat(60_000));
    let files = directory(&[
        ("long", format!("{{\"entities\": {entities}, \"identifier\": \"row\"}}").as_bytes()),
        ("short", long_object(r#"[{"identifier": "x"}]"#, r#""identifier": "row""#).as_slice()),
        ("twice", long_object(r#"[{"identifier": "x"}]"#, r#""entities": []"#).as_slice()),
    ]);
    for name in ["long", "short", "twice"] {
        let run = shell(&format!("$P evaluate -e {name} -f summary"), files.path());
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{name}");
        assert!(run.stderr.starts_with("error[late-key]: `"), "{name}: {}", run.stderr);
    }
}
