//! The formats `table` and `summary`.

use super::{HOSTILE, SERVICES, at, hostile_run, plain, services};
use crate::program::{command, directory, run_with};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

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
                    assert!(
                        !line.trim_start().starts_with("::"),
                        "a CI system would run it as a command: {line:?}"
                    );
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
fn columns_are_aligned_with_their_headers() {
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
fn a_wide_table_is_split_into_blocks_that_repeat_the_title() {
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
fn output_to_a_pipe_is_not_truncated() {
    let shown = services(&[]);
    assert!(!shown.contains('…'), "{shown}");
    for text in ["時刻表同期サービス  timetable-sync", "Lead Time for Changes", "booking, harbour"] {
        assert!(shown.contains(text), "{text} in {shown}");
    }
    assert!(shown.lines().all(|line| line == line.trim_end()), "{shown}");
}

#[test]
fn the_table_has_not_changed() {
    let shown = at(80, &["-e", SERVICES]).stdout;
    let expected = include_str!("../../cases/services-80.txt");
    assert_eq!(shown, expected);
}

#[test]
fn every_colour_of_port_has_a_different_style() {
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
    let without_colour: Vec<String> =
        plain(&shown).lines().map(|line| line.trim_end().replace('█', "░")).collect();
    assert_eq!(without_colour, colored("never").lines().collect::<Vec<_>>(), "colour adds no information");
}

#[test]
fn the_color_option_takes_precedence_over_the_environment() {
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
fn the_legend_explains_the_marks_that_occur() {
    let line = |shown: &str, title: &str| {
        shown.lines().find(|line| line.starts_with(title)).expect("it is listed").to_owned()
    };
    let shown = services(&["-s", "examples/filtered", "--as-of", "2026-08-22"]);
    assert!(line(&shown, "Fax Bridge").ends_with("–"), "{shown}");
    assert!(line(&shown, "tide-watch").ends_with("Unranked ?"), "{shown}");
    assert!(line(&shown, "Crew Roster").ends_with("Unranked"), "{shown}");
    assert!(shown.ends_with("? no data   – not applicable\n"), "{shown}");
    let shown = services(&["--where", "identifier = seat-map"]);
    assert!(!shown.contains("? no data"), "{shown}");
}

/// The titles of the listed entities, and the headings of groups.
fn listed(shown: &str) -> Vec<String> {
    let lines = shown.lines().skip_while(|line| !line.starts_with('─')).skip(1);
    let titles = lines.take_while(|line| !line.is_empty());
    titles.map(|line| line.trim().split("  ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn group_by_team_lists_an_entity_under_each_of_its_teams() {
    let shown = services(&["--group-by", "team", "--sort", "title"]);
    let titles = listed(&shown);
    assert_eq!(titles.iter().filter(|title| *title == "wayfinder").count(), 2);
    let headings: Vec<&str> =
        titles.iter().filter(|title| title.contains(" · ")).map(String::as_str).collect();
    assert_eq!(headings, ["booking · 4", "harbour · 5", "payments · 3", "no team · 1"]);
    assert_eq!(titles.last().map(String::as_str), Some("tide-watch"));
    assert!(shown.starts_with("service · 12 entities\n"), "{shown}");
}

/// The lines of the distribution by team that name a team.
fn teams(shown: &str) -> Vec<&str> {
    let (_, shown) = shown.split_once("by team, the weakest first\n").expect("there are teams");
    shown.lines().filter(|line| line.contains(" · ")).collect()
}

#[test]
fn the_summary_by_team_begins_with_the_weakest() {
    let shown = services(&["-f", "summary", "--group-by", "team"]);
    assert!(shown.starts_with(&services(&["-f", "summary"])), "{shown}");
    assert_eq!(teams(&shown), ["payments · 3", "harbour · 5", "booking · 4", "no team · 1"]);
    let row = "  Change Failure Rate    1  33%   1  33%   1  33%   0   0%         2  ░░";
    assert!(shown.contains(row), "{shown}");
    // nothing to group
    for arguments in
        [&["--where", "team = nobody"][..], &["--where", "team = nobody", "-s", "examples/filtered"]]
    {
        let shown = services(&[&["-f", "summary", "--group-by", "team"], arguments].concat());
        assert!(!shown.contains("by team"), "{shown}");
    }
}

#[test]
fn fifty_teams_with_hostile_names_fit_every_terminal() {
    let team = |n: usize| format!("{}{n:02}", HOSTILE[n % HOSTILE.len()]);
    let entity = |n: usize| {
        json!({"identifier": format!("e{n}"), "team": [team(n % 50), "all"], "deployment_frequency": n % 9})
            .to_string()
    };
    let stream: String = (0..200).map(entity).collect();
    for columns in [30, 60, 80, 200] {
        let files = directory(&[("e.json", stream.as_bytes())]);
        let path = files.path().join("e.json").display().to_string();
        let run = at(columns, &["-e", &path, "-f", "summary", "--group-by", "team", "--color", "always"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let shown = plain(&run.stdout);
        for line in shown.lines() {
            assert!(line.width() <= columns, "{} > {columns}: {line:?}", line.width());
            assert!(!line.contains(char::is_control) && !line.trim_start().starts_with("::"), "{line:?}");
        }
        assert!(shown.contains("all · 200\n"), "{shown}");
    }
}

#[test]
fn rows_are_sorted_before_they_are_limited() {
    let shown = services(&["--sort", "title", "--limit", "3"]);
    assert_eq!(listed(&shown), ["Booking API", "Cafe\u{301} Kiosk", "Crew Roster", "… and 9 more"]);
    assert!(shown.starts_with("service · 3 of 12 entities\n"), "{shown}");
    assert!(shown.contains("all 12 entities\n"), "the distribution includes all entities");
    let shown = services(&["--sort", "dora_lead_time", "--limit", "6"]);
    let lowest = ["Crew Roster", "Fax Bridge", "Freight Invoice", "Lost Property 🧳", "tide-watch"];
    assert_eq!(listed(&shown)[..5], lowest);
    assert_eq!(listed(&shown)[5..], ["時刻表同期サービス", "… and 6 more"]);
    let filtered = ["-s", "examples/filtered", "--sort", "production_readiness"];
    assert_eq!(listed(&services(&filtered)).last().map(String::as_str), Some("Fax Bridge"));
    assert_eq!(services(&["--limit", "0"]), services(&[]), "0 is no limit");
}

#[test]
fn the_summary_counts_entities_and_does_not_list_them() {
    let shown = services(&["-f", "summary"]);
    assert!(
        shown.contains("Change Failure Rate    3  33%   2  22%   2  22%   2  22%         3  ░░░"),
        "{shown}"
    );
    assert!(!shown.contains("Seat Map") && !shown.contains("Team Lead Time"), "{shown}");
    assert_eq!(shown.lines().count(), 8, "{shown}");
}

/// The numbers of a distribution are those of the JSON summary, without the results that have no data.
#[test]
fn results_without_data_have_a_column_of_their_own() {
    let document: Value = serde_json::from_str(&services(&["-f", "json"])).expect("JSON");
    let markdown = services(&["-f", "markdown"]);
    let github = services(&["-f", "github"]);
    for card in document["summary"]["scorecards"].as_array().expect("an array") {
        if card["graded"] == 0 {
            continue;
        }
        let number = |value: &Value| value.as_u64().expect("a count");
        let levels = card["levels"].as_array().expect("an array");
        let counts: Vec<u64> =
            levels.iter().map(|level| number(&level["count"]) - number(&level["noData"])).collect();
        let title = card["title"].as_str().expect("text");
        let row = markdown.lines().find(|line| line.starts_with(&format!("| {title} |"))).expect("a row");
        let cells: Vec<u64> =
            row.split(" | ").skip(1).filter_map(|cell| cell.split(' ').next()?.parse().ok()).collect();
        assert_eq!(cells, [&counts[..], &[number(&card["noData"])]].concat(), "{row}");
        let named: Vec<String> = counts
            .iter()
            .zip(levels)
            .map(|(count, level)| format!("{count} {}", level["title"].as_str().expect("text")))
            .collect();
        let line = format!("%0A{title}: {}, {} no data", named.join(", "), card["noData"]);
        assert!(github.contains(&line), "{line}: {github}");
    }
    // without any result that has data, there are no percentages and no bar
    let run = run_with(&["evaluate", "-e", "-", "-f", "summary"], br#"{"identifier": "a"}"#);
    assert!(!run.stdout.contains(['%', '░']) && run.stdout.contains("no data\n"), "{}", run.stdout);
}

#[test]
fn entities_that_are_not_graded_are_not_listed() {
    let both = br#"{"identifier":"a","properties":{}} {"identifier":"b","blueprint":"pod","properties":{}}"#;
    let run = run_with(&["evaluate", "-e", "-"], both);
    assert!(run.stdout.starts_with("service · 1 entity\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("pod") && run.stderr.contains("`pod` (1)"), "{}", run.stderr);
    for (input, message) in [(&b""[..], "no entities\n"), (&both[34..], "no scorecard grades the entity")] {
        for format in ["table", "summary", "markdown"] {
            let run = run_with(&["evaluate", "-e", "-", "-f", format], input);
            assert!(run.stdout.contains(message), "{format}: {}", run.stdout);
        }
    }
}
