//! Invalid usage and paths that do not exist: exit code 2, and nothing on standard output.

use super::{assert_clean, assert_rejected};
use crate::program::{directory, run, run_with};

/// The arguments after `evaluate`, and a part of the message. `DIR` is replaced by a temporary directory.
#[rustfmt::skip]
const CASES: &[(&[&str], &str)] = &[
    (&[], "--entities <PATH>"),
    (&["-e"], "a value is required"),
    (&["-e", ""], "a value is required"),
    (&["-e", "-", "-s", ""], "a value is required"),
    (&["-e", "-", "--frobnicate"], "unexpected argument '--frobnicate'"),
    (&["-e", "-", "extra"], "unexpected argument 'extra'"),
    (&["-e", "-", "-f", "pdf"], "the formats are `table`, `summary`, `json`"),
    (&["-e", "-", "-f", ""], "FORMAT"),
    (&["-e", "-", "-f", "json="], "write the name of a file after `=`"),
    (&["-e", "-", "-f", "=DIR/out"], "the formats are"),
    (&["-e", "-", "-f", "csv", "-f", "json"], "two formats cannot both be written to standard output"),
    (&["-e", "-", "-f", "csv=DIR/out", "-f", "json=DIR/out"], "two formats cannot both be written to"),
    (&["-e", "-", "-f", "csv=DIR/out", "-f", "json=DIR/./out"], "two formats cannot both be written to"),
    (&["-e", "-", "-f", "csv=DIR"], "it is a directory"),
    (&["-e", "-", "-f", "csv=DIR/none/out"], "its directory does not exist"),
    (&["-e", "-", "-f", "csv=/proc/out"], "cannot write `/proc/out`: "),
    (&["-e", "-", "-s", "-"], "standard input is for entities"),
    (&["-e", "-", "-m", ""], "write [SCORECARD=]LEVEL[@SHARE], such as Bronze, dora_cfr=Silver or Silver@80%"),
    (&["-e", "-", "-m", "=Gold"], "write [SCORECARD=]LEVEL[@SHARE]"),
    (&["-e", "-", "-m", "dora_cfr="], "write [SCORECARD=]LEVEL[@SHARE]"),
    (&["-e", "-", "-m", "@80%"], "write [SCORECARD=]LEVEL[@SHARE]"),
    (&["-e", "-", "-m", "\"Gold\"80%"], "`80%` follows a name in quotes; write [SCORECARD=]LEVEL[@SHARE]"),
    (&["-e", "-", "-m", "\"Gold"], "begins with a quote, but is not a JSON string"),
    (&["-e", "-", "-m", "Gold@"], "after `@`, write a share from 1% to 100%, such as 80%, not nothing"),
    (&["-e", "-", "-m", "Gold@0%"], "such as 80%, not `0%`"),
    (&["-e", "-", "-m", "Gold@101%"], "such as 80%, not `101%`"),
    (&["-e", "-", "-m", "Gold@80"], "such as 80%, not `80`"),
    (&["-e", "-", "-m", "Gold@80%%"], "such as 80%, not `80%%`"),
    (&["-e", "-", "-m", "Gold@80%@80%"], "such as 80%, not `80%@80%`"),
    (&["-e", "-", "-m", "me@home"], "not `home`; write a name with special characters as a JSON string, such as '\"a=b\"'"),
    (&["-e", "-", "-m", "Basic"], "error[base-level-minimum]: the minimum of scorecards `dora_deploy_freq`, `dora_lead_time`, "),
    (&["-e", "-", "-m", "Basic"], "cannot fail: no result is below the base level `Basic`"),
    (&["-e", "-", "-m", "Gold", "-m", "dora_cfr=basic"], "the minimum of scorecard `dora_cfr` cannot fail"),
    (&["-e", "-", "-m", "dora_cfr=Basic"], "the levels above the base are `Bronze`, `Silver`, `Gold`; to leave a scorecard out, name the others"),
    (&["-e", "-", "-m", "Glod"], "did you mean `Gold`?"),
    (&["-e", "-", "-m", "Glod"], "scorecards `dora_deploy_freq`, `dora_lead_time`, `dora_cfr`, `dora_mttr`, "),
    (&["-e", "-", "-m", "Glod", "-m", "dora_cfr=Glod"], "`team_dora_mttr` have no level `Glod`"),
    (&["-e", "-", "-m", "Gold", "-m", "dora_cfr=Glod"], "scorecard `dora_cfr` has no level `Glod`"),
    (&["-e", "-", "-m", "dora_crf=Gold"], "did you mean `dora_cfr`?"),
    (&["-e", "-", "-m", "Gold", "-m", "dora_cfr=Platinum"], "the levels above the base are `Bronze`, `Silver`, `Gold`"),
    (&["-e", "-", "--no-data", "maybe"], "invalid value 'maybe'"),
    (&["-e", "-", "--as-of", "yesterday"], "such as 2026-01-31 or 2026-01-31T09:30:00Z"),
    (&["-e", "-", "--as-of", "2026-02-30"], "such as 2026-01-31 or 2026-01-31T09:30:00Z"),
    (&["-e", "-", "--as-of", "0000-01-01T00:00:00+01:00"], "such as 2026-01-31 or 2026-01-31T09:30:00Z"),
    (&["-e", "-", "--as-of", "9999-12-31T23:59:59-01:00"], "such as 2026-01-31 or 2026-01-31T09:30:00Z"),
    (&["-e", "-", "--as-of", ""], "such as 2026-01-31 or 2026-01-31T09:30:00Z"),
    (&["-e", "-", "--limit", "-1"], "invalid value '-1' for '--limit <N>': write a whole number"),
    (&["-e", "-", "--limit", "1.5"], "invalid value '1.5' for '--limit <N>': write a whole number"),
    (&["-e", "-", "--limit", "99999999999999999999"], "the number is too large"),
    (&["-e", "-", "--threads", "0"], "invalid value '0' for '--threads <N>': write a whole number, 1 or more"),
    (&["-e", "-", "--max-entity-size", "1k"], "invalid value '1k' for '--max-entity-size <BYTES>': write a whole number"),
    (&["-e", "-", "--scorecard", "["], "invalid glob pattern `[`"),
    (&["-e", "-", "--scorecard", "["], "write `[[]` to match `[`"),
    (&["-e", "-", "--only", "dora_cfr"], "unexpected argument '--only'"),
    (&["-e", "-", "--only=dora_cfr"], "`--scorecard GLOB` grades by the matching scorecards only"),
    (&["-e", "-", "--only"], "`--where 'identifier = GLOB'` grades the matching entities only"),
    (&["-e", "-", "--show", "$nope"], "unknown meta-property `$nope`"),
    (&["-e", "-", "--sort", "nope"], "unknown sort key `nope`"),
    (&["-e", "-", "--group-by", "moon"], "invalid value 'moon'"),
    (&["-e", "-", "--csv-raw"], "`--csv-raw` has no effect on any of the chosen formats"),
    (&["-e", "-", "--csv-raw", "-f", "json", "-f", "table=DIR/out"], "choose a format that uses it (`csv`, `rows`), or leave out `--csv-raw`"),
    (&["-e", "-", "--limit", "0", "-f", "json", "-f", "csv=DIR/out"], "choose a format that uses it (`table`, `markdown`, `html`), or"),
    (&["-e", "-", "--color", "red"], "invalid value 'red'"),
    (&["-e", "-", "-e", "-"], "standard input can be read only once"),
    (&["-e", "DIR/none.json"], "DIR/none.json"),
    (&["-e", "DIR"], "the directory has no `*.json`, `*.ndjson` or `*.jsonl` file"),
    (&["-e", "-", "-s", "DIR/none.json"], "DIR/none.json"),
    (&["-e", "-", "-s", "DIR"], "the directory has no `*.json` or `*.jsonc` file"),
    (&["-e", "-", "-s", "DIR/empty.set"], "the files contain no scorecards"),
];

