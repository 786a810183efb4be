//! The scripts beside the guides do what the guides say.

use crate::program::shell;
use std::path::Path;

const JIRA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/diff/jira.sh");
const PORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/grade/port.sh");
const DBT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/warehouse/dbt");

/// The exit code of a shell command in a directory, and its two outputs in one. Programs in `bin` come first.
fn run(script: &str, directory: &Path, variables: &[(&str, &str)]) -> (i32, String) {
    let output = shell(&format!("{{ {script}\n}} 2>&1"), directory, Some(&directory.join("bin")))
        .envs(variables.iter().copied())
        .output()
        .expect("there is a shell");
    let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
    (output.status.code().expect("it is not killed"), text)
}

/// A `curl` that answers as Jira does and writes what is sent to it to files: an issue with the label `dora-score-open`
/// is open, and the label `dora-score-broken` is an error.
const CURL: &str = r#"#!/bin/sh
echo "$@" >> calls
case "$*" in
  *search/jql*dora-score-broken*) echo '{"errorMessages":["no"]}'; exit 22 ;;
  *search/jql*dora-score-open*) echo '{"issues":[{"key":"OPS-1"}]}' ;;
  *search/jql*) echo '{"issues":[]}' ;;
  *rest/api/3/issue*--data-binary*@-*) cat >> created; echo '{"key":"OPS-2"}' ;;
  *) exit 2 ;;
esac
"#;

/// The lines that `jira.sh` prints for issues with these labels, its exit code, and what it created.
fn jira(labels: &[&str]) -> (i32, String, String) {
    let directory = tempfile::tempdir().expect("there is room for a directory");
    let place = directory.path();
    std::fs::create_dir(place.join("bin")).expect("it is created");
    std::fs::write(place.join("bin/curl"), CURL).expect("it is written");
    let issues = labels.iter().map(|label| issue(label));
    std::fs::write(place.join("issues.ndjson"), issues.collect::<String>()).expect("it is written");
    let variables =
        [("JIRA_URL", "https://jira.invalid"), ("JIRA_USER", "ana@example.com"), ("JIRA_TOKEN", "secret")];
    let script = format!("chmod +x bin/curl; sh '{JIRA}' < issues.ndjson");
    let (code, text) = run(&script, place, &variables);
    assert!(!place.join("hacked").exists(), "an issue ran a command");
    (code, text, std::fs::read_to_string(place.join("created")).unwrap_or_default())
}

/// A line of `-f jira`. Its summary has what a shell could take for something else.
fn issue(label: &str) -> String {
    let summary = r"$(touch hacked) `touch hacked` \n %s";
    format!(
        "{{\"fields\":{{\"project\":{{\"key\":\"OPS\"}},\"summary\":\"{summary}\",\"labels\":[\"{label}\"]}}}}\n"
    )
}

#[test]
#[ignore = "needs jq; .ci/run installs it and runs this"]
fn the_jira_script_creates_only_issues_that_are_not_open() {
    let (code, text, created) = jira(&["dora-score-open", "dora-score-a", "dora-score-b"]);
    assert_eq!((code, text.as_str()), (0, "OPS-1 is open already\ncreated OPS-2\ncreated OPS-2\n"));
    assert_eq!(created, issue("dora-score-a") + &issue("dora-score-b"), "issues are sent as they are");

    let (code, text, created) = jira(&[]);
    assert_eq!((code, text.as_str(), created.as_str()), (0, "", ""));

    let (code, _, created) = jira(&["dora-score-broken", "dora-score-a"]);
    assert_eq!((code, created.as_str()), (22, ""), "without an answer nothing is created");
}

/// A `curl` that answers as Port does, with two pages of entities. For the secret `wrong` there is no token, and the
/// second page of the blueprint `broken` is an error.
const PORT_CURL: &str = r#"#!/bin/sh
case "$*" in
  *auth/access_token*wrong*|*wrong*auth/access_token*) echo '{"ok":false,"error":"unauthorized"}'; exit 22 ;;
  *auth/access_token*) echo '{"ok":true,"accessToken":"t1"}' ;;
  *"Bearer t1"*blueprints/service/scorecards) cat scorecards ;;
  *"Bearer t1"*blueprints/service/entities) echo '{"ok":true,"entities":[{"identifier":"a"}]}' ;;
  *'{"limit":1000}'*"Bearer t1"*/entities/search) echo '{"ok":true,"next":"n 1","entities":[{"identifier":"a"}]}' ;;
  *blueprints/broken/*) echo '{"ok":false,"error":"internal"}'; exit 22 ;;
  *'{"limit":1000,"from":"n 1"}'*"Bearer t1"*/entities/search) echo '{"ok":true,"entities":[{"identifier":"b"}]}' ;;
  *) echo "unexpected: $*" >&2; exit 2 ;;
