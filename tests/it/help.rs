//! Help, completions and manual pages: one source, every command in each.

use crate::program::{directory, run};

/// The commands that the help lists, without `help` itself.
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
    for name in ["evaluate", "explain", "lint", "show", "docs", "init", "schema", "completions", "man"] {
        assert!(commands.iter().any(|command| command == name), "{name} in {commands:?}");
    }
    for command in commands {
        let (short, long) = (run(&[&command, "-h"]), run(&[&command, "--help"]));
        assert_eq!((short.code, long.code), (0, 0), "{command}");
        assert!(!short.stdout.contains("Examples:"), "{command}: {}", short.stdout);
        let (_, examples) = long.stdout.split_once("Examples:\n").expect(&command);
        let own = examples.lines().filter(|line| line.contains(&format!("dora-score {command}")));
        assert!(own.count() >= 2, "{command}: {examples}");
        assert!(short.stdout.lines().count() < long.stdout.lines().count(), "{command}");
    }
    assert!(run(&["--help"]).stdout.contains("Examples:"));
}

#[test]
fn completions_know_every_command() {
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
fn manual_pages_know_every_command() {
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
fn manual_pages_need_a_directory() {
    let place = directory(&[("taken", b"")]);
    let path = place.path().join("taken");
    let refused = run(&["man", path.to_str().expect("UTF-8")]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("cannot write manual pages to"), "{}", refused.stderr);
}
