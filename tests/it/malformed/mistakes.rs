//! Options and files that do something else than their user meant: the message says what.

use crate::program::{Run, directory, run_with};

const ENTITIES: &[u8] = br#"
{"identifier": "a", "team": "pay", "x y": 3, "change_failure_rate": 50, "total_deployments": 1}
{"identifier": "b", "team": "pay", "change_failure_rate": 1, "total_deployments": 1}"#;

fn evaluate(arguments: &[&str]) -> Run {
    run_with(&[&["evaluate", "-e", "-"], arguments].concat(), ENTITIES)
}

fn message(run: &Run) -> String {
    run.stderr.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_option_without_an_effect_is_refused() {
    for (arguments, expected) in [
        (&["--no-data", "skip"][..], "--min-level"),
        (&["--exit-zero"], "--min-level"),
        (&["--blueprint", ""], "a value is required for '--blueprint <NAME>'"),
        (&["--waivers", "-", "-m", "Gold"], "to read waivers from it, use `--waivers /dev/stdin`"),
        (&["-s", "-"], "to read scorecards from it, use `--scorecards /dev/stdin`"),
        (&["--allow", "unknown-level"], "it is an error, not a warning"),
        (&["--deny", "unknown-level"], "it is an error, not a warning"),
        (&["--where", "x y = 3"], "`y` is not an operator; write a name with special characters as a JSON"),
    ] {
        let run = evaluate(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(message(&run).contains(expected), "{arguments:?}: {}", run.stderr);
    }
    let lint = |arguments: &[&str]| run_with(&[&["lint"], arguments].concat(), b"");
    let run = lint(&["--deny", "portability-color"]);
    assert_eq!(run.code, 2);
    assert!(message(&run).contains("error[unused-option]: `--deny portability-color` has no effect"));
    assert_ne!(lint(&["--deny", "portability-color", "--portable"]).code, 2);
    assert_eq!(evaluate(&["--no-data", "skip", "--exit-zero", "-m", "Gold"]).code, 0);
}

#[test]
fn a_minimum_of_a_scorecard_that_is_left_out_says_so() {
    let run = evaluate(&["-m", "dora_mttr=Bronze", "--scorecard", "dora_c*"]);
    assert_eq!(run.code, 2);
    let expected = "error[unknown-scorecard]: `--scorecard` leaves out `dora_mttr`, which has a minimum";
    assert!(message(&run).contains(expected), "{}", run.stderr);
    assert!(message(&run).contains("help: add `--scorecard dora_mttr`"), "{}", run.stderr);
    let unknown = evaluate(&["-m", "dora_cfx=Bronze", "--scorecard", "dora_c*"]);
    assert!(message(&unknown).contains("unknown scorecard `dora_cfx`"), "{}", unknown.stderr);
}

#[test]
fn new_waivers_go_to_a_file_that_has_a_name() {
    let place = directory(&[]);
    let options = ["-m", "Gold", "--write-waivers", "-", "--expires", "2999-01-01", "--reason", "x"];
    let run = evaluate(&options);
    assert_eq!(run.code, 2);
    assert!(message(&run).contains("cannot write `-`: waivers cannot be written to standard output"));
    assert!(!place.path().join("-").exists());
}

#[test]
fn messages_about_files_name_what_is_wrong() {
    let files = directory(&[("empty", b" \n"), ("dir/readme", b""), ("e.json", ENTITIES)]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let empty = evaluate(&["-m", "Gold", "--waivers", &path("empty")]);
    assert_eq!(empty.code, 2);
    assert!(message(&empty).contains("error[empty-file]: the file is empty"), "{}", empty.stderr);
    let none = evaluate(&["-s", &path("dir")]);
    assert!(message(&none).contains("has no `*.json` or `*.jsonc` file"), "{}", none.stderr);
    let twice = evaluate(&["-e", &path("e.json"), "-e", &path("e.json")]);
    assert!(message(&twice).contains("[duplicate-file]"), "{}", twice.stderr);
    assert!(!message(&twice).contains("the first path is"), "{}", twice.stderr);
    std::fs::write(path("w"), r#"{"waivers": []}"#).expect("it is written");
    let waivers = evaluate(&["-m", "Gold", "--waivers", &path("w"), "--waivers", &path("dir/../w")]);
    assert!(message(&waivers).contains("[duplicate-file]: the file is given twice, and is read only once"));
    assert!(message(&waivers).contains("the first path is"), "{}", waivers.stderr);
    let directory = evaluate(&["-m", "Gold", "--waivers", &path("dir")]);
    assert!(message(&directory).contains("cannot be read: Is a directory"), "{}", directory.stderr);
    let scope = evaluate(&["--where", "team = x", "--where", "team = y"]);
    assert_eq!(message(&scope).matches("values of `team`").count(), 1, "{}", scope.stderr);
}

#[test]
fn a_cut_group_counts_what_is_listed() {
    for (format, cut, all) in
        [("table", "pay · 1 listed", "pay · 2\n"), ("markdown", "**pay** · 1 listed", "**pay** · 2 |")]
    {
        let grouped = |limit| evaluate(&["--group-by", "team", "--limit", limit, "-f", format, "-q"]).stdout;
        assert!(grouped("1").contains(cut), "{}", grouped("1"));
        assert!(grouped("0").contains(all), "{}", grouped("0"));
    }
}

#[test]
fn a_failed_gate_lists_only_the_shares_that_are_too_small() {
    let run = evaluate(&[
        "-m",
        "dora_cfr=Gold@80%",
        "-m",
        "dora_deploy_freq=Bronze@1%",
        "--alias",
        "deployment_frequency=total_deployments",
    ]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("dora_cfr: 50% of 2 hold Gold, 80% required"), "{}", run.stderr);
    assert!(!run.stderr.contains("dora_deploy_freq: "), "{}", run.stderr);
}
