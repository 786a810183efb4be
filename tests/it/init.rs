//! Tests of `init`: the files that it writes, that it does not overwrite files, and the thresholds of each year.

use crate::program::{Run, directory, run, run_with};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The names and texts of all files in a directory.
fn files(path: &Path) -> BTreeMap<String, String> {
    std::fs::read_dir(path)
        .expect("it is there")
        .map(|entry| entry.expect("it can be read").path())
        .map(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
            (
                name,
                if path.is_dir() {
                    "a directory".to_owned()
                } else {
                    std::fs::read_to_string(&path).expect("UTF-8")
                },
            )
        })
        .collect()
}

#[test]
fn init_writes_the_built_in_set() {
    let place = directory(&[]);
    let target = place.path().join("my set/scorecards");
    let made = run(&["init", text(&target)]);
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    let mut examples = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scorecards"));
    examples.remove("README.md").expect("the directory has a guide");
    assert_eq!(files(&target), examples);
    for name in examples.keys() {
        assert!(made.stdout.contains(&format!("wrote {}\n", target.join(name).display())), "{}", made.stdout);
    }
    assert!(
        made.stdout.ends_with(&format!(
            "\nnext: dora-score evaluate --scorecards '{}' --entities FILE\n",
            text(&target)
        )),
        "{}",
        made.stdout
    );
    let graded = |more: &[&str]| {
        let always =
            ["evaluate", "-e", "examples/entities/services.json", "-f", "json", "--as-of", "2026-01-31"];
        let arguments: Vec<&str> = always.iter().chain(more).copied().collect();
        run(&arguments).stdout
    };
    assert_eq!(graded(&["-s", text(&target)]), graded(&[]));
}

#[test]
fn the_command_that_init_suggests_works() {
    let place = directory(&[]);
    let target = place.path().join("set");
    let made = run(&["init", text(&target)]);
    let next = made
        .stdout
        .lines()
        .last()
        .and_then(|line| line.strip_prefix("next: dora-score "))
        .expect("a suggestion");
    let arguments: Vec<&str> = next
        .split(' ')
        .map(|word| if word == "FILE" { "examples/entities/teams.json" } else { word })
        .chain(["-f", "json"])
        .collect();
    let evaluated = run(&arguments);
    assert_eq!(evaluated.code, 0, "{}", evaluated.stderr);
    assert!(evaluated.stdout.contains("team_dora_cfr"));
}

