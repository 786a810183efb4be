//! Examples for each sentence about errors, warnings, snapshots and the ways to read and write.

use super::cases::{metrics, shows};
use super::exact_lines;
use crate::program::{Run, directory, run, run_with};

const DEPLOYMENT: &str = r#"{"service": "a", "deployedAt": "2026-02-20"}"#;

fn is_refused(run: &Run, sentence: &str) {
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{sentence}: {}", run.stderr);
    let is_known = !run.stderr.contains("unrecognized subcommand");
    assert!(is_known && run.stderr.contains("error"), "{sentence}: {}", run.stderr);
}

/// The second line has the error, in the column after the mark.
#[test]
fn values_of_another_type_or_form_are_errors_with_their_place() {
    for (feed, event) in [
        ("-d", r#"{"service": "a", "deployedAt": ⟦1770000000}"#),
        ("-d", r#"{"service": "a", "deployedAt": ⟦"yesterday"}"#),
        ("-d", r#"{"service": "a", "deployedAt": ⟦"2026-02-30"}"#),
        ("-d", r#"{"service": "a", "deployedAt": ⟦"2026-02-20T10:00:00"}"#),
        ("-d", r#"{"service": "a", "deployedAt": ⟦"\u001b[31m"}"#),
        ("-d", r#"{"service": ⟦7, "deployedAt": "2026-02-20"}"#),
        ("-d", r#"{"service": ⟦{"a": 1}, "deployedAt": "2026-02-20"}"#),
        ("-d", r#"{"service": "a", "status": ⟦true, "deployedAt": "2026-02-20"}"#),
        ("-d", r#"{"service": "a", "env": ⟦7, "deployedAt": "2026-02-20"}"#),
        ("-c", r#"{"service": "a", "leadTimeHours": ⟦"7", "deployedAt": "2026-02-20"}"#),
        ("-c", r#"{"service": "a", "leadTimeHours": 7, "deployedAt": ⟦false}"#),
        ("-c", r#"{"service": "a", "leadTimeHours": 7, "deployment": ⟦{}}"#),
        ("-i", r#"{"service": "a", "createdAt": "2026-02-20", "resolvedAt": ⟦"soon"}"#),
        (
            "-i",
            r#"{"service": "a", "createdAt": "2026-02-20", "resolvedAt": "2026-02-20", "recoveryTime": ⟦"7"}"#,
        ),
    ] {
        let (before, _) = event.split_once('⟦').expect("a mark");
        let place = format!("/{feed}:2:{}\n", before.chars().count() + 1);
        let run = metrics(&[(feed, &format!("[\n{}]", event.replace('⟦', "")))], &[]);
        is_refused(&run, event);
        assert!(run.stderr.contains(&place), "{event}: {place}: {}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}'), "{event}");
    }
}

#[test]
fn what_is_required_is_an_error_where_it_is_absent() {
    for (feed, event) in [
        ("-d", r#"{"service": "a"}"#),
        ("-d", r#"{"service": "a", "deployedAt": null, "createdAt": ""}"#),
        ("-i", r#"{"service": "a", "resolvedAt": "2026-02-20"}"#),
        ("-d", "7"),
        ("-d", r#"{"service": "a", "deployedAt": "2026-02-20""#),
        ("-c", "{]"),
        ("-i", "nothing"),
    ] {
        let run = metrics(&[(feed, &format!("\n{event}"))], &[]);
        is_refused(&run, event);
        assert!(run.stderr.contains(&format!("/{feed}:2:")), "{event}: {}", run.stderr);
    }
}

#[test]
fn an_identifier_that_comes_twice_is_an_error() {
    for services in [
        r#"{"identifier": "a"} {"identifier": "b"} {"identifier": "a", "blueprint": "service"}"#,
        r#"{"identifier": "a", "blueprint": "_team"} {"identifier": "a", "blueprint": "_team"}"#,
    ] {
        let run = metrics(&[("-d", DEPLOYMENT), ("--services", services)], &[]);
        is_refused(&run, services);
        assert!(run.stderr.contains("error[duplicate-entity]"), "{}", run.stderr);
    }
    let twice = r#"{"identifier": "a"} {"identifier": "a"}"#;
    let run = run_with(&["teams", "-e", "-"], twice.as_bytes());
    is_refused(&run, "teams");
    assert!(run.stderr.contains("error[duplicate-entity]"), "{}", run.stderr);
    let place = directory(&[
        ("one.json", br#"{"identifier": "\u001b[31m"}"#),
        ("two.json", br#"{"identifier": "\u001b[31m"}"#),
    ]);
    let [one, two] = ["one.json", "two.json"].map(|name| place.path().join(name).display().to_string());
    for command in [
        &["teams", "-e", &one, "-e", &two][..],
        &["metrics", "-d", "-", "--services", &one, "--services", &two],
    ] {
        let run = run_with(command, b"");
        is_refused(&run, "two files");
        assert!(run.stderr.contains(&format!("--> {two}\n")), "{}", run.stderr);
        assert!(run.stderr.contains(&format!("the first one is in `{one}`")), "{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
    }
    // a service and a team are not the same
    let services = r#"{"identifier": "a"} {"identifier": "a", "blueprint": "_team"}"#;
    let run = metrics(&[("-d", DEPLOYMENT), ("--services", services)], &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn scorecards_and_results_are_no_events() {
    let card = r#"{"identifier": "\u001b[31m", "rules": [{"identifier": "r", "level": "Bronze", "query": {"combinator": "and",
        "conditions": [{"property": "p", "operator": "isNotEmpty"}]}}]}"#;
    let as_entity = format!(r#"{{"identifier": "a", "blueprint": "_scorecard", "properties": {card}}}"#);
    let result = |format: &str| {
        let run = run_with(
            &["evaluate", "-q", "-e", "-", "-f", format],
            br#"{"identifier": "a", "deployment_frequency": 1}"#,
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    for (text, found) in [
        (card.to_owned(), "scorecard"),
        (format!("{DEPLOYMENT} {card}"), "scorecard"),
        (as_entity, "scorecard"),
        (format!(r#"{{"ok": true, "scorecards": [{card}]}}"#), "scorecard"),
        (result("json"), "result of `evaluate`"),
        (result("ndjson"), "result of `evaluate`"),
    ] {
        for (feed, noun) in [("-d", "deployment"), ("-c", "change"), ("-i", "incident")] {
            let (feed_text, text) =
                if feed == "-d" { (feed, text.clone()) } else { (feed, text.replace(DEPLOYMENT, "")) };
            let run = metrics(&[(feed_text, &text)], &[]);
            is_refused(&run, &text);
            let expected = format!("error[not-an-entity]: expected a {noun}, but this is a {found}\n");
            assert!(
                run.stderr.starts_with(&expected.replace("a incident", "an incident")),
                "{text}: {}",
                run.stderr
            );
            assert!(!run.stderr.contains('\u{1b}'), "{text}");
        }
    }
    // what a portal says of its own scorecards is not a result, and an error of an API is told with its keys
    for (text, keys) in [
        (
            r#"{"identifier": "a", "scorecards": {"ops": {"level": "Gold", "rules": []}}}"#,
            "`identifier`, `scorecards`",
        ),
        (r#"{"identifier": "a", "rules": [], "scorecards": 7}"#, "`identifier`, `rules`, `scorecards`"),
        (r#"{"message": "not found"}"#, "`message`"),
    ] {
        let run = metrics(&[("-d", text)], &[]);
        assert_eq!(run.code, 0, "{text}: {}", run.stderr);
        assert!(run.stderr.contains("warning[event-without-service]"), "{text}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("one of them has {keys}\n")), "{text}: {}", run.stderr);
    }
}

#[test]
fn options_that_make_no_sense_are_refused() {
    is_refused(&run(&["metrics"]), "an event option is required");
    let services = metrics(&[("--services", r#"{"identifier": "a"}"#)], &[]);
    is_refused(&services, "services are no events");
    is_refused(&run(&["metrics", "-d", "-", "-c", "-"]), "`-` may stand for one");
    is_refused(&run(&["teams"]), "entities are required");
    is_refused(&run(&["teams", "-e", "-", "--blueprint", ""]), "a blueprint has a name");
    for arguments in [
        &["--window", "0d"][..],
        &["--window", "12"],
        &["--window", "1.5w"],
        &["--window", "-1d"],
        &["--blueprint", ""],
        &["--window", "12m"],
        &["--window", ""],
        &["--window", "99999999999999999999w"],
        &["--window", "\u{1b}[31m"],
        &["--as-of", "yesterday"],
        &["--average", "mode"],
        &["--failures", "none"],
        &["-f", "table"],
        &["--snapshots", "x"],
        &["--snapshots", "x", "--every", "1w"],
        &["--snapshots", "x", "--last", "2"],
        &["--every", "1w", "--last", "2"],
        &["--snapshots", "x", "--every", "1w", "--last", "0"],
        &["--snapshots", "x", "--every", "0w", "--last", "1"],
        &["--snapshots", "x", "--every", "1w", "--last", "1", "--as-of", "2026-03-01T00:00:01Z"],
        &["--snapshots", "x", "--every", "1w", "--last", "1", "--as-of", "2026-03-01T00:00:00+01:00"],
    ] {
        is_refused(&metrics(&[("-d", DEPLOYMENT)], arguments), &arguments.join(" "));
    }
}

#[test]
fn snapshots_are_whole_or_not_at_all() {
    let place = directory(&[("new/2026-02-15.json", b"mine")]);
    let folder = place.path().join("new");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let arguments = [
        "--snapshots",
        folder.to_str().expect("UTF-8"),
        "--every",
        "1w",
        "--last",
        "3",
        "--as-of",
        "2026-03-01",
    ];
    // `late` has no event before March 1, `early` one before February 15, `a` one before February 22
    let deployments = format!(
        r#"{DEPLOYMENT} {{"service": "late", "deployedAt": "2026-03-01"}} {{"service": "early", "deployedAt": "2026-02-14"}}"#
    );
    let refused = metrics(&[("-d", &deployments)], &arguments);
    is_refused(&refused, "an existing file");
    assert_eq!(read("2026-02-15.json").as_deref(), Some("mine"));
    let file = folder.join("2026-02-15.json");
    let of_file = [&["--snapshots", file.to_str().expect("UTF-8")], &arguments[2..]].concat();
    for more in [&[][..], &["--force"]] {
        let refused = metrics(&[("-d", &deployments)], &[&of_file[..], more].concat());
        is_refused(&refused, "a file");
        assert!(
            refused.stderr.contains("help: name another directory with `--snapshots`"),
            "{}",
            refused.stderr
        );
    }
    assert_eq!(read("2026-03-01.json"), None, "all names are checked first");
    let forced = metrics(&[("-d", &deployments)], &[&arguments[..], &["--force"]].concat());
    assert_eq!((forced.code, forced.stdout.as_str()), (0, ""), "{}", forced.stderr);
    for (name, names) in [
        ("2026-02-15.json", &["early"][..]),
        ("2026-02-22.json", &["a", "early"]),
        ("2026-03-01.json", &["a", "early"]),
    ] {
        let document = super::exact(&read(name).expect("it is written"));
        let entities = document["entities"].as_array().expect("entities");
        let found: Vec<&str> = entities.iter().filter_map(|entity| entity["identifier"].as_str()).collect();
        assert_eq!(found, names, "{name}");
    }
    assert_eq!(std::fs::read_dir(&folder).expect("it is there").count(), 3);
}

/// Each example has three of what the warning counts.
#[test]
fn what_is_left_out_is_counted_in_a_warning() {
    let three = |event: &str| event.repeat(3);
    let numbered =
        |event: &str| -> String { (1..4).map(|number| event.replace('#', &number.to_string())).collect() };
    let (deployment, services) = (("-d", DEPLOYMENT), r#"{"identifier": "a"}"#);
    for (sentence, feed, events) in [
        ("deployments without a service", "-d", three(r#"{"deployedAt": "2026-02-20"}"#)),
        ("changes without a service", "-c", three(r#"{"deployedAt": "2026-02-20", "leadTimeHours": 1}"#)),
        ("incidents without a service", "-i", three(r#"{"createdAt": "2026-02-20"}"#)),
        ("changes that are not deployed", "-c", three(r#"{"service": "a", "leadTimeHours": 1}"#)),
        ("changes without a start", "-c", three(r#"{"service": "a", "deployedAt": "2026-02-20"}"#)),
        (
            "unresolved, with a recovery",
            "-i",
            three(r#"{"service": "a", "createdAt": "2026-02-20", "recoveryTime": 1}"#),
        ),
        ("replaced events", "-d", r#"{"id": 1, "service": "a", "deployedAt": "2026-02-20"}"#.repeat(4)),
        (
            "negative lead times",
            "-c",
            three(r#"{"service": "a", "deployedAt": "2026-02-20", "leadTimeHours": -1}"#),
        ),
        (
            "lead times above the limit",
            "-c",
            three(r#"{"service": "a", "deployedAt": "2026-02-20", "leadTimeHours": 10000001}"#),
        ),
        (
            "negative recoveries",
            "-i",
            three(r#"{"service": "a", "createdAt": "2026-02-20", "resolvedAt": "2026-02-19"}"#),
        ),
        (
            "timed by ingestion",
            "-d",
            three(r#"{"properties": {"service": "a"}, "createdAt": "2026-02-20T00:00:00Z"}"#),
        ),
        (
            "services that only events name",
            "-d",
            numbered(r#"{"service": "new #", "deployedAt": "2026-02-20"}"#),
        ),
        ("other blueprints", "--services", numbered(r#"{"identifier": "b#", "blueprint": "package"}"#)),
    ] {
        let mut feeds = vec![(feed, &*events)];
        feeds.extend([deployment].iter().filter(|_| feed != "-d"));
        feeds.extend([("--services", services)].iter().filter(|_| sentence.starts_with("services")));
        let run = metrics(&feeds, &[]);
        assert_eq!(run.code, 0, "{sentence}: {}", run.stderr);
        let words: Vec<&str> = run.stderr.split(|character: char| !character.is_alphanumeric()).collect();
        assert!(run.stderr.contains("warning[") && words.contains(&"3"), "{sentence}: {}", run.stderr);
    }
    let silent = metrics(&[deployment, ("--services", services)], &[]);
    assert!(!silent.stderr.contains("warning"), "{}", silent.stderr);
    let stale =
        r#"{"service": "a", "deployedAt": "2024-02-20"} {"service": "a", "deployedAt": "2025-06-07"}"#;
    let run = metrics(&[("-d", stale)], &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning[") && run.stderr.contains("2025-06-07"), "{}", run.stderr);
}

#[test]
fn standard_input_is_one_of_the_files() {
    let services = directory(&[("s.json", br#"{"identifier": "b"}"#)]);
    let path = services.path().join("s.json");
    let path = path.to_str().expect("UTF-8");
    let arguments = ["metrics", "-d", "-", "--services", path, "--as-of", "2026-03-01T00:00:00Z"];
    let run = run_with(&arguments, DEPLOYMENT.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    // 12 weeks by default
    let expected = r#"{"a": {"deployment_frequency": 0.08333333333333333}, "b": {"total_deployments": 0}}"#;
    shows(&exact_lines(&run.stdout), "the default window", expected);
    let output = services.path().join("out.json");
    let format = format!("json={}", output.to_str().expect("UTF-8"));
    let run = run_with(&[&arguments[..], &["-f", &format]].concat(), DEPLOYMENT.as_bytes());
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let document = super::exact(&std::fs::read_to_string(&output).expect("it is written"));
    assert_eq!(document["entities"][0]["identifier"], "b");
    assert_eq!(document["asOf"], "2026-03-01T00:00:00Z");
    assert_eq!(document["window"]["from"], "2025-12-07T00:00:00Z");
    assert_eq!(document["window"]["to"], "2026-03-01T00:00:00Z");
}

#[test]
fn an_explanation_is_printed_instead() {
    let deployments = r#"{"id": "d-1", "service": "a", "deployedAt": "2026-02-20"} {"service": "b", "deployedAt": "2026-02-20"}"#;
    let run = metrics(&[("-d", deployments)], &["--explain", "a"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.starts_with('{'), "{}", run.stdout);
    assert!(run.stdout.contains("0.25"), "1 deployment in 4 weeks: {}", run.stdout);
    is_refused(&metrics(&[("-d", deployments)], &["--explain", "c"]), "an unknown service");
}
