//! Output: standard output, files, closed pipes, warnings.

use super::{AS_OF, document, evaluate, rule};
use crate::program::{directory, run, run_with};
use std::path::Path;

const SET: &str = r#"{"identifier": "c", "rules": []}"#;
const GOOD: &[u8] = br#"{"identifier": "a"}"#;
const BAD: &[u8] = br#"{"identifier": "a"} {}"#;

fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).expect("it is a directory");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_written_completely_or_not_at_all() {
    for format in ["json", "ndjson", "csv"] {
        let files = directory(&[("old", b"as it was")]);
        let path = |name: &str| files.path().join(name).display().to_string();
        let (old, new) = (format!("{format}={}", path("old")), format!("{format}={}", path("new")));
        let bad = evaluate(SET, BAD, &["-f", &old, "-f", &new]);
        assert_eq!(bad.code, 2, "{}", bad.stderr);
        assert_eq!(bad.stdout, "");
        assert_eq!(names(files.path()), ["old"], "{format}: nothing is left behind");
        assert_eq!(std::fs::read(path("old")).expect("it is there"), b"as it was", "{format}");
        // files are written even if the gate fails
        let good = evaluate(SET, GOOD, &["-f", &old, "-f", &new, "-m", "Gold"]);
        assert_eq!(good.code, 1, "{}", good.stderr);
        assert_eq!(good.stdout, "");
        assert_eq!(names(files.path()), ["new", "old"], "{format}");
        let shown = evaluate(SET, GOOD, &["-f", format, "-q", "-m", "Gold"]);
        for name in ["old", "new"] {
            assert_eq!(std::fs::read_to_string(path(name)).expect("it is there"), shown.stdout, "{format}");
        }
    }
}