#[test]
fn init_writes_nothing_if_one_of_the_files_exists() {
    let place = directory(&[("team_4_mttr.json", b"mine"), ("other.txt", b"mine too")]);
    let before = files(place.path());
    for year in [&[][..], &["--year", "2022"]] {
        let arguments: Vec<&str> = ["init", text(place.path())].iter().chain(year).copied().collect();
        let refused = run(&arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
        assert!(refused.stderr.contains("error[file-exists]"), "{}", refused.stderr);
        assert!(refused.stderr.contains("team_4_mttr.json"), "{}", refused.stderr);
        assert!(refused.stderr.contains("`--force`"), "{}", refused.stderr);
        assert_eq!(files(place.path()), before);
    }
    let forced = run(&["init", text(place.path()), "--year", "2022", "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.stderr);
    let after = files(place.path());
    assert_eq!(after.len(), 9);
    assert_eq!(after.get("other.txt"), before.get("other.txt"));
    assert!(after.get("team_4_mttr.json").expect("written").contains("2022"));
}

#[test]
fn after_a_failure_to_write_no_file_is_changed() {
    let place = directory(&[("service_4_mttr.json/inside", b""), ("file", b"")]);
    let target = text(place.path());
    let before = files(place.path());
    for arguments in [vec!["init", target], vec!["init", target, "--force"]] {
        let refused = run(&arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
        assert_eq!(files(place.path()), before);
    }
    let file = place.path().join("file");
    let refused = run(&["init", text(&file)]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("cannot create directory"), "{}", refused.stderr);
}

#[cfg(unix)]
#[test]
fn new_files_have_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let place = directory(&[]);
    let usual = place.path().join("usual");
    std::fs::write(&usual, "").expect("written");
    assert_eq!(run(&["init", text(place.path())]).code, 0);
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&place.path().join("service_4_mttr.json")), mode(&usual));
}

#[test]
fn only_the_years_of_reports_with_clusters_are_accepted() {
    let place = directory(&[]);
    for year in ["2020", "2025", "", "20", "two"] {
        let refused = run(&["init", text(place.path()), "--year", year]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{year}");
        assert!(refused.stderr.contains("2019, 2021, 2022, 2023, 2024"), "{}", refused.stderr);
        assert!(files(place.path()).is_empty());
    }
}

/// The text of the dashboard in the examples.
fn dashboard() -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/dashboard/dora_scorecards_dashboard.json");
    std::fs::read_to_string(path).expect("UTF-8")
}

#[test]
fn init_page_writes_the_dashboard_alone_or_with_the_scorecards() {
    let place = directory(&[("entities.json", br#"{"entities": []}"#)]);
    let (alone, set, both) =
        (place.path().join("alone.json"), place.path().join("set"), place.path().join("both.json"));
    let made = run(&["init", "--page", text(&alone)]);
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    let next = format!("dora-score evaluate --entities FILE -f html=page.html --page {}", text(&alone));
    assert_eq!(made.stdout, format!("wrote {}\n\nnext: {next}\n", text(&alone)));
    assert_eq!(files(place.path()).len(), 2);
    assert_eq!(std::fs::read_to_string(&alone).expect("UTF-8"), dashboard());
    let made = run(&["init", text(&set), "--page", text(&both), "--year", "2023"]);
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    assert_eq!(files(&set).len(), 8);
    assert_eq!(std::fs::read_to_string(&both).expect("UTF-8"), dashboard());
    let next = made.stdout.lines().last().expect("a suggestion");
    let expected = format!(
        "evaluate --scorecards {} --entities FILE -f html=page.html --page {}",
        text(&set),
        text(&both)
    );
    assert_eq!(next, format!("next: dora-score {expected}"));
}

#[test]
fn the_page_of_init_is_drawn_without_warnings() {
    let place = directory(&[]);
    let (page, html) = (place.path().join("page.json"), place.path().join("page.html"));
    let output = format!("html={}", text(&html));
    let services = std::fs::read_to_string("examples/entities/services.json").expect("UTF-8");
    let teams = ["-e", "examples/entities/teams.json", "-f", &output, "--page", text(&page), "--strict"];
    for blueprint in ["service", "micro \\service é"] {
        let made = run(&["init", "--page", text(&page), "--blueprint", blueprint, "--force"]);
        assert_eq!((made.code, made.stderr.as_str()), (0, ""));
        let arguments = [&["evaluate", "--blueprint", blueprint, "-e", "-"][..], &teams].concat();
        let renamed = services.replace("\"service\"", &json!(blueprint).to_string());
        let drawn = run_with(&arguments, renamed.as_bytes());
        assert_eq!((drawn.code, drawn.stdout.as_str(), drawn.stderr.as_str()), (0, "", ""));
        assert!(html.exists());
    }
}

#[test]
fn the_dashboard_has_only_keys_that_the_api_of_port_accepts() {
    const PIE: [&str; 8] = ["id", "type", "title", "description", "icon", "blueprint", "property", "dataset"];
    const TABLE: [&str; 10] = [
        "id",
        "type",
        "title",
        "description",
        "icon",
        "blueprint",
        "displayMode",
        "dataset",
        "excludedFields",
        "blueprintConfig",
    ];
    let has_only = |value: &Value, allowed: &[&str]| {
        let keys = value.as_object().expect("an object").keys();
        keys.for_each(|key| assert!(allowed.contains(&key.as_str()), "{key} in {value}"));
    };
    let page: Value = serde_json::from_str(&dashboard()).expect("JSON");
    has_only(&page, &["identifier", "title", "description", "icon", "type", "widgets"]);
    assert_eq!(
        (&page["identifier"], &page["type"]),
        (&json!("dora_scorecards_dashboard"), &json!("dashboard"))
    );
    let board = &page["widgets"][0];
    has_only(board, &["id", "type", "layout", "widgets"]);
    let widgets = board["widgets"].as_array().expect("an array");
    for widget in widgets {
        let is_pie = widget["type"] == "entities-pie-chart";
        has_only(widget, if is_pie { &PIE } else { &TABLE });
        assert_eq!(widget["dataset"], json!({"combinator": "and", "rules": []}));
        if !is_pie {
            let (_, settings) =
                widget["blueprintConfig"].as_object().and_then(|tabs| tabs.iter().next()).expect("a tab");
            has_only(settings, &["propertiesSettings", "groupSettings", "sortSettings"]);
            has_only(&settings["propertiesSettings"], &["shown", "order"]);
        }
    }
    let rows = board["layout"].as_array().expect("an array");
    let columns = rows.iter().flat_map(|row| row["columns"].as_array().expect("an array"));
    let placed: Vec<&Value> = columns.map(|column| &column["id"]).collect();
    assert_eq!(placed, widgets.iter().map(|widget| &widget["id"]).collect::<Vec<_>>());
    for row in rows {
        let sizes = row["columns"]
            .as_array()
            .expect("an array")
            .iter()
            .map(|column| column["size"].as_u64().expect("a size"));
        assert_eq!(sizes.sum::<u64>(), 12);
        assert!(row["height"].as_u64().is_some_and(|height| height >= 400));
    }
}

#[test]
fn a_page_replaces_a_file_only_with_force() {
    let place = directory(&[("page.json", b"mine")]);
    let (page, set) = (place.path().join("page.json"), place.path().join("set"));
    let before = files(place.path());
    for arguments in [&["--page", text(&page)][..], &[text(&set), "--page", text(&page)]] {
        let refused = run(&[&["init"], arguments].concat());
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
        assert!(
            refused.stderr.contains("error[file-exists]") && refused.stderr.contains("`--force`"),
            "{}",
            refused.stderr
        );
        assert_eq!(files(place.path()), before);
    }
    // a scorecard that exists keeps the page from being written, too
    assert_eq!(run(&["init", text(&set)]).code, 0);
    let refused = run(&["init", text(&set), "--page", text(&place.path().join("new.json"))]);
    assert_eq!((refused.code, files(place.path()).len()), (2, 2), "{}", refused.stderr);
    let forced = run(&["init", text(&set), "--page", text(&page), "--force"]);
    assert_eq!((forced.code, forced.stderr.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(&page).expect("UTF-8"), dashboard());
}

#[test]
fn a_page_is_not_written_among_the_scorecards() {
    let place = directory(&[]);
    let (set, inside) = (place.path().join("set"), place.path().join("set/deep/page.json"));
    let refused = run(&["init", text(&set), "--page", text(&inside), "--force"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(
        refused.stderr.contains("error[input-as-output]: the page would be read as a scorecard"),
        "{}",
        refused.stderr
    );
    assert!(files(place.path()).is_empty());
    // the directory is found behind a link, too
    assert_eq!(run(&["init", text(&set)]).code, 0);
    #[cfg(unix)]
    {
        let link = place.path().join("link");
        std::os::unix::fs::symlink(&set, &link).expect("a link");
        let refused = run(&["init", text(&set), "--page", text(&link.join("page.json")), "--force"]);
        assert!(refused.code == 2 && refused.stderr.contains("error[input-as-output]"), "{}", refused.stderr);
    }
    let other = run(&["init", text(&set), "--page", text(&place.path().join("set.json")), "--force"]);
    assert_eq!((other.code, other.stderr.as_str()), (0, ""));
}

#[test]
fn names_that_no_page_can_have_are_refused() {
    let place = directory(&[]);
    let long = place.path().join("x".repeat(5_000));
    let missing = place.path().join("missing/page.json");
    for (name, expected) in [
        ("-", "error[failed]: cannot write `-`: standard output is not a file"),
        ("", "a value is required for '--page <FILE>'"),
        ("/", "error[file-exists]: `/` already exists"),
        (text(&missing), "its directory does not exist"),
        (text(&long), "error[failed]: cannot write "),
    ] {
        let refused = run(&["init", "--page", name]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{name}");
        assert!(refused.stderr.contains(expected), "{expected}\nin {}", refused.stderr);
    }
    for (arguments, expected) in [
        (&["init"][..], "<DIR|--page <FILE>>"),
        (&["init", "--page", "p.json", "--year", "2022"], "<DIR>"),
        (&["init", "--page", "p.json", "--alias", "a=b"], "<DIR>"),
    ] {
        let refused = run(arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(refused.stderr.contains(expected), "{}", refused.stderr);
    }
    assert!(files(place.path()).is_empty());
}

/// A name that cannot be printed as it is stands as a placeholder in the next command.
#[cfg(unix)]
#[test]
fn a_page_may_have_any_name() {
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"a\x1b[31m.json"[..], b"a\xff.json", "\u{202e}.json".as_bytes()] {
        let place = directory(&[]);
        let path = place.path().join(std::ffi::OsStr::from_bytes(name));
        let output =
            crate::program::command().arg("init").arg("--page").arg(&path).output().expect("it starts");
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success() && path.exists(), "{stdout}");
        assert!(stdout.ends_with(" --page PAGE\n"), "{stdout}");
        assert!(!stdout.contains(['\u{1b}', '\u{202e}']), "{stdout}");
    }
}

/// A threshold: more than, at least, or at most a number.
#[derive(Clone, Copy)]
enum Threshold {
    Above(f64),
    Least(f64),
    Most(f64),
}
use Threshold::{Above, Least, Most};

impl Threshold {
    fn accepts(self, value: f64) -> bool {
        match self {
            Above(bound) => value > bound,
            Least(bound) => value >= bound,
            Most(bound) => value <= bound,
        }
    }
}

/// The thresholds of one year for medium, high and elite: of deployment frequency, lead time, change failure rate and
/// recovery time.
type Row = (&'static str, [Vec<Threshold>; 4]);

fn table() -> Vec<Row> {
    vec![
        (
            "2019",
            [
                vec![Least(0.25), Least(1.0), Above(7.0)],
                vec![Most(720.0), Most(168.0), Most(24.0)],
                vec![Most(15.0), Most(15.0), Most(15.0)],
                vec![Most(1440.0), Most(1440.0), Most(60.0)],
            ],
        ),
        (
            "2021",
            [
                vec![Least(0.0385), Least(0.25), Above(7.0)],
                vec![Most(4320.0), Most(168.0), Most(1.0)],
                vec![Most(30.0), Most(30.0), Most(15.0)],
                vec![Most(10080.0), Most(1440.0), Most(60.0)],
            ],
        ),
        (
            "2022",
            [
                vec![Least(0.25), Above(7.0)],
                vec![Most(720.0), Most(168.0)],
                vec![Most(30.0), Most(15.0)],
                vec![Most(10080.0), Most(1440.0)],
            ],
        ),
        (
            "2023",
            [
                vec![Least(0.25), Least(1.0), Above(7.0)],
                vec![Most(720.0), Most(168.0), Most(24.0)],
                vec![Most(15.0), Most(10.0), Most(5.0)],
                vec![Most(10080.0), Most(1440.0), Most(60.0)],
            ],
        ),
        (
            "2024",
            [
                vec![Least(0.25), Least(1.0), Above(7.0)],
                vec![Most(720.0), Most(168.0), Most(24.0)],
                vec![Most(20.0), Most(20.0), Most(5.0)],
                vec![Most(1440.0), Most(1440.0), Most(60.0)],
            ],
        ),
    ]
}

/// Each threshold of each year, and values slightly below and above it.
fn values() -> Vec<f64> {
    let bounds = [
        0.0385, 0.25, 1.0, 5.0, 7.0, 10.0, 15.0, 20.0, 24.0, 30.0, 60.0, 168.0, 720.0, 1440.0, 4320.0,
        10080.0,
    ];
    let around = |bound: f64| [bound * (1.0 - 1e-9), bound, bound * (1.0 + 1e-9)];
    [0.0].into_iter().chain(bounds.into_iter().flat_map(around)).chain([1e9]).collect()
}

/// An entity with this value for all four metrics, and this number of deployments and incidents.
fn entity(identifier: &str, blueprint: &str, value: f64, activity: u32) -> Value {
    let frequency =
        if blueprint == "service" { "deployment_frequency" } else { "deployment_frequency_per_service" };
    json!({"identifier": identifier, "blueprint": blueprint, "properties": {
        frequency: value,
        "lead_time_for_changes": value,
        "change_failure_rate": value,
        "mean_time_to_recovery": value,
        "total_deployments": activity,
        "total_incidents": activity,
    }})
}

fn evaluate(scorecards: &Path, entities: &[Value]) -> Value {
    let stdin = serde_json::to_vec(entities).expect("written");
    let arguments = ["evaluate", "-s", text(scorecards), "-e", "-", "-f", "json", "--as-of", "2026-01-31"];
    let Run { code, stdout, stderr } = run_with(&arguments, &stdin);
    assert_eq!((code, stderr.as_str()), (0, ""));
    serde_json::from_str(&stdout).expect("JSON")
}

const IDENTIFIERS: [(&str, [&str; 4]); 2] = [
    ("service", ["dora_deploy_freq", "dora_lead_time", "dora_cfr", "dora_mttr"]),
    ("_team", ["team_dora_deploy_freq", "team_dora_lead_time", "team_dora_cfr", "team_dora_mttr"]),
];

#[test]
fn the_thresholds_of_each_year_are_those_of_the_reports() {
    for (year, thresholds) in table() {
        let place = directory(&[]);
        let made = run(&["init", text(place.path()), "--year", year]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        for (blueprint, identifiers) in IDENTIFIERS {
            let entities: Vec<Value> =
                values().iter().map(|value| entity(&value.to_string(), blueprint, *value, 1)).collect();
            let result = evaluate(place.path(), &entities);
            for (value, graded) in values().iter().zip(result["entities"].as_array().expect("an array")) {
                for (identifier, levels) in identifiers.iter().zip(&thresholds) {
                    let expected = levels.iter().take_while(|threshold| threshold.accepts(*value)).count();
                    let title = ["Basic", "Bronze", "Silver", "Gold"][expected];
                    let found = &graded["scorecards"][identifier];
                    assert_eq!(found["level"], title, "{identifier} of {year} at {value}");
                    assert_eq!(found["total"], levels.len(), "{identifier} of {year}");
                }
            }
        }
    }
}

#[test]
fn without_activity_rates_and_times_have_no_data() {
    for (year, _) in table() {
        let place = directory(&[]);
        assert_eq!(run(&["init", text(place.path()), "--year", year]).code, 0);
        let entities: Vec<Value> =
            IDENTIFIERS.iter().map(|(blueprint, _)| entity("idle", blueprint, 0.0, 0)).collect();
        let result = evaluate(place.path(), &entities);
        for (graded, (_, identifiers)) in
            result["entities"].as_array().expect("an array").iter().zip(IDENTIFIERS)
        {
            for identifier in &identifiers[2..] {
                let found = &graded["scorecards"][identifier];
                assert_eq!((&found["level"], &found["noData"]), (&json!("Basic"), &json!(true)), "{found}");
            }
        }
    }
}

#[test]
fn a_year_without_an_elite_cluster_has_no_gold_level_and_a_note() {
    let place = directory(&[]);
    let made = run(&["init", text(place.path()), "--year", "2022"]);
    assert!(made.stderr.contains("no elite cluster"), "{}", made.stderr);
    let shown = run(&["show", "levels", "-s", text(place.path()), "-f", "json"]);
    let levels: Value = serde_json::from_str(&shown.stdout).expect("JSON");
    for scorecard in levels["scorecards"].as_array().expect("an array") {
        let titles: Vec<&Value> =
            scorecard["levels"].as_array().expect("an array").iter().map(|level| &level["title"]).collect();
        assert_eq!(titles, ["Basic", "Bronze", "Silver"]);
    }
    let gated = run(&[
        "evaluate",
        "-s",
        text(place.path()),
        "-e",
        "examples/entities/services.json",
        "--min-level",
        "Gold",
    ]);
    assert_eq!(gated.code, 2, "a gate on a level that does not exist is an error");
    for (year, _) in table().iter().filter(|(year, _)| !["2022", "2024"].contains(year)) {
        let other = directory(&[]);
        assert_eq!(run(&["init", text(other.path()), "--year", year]).stderr, "", "{year}");
    }
}

/// This makes it possible to compare the sets of two years.
#[test]
fn all_years_use_the_names_of_the_built_in_set() {
    let names = |arguments: &[&str]| -> Vec<(String, String)> {
        let listed: Value = serde_json::from_str(&run(arguments).stdout).expect("JSON");
        let scorecards = listed["scorecards"].as_array().expect("an array").clone();
        let name = |scorecard: &Value, key: &str| scorecard[key].as_str().expect("a string").to_owned();
        scorecards.iter().map(|card| (name(card, "identifier"), name(card, "blueprint"))).collect()
    };
    let built_in = names(&["show", "-f", "json"]);
    for (year, _) in table() {
        let place = directory(&[]);
        assert_eq!(run(&["init", text(place.path()), "--year", year]).code, 0);
        assert_eq!(names(&["show", "-f", "json", "-s", text(place.path())]), built_in, "{year}");
    }
}
