//! What people and CI systems read: table, summary, markdown, JUnit XML and workflow annotations, all
//! of them also with text that tries to break them.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests may fail like tests")]

use crate::program::{Run, command, directory, run, run_with};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

const SERVICES: &str = "examples/entities/services.json";
const GATE: [&str; 4] = ["--min-level", "Bronze", "--no-data", "pass"];

/// Runs `evaluate` on some entities with so many columns.
fn at(columns: usize, arguments: &[&str]) -> Run {
    let mut command = command();
    command.env("COLUMNS", columns.to_string()).arg("evaluate").args(arguments);
    let output = command.output().expect("the program runs");
    Run {
        code: output.status.code().expect("the program is not killed by a signal"),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

fn services(arguments: &[&str]) -> String {
    let all = [&["evaluate", "-e", SERVICES][..], arguments].concat();
    run(&all).stdout
}

/// Titles that try to break out of whatever they are put into.
const HOSTILE: [&str; 15] = [
    "pipe | pipe",
    "two\nlines\r\nand more",
    "tab\tseparated",
    "\u{1b}[31mred\u{1b}[0m \u{7}\u{0}\u{9b}31m",
    "]]> <!-- & \"quoted\" 'too' <b onclick=x>",
    "::error::injected\n::set-output name=x::y%0A",
    "`code` **bold** _under_ [link](http://x) @someone $x$ \\| \\",
    "👩\u{200d}👩\u{200d}👧\u{200d}👧 family 🇩🇪 flags ☺\u{fe0f}",
    "時刻表同期サービス管理画面時刻表同期サービス管理画面",
    "e\u{301}a\u{308}o\u{302} combi\u{301}\u{302}\u{303}ning",
    "\u{202e}turned\u{2066} \u{2028}line\u{2029} \u{fffe}\u{ffff}",
    "\u{200b}\u{301}",
    "a very long title without any end to it, for nobody ever thought of the width of a terminal at all",
    "Loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
    " ",
];

/// A directory with `entities.json` and `cards.json`: every hostile title on an entity, on so many
/// scorecards, and on a level and a rule of them.
fn hostile(cards: usize) -> tempfile::TempDir {
    let entity = |(index, title): (usize, &&str)| {
        json!({"identifier": format!("{title}{index}"), "title": title, "team": [title, "core"],
               "properties": {"n": index, "text": title}})
    };
    let entities: Vec<Value> = HOSTILE.iter().enumerate().map(entity).collect();
    let card = |index: usize| {
        let title = HOSTILE[index % HOSTILE.len()];
        json!({"identifier": format!("{title}{index}"), "title": title,
               "levels": [{"title": "Low"}, {"title": format!("{title}!"), "color": "red"}],
               "rules": [{"identifier": format!("{title}?"), "level": format!("{title}!"),
                          "query": {"combinator": "and", "conditions": [
                              {"property": "n", "operator": ">", "value": index % 10},
                              {"property": "text", "operator": "!=", "value": title}]}}]})
    };
    let cards: Vec<Value> = (0..cards).map(card).collect();
    let entities = serde_json::to_vec(&entities).expect("values can be written");
    directory(&[
        ("entities.json", &entities),
        ("cards.json", &serde_json::to_vec(&cards).expect("values can be written")),
    ])
}

fn hostile_run(cards: usize, columns: usize, arguments: &[&str]) -> Run {
    let directory = hostile(cards);
    let path = |name: &str| directory.path().join(name).to_str().expect("it is UTF-8").to_owned();
    let (entities, cards) = (path("entities.json"), path("cards.json"));
    at(columns, &[&["-e", &entities, "-s", &cards, "-q"][..], arguments].concat())
}

/// Takes the colours away that the program itself sets.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').expect("a sequence ends");
        assert_eq!(&after[end..=end], "m", "only colours are set");
        rest = &after[end + 1..];
    }
    plain + rest
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for cards in [1, 4, 40] {
        for columns in [30, 80, 81, 200] {
            for extra in [&[][..], &["--color", "always"], &["--group-by", "team"], &["--show", "text"]] {
                let run = hostile_run(cards, columns, extra);
                assert_eq!(run.code, 0, "{}", run.stderr);
                for line in plain(&run.stdout).lines() {
                    assert!(line.width() <= columns, "{} > {columns}: {line:?}", line.width());
                    assert!(!line.contains(char::is_control), "{line:?}");
                    assert!(!line.trim_start().starts_with("::"), "a log takes it for a command: {line:?}");
                }
                for (index, title) in HOSTILE.iter().enumerate() {
                    let start: String = title.chars().take(3).collect();
                    let replaced = start.contains(|c: char| c.is_control() || c == '\u{202e}' || c == ':');
                    assert!(replaced || plain(&run.stdout).contains(&start), "title {index} is shown");
                }
            }
        }
    }
}

