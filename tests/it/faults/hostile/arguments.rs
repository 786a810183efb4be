//! Hostile text in arguments and in the environment.

use super::{FEW_WIDTHS, Kind, finish, hostile, run, short};
use crate::program::command;

const SERVICES: &str = "examples/entities/services.json";

/// The options with a value, by command.
const OPTIONS: [(&str, &[&str]); 4] = [
    (
        "evaluate",
        &[
            "-e",
            "-s",
            "--blueprint",
            "-f",
            "-m",
            "--no-data",
            "--waivers",
            "--write-waivers",
            "--expires",
            "--reason",
            "--show",
            "--group-by",
            "--sort",
            "--limit",
            "--scorecard",
            "--where",
            "--set",
            "--compare",
            "--baseline",
            "--fail-on",
            "--missing-baseline",
            "--as-of",
            "--threads",
            "--max-entity-size",
            "--color",
        ],
    ),
    (
        "explain",
        &[
            "-e",
            "-s",
            "--blueprint",
            "--scorecard",
            "-f",
            "--limit",
            "--as-of",
            "--threads",
            "--max-entity-size",
            "--color",
        ],
    ),
    ("lint", &["-e", "-s", "--blueprint", "-f", "--allow", "--deny", "--explain", "--as-of", "--color"]),
    ("show", &["-s", "--blueprint", "-f", "--color"]),
];

/// The texts for an argument.
fn texts(width: usize) -> impl Iterator<Item = String> {
    [hostile(0), hostile(width - 15), short(width - 9), short(width - 2)].into_iter()
}

#[test]
fn the_values_of_options_are_safe() {
    for width in FEW_WIDTHS {
        for text in texts(width) {
            for (command, options) in OPTIONS {
                for option in options {
                    let mut arguments = vec![command, option, text.as_str()];
                    if *option != "-e" && command != "show" {
                        arguments.extend(["-e", SERVICES]);
                    }
                    run(width, Kind::People, &arguments, "");
                }
            }
        }
    }
}

#[test]
fn values_with_several_parts_are_safe() {
    for width in FEW_WIDTHS {
        for text in texts(width) {
            for (option, value) in [
                ("-m", format!("{text}=Gold")),
                ("-m", format!("dora_cfr={text}")),
                ("-m", format!("Gold@{text}")),
                ("-m", format!("\"{text}\"@80%")),
                ("-f", format!("{text}=x")),
                ("-f", format!("json=none/{text}")),
                ("--set", format!("{text}/rule=1")),
                ("--set", format!("dora_cfr/{text}=1")),
                ("--set", format!("dora_cfr/svc_cfr_high={text}")),
                ("--show", format!("${text}")),
                ("--scorecard", format!("***{text}")),
                ("--only", text.clone()),
            ] {
                let printed = run(width, Kind::People, &["evaluate", "-e", SERVICES, option, &value], "");
                assert_eq!(printed.code, 2, "{option} {value:?}: {}", printed.stderr);
            }
        }
    }
}

#[test]
fn the_conditions_of_a_scope_are_safe_in_headings() {
    for width in FEW_WIDTHS {
        for text in texts(width) {
            let condition = format!("title != {text}");
            for (format, kind) in [
                ("table", Kind::People),
                ("summary", Kind::People),
                ("markdown", Kind::People),
                ("github", Kind::Commands),
            ] {
                let arguments = ["evaluate", "-e", SERVICES, "-f", format, "--where", &condition];
                assert_eq!(run(width, kind, &arguments, "").code, 0, "{condition:?}");
            }
        }
    }
}

#[test]
fn unknown_words_are_safe() {
    for width in FEW_WIDTHS {
        for text in texts(width) {
            let long = format!("--{text}");
            let flag = format!("-{text}");
            for arguments in [
                vec![text.as_str()],
                vec![&long],
                vec!["evaluate", "-e", "-", &text],
                vec!["evaluate", "-e", "-", &long],
                vec!["evaluate", "-e", "-", &flag],
                vec!["evaluate", "-e", "-", "--quiet", &long, &text],
                vec!["evaluate", &long, "-e", "-", "--", &text],
                vec!["explain", &text, "-e", SERVICES],
                vec!["explain", &long, "-e", SERVICES],
                vec!["docs", &text],
                vec!["schema", &text],
                vec!["completions", &text],
                vec!["show", &text],
                vec!["show", &long],
                vec!["help", &text],
                vec!["init", "none", "--year", &text],
                vec!["init", "none", &text],
                vec!["man", "none", &text],
            ] {
                let printed = run(width, Kind::People, &arguments, "");
                assert_eq!(printed.code, 2, "{arguments:?}: {}", printed.stdout);
                assert!(!printed.stderr.is_empty(), "{arguments:?}");
            }
        }
    }
}

#[test]
fn the_environment_is_safe() {
    // more than is held back in memory
    let many = format!("{{\"identifier\": \"{}\"}}\n", "a".repeat(1000)).repeat(400);
    for width in FEW_WIDTHS {
        for text in texts(width) {
            let mut in_no_directory = command();
            in_no_directory.env("TMPDIR", format!("/none/{text}")).env("COLUMNS", width.to_string());
            in_no_directory.args(["evaluate", "-e", "-", "-f", "csv"]);
            let printed = finish(in_no_directory, Kind::Exact, &many, "TMPDIR");
            assert_eq!(printed.code, 2, "{}", printed.stdout);
            let mut in_odd_terminal = command();
            for name in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "TERM", "LANG"] {
                in_odd_terminal.env(name, &text);
            }
            finish(in_odd_terminal, Kind::People, "", "COLUMNS");
        }
    }
}