esac
"#;

/// Runs a script where `curl` answers as Port does.
fn with_port(script: &str, secret: &str) -> (i32, String) {
    let directory = tempfile::tempdir().expect("there is room for a directory");
    let place = directory.path();
    std::fs::create_dir(place.join("bin")).expect("it is created");
    std::fs::write(place.join("bin/curl"), PORT_CURL).expect("it is written");
    let card = include_str!("../../examples/scorecards/service_2_lead_time.json");
    std::fs::write(place.join("scorecards"), format!("{{\"ok\":true,\"scorecards\":[{card}]}}"))
        .expect("it is written");
    let script = format!("chmod +x bin/curl\n{script}");
    run(&script, place, &[("PORT_CLIENT_ID", "id"), ("PORT_CLIENT_SECRET", secret), ("PORT", PORT)])
}

#[test]
#[ignore = "needs jq; .ci/run installs it and runs this"]
fn the_port_script_gets_all_pages_or_fails() {
    let (code, text) =
        with_port("sh \"$PORT\" service > all.json && dora-score evaluate -e all.json -q -f csv", "s");
    assert_eq!((code, text.lines().count()), (0, 3), "{text}");

    let (code, text) = with_port("sh \"$PORT\" broken", "s");
    assert!(code == 22 && text.contains("internal"), "{text}");
    let (code, text) = with_port("sh \"$PORT\" service", "wrong");
    assert_eq!((code, text.as_str()), (22, "{\"ok\":false,\"error\":\"unauthorized\"}\n"));
    let (code, text) = with_port("sh \"$PORT\"", "s");
    assert!(code != 0 && text.contains("the blueprint is missing"), "{text}");
}

/// The block of commands of a file that has this text.
fn block<'a>(text: &'a str, part: &str) -> &'a str {
    let mut blocks =
        text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().expect("a block ends"));
    blocks.find(|block| block.contains(part)).expect("there is such a block")
}

#[test]
#[ignore = "needs jq; .ci/run installs it and runs this"]
fn the_commands_for_port_in_the_readme_and_the_guide_grade_what_port_answers() {
    let export = block(include_str!("../../README.md"), "port-export.json");
    let (code, text) = with_port(export, "s");
    assert!(code == 0 && text.contains("Lead Time for Changes"), "{text}");

    let pages = block(include_str!("../../examples/grade/README.md"), "search()");
    let token = export.lines().take(3).collect::<Vec<_>>().join("\n");
    let (code, text) = with_port(&format!("{token}\n{pages}\ndora-score evaluate -e port -q -f csv"), "s");
    assert_eq!((code, text.lines().count()), (0, 3), "{text}");
}

#[test]
fn the_dbt_model_keeps_braces_of_users_and_refuses_the_end_of_the_raw_block() {
    let directory = tempfile::tempdir().expect("there is room for a directory");
    let write = |value: &str| {
        let condition = serde_json::json!({"property": "tier", "operator": "=", "value": value});
        let rule = serde_json::json!({"identifier": "r", "level": "Gold",
            "query": {"combinator": "and", "conditions": [condition]}});
        let card = serde_json::json!({"identifier": "c", "title": "{% endraw %}", "blueprint": "service",
            "rules": [rule]});
        std::fs::write(directory.path().join("cards.json"), card.to_string()).expect("it is written");
    };
    let copied = run(
        &format!("cp -r {DBT} dbt && chmod -R u+w dbt && rm -f dbt/models/levels.sql"),
        directory.path(),
        &[],
    );
    assert_eq!(copied, (0, String::new()));
    let compile = || run("dbt/compile.sh -s cards.json", directory.path(), &[]);
    let model = directory.path().join("dbt/models/levels.sql");

    write("{%- endraw %}{{ x }}");
    let (code, text) = compile();
    assert!(code == 1 && text.contains("would end the raw block") && !model.exists(), "{text}");

    write("{{ $HOME `id` }} {% if %}");
    assert_eq!(compile(), (0, String::new()));
    let model = std::fs::read_to_string(model).expect("it is there");
    assert_eq!(model.matches("{% endraw %}").count(), 1, "{model}");
    assert!(model.contains("'{{ $HOME `id` }} {% if %}'"), "{model}");
}