#[test]
fn wrong_arguments_are_rejected() {
    for (arguments, words) in CASES {
        let files = directory(&[
            ("upper.JSON", b"{}"),
            (".hidden.json", b"{}"),
            ("empty.set", b"{\"scorecards\": []}"),
        ]);
        let path = files.path().display().to_string();
        let mut all = vec!["evaluate".to_owned()];
        all.extend(arguments.iter().map(|argument| argument.replace("DIR", &path)));
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let run = run_with(&all, b"{\"identifier\": \"a\"}");
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert!(run.stderr.starts_with("error"), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(&words.replace("DIR", &path)), "{arguments:?}: {}", run.stderr);
        assert_clean(&run.stderr, &format!("{arguments:?}"));
        assert!(!run.stderr.contains(".dora-score-"), "the name of a temporary file: {}", run.stderr);
        let left = std::fs::read_dir(files.path()).expect("it is there").count();
        assert_eq!(left, 3, "{arguments:?} leaves files behind");
    }
}

#[test]
fn all_files_that_cannot_be_read_are_reported() {
    let files = directory(&[("broken.json", b"[1 2]")]);
    let path = |name| files.path().join(name).display().to_string();
    let scorecards =
        run(&["evaluate", "-e", "-", "-s", &path("1"), "-s", &path("2"), "-s", &path("broken.json")]);
    assert_rejected(&scorecards, "unreadable-file", "scorecards");
    assert_eq!(scorecards.stderr.matches("error[unreadable-file]").count(), 2, "{}", scorecards.stderr);
    assert_eq!(scorecards.stderr.matches("error[").count(), 3, "{}", scorecards.stderr);
    let entities = run(&["evaluate", "-e", &path("1"), "-e", &path("2")]);
    assert_rejected(&entities, "unreadable-input", "entities");
    assert_eq!(entities.stderr.matches("error[").count(), 2, "{}", entities.stderr);
}

#[cfg(unix)]
#[test]
fn a_broken_link_among_scorecards_is_an_error() {
    let files = directory(&[("a.json", b"{\"identifier\": \"a\", \"rules\": []}")]);
    std::os::unix::fs::symlink("nowhere", files.path().join("b.json")).expect("links are made");
    let run = run(&["evaluate", "-e", "-", "-s", files.path().to_str().expect("UTF-8")]);
    assert_rejected(&run, "unreadable-file", "a dangling link");
    assert!(run.stderr.contains("b.json"), "{}", run.stderr);
}

#[test]
fn the_program_without_a_command_shows_the_help() {
    let run = run(&[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Usage: dora-score"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

/// Arguments can come from a branch name or a title, and clap prints them as they are.
#[test]
fn errors_of_usage_contain_no_control_characters_or_workflow_commands_of_arguments() {
    let word = "a\n::error::x\u{1b}[31m\u{9b}\u{202e}Gold";
    let set = format!("--set={word}");
    let unknown = format!("--{word}");
    for arguments in [&["evaluate", "-e", "-", set.as_str()][..], &["evaluate", unknown.as_str()], &[word]] {
        let run = run(arguments);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("Gold"), "{}", run.stderr);
        assert!(!run.stderr.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{:?}", run.stderr);
        assert!(!run.stderr.lines().any(|line| line.trim_start().starts_with("::")), "{}", run.stderr);
    }
}