/// The display column at which a text begins.
fn column(line: &str, text: &str) -> Option<usize> {
    line.find(text).map(|at| line[..at].width())
}

#[test]
fn columns_stand_below_their_headers() {
    for columns in [80, 120, 200] {
        let shown = at(columns, &["-e", SERVICES]).stdout;
        let lines: Vec<&str> = shown.lines().collect();
        let header = lines.iter().position(|line| line.starts_with("Title")).expect("there is a header");
        let mttr = column(lines[header], "MTTR").expect("all four fit");
        for line in &lines[header + 2..header + 14] {
            let level = ["Basic", "Bronze", "Silver", "Gold"].iter().rev();
            let last = level.filter_map(|level| line.rfind(level)).max().expect("there is a level");
            assert_eq!(line[..last].width(), mttr, "{line}");
        }
        let widest = lines.iter().map(|line| line.width()).max();
        assert!(widest <= Some(columns) && lines[header + 1].chars().all(|c| c == '─'), "{shown}");
    }
}

#[test]
fn forty_scorecards_stand_in_blocks_that_repeat_the_title() {
    let card = |index: usize| {
        json!({"identifier": format!("card{index}"), "title": format!("Card{index}."),
               "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and", "conditions": [
                   {"property": "n", "operator": ">", "value": index}]}}]})
    };
    let cards: Vec<Value> = (0..40).map(card).collect();
    let cards = serde_json::to_vec(&cards).expect("values can be written");
    let directory = directory(&[
        ("cards.json", &cards),
        ("entities.json", br#"{"identifier":"booking","properties":{"n":19.5}}"#),
    ]);
    let path = |name: &str| directory.path().join(name).to_str().expect("it is UTF-8").to_owned();
    let shown = at(100, &["-e", &path("entities.json"), "-s", &path("cards.json")]).stdout;
    let table = shown.split("Scorecard").next().expect("there is a beginning");
    let blocks = table.matches("Title").count();
    assert!(blocks > 2, "{shown}");
    assert_eq!(table.matches("booking").count(), blocks);
    assert_eq!((table.matches("Gold").count(), table.matches("Basic").count()), (20, 20));
    for index in 0..40 {
        assert_eq!(table.matches(&format!("Card{index}.")).count(), 1, "{table}");
    }
}

#[test]
fn a_pipe_gets_the_natural_width() {
    let shown = services(&[]);
    assert!(!shown.contains('…'), "{shown}");
    for text in ["時刻表同期サービス  timetable-sync", "Lead Time for Changes", "booking, harbour"] {
        assert!(shown.contains(text), "{text} in {shown}");
    }
    assert!(shown.lines().all(|line| line == line.trim_end()), "{shown}");
}

#[test]
fn the_table_is_as_it_was() {
    let shown = at(80, &["-e", SERVICES]).stdout;
    let expected = include_str!("../cases/services-80.txt");
    assert_eq!(shown, expected);
}

#[test]
fn every_colour_of_port_is_its_own() {
    const COLORS: [&str; 17] = [
        "blue",
        "turquoise",
        "orange",
        "purple",
        "pink",
        "yellow",
        "green",
        "red",
        "gold",
        "silver",
        "paleBlue",
        "darkGray",
        "lightGray",
        "bronze",
        "lime",
        "olive",
        "brown",
    ];
    let levels: Vec<Value> = COLORS.iter().map(|name| json!({"title": name, "color": name})).collect();
    let levels = [levels, vec![json!({"title": "none"}), json!({"title": "odd", "color": "mauve"})]].concat();
    let card = json!({"identifier": "rainbow", "levels": levels, "rules": []}).to_string();
    let directory = directory(&[("card.json", card.as_bytes())]);
    let card = directory.path().join("card.json");
    let card = card.to_str().expect("it is UTF-8");
    let colored = |when: &str| {
        run_with(
            &["evaluate", "-s", card, "-e", "-", "--color", when, "-f", "summary"],
            br#"{"identifier":"a","properties":{}}"#,
        )
        .stdout
    };
    let shown = colored("always");
    let style = |title: &str| {
        let badge = shown.find(&format!(" {title} ")).expect("there is a badge");
        let start = shown[..badge].rfind("\u{1b}[0m").map_or(0, |at| at + 4);
        shown[start..badge].trim_start().to_owned()
    };
    let mut styles: Vec<String> = COLORS.iter().map(|title| style(title)).collect();
    assert_eq!(style("none"), style("odd"), "both are neutral");
    styles.push(style("none"));
    assert!(styles.iter().all(|style| style.contains("48;5;") && style.contains("38;5;")), "{styles:?}");
    styles.sort();
    styles.dedup();
    assert_eq!(styles.len(), 18);
    assert!(!colored("never").contains('\u{1b}'));
    let said: Vec<String> = plain(&shown).lines().map(|line| line.trim_end().replace('█', "░")).collect();
    assert_eq!(said, colored("never").lines().collect::<Vec<_>>(), "colour adds nothing");
}

