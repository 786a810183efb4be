//! `--history`: the levels over time, as `trend` counts them.

use super::{Element, list, text};
use crate::malformed::assert_clean;
use crate::program::{directory, run};
use crate::random;
use crate::schema::check;
use proptest::prelude::*;
use serde_json::{Value, json};

const DATES: [&str; 4] =
    ["2025-11-30T12:00:00Z", "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"];

/// Each row of a table of figures: the date, and the first number of each cell.
type Figures = Vec<(String, Vec<usize>)>;

/// The tables of figures of the page.
fn figures(page: &Element) -> Vec<(Vec<String>, Figures)> {
    let history = page.with("data-widget").into_iter().find(|one| one.value("data-widget") == "history");
    let tables = history.expect("levels over time").named("table").into_iter();
    tables
        .map(|table| {
            let [head, body] = ["thead", "tbody"].map(|name| table.named(name)[0]);
            let titles = head.named("th").into_iter().skip(1).map(Element::text).collect();
            let number = |cell: &Element| {
                cell.text().split(' ').next().and_then(|word| word.parse().ok()).expect("a number")
            };
            let row = |row: &Element| {
                (row.named("th")[0].text(), row.named("td").into_iter().map(number).collect())
            };
            (titles, body.named("tr").into_iter().map(row).collect())
        })
        .collect()
}

/// The same from `trend -f json`.
fn expected(trend: &Value) -> Vec<(Vec<String>, Figures)> {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a count")).expect("a count");
    let of = |card: &Value| {
        let dates = list(&card["dates"]);
        let titles = list(&dates.last().expect("a date")["levels"])
            .iter()
            .map(|level| text(&level["title"]).to_owned());
        let row = |date: &Value| {
            let levels = list(&date["levels"]).iter().map(|level| number(&level["count"]));
            let rest = [number(&date["noData"]), number(&date["notApplicable"])];
            (text(&date["asOf"]).to_owned(), levels.chain(rest).collect())
        };
        let ends = ["no data", "not applicable"].map(str::to_owned);
        (titles.chain(ends).collect(), dates.iter().map(row).collect())
    };
    // a page has no chart of a scorecard that nobody is graded by
    let is_used = |(_, rows): &(Vec<String>, Figures)| {
        rows.iter().any(|(_, numbers)| numbers.iter().sum::<usize>() > 0)
    };
    list(&trend["scorecards"]).iter().map(of).filter(is_used).collect()
}

/// The built-in scorecards, because levels of `trend` count results without data among the levels.
#[test]
fn the_figures_over_time_are_those_of_trend() {
    let metric =
        || prop_oneof![Just(json!(null)), (0..2_000_u32).prop_map(|number| json!(number)), Just(json!(0.5))];
    let entity = (metric(), metric(), metric(), 0..2_u32).prop_map(|(frequency, lead, failures, total)| {
        json!({"deployment_frequency": frequency, "lead_time_for_changes": lead, "change_failure_rate": failures, "total_deployments": total})
    });
    let entities = prop::collection::vec(entity, 1..6);
    let order = Just([0, 1, 2]).prop_shuffle();
    check((prop::collection::vec(entities, 4), order), 16, |(drawn, order)| {
        let files = directory(&[]);
        let path = |name: &str| files.path().join(name).display().to_string();
        let mut results = Vec::new();
        for (at, (entities, date)) in drawn.iter().zip(DATES).enumerate() {
            let named: Vec<Value> = entities
                .iter()
                .enumerate()
                .map(|(index, properties)| json!({"identifier": format!("e{index}"), "properties": properties}))
                .collect();
            std::fs::write(path("entities.json"), json!(named).to_string()).expect("there is room");
            let (result, page) = (path(&format!("{at}.json")), path("page.html"));
            let (result_output, page_output) = (format!("json={result}"), format!("html={page}"));
            let entities = path("entities.json");
            let mut arguments =
                vec!["evaluate", "-q", "-e", &entities, "--as-of", date, "-f", &result_output];
            let earlier: Vec<&String> = order.iter().filter_map(|at| results.get(*at)).collect();
            if at == 3 {
                arguments.extend(["-f", &page_output]);
                earlier.iter().for_each(|file| arguments.extend(["--history", file.as_str()]));
            }
            let ran = run(&arguments);
            prop_assert_eq!(ran.code, 0, "{}", ran.stderr);
            results.push(result);
        }
        let page = Element::parse(&std::fs::read_to_string(path("page.html")).expect("written"));
        let files: Vec<&str> = results.iter().map(String::as_str).collect();
        let trend = run(&[&["trend", "-q", "-f", "json"], &files[..]].concat());
        let trend: Value = serde_json::from_str(&trend.stdout).expect("JSON");
        let short = |(titles, rows): (Vec<String>, Figures)| {
            let rows =
                rows.into_iter().map(|(date, numbers)| (date[..10].to_owned(), numbers)).collect::<Figures>();
            (titles, rows)
        };
        // results without data are no part of the levels on a page
        let with_data = expected(&trend);
        let found: Vec<_> = figures(&page).into_iter().map(short).collect();
        let judged = |(titles, rows): &(Vec<String>, Figures)| {
            let sums = rows.iter().map(|(date, numbers)| (date.clone(), numbers.iter().sum::<usize>()));
            (titles.clone(), sums.collect::<Vec<_>>())
        };
        let without = |tables: &[(Vec<String>, Figures)]| tables.iter().map(judged).collect::<Vec<_>>();
        // `trend` counts those without data twice: at their level, and apart
        let apart = with_data.into_iter().map(short).map(|(titles, mut rows)| {
            for (_, numbers) in &mut rows {
                let at = numbers.len() - 2;
                // the built-in scorecards leave entities without data at the base level
                numbers[0] -= numbers[at];
            }
            (titles, rows)
        });
        let apart: Vec<_> = apart.collect();
        prop_assert_eq!(without(&found), without(&apart));
        prop_assert_eq!(found, apart);
        Ok(())
    });
}

