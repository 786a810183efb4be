//! Help, completions and manual pages: each covers every command.

use crate::program::{directory, run};

/// The commands that the help lists, except `help` itself.
fn commands() -> Vec<String> {
    let help = run(&["-h"]);
    assert_eq!(help.code, 0);
    let listed = help.stdout.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let names: Vec<String> =
        names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    names.into_iter().filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_a_short_help_and_a_long_one_with_examples() {
    let commands = commands();
    for name in [
        "evaluate",
        "metrics",
        "teams",
        "explain",
        "lint",
        "show",
        "docs",
        "init",
        "schema",
        "completions",
        "man",
    ] {
        assert!(commands.iter().any(|command| command == name), "{name} in {commands:?}");
    }
    for command in commands {
        let (short, long) = (run(&[&command, "-h"]), run(&[&command, "--help"]));
        assert_eq!((short.code, long.code), (0, 0), "{command}");
        assert!(!short.stdout.contains("Examples:"), "{command}: {}", short.stdout);
        let (_, examples) = long.stdout.split_once("Examples:\n").expect(&command);
        let examples_of_command =
            examples.lines().filter(|line| line.contains(&format!("dora-score {command}")));
        assert!(examples_of_command.count() >= 2, "{command}: {examples}");
        assert!(short.stdout.lines().count() < long.stdout.lines().count(), "{command}");
    }
    assert!(run(&["--help"]).stdout.contains("Examples:"));
}

#[test]
fn completions_contain_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&["completions", shell]);
        assert_eq!((script.code, script.stderr.as_str()), (0, ""), "{shell}");
        for command in commands() {
            assert!(script.stdout.contains(&command), "{command} in {shell}");
        }
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&["completions", shell]).stdout.contains("2019"), "the years of init in {shell}");
    }
    let unknown = run(&["completions", "tcsh"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("possible values"), "{}", unknown.stderr);
}

#[test]
fn manual_pages_cover_every_command() {
    let main = run(&["man"]);
    assert_eq!((main.code, main.stderr.as_str()), (0, ""));
    assert!(main.stdout.contains(".TH dora-score 1"), "{}", main.stdout);
    let place = directory(&[]);
    let pages = place.path().join("share/man1");
    let written = run(&["man", pages.to_str().expect("UTF-8")]);
    assert_eq!((written.code, written.stderr.as_str()), (0, ""));
    let page = |name: &str| std::fs::read_to_string(pages.join(name)).expect(name);
    assert_eq!(page("dora-score.1"), main.stdout);
    let commands = commands();
    for command in &commands {
        let name = format!("dora-score-{command}");
        assert!(main.stdout.contains(&name.replace('-', "\\-")), "{name} in {}", main.stdout);
        let text = page(&format!("{name}.1"));
        assert!(text.contains(".SH SYNOPSIS") && text.contains("Examples:"), "{text}");
    }
    assert_eq!(written.stdout.lines().count(), commands.len() + 1);
    assert_eq!(std::fs::read_dir(&pages).expect("it is there").count(), commands.len() + 1);
}

#[test]
fn manual_pages_are_not_written_to_a_file() {
    let place = directory(&[("taken", b"")]);
    let path = place.path().join("taken");
    let refused = run(&["man", path.to_str().expect("UTF-8")]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("cannot write manual pages to"), "{}", refused.stderr);
}

#[test]
fn help_fits_the_width() {
    for width in [60_usize, 80, 100] {
        for command in commands().iter().map(String::as_str).chain(["--color=never"]) {
            for option in ["-h", "--help"] {
                let mut process = crate::program::command();
                let output = process.args([command, option]).env("COLUMNS", width.to_string()).output();
                let text = String::from_utf8(output.expect("it runs").stdout).expect("UTF-8");
                assert!(text.contains("Usage: "), "{command} {option}: {text}");
                // clap does not wrap the line of usage
                for line in text.lines().filter(|line| !line.starts_with("Usage: ")) {
                    assert!(line.chars().count() <= width, "{command} {option} at {width}: {line}");
                }
            }
        }
    }
}

#[test]
fn errors_of_usage_fit_the_width() {
    for arguments in [
        &["evaluate", "-e", "-", "-m", "a="][..],
        &["lint", "-f", "yaml"],
        &["evaluate", "-e", "-", "--set", "x"],
    ] {
        let whole = run(arguments).stderr;
        for width in [60_usize, 80, 100] {
            let output = crate::program::command().args(arguments).env("COLUMNS", width.to_string()).output();
            let text = String::from_utf8(output.expect("it runs").stderr).expect("UTF-8");
            assert!(
                text.lines().all(|line| line.chars().count() <= width),
                "{arguments:?} at {width}: {text}"
            );
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&text), words(&whole));
        }
    }
}

#[test]
fn help_lists_the_formats_that_errors_list() {
    for command in ["evaluate", "lint"] {
        let refused = run(&[command, "-e", "-", "-f", "zzzzzz"]);
        let (_, formats) = refused.stderr.split_once("the formats are `").expect(&refused.stderr);
        let formats = formats.lines().next().expect("a line").trim_end_matches('`').replace("`", "");
        let help = run(&[command, "-h"]).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(formats.split(", ").count() >= 4 && help.contains(&formats), "{formats} in {help}");
    }
}

#[test]
fn similar_words_are_suggested_everywhere() {
    let services = "examples/entities/services.json";
    for (arguments, help) in [
        (&["evaluate", "-e", services, "-f", "tabel"][..], "did you mean `table`?"),
        (&["lint", "-f", "serif"], "did you mean `sarif`?"),
        (&["evaluate", "-e", services, "-m", "mttr=Gold"], "did you mean `dora_mttr` or `team_dora_mttr`?"),
        (&["evaluate", "-e", services, "--sort", "mttr"], "did you mean `dora_mttr` or `team_dora_mttr`?"),
        (&["evaluate", "-e", services, "--sort", "titel"], "did you mean `title`?"),
        (&["evaluate", "-e", services, "--set", "cfr/x=1"], "did you mean `dora_cfr` or `team_dora_cfr`?"),
        (&["evaluate", "-e", services, "--set", "dora_cfr/elite=1"], "did you mean `svc_cfr_elite`?"),
        (&["evaluate", "-e", services, "--show", "$titel"], "did you mean `$title`?"),
        (&["explain", "-e", services, "--scorecard", "lead"], "did you mean `dora_lead_time` or"),
        (&["explain", "-e", services, "payments"], "did you mean `payments-gateway`?"),
        (&["lint", "--allow", "zero"], "did you mean `passes-on-zero`?"),
        (&["docs", "glob"], "did you mean `bad-glob`?"),
        (&["init", "x", "--year", "2020"], "2019, 2021, 2022, 2023, 2024"),
    ] {
        let refused = run(arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(refused.stderr.contains(help), "{arguments:?}: {}", refused.stderr);
    }
}