#[test]
fn the_flag_decides_on_colour_before_the_environment() {
    for format in ["table", "summary"] {
        let colored = |when: &str, name: &str| {
            let mut command = command();
            command.env(name, "1").args(["evaluate", "-e", SERVICES, "-f", format, "--color", when]);
            let output = command.output().expect("the program runs");
            output.stdout.contains(&0x1b)
        };
        assert!(colored("always", "NO_COLOR"));
        assert!(!colored("auto", "NO_COLOR"));
        assert!(!colored("never", "CLICOLOR_FORCE"));
        assert!(colored("auto", "CLICOLOR_FORCE"));
    }
}

#[test]
fn marks_are_explained_where_they_occur() {
    let line = |shown: &str, title: &str| {
        shown.lines().find(|line| line.starts_with(title)).expect("it is listed").to_owned()
    };
    let shown = services(&["-s", "examples/filtered", "--as-of", "2026-08-22"]);
    assert!(line(&shown, "Fax Bridge").ends_with("–"), "{shown}");
    assert!(line(&shown, "tide-watch").ends_with("Unranked ?"), "{shown}");
    assert!(line(&shown, "Crew Roster").ends_with("Unranked"), "{shown}");
    assert!(shown.ends_with("? no data to judge by   – not applicable\n"), "{shown}");
    let shown = services(&["--only", "seat-map"]);
    assert!(!shown.contains("to judge by"), "{shown}");
}

