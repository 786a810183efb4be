//! Messages for other tools: Slack, Jira and GitHub.

use super::compare::parsed;
use super::side::{list, text};
use super::trend_cases::days;
use super::written::document;
use crate::program::{Run, directory, run};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn diff(before: &Value, after: &Value, options: &[&str]) -> Run {
    let (before, after) = (before.to_string(), after.to_string());
    let files = directory(&[("before.json", before.as_bytes()), ("after.json", after.as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (before, after) = (path("before.json"), path("after.json"));
    run(&[&["diff", &before, &after], options].concat())
}

const JIRA: [&str; 4] = ["-f", "jira", "--jira-project", "OPS"];

/// The issues of a run, one a line.
fn issues(run: &Run) -> Vec<Value> {
    assert!([0, 1].contains(&run.code), "{}", run.stderr);
    run.stdout.lines().map(parsed).collect()
}

fn labels(issues: &[Value]) -> Vec<String> {
    let label = |issue: &Value| {
        let all = list(&issue["fields"]["labels"]).iter().map(text);
        all.into_iter().find(|label| label.starts_with("dora-score-")).expect("a label of the entity")
    };
    issues.iter().map(label).collect()
}

/// All texts in a value.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The message for Slack, whose bounds hold.
fn slack(run: &Run) -> Value {
    assert!([0, 1].contains(&run.code), "{}", run.stderr);
    let message = parsed(&run.stdout);
    assert!(message["text"].as_str().is_some_and(|text| !text.is_empty()), "{message}");
    let blocks = list(&message["blocks"]);
    assert!((1..=50).contains(&blocks.len()), "{} blocks", blocks.len());
    for block in blocks {
        let most = if block["type"] == "header" { 150 } else { 3000 };
        assert!(texts(block).iter().all(|text| text.chars().count() <= most), "{block}");
    }
    message
}

/// A document of many entities at this level.
fn many(count: usize, level: &str) -> Value {
    let said: Vec<String> = (0..count).map(|index| format!("entity{index:04}={level}")).collect();
    document(&said.join(" "))
}

#[test]
fn slack_gets_one_object_also_when_there_is_nothing_to_tell() {
    let same = document("ee=Gold");
    slack(&diff(&same, &same, &["-f", "slack"]));
    let told = slack(&diff(&same, &document("ee=Basic"), &["-f", "slack"]));
    let all = texts(&told["blocks"]).join("\n");
    for part in ["ee", "Gold", "Basic", "silver"] {
        assert!(all.contains(part), "{part} is not in {all}");
    }
}

#[test]
fn slack_gets_at_most_50_blocks_and_the_rest_is_counted_in_the_last() {
    let told = slack(&diff(&many(900, "Gold"), &many(900, "Basic"), &["-f", "slack"]));
    let all = texts(&told["blocks"]).join("\n");
    let shown = (0..900).filter(|index| all.contains(&format!("entity{index:04}"))).count();
    let last = texts(list(&told["blocks"]).last().expect("a block")).join("\n");
    assert!(shown == 900 || last.contains(&(900 - shown).to_string()), "{shown} are shown: {last}");
    slack(&diff(&document(""), &many(900, "Basic"), &["-f", "slack"]));
}

#[test]
fn slack_gets_ampersands_and_angle_brackets_escaped() {
    let titled = |said: &str| {
        let mut document = document(said);
        document["entities"][0]["title"] = json!("<!channel> & <b>");
        document["entities"][0]["team"] = json!(["<!here>"]);
        document
    };
    let told = slack(&diff(&titled("ee=Gold"), &titled("ee=Basic"), &["-f", "slack"]));
    // plain texts of Slack are escaped as well
    for part in texts(&told) {
        assert!(!part.contains("<!channel>") && !part.contains("<!here>") && !part.contains("<b>"), "{part}");
    }
    assert!(texts(&told).join("\n").contains("&lt;!channel&gt; &amp; &lt;b&gt;"), "{told}");
}

#[test]
fn slack_bounds_hold_for_long_names() {
    let long = |level: &str| {
        let mut document = document(&format!("ee={level} ff={level}"));
        document["entities"][0]["title"] = json!("&".repeat(5000));
        document["entities"][1]["team"] = json!(["x".repeat(5000)]);
        document["summary"]["scorecards"][0]["title"] = json!("ü".repeat(4000));
        document
    };
    slack(&diff(&long("Gold"), &long("Basic"), &["-f", "slack"]));
}

#[test]
fn changes_are_grouped_by_the_first_team_of_an_entity() {
    let teams = |said: &str| {
        let mut document = document(said);
        for (entity, team) in
            [json!(["alpha"]), json!(["beta", "gamma"]), json!(["alpha"])].iter().enumerate()
        {
            document["entities"][entity]["team"] = team.clone();
        }
        document
    };
    let run = diff(&teams("e1=Gold e2=Gold e3=Gold"), &teams("e1=Basic e2=Basic e3=Basic"), &["-f", "slack"]);
    let all = texts(&slack(&run)["blocks"]).join("\n");
    let position = |part: &str| all.find(part).unwrap_or_else(|| panic!("{part} is not in {all}"));
    let of_beta = position("e2");
    assert_eq!(position("e1") < of_beta, position("e3") < of_beta, "{all}");
    assert!(position("alpha") < position("e1").min(position("e3")) && position("beta") < of_beta, "{all}");
    position("gamma");
}

#[test]
fn jira_gets_an_issue_a_line_for_each_entity_with_a_down() {
    let (before, after) = (document("e1=Gold e2=Basic e3=Gold"), document("e1=Basic e2=Gold e4=Gold"));
    assert_eq!(diff(&before, &after, &["-f", "jira"]).code, 2);
    let issues = issues(&diff(&before, &after, &JIRA));
    assert_eq!(issues.len(), 1);
    let fields = &issues[0]["fields"];
    assert_eq!((&fields["project"]["key"], &fields["issuetype"]["name"]), (&json!("OPS"), &json!("Task")));
    assert!(text(&fields["summary"]).contains("e1"), "{fields}");
    assert_eq!(
        (&fields["description"]["type"], &fields["description"]["version"]),
        (&json!("doc"), &json!(1))
    );
    let label = &labels(&issues)[0]["dora-score-".len()..];
    assert!(label.len() == 16 && label.bytes().all(|byte| byte.is_ascii_hexdigit()), "{label}");
    let typed = diff(&before, &after, &[&JIRA[..], &["--jira-type", "Bug"]].concat());
    assert_eq!(parsed(&typed.stdout)["fields"]["issuetype"]["name"], "Bug");
    assert_eq!(diff(&before, &before, &JIRA).stdout, "");
}

#[test]
fn jira_gets_an_issue_for_each_culprit_with_fail_on() {
    let (before, after) = (document("e1=Gold e2=Gold e3=Gold"), document("e1=Basic e2=Silver"));
    let count = |kinds: &[&str]| {
        let arguments: Vec<&str> =
            JIRA.into_iter().chain(kinds.iter().flat_map(|kind| ["--fail-on", kind])).collect();
        issues(&diff(&before, &after, &arguments)).len()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["below=Bronze"]), 1);
    assert_eq!(count(&["disappeared"]), 1);
    assert_eq!(count(&["any"]), 3);
    assert_eq!(count(&["lost-data"]), 0);
    // one an entity, however many of its results are culprits
    let two = diff(&document("e1.x=Gold e1.y=Gold"), &document("e1.x=Basic e1.y=Basic"), &JIRA);
    assert_eq!(issues(&two).len(), 1);
}

#[test]
fn the_label_is_of_the_blueprint_and_the_identifier_alone() {
    let one = |blueprint: &str, name: &str, level: &str, title: &str| {
        let mut document = document(&format!("{name}={level}"));
        document["entities"][0]["blueprint"] = json!(blueprint);
        document["entities"][0]["title"] = json!(title);
        document["summary"]["scorecards"][0]["blueprint"] = json!(blueprint);
        document
    };
    let label = |blueprint: &str, name: &str, to: &str, title: &str| {
        let run = diff(&one(blueprint, name, "Gold", title), &one(blueprint, name, to, title), &JIRA);
        labels(&issues(&run)).pop().expect("an issue")
    };
    assert_eq!(label("a", "bc", "Basic", "one"), label("a", "bc", "Silver", "two"));
    let others = [("a", "bc"), ("ab", "c"), ("abc", "a"), ("bc", "a"), ("a", "b")];
    let labels: BTreeSet<String> =
        others.iter().map(|(kind, name)| label(kind, name, "Basic", "one")).collect();
    assert_eq!(labels.len(), others.len());
}

#[test]
fn the_bounds_of_jira_hold_for_long_names() {
    let long = |level: &str| {
        let cards: Vec<String> = (0..300).map(|card| format!("ee.card{card}={level}")).collect();
        let mut document = document(&cards.join(" "));
        document["entities"][0]["title"] = json!("two\nlines \u{1f600}".repeat(300));
        for card in document["summary"]["scorecards"].as_array_mut().expect("an array") {
            card["title"] = json!("ü".repeat(300));
        }
        document
    };
    let issues = issues(&diff(&long("Gold"), &long("Basic"), &JIRA));
    let summary = text(&issues[0]["fields"]["summary"]);
    assert!(summary.encode_utf16().count() <= 255 && !summary.contains('\n'), "{summary}");
    let description: usize =
        texts(&issues[0]["fields"]["description"]).iter().map(|text| text.encode_utf16().count()).sum();
    assert!(description <= 32_767, "{description}");
}

#[test]
fn a_trend_tells_the_stuck_ones() {
    let series = days(&["e1=Basic e2=Basic", "e1=Basic e2=Gold", "e1=Basic e2=Basic"]);
    let told = slack(&series.run("slack"));
    let all = texts(&told["blocks"]).join("\n");
    assert!(all.contains("e1") && !all.contains("e2"), "{all}");
    let files =
        directory(&[("1.json", series.files[0].1.as_bytes()), ("2.json", series.files[1].1.as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (first, second) = (path("1.json"), path("2.json"));
    let trend = |row: &str| run(&[&["trend", &first, &second, "--for", row], &JIRA[..]].concat());
    assert_eq!(trend("3").stdout, "");
    let stuck = issues(&trend("2"));
    assert_eq!(stuck.len(), 1);
    // the same entity has the same label in both commands
    let fallen = diff(&document("e1=Gold"), &document("e1=Basic"), &JIRA);
    assert_eq!(labels(&stuck), labels(&issues(&fallen)));
    slack(&days(&["e1=Gold", "e1=Gold"]).run("slack"));
}

#[test]
fn github_gets_annotations() {
    let arguments = ["-f", "github", "--fail-on", "down"];
    let run = diff(&document("ee=Gold"), &document("ee=Basic"), &arguments);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let annotations: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("::")).collect();
    assert!(
        annotations.iter().any(|line| line.starts_with("::error") && line.contains("ee")),
        "{}",
        run.stdout
    );
}
