//! Messages for Slack and Jira: within the limits of the tools, and without effect on anybody.

use crate::program::{Run, directory, run};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Titles that a tool, a terminal or a CI system could obey.
const HOSTILE: [&str; 14] = [
    "<!channel>",
    "<@U123> & <#C1|x>",
    "*bold* _it_ ~no~ `code` ```x```",
    "{code} || h1. | [~user] [x|http://x]",
    "a\nb\r\n::error::c",
    "\u{1b}[2J\u{7}\0\u{9b}",
    "\u{202e}txt\u{2066}",
    "##[error]x ##vso[y]",
    "&lt;!here&gt;",
    "\"\\\u{2028}",
    "",
    " \u{200b}",
    ":tada: @here #general",
    "👩\u{200d}💻💳",
];

struct Case {
    identifier: String,
    title: String,
    teams: Vec<String>,
    /// The level before and after in each scorecard.
    levels: Vec<(usize, usize)>,
}

impl Case {
    fn new(identifier: &str, title: &str, teams: &[&str]) -> Self {
        let teams = teams.iter().map(|team| (*team).to_owned()).collect();
        Self { identifier: identifier.to_owned(), title: title.to_owned(), teams, levels: vec![(3, 1)] }
    }

    fn result(&self, side: fn(&(usize, usize)) -> usize) -> Value {
        let result = |levels| {
            let rank = side(levels);
            let status = |passes| if passes { "SUCCESS" } else { "FAILURE" };
            json!({"level": LEVELS[rank], "rank": rank, "noData": false, "rules": [
                {"identifier": "<high>", "level": "Gold", "status": status(rank > 2)}]})
        };
        let results: serde_json::Map<String, Value> = (0..)
            .zip(&self.levels)
            .map(|(index, levels): (usize, _)| (format!("card{index}"), result(levels)))
            .collect();
        json!({"identifier": self.identifier, "title": self.title, "blueprint": "service", "team": self.teams,
            "scorecards": results})
    }

    fn has_down(&self) -> bool {
        self.levels.iter().any(|(from, to)| to < from)
    }

    fn has_change(&self) -> bool {
        self.levels.iter().any(|(from, to)| to != from)
    }
}

const LEVELS: [&str; 4] = ["Basic", "Bronze", "Silver", "Gold"];

/// Compares the two sides of all cases.
fn diff(cases: &[Case], arguments: &[&str]) -> Run {
    let side = |side: fn(&(usize, usize)) -> usize| {
        let lines = cases.iter().map(|case| case.result(side).to_string() + "\n");
        lines.collect::<String>()
    };
    let (before, after) = (side(|levels| levels.0), side(|levels| levels.1));
    let files = [("before.ndjson", before.as_bytes()), ("after.ndjson", after.as_bytes())];
    let place = directory(&files);
    let paths = ["before.ndjson", "after.ndjson"].map(|file| place.path().join(file));
    let [before, after] = paths.each_ref().map(|path| path.to_str().expect("UTF-8"));
    run(&[&["diff", before, after], arguments].concat())
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// All strings of a value.
fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

fn is_obeyed(character: char) -> bool {
    character != '\n' && character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Checks a message for Slack against the limits. Returns the texts of its blocks and the number of entities that it only
/// counts.
fn check_slack(run: &Run) -> (Vec<String>, usize) {
    assert!(run.code != 2, "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(!run.stdout.trim_end().contains(is_obeyed), "{}", run.stdout);
    let message: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let members: BTreeSet<&str> =
        message.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["blocks", "text"]));
    assert!((1..=300).contains(&units(message["text"].as_str().expect("a text"))));
    assert!(units(&run.stdout) <= 12_001, "the whole message");
    let blocks = message["blocks"].as_array().expect("an array");
    assert!((1..=50).contains(&blocks.len()));
    let mut shown = Vec::new();
    for block in blocks {
        let kind = block["type"].as_str().expect("a type");
        let text = if kind == "context" { &block["elements"][0] } else { &block["text"] };
        assert_eq!(text["type"], "plain_text");
        let text = text["text"].as_str().expect("a text");
        let most = if kind == "header" { 150 } else { 3_000 };
        assert!((1..=most).contains(&units(text)), "{kind}: {text}");
        shown.push(text.to_owned());
    }
    let mut all = Vec::new();
    texts(&message, &mut all);
    for text in all {
        let rest = text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "");
        assert!(!rest.contains(['&', '<', '>']), "{text}");
        assert!(!text.contains(is_obeyed), "{text:?}");
    }
    let last = shown.last().expect("there is a block");
    let counted = last.strip_prefix("… and ").map_or(0, |rest| {
        let number = rest.split(' ').next().expect("a number").replace(',', "");
        number.parse().expect("a number")
    });
    (shown, counted)
}