/// The titles of the listed entities, and the headings of groups.
fn listed(shown: &str) -> Vec<String> {
    let lines = shown.lines().skip_while(|line| !line.starts_with('─')).skip(1);
    let titles = lines.take_while(|line| !line.is_empty());
    titles.map(|line| line.trim().split("  ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn groups_have_an_entity_under_each_of_its_teams() {
    let shown = services(&["--group-by", "team", "--sort", "title"]);
    let titles = listed(&shown);
    assert_eq!(titles.iter().filter(|title| *title == "wayfinder").count(), 2);
    let headings: Vec<&str> =
        titles.iter().filter(|title| title.contains(" · ")).map(String::as_str).collect();
    assert_eq!(headings, ["booking · 4", "harbour · 5", "payments · 3", "no team · 1"]);
    assert_eq!(titles.last().map(String::as_str), Some("tide-watch"));
    assert!(shown.starts_with("service · 12 entities\n"), "{shown}");
}

#[test]
fn rows_are_sorted_then_limited() {
    let shown = services(&["--sort", "title", "--limit", "3"]);
    assert_eq!(listed(&shown), ["Booking API", "Cafe\u{301} Kiosk", "Crew Roster", "… and 9 more"]);
    assert!(shown.starts_with("service · 3 of 12 entities\n"), "{shown}");
    assert!(shown.contains("all 12 entities\n"), "the distribution is that of all");
    let shown = services(&["--sort", "dora_lead_time", "--limit", "6"]);
    let lowest = ["Crew Roster", "Fax Bridge", "Freight Invoice", "Lost Property 🧳", "tide-watch"];
    assert_eq!(listed(&shown)[..5], lowest);
    assert_eq!(listed(&shown)[5..], ["時刻表同期サービス", "… and 6 more"]);
    let filtered = ["-s", "examples/filtered", "--sort", "production_readiness"];
    assert_eq!(listed(&services(&filtered)).last().map(String::as_str), Some("Fax Bridge"));
    assert!(services(&["--limit", "0"]).contains("… and 12 more"));
}

#[test]
fn only_chooses_scorecards_and_entities() {
    let shown = services(&["--only", "dora_cfr", "--only", "*-map"]);
    assert_eq!(listed(&shown), ["Seat Map"]);
    assert!(shown.contains("Change Failure Rate") && !shown.contains("MTTR"), "{shown}");
}

#[test]
fn the_summary_counts_and_lists_nobody() {
    let shown = services(&["-f", "summary"]);
    assert!(
        shown.contains("Change Failure Rate    6  50%   2  17%   2  17%   2  17%         3  ░░░"),
        "{shown}"
    );
    assert!(!shown.contains("Seat Map") && !shown.contains("Team Lead Time"), "{shown}");
    assert_eq!(shown.lines().count(), 8, "{shown}");
}

#[test]
fn who_is_not_graded_is_not_listed() {
    let both = br#"{"identifier":"a","properties":{}} {"identifier":"b","blueprint":"pod","properties":{}}"#;
    let run = run_with(&["evaluate", "-e", "-"], both);
    assert!(run.stdout.starts_with("service · 1 entity\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("pod") && run.stderr.contains("`pod` (1)"), "{}", run.stderr);
    for (input, told) in [(&b""[..], "no entities\n"), (&both[34..], "none of 1 entity is graded")] {
        for format in ["table", "summary", "markdown"] {
            let run = run_with(&["evaluate", "-e", "-", "-f", format], input);
            assert!(run.stdout.contains(told), "{format}: {}", run.stdout);
        }
    }
}

/// Splits a row of a Markdown table where a reader of Markdown does.
fn markdown_cells(line: &str) -> usize {
    let mut escaped = false;
    let pipes = line.chars().filter(|&character| {
        let ends = character == '|' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    });
    pipes.count() - 1
}

#[test]
fn markdown_keeps_its_tables_whatever_is_in_them() {
    let run = hostile_run(15, 80, &["-f", "markdown", "--show", "text"]);
    let mut width = None;
    for line in run.stdout.lines() {
        width = line.starts_with('|').then(|| markdown_cells(line)).inspect(|cells| {
            assert_eq!(width.unwrap_or(*cells), *cells, "{line}");
        });
    }
    let tags = ["<code>", "</code>", "<sub>", "</sub>"];
    let bare = tags.iter().fold(run.stdout.clone(), |text, tag| text.replace(tag, ""));
    assert!(!bare.contains('<') && !bare.contains("@someone") && !bare.contains("**bold"), "{bare}");
    assert!(!bare.contains(|c: char| c.is_control() && c != '\n'), "{bare:?}");
}

#[test]
fn markdown_tells_the_verdict_first_and_the_failures_last() {
    let shown = services(&[&["-f", "markdown"][..], &GATE].concat());
    let verdict =
        "❌ **Gate failed:** 11 of 37 results are below the minimum, 11 without data were not judged";
    assert_eq!(shown.lines().nth(2), Some(verdict), "{shown}");
    assert!(shown.contains("| 🟡 Gold | 🟡 Gold | 🟡 Gold | 🟡 Gold |"), "{shown}");
    assert!(shown.contains("<summary>11 results below the minimum</summary>"), "{shown}");
    assert!(shown.contains(
        "- **wayfinder** · Change Failure Rate: Basic, minimum Bronze — \
         svc_cfr_medium: change_failure_rate is 31.25, required &lt;= 30"
    ));
    let few =
        services(&["-f", "markdown", "--no-data", "pass", "--min-level", "dora_cfr=Bronze", "--limit", "1"]);
    assert!(few.contains("### 3 results below the minimum") && !few.contains("<details>"), "{few}");
    let passed = services(&["-f", "markdown", "--min-level", "Basic"]);
    assert!(passed.contains("✅ **Gate passed:** 48 results judged"), "{passed}");
    assert!(!services(&["-f", "markdown"]).contains("**Gate"));
}

#[test]
fn junit_has_a_case_for_each_gated_result() {
    let gate = [
        &["-s", "examples/filtered", "-s", "examples/scorecards", "-f", "junit", "--limit", "1"][..],
        &[
            "-m",
            "production_readiness=Ready",
            "-m",
            "dora_cfr=Bronze",
            "--no-data",
            "pass",
            "--as-of",
            "2026-08-22",
        ],
    ]
    .concat();
    let shown = services(&gate);
    assert_eq!(shown, services(&gate), "the same bytes again");
    let document = roxmltree::Document::parse(&shown).expect("it is XML");
    let suites: Vec<_> = document.root_element().children().filter(roxmltree::Node::is_element).collect();
    let names: Vec<_> = suites.iter().map(|suite| suite.attribute("name").unwrap_or_default()).collect();
    assert_eq!(names, ["Production Readiness", "Change Failure Rate"]);
    let case = |suite: usize, name: &str| {
        let mut cases = suites[suite].children().filter(|case| case.attribute("name") == Some(name));
        cases.next().expect("there is a case")
    };
    let reason = |suite, name: &str, what: &str| {
        let status = case(suite, name).children().find(|child| child.has_tag_name(what));
        status.and_then(|status| status.attribute("message")).unwrap_or_default().to_owned()
    };
    assert!(reason(0, "Fax Bridge (fax-bridge)", "skipped").starts_with("not applicable"));
    assert!(reason(1, "Fax Bridge (fax-bridge)", "skipped").starts_with("no data"));
    assert_eq!(reason(1, "wayfinder", "failure"), "Basic, minimum Bronze");
    let failure =
        case(1, "wayfinder").descendants().find_map(|node| node.text().filter(|text| text.len() > 20));
    let text = "Basic, minimum Bronze\nsvc_cfr_medium: change_failure_rate is 31.25, required <= 30";
    assert_eq!(failure, Some(text));
    assert_eq!(case(1, "Seat Map (seat-map)").children().count(), 0);
    assert_eq!(case(1, "wayfinder").attribute("classname"), Some("service.dora_cfr"));
    let root = document.root_element();
    let counts = ["tests", "failures", "skipped"].map(|name| root.attribute(name).unwrap_or_default());
    assert_eq!(counts, ["24", "6", "7"], "{shown}");
    let open = services(&["-f", "junit"]);
    assert!(open.contains("tests=\"0\"") && !open.contains("<testcase"), "{open}");
}

#[test]
fn junit_stays_xml_whatever_is_in_it() {
    // each scorecard has one level above the first, so a gate on the base level judges and never fails
    let mut arguments = vec!["-f".to_owned(), "junit".to_owned()];
    for (index, title) in HOSTILE.iter().enumerate() {
        if !title.contains(['\0', '=']) {
            arguments.extend(["-m".to_owned(), format!("{title}{index}={title}!")]);
        }
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = hostile_run(15, 80, &arguments);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let document = roxmltree::Document::parse(&run.stdout).expect("it is XML");
    let failures = document.descendants().filter(|node| node.has_tag_name("failure")).count();
    assert!(failures > 20, "{}", run.stdout);
    let allowed = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    assert!(run.stdout.chars().all(allowed), "{:?}", run.stdout);
}

#[test]
fn annotations_are_one_line_each_and_escaped() {
    let shown = services(&[&["-f", "github"][..], &GATE].concat());
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 12, "{shown}");
    assert_eq!(
        lines[0],
        "::error title=Tariff Calculator (tariff-calculator)%3A Deployment Frequency is Basic%2C \
         minimum Bronze::svc_df_medium: deployment_frequency is 0.2499, required >= 0.25"
    );
    let counts = "11 of 37 results are below the minimum, 11 without data were not judged";
    assert_eq!(lines[11], format!("::notice title=gate failed::{counts}"));
    let open = services(&["-f", "github"]);
    assert_eq!(open.lines().count(), 1);
    assert!(
        open.starts_with("::notice title=dora-score::12 entities graded%0ADeployment Frequency: 5 Basic, ")
    );
    let none = run_with(&["evaluate", "-e", "-", "-f", "github", "-m", "Gold"], b"");
    assert_eq!(
        (none.code, none.stdout.as_str()),
        (3, "::warning title=nothing to judge::no result could be judged\n")
    );
}

#[test]
fn annotations_can_not_be_made_by_text() {
    let run = hostile_run(1, 80, &["-f", "github", "-m", "pipe | pipe0=pipe | pipe!"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.lines().count() > 1);
    for line in run.stdout.lines() {
        let rest = line.strip_prefix("::error title=").or_else(|| line.strip_prefix("::notice title="));
        let (title, message) = rest.and_then(|rest| rest.split_once("::")).expect("it is a command");
        assert!(!title.contains([':', ',']) && !message.contains('\r'), "{line}");
    }
}

#[test]
fn several_formats_at_once_do_not_disturb_each_other() {
    let directory = directory(&[]);
    let file = |name: &str| directory.path().join(name).to_str().expect("it is UTF-8").to_owned();
    let names = ["junit", "markdown", "github", "summary"];
    let targets: Vec<String> = names.iter().map(|name| format!("{name}={}", file(name))).collect();
    let mut arguments = vec!["-f", "table"];
    targets.iter().for_each(|target| arguments.extend(["-f", target]));
    let shown = services(&[&arguments[..], &GATE].concat());
    assert_eq!(shown, services(&[]), "the table");
    for name in names {
        let written = std::fs::read_to_string(file(name)).expect("it is written");
        assert_eq!(written, services(&[&["-f", name][..], &GATE].concat()), "{name}");
    }
}
