//! The memory of `evaluate` does not grow with the number of entities, in any format.

use super::shell::{Run, read, shell};
use crate::program::directory;
use tempfile::TempDir;

/// So many entities that their results do not fit into [`LIMIT`].
const ENTITIES: usize = 10_000;
/// The limit of the address space in KiB, which includes the program itself. It is enough for any number of entities.
const LIMIT: usize = 33_000;

/// A directory with entities of 2 KB that are below Bronze in all four scorecards.
fn failing() -> TempDir {
    let long = "x".repeat(2_000);
    let entity = |n: usize| {
        let title = n * 7_919 % ENTITIES;
        format!(
            r#"{{"identifier":"s{n:05}","title":"Service {title:05}","team":"team {} {long}","deployment_frequency":0.1}}"#,
            n % 7
        ) + "\n"
    };
    directory(&[("e", (0..ENTITIES).map(entity).collect::<String>().as_bytes())])
}

/// Evaluates the entities within the limit. Threads reserve address space that they do not use, so there is one.
fn limited(files: &TempDir, arguments: &str) -> Run {
    let script = format!(
        "ulimit -v {LIMIT}; MALLOC_ARENA_MAX=1 $P evaluate -e e --threads 1 -m Bronze --as-of 2026-01-01 {arguments}"
    );
    shell(&script, files.path())
}

fn evaluate(files: &TempDir, arguments: &str) -> Run {
    let run = limited(files, arguments);
    assert_eq!(run.code, Some(1), "{arguments}: {}", run.stderr);
    assert!(run.stderr.contains("\n… and 39,900 more; "), "{arguments}: {}", run.stderr);
    run
}

#[test]
fn lists_for_people_keep_only_the_entities_that_they_show() {
    let files = failing();
    for (arguments, first) in [
        ("", "Service 00000  s00000"),
        ("--sort title", "Service 00000  s00000"),
        ("--sort dora_cfr --group-by team", "  Service 00000  s00000"),
    ] {
        let text = evaluate(&files, arguments).stdout;
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("Service ")).collect();
        assert_eq!(rows.len(), 500, "{arguments}");
        assert!(rows[0].starts_with(first), "{arguments}: {}", rows[0]);
        let more = "\n… and 9,500 more; use `--limit 0` to list all\n";
        assert!(text.contains(more) && text.contains("\nall 10,000 entities\n"), "{arguments}: {text}");
    }
    for arguments in ["-f markdown", "-f markdown --sort title"] {
        let text = evaluate(&files, arguments).stdout;
        assert_eq!(text.matches("| Service ").count(), 500, "{arguments}");
        for line in ["… and 9,500 more; use `--limit 0` to list all", "- … and 39,900 more"] {
            assert!(text.lines().any(|other| other == line), "{arguments}: {text}");
        }
    }
    let text = evaluate(&files, "--sort title --limit 3").stdout;
    assert!(text.contains("\n… and 9,997 more\n"), "{text}");
    let all = limited(&files, "--limit 0");
    assert!(all.stderr.contains("memory allocation of "), "all entities do not fit: {}", all.stderr);
}

#[test]
fn formats_with_all_results_keep_none_of_them() {
    let files = failing();
    for (format, what, count) in [
        ("csv", "Basic,Basic,Basic,Basic", 10_000),
        ("rows", ",Basic,0,", 40_000),
        ("json", "\"title\":\"Service ", 10_000),
        ("ndjson", "\n", 10_000),
        ("github", "::error ", 10),
        ("summary", "Basic", 1),
        ("junit", "<testcase ", 40_000),
    ] {
        let text = evaluate(&files, &format!("-f {format}")).stdout;
        assert_eq!(text.matches(what).count(), count, "{format}");
        if matches!(format, "csv" | "rows" | "junit") {
            evaluate(&files, &format!("-f {format}=out"));
            assert!(read(files.path(), "out") == text, "{format} differs in a file");
        }
    }
    let junit = read(files.path(), "out");
    assert!(
        junit.contains("<testsuites name=\"dora-score\" tests=\"40000\" skipped=\"0\" failures=\"40000\"")
    );
    let mut suites = junit.split("<testsuite ").filter(|suite| suite.contains("<testcase "));
    for scorecard in ["deploy_freq", "lead_time", "cfr", "mttr"] {
        let suite = suites.next().expect("there is a suite");
        let cases = suite.lines().filter_map(|line| line.trim().strip_prefix("<testcase name=\"Service "));
        let ends: Vec<&str> = cases.filter_map(|case| Some(case.split_once(' ')?.1)).collect();
        assert_eq!(ends.len(), ENTITIES, "{scorecard}");
        for (n, end) in ends.into_iter().enumerate() {
            assert_eq!(end, format!("(s{n:05})\" classname=\"service.dora_{scorecard}\">"));
        }
    }
}

/// There are 7 teams.
#[test]
fn the_counts_by_team_grow_with_the_teams_only() {
    let files = failing();
    let text = evaluate(&files, "-f summary --group-by team").stdout;
    assert_eq!(text.lines().filter(|line| line.starts_with("team ")).count(), 7, "{text}");
    let text = evaluate(&files, "-f json --group-by team").stdout;
    assert_eq!(text.matches("\"team\":\"team ").count(), 7);
}

#[test]
fn several_outputs_together_keep_nothing_either() {
    let files = failing();
    let run = evaluate(&files, "-f table -f junit=x -f csv=y -f github=z -f markdown=m -f json=j");
    assert_eq!(run.stdout.matches("Service ").count(), 500);
    for (name, what, count) in
        [("x", "<testcase ", 40_000), ("y", "\r\n", 10_001), ("z", "::error ", 10), ("m", "| Service ", 500)]
    {
        assert_eq!(read(files.path(), name).matches(what).count(), count, "{name}");
    }
}