/// Checks issues for Jira against the limits.
fn check_jira(run: &Run) -> Vec<Value> {
    assert!(run.code != 2, "{}", run.stderr);
    assert!(!run.stdout.replace('\n', "").contains(is_obeyed));
    let issues = run.stdout.lines().map(|line| {
        let issue: Value = serde_json::from_str(line).expect("JSON");
        let fields = &issue["fields"];
        assert_eq!(fields.as_object().expect("an object").len(), 5);
        let summary = fields["summary"].as_str().expect("a text");
        assert!((1..=255).contains(&units(summary)) && !summary.contains('\n'), "{summary}");
        check_document(&fields["description"]);
        let label = fields["labels"][0].as_str().expect("a text");
        let digits = label.strip_prefix("dora-score-").expect(label);
        assert!(digits.len() == 16 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
        issue
    });
    issues.collect()
}

fn check_document(document: &Value) {
    assert_eq!((&document["version"], &document["type"]), (&json!(1), &json!("doc")));
    let text = document.to_string();
    // the longest spelling that a client may send
    let escaped: usize =
        text.chars().map(|c| if c.is_ascii() { 1 } else { 6 * c.len_utf16() }).sum::<usize>()
            + text.matches("\":").count()
            + text.matches(",\"").count()
            + text.matches(",{").count();
    assert!(escaped <= 32_767, "{escaped}");
    fn check(node: &Value) {
        match node["type"].as_str().expect("a type") {
            "text" => assert!(!node["text"].as_str().expect("a text").is_empty()),
            "bulletList" => {
                let items = node["content"].as_array().expect("an array");
                assert!(!items.is_empty() && items.iter().all(|item| item["type"] == "listItem"));
                items.iter().for_each(|item| check(&item["content"][0]));
            }
            "paragraph" => node["content"].as_array().expect("an array").iter().for_each(check),
            other => panic!("{other}"),
        }
    }
    document["content"].as_array().expect("an array").iter().for_each(check);
}

fn label(issue: &Value) -> &str {
    issue["fields"]["labels"][0].as_str().expect("a text")
}

#[test]
fn a_message_groups_entities_by_team_and_puts_serious_ones_first() {
    let mut cases = vec![
        Case::new("web", "Web", &[]),
        Case::new("up", "Up", &["payments"]),
        Case::new("checkout", "Checkout", &["payments", "platform", "web"]),
        Case::new("search", "Search", &["discovery"]),
        Case::new("same", "Same", &["payments"]),
    ];
    cases[1].levels = vec![(0, 1)];
    cases[2].levels = vec![(1, 2), (3, 2)];
    cases[4].levels = vec![(1, 1)];
    let run = diff(&cases, &["-f", "slack"]);
    let (texts, counted) = check_slack(&run);
    assert_eq!((run.code, counted), (0, 0));
    assert_eq!(texts[0], "4 of 5 entities changed");
    assert!(texts[1].contains("before.ndjson, 5 entities\nAfter: "), "{}", texts[1]);
    assert_eq!(
        texts[2..],
        [
            "payments",
            "Checkout (checkout) · service · also platform, web\n▼ card1: Gold → Silver (&lt;high&gt; fails)\n\
             ▲ card0: Bronze → Silver\n\nUp (up) · service\n▲ card0: Basic → Bronze",
            "discovery",
            "Search (search) · service\n▼ card0: Gold → Bronze (&lt;high&gt; fails)",
            "No team",
            "Web (web) · service\n▼ card0: Gold → Bronze (&lt;high&gt; fails)",
        ]
    );
}

#[test]
fn what_fails_comes_first_and_the_heading_has_the_verdict() {
    let mut cases = vec![Case::new("a", "a", &["t"]), Case::new("b", "b", &["t"])];
    cases[0].levels = vec![(3, 2), (2, 3)];
    cases[1].levels = vec![(1, 0)];
    let run = diff(&cases, &["-f", "slack", "--fail-on", "below=Bronze"]);
    let (texts, _) = check_slack(&run);
    assert_eq!(run.code, 1);
    assert_eq!(texts[0], "Comparison failed: 1 result fails (3 results on both sides)");
    assert!(texts[1].starts_with("2 of 2 entities changed\nBefore: "), "{}", texts[1]);
    assert!(texts[3].starts_with("b · service\n▼ card0: Bronze → Basic\n\na · service\n"), "{}", texts[3]);
    let message: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let text = "Comparison failed: 1 result fails (3 results on both sides) – b: card0: Bronze → Basic";
    assert_eq!(message["text"], text);
}

#[test]
fn the_date_of_each_side_is_named() {
    let place = directory(&[("e.json", br#"[{"identifier": "a", "change_failure_rate": 1}]"#)]);
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    for day in ["2026-01-01", "2026-02-01"] {
        let output = format!("json={}", path(day));
        let run = run(&["evaluate", "-e", &path("e.json"), "-f", &output, "--as-of", day]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let run = run(&["diff", &path("2026-01-01"), &path("2026-02-01"), "-f", "slack"]);
    let (texts, _) = check_slack(&run);
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert_eq!(texts[0], "No change in 1 entity");
    for text in
        ["2026-01-01 of 2026-01-01T00:00:00Z, 1 entity", "2026-02-01 of 2026-02-01T00:00:00Z, 1 entity"]
    {
        assert!(texts[1].contains(text), "{}", texts[1]);
    }
}

#[test]
fn slack_has_a_message_and_jira_no_line_if_there_is_nothing_to_tell() {
    let mut same = Case::new("a", "a", &[]);
    same.levels = vec![(1, 1)];
    for (cases, arguments, heading) in [
        (&[][..], &[][..], "No entities to compare"),
        (&[same][..], &["--fail-on", "any"], "Comparison passed: 1 result on both sides, none fails"),
    ] {
        let (texts, _) = check_slack(&diff(cases, &[&["-f", "slack"], arguments].concat()));
        assert_eq!(texts[0], heading);
        let run = diff(cases, &[&["-f", "jira", "--jira-project", "OPS"], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    }
    let place = directory(&[("after.json", b"[]")]);
    let [before, after] =
        ["before.json", "after.json"].map(|name| place.path().join(name).to_str().expect("UTF-8").to_owned());
    let pass = ["diff", &before, &after, "--missing-baseline", "pass", "-f"];
    let (texts, _) = check_slack(&run(&[&pass[..], &["slack"]].concat()));
    assert_eq!(texts[0], "Nothing to compare with");
    let jira = run(&[&pass[..], &["jira", "--jira-project", "OPS"]].concat());
    assert_eq!((jira.code, jira.stdout.as_str()), (0, ""));
}

#[test]
fn entities_that_do_not_fit_are_counted() {
    let team = |index: usize, teams: usize| format!("team {}", index % teams);
    for (count, teams, shown) in [(1, 1, 1..=1), (60, 7, 60..=60), (60, 60, 47..=47), (5_000, 9, 100..=250)] {
        let case = |index: usize| Case::new(&format!("s{index}"), "Service", &[&team(index, teams)]);
        let cases: Vec<Case> = (0..count).map(case).collect();
        let (texts, counted) = check_slack(&diff(&cases, &["-f", "slack"]));
        let named = (0..count).filter(|index| texts.iter().any(|text| text.contains(&format!("(s{index})"))));
        let named = named.count();
        // headers for teams, unless there are too many
        assert_eq!(texts.contains(&"team 0".to_owned()), teams < 20, "{texts:?}");
        assert!(shown.contains(&named), "{named} of {count}");
        assert_eq!(named + counted, count);
        let issues = check_jira(&diff(&cases, &["-f", "jira", "--jira-project", "OPS"]));
        assert_eq!(issues.len(), count);
    }
}

#[test]
fn long_titles_are_cut_and_identifiers_stay() {
    for title in ["t".repeat(5_000), "💳".repeat(5_000), "<".repeat(5_000), "\"".repeat(5_000)] {
        let teams: Vec<String> = (0..9).map(|index| format!("{index}{title}")).collect();
        let teams: Vec<&str> = teams.iter().map(String::as_str).collect();
        let mut cases = vec![Case::new("s1", &title, &teams), Case::new(&title, &title, &[])];
        cases[0].levels = vec![(3, 0); 60];
        let (texts, counted) = check_slack(&diff(&cases, &["-f", "slack"]));
        assert_eq!(counted, 0);
        assert!(texts.iter().any(|text| text.contains("… (s1) · service · also ")), "{texts:?}");
        let issues = check_jira(&diff(&cases, &["-f", "jira", "--jira-project", "OPS"]));
        assert_eq!(issues.len(), 2);
        let summary = issues[0]["fields"]["summary"].as_str().expect("a text");
        assert!(summary.ends_with("… (s1): card0: Gold → Basic, 59 more"), "{summary}");
    }
}

#[test]
fn many_lines_of_an_entity_are_counted() {
    let mut case = Case::new("s", "s", &[]);
    case.levels = vec![(3, 0); 1_000];
    let (texts, _) = check_slack(&diff(&[case], &["-f", "slack"]));
    let entity = texts.last().expect("a text");
    let lines = entity.lines().filter(|line| line.starts_with('▼')).count();
    assert!(entity.ends_with(&format!("\n… and {} more", 1_000 - lines)) && lines > 50, "{entity}");
    let mut case = Case::new("s", "s", &[]);
    case.levels = vec![(3, 0); 1_000];
    let issues = check_jira(&diff(&[case], &["-f", "jira", "--jira-project", "OPS"]));
    let list = &issues[0]["fields"]["description"]["content"][1]["content"];
    let items = list.as_array().expect("an array").len();
    let last = list[items - 1]["content"][0]["content"][0]["text"].as_str();
    assert_eq!(last, Some(&*format!("… and {} more changes", 1_000 - (items - 1))));
}

#[test]
fn hostile_texts_have_no_effect() {
    for (index, text) in HOSTILE.iter().enumerate() {
        let case = Case::new(&format!("s{index}{text}"), text, &[text, "other", text]);
        // no argument of a program can have a NUL
        let key = text.replace('\0', "");
        let run = diff(&[case], &["-f", "slack", "-f", "jira=/dev/stderr", "--jira-project", &key]);
        if key.trim().is_empty() {
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text:?}");
            continue;
        }
        check_slack(&run);
        let jira = Run { code: run.code, stdout: run.stderr, stderr: String::new() };
        let issues = check_jira(&jira);
        assert_eq!(issues[0]["fields"]["project"]["key"], key.trim());
    }
}

#[test]
fn an_issue_says_what_changed_and_where() {
    let run = diff(
        &[Case::new("checkout", "Checkout", &["payments", "web"])],
        &["-f", "jira", "--jira-project", "OPS", "--jira-type", "Bug"],
    );
    let issues = check_jira(&run);
    let fields = &issues[0]["fields"];
    assert_eq!((&fields["project"]["key"], &fields["issuetype"]["name"]), (&json!("OPS"), &json!("Bug")));
    assert_eq!(fields["summary"], "Checkout (checkout): card0: Gold → Bronze");
    let mut found = Vec::new();
    texts(&fields["description"], &mut found);
    for text in [
        "What changed:",
        "▼ card0: Gold → Bronze (<high> fails)",
        "Entity: Checkout (checkout)",
        "Blueprint: service",
        "Teams: payments, web",
    ] {
        assert!(found.contains(&text), "{text} in {found:?}");
    }
    for side in ["Before: ", "After: "] {
        let is_side = |text: &&str| text.starts_with(side) && text.ends_with(".ndjson, 1 entity");
        assert!(found.iter().any(is_side), "{found:?}");
    }
}

#[test]
fn an_issue_is_for_what_fails_or_else_for_a_lower_level() {
    let mut cases = vec![Case::new("down", "", &[]), Case::new("up", "", &[]), Case::new("low", "", &[])];
    cases[1].levels = vec![(1, 2)];
    cases[2].levels = vec![(1, 0)];
    let summaries = |arguments: &[&str]| {
        let run = diff(&cases, &[&["-f", "jira", "--jira-project", "OPS"], arguments].concat());
        let first = |issue: &Value| {
            let summary = issue["fields"]["summary"].as_str().expect("a text");
            summary.split(':').next().expect("a part").to_owned()
        };
        check_jira(&run).iter().map(first).collect::<Vec<_>>()
    };
    assert_eq!(summaries(&[]), ["down", "low"]);
    assert_eq!(summaries(&["--fail-on", "below=Bronze"]), ["low"]);
    assert_eq!(summaries(&["--fail-on", "any"]), ["down", "low", "up"]);
    assert!(summaries(&["--fail-on", "disappeared"]).is_empty());
}

#[test]
fn a_label_is_of_the_blueprint_and_the_identifier_only() {
    let entity = |blueprint: &str, identifier: &str, title: &str, level: &str| json!({"identifier": identifier, "blueprint": blueprint, "title": title, "scorecards": {"c": {"level": level}}});
    let names = [("a", "bc"), ("ab", "c"), ("a", "bd"), ("b", "bc")];
    let labels = |title: &str, level: &str| -> Vec<String> {
        let side = |level: &str| {
            let entities: Vec<Value> =
                names.iter().map(|(blueprint, id)| entity(blueprint, id, title, level)).collect();
            Value::from(entities).to_string()
        };
        let (before, after) = (side("Gold"), side(level));
        let place = directory(&[("b.json", before.as_bytes()), ("a.json", after.as_bytes())]);
        let [before, after] =
            ["b.json", "a.json"].map(|name| place.path().join(name).to_str().expect("UTF-8").to_owned());
        let run = run(&["diff", &before, &after, "-f", "jira", "--jira-project", "P"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        check_jira(&run).iter().map(|issue| label(issue).to_owned()).collect()
    };
    let first = labels("One", "Silver");
    assert_eq!(first, labels("Two", "Basic"));
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), names.len());
    // calculated by an independent SipHash-2-4; another label would make scripts open every issue again
    assert_eq!(first[0], LABEL_OF_A_BC);
}

const LABEL_OF_A_BC: &str = "dora-score-ce7482c6fea8e718";

#[test]
fn options_of_jira_belong_to_its_format() {
    let cases = [Case::new("a", "a", &[])];
    for (arguments, message) in [
        (&["-f", "jira"][..], "error[missing-jira-project]: the format `jira` needs the key of a project\n"),
        (
            &["--jira-project", "A"],
            "error[unused-option]: `--jira-project` has no effect without the format `jira`\n",
        ),
        (&["-f", "slack", "--jira-type", "A"], "error[unused-option]: `--jira-type` has no effect"),
        (
            &["-f", "jira", "--jira-project", ""],
            "error: invalid value '' for '--jira-project <KEY>': it must not be empty",
        ),
        (
            &["-f", "jira", "--jira-project", "A", "--jira-type", " \t"],
            "for '--jira-type <TYPE>': it must not be empty",
        ),
    ] {
        let run = diff(&cases, arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    let long = "K".repeat(10_000);
    let issues = check_jira(&diff(&cases, &["-f", "jira", "--jira-project", &long]));
    assert_eq!(issues[0]["fields"]["project"]["key"], long);
}

#[cfg(unix)]
#[test]
fn a_key_that_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let key = std::ffi::OsStr::from_bytes(b"\xff");
    let mut command = crate::program::command();
    command.args(["diff", "a", "b", "-f", "jira", "--jira-project"]).arg(key);
    let output = command.output().expect("it runs");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

#[test]
fn changed_definitions_are_told() {
    let side = |digest: &str, level: &str, rank: usize| {
        let level = json!({"level": level, "rank": rank, "noData": false, "rules": []});
        let levels: Vec<Value> = LEVELS.iter().map(|title| json!({"title": title, "count": 0})).collect();
        json!({"schemaVersion": 1, "kind": "result", "asOf": "2026-01-01T00:00:00Z",
            "entities": [{"identifier": "a", "title": "a", "blueprint": "service", "team": [], "scorecards": {"c": level}}],
            "summary": {"entities": 1, "scorecards": [{"identifier": "c", "title": "C", "blueprint": "service",
                "digest": digest, "graded": 1, "notApplicable": 0, "noData": 0, "levels": levels, "rules": []}]}})
        .to_string()
    };
    let (before, after) = (side("1", "Gold", 3), side("2", "Basic", 0));
    let place = directory(&[("b.json", before.as_bytes()), ("a.json", after.as_bytes())]);
    let [before, after] =
        ["b.json", "a.json"].map(|name| place.path().join(name).to_str().expect("UTF-8").to_owned());
    let slack =
        run(&["diff", &before, &after, "-f", "slack", "--fail-on", "changed-rules", "--fail-on", "down"]);
    let (texts, _) = check_slack(&slack);
    assert_eq!(slack.code, 1);
    assert!(texts[0].starts_with("Comparison failed: 1 changed definition"), "{}", texts[0]);
    assert!(texts[1].contains("\nthe definition of c changed, so its changes (marked *)"), "{}", texts[1]);
    assert_eq!(texts[3], "a · service\n▼ C *: Gold → Basic");
    let jira = run(&["diff", &before, &after, "-f", "jira", "--jira-project", "P", "--fail-on", "down"]);
    assert_eq!((jira.code, jira.stdout.as_str()), (0, ""));
}

fn text() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        r"([a-z<>&*_`~|{}\[\]\n💳é\u{202e}\u{200d}]|\PC){0,9}",
        (1_usize..400).prop_map(|length| "x<💳".repeat(length)),
    ];
    prop::collection::vec(parts, 0..3).prop_map(|parts| parts.concat())
}

prop_compose! {
    fn case()(
        title in text(),
        teams in prop::collection::vec(prop_oneof![text(), "t[0-9]{1,2}"], 0..3),
        levels in prop::collection::vec((0_usize..4, 0_usize..4), 1..8),
    ) -> Case {
        Case { identifier: String::new(), title, teams, levels }
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.result(|levels| levels.1))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_message_is_within_the_limits_and_every_entity_is_named_or_counted(
        mut cases in prop::collection::vec(case(), 0..130),
        fails in any::<bool>(),
    ) {
        for (index, case) in cases.iter_mut().enumerate() {
            case.identifier = format!("id-{index}-");
        }
        let gate: &[&str] = if fails { &["--fail-on", "down"] } else { &[] };
        let (texts, counted) = check_slack(&diff(&cases, &[&["-f", "slack"], gate].concat()));
        let named = |case: &&Case| texts.iter().any(|text| text.contains(&format!("({})", case.identifier)));
        let changed: Vec<&Case> = cases.iter().filter(|case| case.has_change()).collect();
        let shown = changed.iter().filter(|case| named(case) || texts.iter().any(|text| text.contains(&format!("{} · ", case.identifier))));
        prop_assert_eq!(shown.count() + counted, changed.len());
        let jira = diff(&cases, &[&["-f", "jira", "--jira-project", "OPS"], gate].concat());
        let issues = check_jira(&jira);
        let down: Vec<&Case> = cases.iter().filter(|case| case.has_down()).collect();
        prop_assert_eq!(issues.len(), down.len());
        let labels: BTreeSet<&str> = issues.iter().map(label).collect();
        prop_assert_eq!(labels.len(), down.len());
        for case in down {
            prop_assert!(issues.iter().any(|issue| issue["fields"]["summary"].as_str().is_some_and(|text| text.contains(&case.identifier))));
        }
    }
}