#[test]
fn a_history_that_cannot_be_read_is_an_error_and_leaves_no_page() {
    let files = directory(&[
        ("nonsense.json", b"[1"),
        ("hostile.json", b"\x1b[31m\xff"),
        ("entities.json", include_bytes!("../../../examples/entities/services.json")),
        ("empty.json", b""),
    ]);
    let path = |name: &str| files.path().join(name).display().to_string();
    let output = format!("html={}", path("page.html"));
    for name in ["nonsense.json", "hostile.json", "entities.json", "empty.json", "no.json"] {
        let refused = run(&[
            "evaluate",
            "-e",
            "examples/entities/services.json",
            "-f",
            &output,
            "--history",
            &path(name),
        ]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{name}: {}", refused.stderr);
        assert!(
            refused.stderr.contains("error[") && refused.stderr.contains(name),
            "{name}: {}",
            refused.stderr
        );
        assert_clean(&refused.stderr, name);
        assert!(!files.path().join("page.html").exists(), "{name}");
    }
}

#[test]
fn a_history_without_a_page_is_an_error() {
    let files = directory(&[]);
    let path = files.path().join("last.json").display().to_string();
    let services = ["evaluate", "-q", "-e", "examples/entities/services.json"];
    assert_eq!(run(&[&services, &["-f", &format!("json={path}")][..]].concat()).code, 0);
    let refused = run(&[&services, &["--history", &path][..]].concat());
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("`--history`") && refused.stderr.contains("html"), "{}", refused.stderr);
}

#[test]
fn a_history_with_a_given_page_is_an_error() {
    let both = ["--page", "none.json", "--history", "none"];
    let services = ["evaluate", "-e", "examples/entities/services.json", "-f", "html"];
    let refused = run(&[&services[..], &both].concat());
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    for expected in [
        "error[unused-option]: `--history` has no effect with `--page`: a given page shows only its own widgets\n",
        "help: leave out `--history` or `--page`\n",
    ] {
        assert!(refused.stderr.contains(expected), "{expected}\nin {}", refused.stderr);
    }
}

#[test]
fn random_scorecards_have_figures_for_each_level() {
    check(random::sets(), 12, |(scorecards, entities)| {
        let files = directory(&[
            ("set.json", json!(scorecards).to_string().as_bytes()),
            ("entities.json", json!(entities).to_string().as_bytes()),
        ]);
        let path = |name: &str| files.path().join(name).display().to_string();
        let last = format!("json={}", path("last.json"));
        let always =
            ["evaluate", "-q", "-s", &path("set.json"), "-e", &path("entities.json")].map(str::to_owned);
        let always: Vec<&str> = always.iter().map(String::as_str).collect();
        let before = run(&[&always[..], &["--as-of", DATES[0], "-f", &last]].concat());
        prop_assert_eq!(before.code, 0, "{}", before.stderr);
        let result: Value =
            serde_json::from_str(&std::fs::read_to_string(path("last.json")).expect("written"))
                .expect("JSON");
        let drawn =
            run(&[&always[..], &["--as-of", DATES[1], "-f", "html", "--history", &path("last.json")]]
                .concat());
        // an entity that comes twice has no history
        if drawn.code == 2 && drawn.stderr.contains("duplicate") {
            return Ok(());
        }
        prop_assert_eq!(drawn.code, 0, "{}", drawn.stderr);
        let page = Element::parse(&drawn.stdout);
        if list(&result["entities"]).is_empty() {
            return Ok(());
        }
        for (_, rows) in figures(&page) {
            prop_assert_eq!(rows.len(), 2);
            prop_assert!(
                rows[0].0.starts_with("2025-11-30") && rows[1].0.starts_with("2026-01-31"),
                "{:?}",
                rows
            );
        }
        Ok(())
    });
}
