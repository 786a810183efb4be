//! Completion scripts, each run by its shell. A shell that is not installed fails the test, so that it cannot pass
//! without having completed anything; `.ci/run` installs the shells.

use crate::program::{command, directory, run};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Each line to complete, and the completions that it must offer.
const LINES: &[(&str, &[&str])] = &[
    ("dora-score ev", &["evaluate"]),
    ("dora-score evaluate --no-data ", &["judge", "skip-inactive", "skip"]),
    ("dora-score evaluate -f ", &["table", "summary", "json", "csv", "rows", "markdown", "junit", "github"]),
    (
        "dora-score evaluate --format ",
        &["table", "summary", "json", "csv", "rows", "markdown", "junit", "github"],
    ),
    ("dora-score lint --format ", &["text", "json", "github", "gitlab", "sarif"]),
    ("dora-score lint --allow dup", &["duplicate-query", "duplicate-key"]),
    ("dora-score lint --deny w", &["warnings"]),
    ("dora-score evaluate --allow unknown-", &["unknown-property", "unknown-relation"]),
    ("dora-score evaluate --deny ", &["warnings", "unknown-property", "duplicate-entity"]),
    ("dora-score evaluate --scorecard team_", &["team_dora_cfr", "team_dora_mttr"]),
    ("dora-score explain --scorecard dora_", &["dora_cfr", "dora_lead_time"]),
    ("dora-score init --year ", &["2019"]),
    ("dora-score metrics --average ", &["mean", "median"]),
    ("dora-score metrics --failures ", &["incidents", "linked", "status"]),
    ("dora-score metrics -f ", &["ndjson", "json"]),
    ("dora-score teams --format ", &["ndjson", "json"]),
    ("dora-score sql --dialect ", &["duckdb", "postgres", "spark"]),
    ("dora-score sql --layout ", &["columns", "json"]),
    ("dora-score sql --result ", &["levels", "summary"]),
    ("dora-score sql --scorecard dora_", &["dora_cfr", "dora_lead_time"]),
];

/// Runs a script of a shell in a directory that contains the completion script `file`, with the line to complete as
/// `$LINE`. Returns the words that it prints.
fn completed(shell: &str, script: &str, file: &str, line: &str) -> Vec<String> {
    let place = directory(&[]);
    fs::write(place.path().join(file), run(&["completions", shell]).stdout).expect("it can be written");
    let mut process = Command::new(shell);
    let program = command();
    let bin = Path::new(program.get_program()).parent().expect("the program is in a directory");
    process.args(["-c", script]).env("LINE", line).env("BIN", bin).current_dir(place.path());
    let output = process.output().unwrap_or_else(|error| panic!("{shell} must be installed: {error}"));
    assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").split_whitespace().map(str::to_owned).collect()
}

fn offers_all_completions(shell: &str, script: &str, file: &str) {
    for (line, expected) in LINES {
        let words = completed(shell, script, file, line);
        for word in *expected {
            assert!(
                words.iter().any(|other| other == word),
                "{shell}: `{line}` does not offer {word}: {words:?}"
            );
        }
    }
}

#[test]
fn bash_completes_values_below_subcommands() {
    // the completion function reads COMP_WORDS and COMP_CWORD, and bash calls it with three arguments
    let script = r#"
        source ./script
        read -ra COMP_WORDS <<<"$LINE"
        [[ $LINE == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        function=$(complete -p dora-score | sed 's/.* -F \([^ ]*\).*/\1/')
        "$function" dora-score "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        echo "${COMPREPLY[@]}""#;
    offers_all_completions("bash", script, "script");
}

#[test]
#[ignore = "needs zsh, which .ci/run installs"]
fn zsh_completes_values_below_subcommands() {
    // an interactive zsh in a pseudo-terminal, in which the builtin that adds completions also writes them to a file
    let script = r#"
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'fpath=($PWD $fpath); autoload -U compinit; compinit -u -D'
        zpty -w shell 'compadd() { local -a new; builtin compadd -O new "$@"; print -rl -- $new >>new; builtin compadd "$@" }'
        zpty -w shell "PS1=rea'dy>'"
        zpty -r -m shell line '*ready>*'
        zpty -w -n shell "$LINE"$'\t\C-u'
        zpty -w shell exit
        while zpty -r shell line; do :; done
        cat new"#;
    offers_all_completions("zsh", script, "_dora-score");
}

#[test]
#[ignore = "needs fish, which .ci/run installs"]
fn fish_completes_values_below_subcommands() {
    let script = r#"
        set -x PATH $BIN $PATH
        source ./script
        complete -C "$LINE" | cut -f 1"#;
    offers_all_completions("fish", script, "script");
}