#[test]
fn one_run_writes_several_formats() {
    let files = directory(&[]);
    let path = files.path().join("out.csv");
    let run = evaluate(SET, GOOD, &["-f", "json", "-f", &format!("csv={}", path.display())]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(document(&run)["entities"][0]["identifier"], "a");
    assert!(std::fs::read_to_string(path).expect("it is there").starts_with("identifier,"));
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_written_to_its_target() {
    use std::os::unix::fs::symlink;
    let files = directory(&[("there/old", b"as it was")]);
    for (link, target) in
        [("l1", "there/old"), ("l2", "there/new"), ("l3", "l2"), ("l4", "there/../there/far")]
    {
        let link = files.path().join(link);
        symlink(target, &link).expect("links are made");
        let run = evaluate(SET, GOOD, &["-f", &format!("csv={}", link.display()), "-q"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(link.is_symlink(), "{target}: the link is kept");
        assert!(
            std::fs::read_to_string(&link).expect("it leads to a file").starts_with("identifier,"),
            "{target}"
        );
    }
    assert_eq!(names(&files.path().join("there")), ["far", "new", "old"]);
    // two formats cannot be written to the same file under different names
    let (one, two) = (files.path().join("l1"), files.path().join("there/old"));
    let run = evaluate(
        SET,
        GOOD,
        &["-f", &format!("csv={}", one.display()), "-f", &format!("json={}", two.display())],
    );
    assert_eq!(run.code, 2, "{}", run.stderr);
    symlink("round", files.path().join("round")).expect("links are made");
    let run = evaluate(SET, GOOD, &["-f", &format!("csv={}", files.path().join("round").display())]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn devices_can_be_outputs() {
    let run = evaluate(SET, GOOD, &["-f", "csv=/dev/null", "-f", "json=/dev/null", "-f", "ndjson", "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 1);
    let run = evaluate(SET, GOOD, &["-f", "csv=/dev/stdout", "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "identifier,title,blueprint,team,c,no_data\r\na,a,service,,Basic,\r\n");
}

/// The output of a shell script in which `$P` is the program and `$D` is `directory`.
#[cfg(unix)]
fn shell(script: &str, directory: &Path) -> std::process::Output {
    use std::process::{Command, Stdio};
    let program = crate::program::command();
    let mut shell = Command::new("bash");
    shell
        .args(["-c", script])
        .env("P", program.get_program())
        .env("D", directory)
        .env_remove("RUST_BACKTRACE");
    shell.stdin(Stdio::null()).output().expect("there is a shell")
}

/// Enough entities that the output does not fit into a pipe, and the input does not fit into one block.
fn many() -> Vec<u8> {
    let filler = "é".repeat(60);
    let line = |n| format!("{{\"identifier\": \"entity number {n}\", \"x\": \"{filler}\"}}\n");
    (0..4_000).map(line).collect::<String>().into_bytes()
}

/// It is not an error if the reader of standard output stops early, and the gate still reports its verdict.
#[cfg(unix)]
#[test]
fn a_closed_standard_output_is_not_an_error() {
    let files = directory(&[("in.json", &many())]);
    for format in ["json", "ndjson", "csv"] {
        for (more, code) in [("", 0), ("-m Gold", 1), ("-m Gold --exit-zero", 0), ("-f csv=$D/out", 0)] {
            let script =
                format!("$P evaluate -e $D/in.json -q -f {format} {more} | head -1; exit ${{PIPESTATUS[0]}}");
            let output = shell(&script, files.path());
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(code), "{format} {more}: {stderr}");
            assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 1, "{format} {more}");
            assert_eq!(stderr.contains("gate failed: "), more.contains("-m"), "{format} {more}: {stderr}");
            assert!(!stderr.contains("error"), "{format} {more}: {stderr}");
        }
    }
    let written = std::fs::read_to_string(files.path().join("out")).expect("the file is written");
    assert_eq!(written.lines().count(), 4_001, "the file is complete although the reader stopped");
}

#[cfg(target_os = "linux")]
#[test]
fn the_exit_code_is_right_even_if_messages_cannot_be_written() {
    let files = directory(&[("in.json", &many()), ("bad.json", BAD), ("set.json", b"[1 2]")]);
    for (script, code) in [
        ("$P evaluate -e $D/in.json -f csv -m Gold 2>/dev/full >/dev/null", 1),
        ("$P evaluate -e $D/in.json -f csv -m Gold 2>&- >/dev/null", 1),
        ("$P evaluate -e $D/bad.json -f csv 2>/dev/full", 2),
        ("$P evaluate -e $D/in.json -s $D/set.json 2>/dev/full", 2),
        ("$P evaluate -e /dev/null -f csv 2>/dev/full", 0),
        ("$P evaluate -e /dev/null -f csv -m Gold 2>/dev/full", 3),
        ("$P evaluate 2>/dev/full", 2),
        ("$P evaluate -e $D/in.json -f csv -m Gold 2>&1 >/dev/null | head -1; exit ${PIPESTATUS[0]}", 1),
        // results that cannot be written are an error
        ("$P evaluate -e $D/in.json -f json >/dev/full 2>/dev/null", 2),
        ("$P evaluate -e $D/in.json -f csv -m Gold >/dev/full 2>/dev/null", 2),
        ("$P evaluate -e $D/in.json -f csv=/dev/full 2>/dev/null", 2),
        ("$P evaluate -e $D/in.json -f csv >&-", 0),
    ] {
        let output = shell(script, files.path());
        assert_eq!(output.status.code(), Some(code), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Positions in messages are right for pipes too.
#[cfg(unix)]
#[test]
fn pipes_and_devices_can_be_inputs() {
    let files = directory(&[("in.json", GOOD), ("bad.json", b"[\n {}]"), ("set.json", SET.as_bytes())]);
    let out = |script: &str| {
        let output = shell(script, files.path());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, stdout, stderr) =
        out("$P evaluate -e <(cat $D/in.json) -e - -s <(cat $D/set.json) -f csv -q < $D/in.json");
    assert_eq!((code, stdout.lines().count()), (Some(0), 3), "{stderr}");
    let (code, stdout, stderr) =
        out("mkfifo $D/pipe; cat $D/bad.json > $D/pipe & $P evaluate -e $D/pipe -f csv -q");
    assert_eq!((code, &*stdout), (Some(2), ""), "{stderr}");
    assert!(stderr.contains("/pipe:2:2\n"), "{stderr}");
    let (code, stdout, stderr) = out("$P evaluate -e /dev/null -e $D/in.json -f csv -q");
    assert_eq!((code, stdout.lines().count()), (Some(0), 2), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn paths_may_be_invalid_utf8_or_look_like_options() {
    let files = directory(&[("in.json", GOOD)]);
    for script in [
        r#"cp $D/in.json $D/$'\xff\n.json'; $P evaluate -e $D/$'\xff\n.json' -f csv -q"#,
        r#"cd $D; cp in.json ./-m; $P evaluate -e ./-m -f csv -q"#,
        r#"cd $D; cp in.json 'a b'; $P evaluate -e 'a b' -f csv='out 1' -q && cat 'out 1'"#,
        r#"cd $D; $P evaluate -e in.json -f csv=é=1 -q && cat é=1"#,
    ] {
        let output = shell(script, files.path());
        assert_eq!(output.status.code(), Some(0), "{script}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2, "{script}");
    }
    let output = shell(r#"$P evaluate -e $D/$'\xff\e[31m'"#, files.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn warnings_go_to_standard_error_and_quiet_suppresses_them() {
    let set =
        r#"[{"identifier": "c", "rules": []}, {"identifier": "d", "blueprint": "library", "rules": []}]"#;
    let ungraded = br#"[{"identifier": "a"}, {"identifier": "b", "blueprint": "x"}, {"identifier": "c", "blueprint": "x"}]"#;
    for (entities, codes) in [
        (&ungraded[..], &["scorecard-without-entities", "ungraded-entities"][..]),
        (GOOD, &["scorecard-without-entities"]),
        (b"", &["no-entities"]),
        (br#"[{"identifier": "a"}, {"identifier": "b", "blueprint": "library"}]"#, &[]),
    ] {
        let loud = evaluate(set, entities, &[]);
        let quiet = evaluate(set, entities, &["-q"]);
        assert_eq!((loud.code, quiet.code), (0, 0));
        assert_eq!(loud.stdout, quiet.stdout);
        assert_eq!(quiet.stderr, "");
        let reported: Vec<&str> =
            loud.stderr.split("warning[").skip(1).filter_map(|rest| rest.split(']').next()).collect();
        assert_eq!(reported, codes, "{}", loud.stderr);
        assert!(!loud.stderr.contains("problems"), "{}", loud.stderr);
    }
    let loud = evaluate(set, ungraded, &[]);
    for words in ["`library`", "`d`", "2 entities are not graded: no scorecard grades blueprint `x` (2)"] {
        assert!(loud.stderr.contains(words), "no `{words}` in {}", loud.stderr);
    }
    // `-q` suppresses the verdict of a gate that passes, but not of a gate that does not pass
    let gold = rule("r", "Gold", r#"{"property": "x", "operator": "isEmpty"}"#);
    let set = format!(r#"[{{"identifier": "c", "rules": [{gold}]}}]"#);
    assert_eq!(evaluate(&set, GOOD, &["-q", "-m", "Gold"]).stderr, "");
    assert_ne!(evaluate(&set, b"", &["-q", "-m", "Gold"]).stderr, "");
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let files = directory(&[("in.json", &many())]);
    let path = files.path().join("in.json").display().to_string();
    for format in ["json", "ndjson", "csv"] {
        let outputs: Vec<String> = ["1", "1", "2", "8", "18446744073709551615"]
            .iter()
            .map(|threads| {
                let arguments =
                    ["evaluate", "-e", &path, "-q", "-f", format, "--as-of", AS_OF, "--threads", threads];
                run(&arguments).stdout
            })
            .collect();
        assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]), "{format}");
        let stdin = run_with(&["evaluate", "-e", "-", "-q", "-f", format, "--as-of", AS_OF], &many());
        assert_eq!(stdin.stdout, outputs[0], "{format}");
    }
}

#[test]
fn as_of_is_printed_in_utc_and_a_day_means_its_beginning() {
    for (given, shown) in [
        ("2026-01-31", "2026-01-31T00:00:00Z"),
        ("2026-01-31T01:30:00+02:00", "2026-01-30T23:30:00Z"),
        ("2026-01-31 00:00:00z", "2026-01-31T00:00:00Z"),
        ("2026-01-31T00:00:00.250Z", "2026-01-31T00:00:00.250Z"),
        ("0001-01-01", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ] {
        let run = run_with(&["evaluate", "-e", "-", "-q", "-f", "json", "--as-of", given], GOOD);
        assert_eq!(document(&run)["asOf"], shown);
    }
    // without `--as-of`, it is the current time
    let now = document(&run_with(&["evaluate", "-e", "-", "-q", "-f", "json"], GOOD));
    let printed = now["asOf"].as_str().and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
    let apart = chrono::Utc::now().signed_duration_since(printed.expect("it is a time"));
    assert!(apart.num_seconds().abs() < 600, "{apart}");
}

#[test]
fn a_shown_object_is_json_in_csv_and_short_in_a_table() {
    let entity = br#"{"identifier": "a", "p": {"b" : 1.50, "c": [null]}, "q": [ {} , [1, 2], "x"]}"#;
    let show = ["--show", "p", "--show", "q", "-q"];
    let csv = evaluate(SET, entity, &[&["-f", "csv"], &show[..]].concat());
    let line = "a,a,service,,\"{\"\"b\"\":1.50,\"\"c\"\":[null]}\",\"{}, [1,2], x\",Basic,";
    assert_eq!(csv.stdout.lines().last(), Some(line));
    let table = evaluate(SET, entity, &[&["-f", "table"], &show[..]].concat());
    assert!(table.stdout.contains("  {…}  {}, {…}, x  "), "{}", table.stdout);
}

/// RFC 4180: fields with commas, quotes or line breaks are quoted.
#[test]
fn csv_quotes_special_fields() {
    let entity = br#"{"identifier": "a,b", "title": "say \"hi\"\r\n", "team": ["x", "y"], "p": [1, "z"]}"#;
    let run = evaluate(SET, entity, &["-f", "csv", "-q", "--show", "p"]);
    assert_eq!(
        run.stdout,
        "identifier,title,blueprint,team,p,c,no_data\r\n\"a,b\",\"say \"\"hi\"\"\r\n\",service,\"x, y\",\"1, z\",Basic,\r\n"
    );
}
