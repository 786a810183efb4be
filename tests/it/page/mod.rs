//! Section 13 of the specification: the page, without a browser. `tests/browser` looks at it in one.

mod built_in;
mod faults;
mod history;
mod html;
mod inert;
mod limits;
mod moves;
mod rules;
mod widgets;

use crate::program::{Run, directory, run_with};
use html::Element;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const AS_OF: &str = "2026-08-22T00:00:00Z";
const EXAMPLES: [&str; 4] = ["-e", "examples/entities/services.json", "-e", "examples/entities/teams.json"];

/// A run of `evaluate` with scorecards, entities and a page from files.
struct Case {
    files: tempfile::TempDir,
    has_scorecards: bool,
    has_page: bool,
    entities: Vec<u8>,
}

impl Case {
    fn new(entities: &Value) -> Self {
        Self {
            files: directory(&[]),
            has_scorecards: false,
            has_page: false,
            entities: entities.to_string().into_bytes(),
        }
    }

    fn file(&self, name: &str) -> String {
        self.files.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.files.path().join(name), bytes).expect("there is room");
    }

    fn scorecards(mut self, scorecards: &Value) -> Self {
        self.write("set.json", scorecards.to_string().as_bytes());
        self.has_scorecards = true;
        self
    }

    fn page(self, page: &Value) -> Self {
        self.page_text(page.to_string().as_bytes())
    }

    fn page_text(mut self, page: &[u8]) -> Self {
        self.write("page.json", page);
        self.has_page = true;
        self
    }

    fn run(&self, more: &[&str]) -> Run {
        let (set, page) = (self.file("set.json"), self.file("page.json"));
        let mut arguments = vec!["evaluate", "-e", "-", "--as-of", AS_OF];
        if self.has_scorecards {
            arguments.extend(["-s", &set]);
        }
        if self.has_page && more.contains(&"html") {
            arguments.extend(["--page", &page]);
        }
        run_with(&[&arguments, more].concat(), &self.entities)
    }

    /// What `-f json` says about the same input.
    fn result(&self, more: &[&str]) -> Value {
        let run = self.run(&[&["-q", "-f", "json"], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).expect("JSON")
    }

    /// The page, and the warnings.
    fn html_with_warnings(&self, more: &[&str]) -> (Element, String) {
        let run = self.run(&[&["-f", "html"], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        (Element::parse(&run.stdout), run.stderr)
    }

    fn html(&self, more: &[&str]) -> Element {
        self.html_with_warnings(&[&["-q"], more].concat()).0
    }
}

/// A page with these widgets, each in a row of its own.
fn page_of(widgets: &[Value]) -> Value {
    let rows: Vec<Value> = widgets
        .iter()
        .map(|one| json!({"height": 400, "columns": [{"id": one["id"], "size": 12}]}))
        .collect();
    json!({"identifier": "page", "title": "Our page", "type": "dashboard",
        "widgets": [{"id": "board", "type": "dashboard-widget", "layout": rows, "widgets": widgets}]})
}

/// A dataset of all entities of a blueprint, as the guide writes it.
fn dataset_of(blueprint: &str) -> Value {
    json!({"combinator": "and", "rules": [{"property": "$blueprint", "operator": "=", "value": blueprint}]})
}

fn pie(id: &str, property: &str) -> Value {
    json!({"id": id, "type": "entities-pie-chart", "title": id, "blueprint": "service", "property": property,
        "dataset": dataset_of("service")})
}

/// A table of services with these columns, and further settings.
fn table(shown: &[&str], settings: &Value) -> Value {
    let mut config = json!({"propertiesSettings": {"shown": shown, "order": shown}});
    let more = settings.as_object().expect("an object").clone();
    config.as_object_mut().expect("an object").extend(more);
    json!({"id": "table", "type": "table-entities-explorer", "title": "Table", "blueprint": "service",
        "dataset": dataset_of("service"), "blueprintConfig": {"service": config}})
}

/// The widgets of a kind.
fn widgets<'e>(page: &'e Element, kind: &str) -> Vec<&'e Element> {
    page.with("data-widget").into_iter().filter(|widget| widget.value("data-type") == kind).collect()
}

/// The widget with this identifier.
fn widget<'e>(page: &'e Element, id: &str) -> &'e Element {
    let found: Vec<_> =
        page.with("data-widget").into_iter().filter(|widget| widget.value("data-widget") == id).collect();
    assert_eq!(found.len(), 1, "one widget {id}");
    found[0]
}

/// The level that a segment or a cell tells, and whether it is without data.
type Level = (Option<String>, bool);

/// The counts of the segments of a pie of a scorecard, those with count 0 left out, and the scorecard.
fn counts(widget: &Element) -> (String, BTreeMap<Level, usize>) {
    let mut counts = BTreeMap::new();
    let segments = widget.with("data-segment");
    let id = segments.first().map(|one| one.value("data-scorecard").to_owned());
    for segment in segments {
        assert_eq!(Some(segment.value("data-scorecard")), id.as_deref());
        assert_eq!(segment.has("data-not-applicable"), !segment.has("data-level"));
        let key = (segment.get("data-level").map(str::to_owned), segment.has("data-no-data"));
        let count = segment.number("data-count");
        if count > 0 {
            assert_eq!(counts.insert(key, count), None, "a segment stands once in its widget");
        }
    }
    (id.unwrap_or_default(), counts)
}

/// The same from the summary of a result.
fn expected_counts(card: &Value) -> (String, BTreeMap<Level, usize>) {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a count")).expect("a count");
    let mut counts = BTreeMap::new();
    for level in card["levels"].as_array().expect("an array") {
        let (title, no_data) = (level["title"].as_str().expect("text").to_owned(), number(&level["noData"]));
        counts.insert((Some(title.clone()), false), number(&level["count"]) - no_data);
        counts.insert((Some(title), true), no_data);
    }
    counts.insert((None, false), number(&card["notApplicable"]));
    counts.retain(|_, count| *count > 0);
    (text(&card["identifier"]).to_owned(), counts)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

/// The rows of a table as `(identifier, cells)`, where the cells of scorecards tell the level.
fn rows(table: &Element) -> Vec<(String, BTreeMap<String, Level>)> {
    let of = |row: &Element| {
        let cells = row.with("data-column").into_iter().filter_map(|cell| {
            let id = cell.value("data-column").strip_prefix("scorecard#")?;
            assert!(cell.has("data-level") || !cell.has("data-no-data"));
            let level = (cell.get("data-level").map(str::to_owned), cell.has("data-no-data"));
            Some((id.to_owned(), level))
        });
        (row.value("data-entity").to_owned(), cells.collect())
    };
    table.with("data-entity").into_iter().filter(|row| row.name == "tr").map(of).collect()
}

/// The same from an entity of a result.
fn expected_row(entity: &Value) -> (String, BTreeMap<String, Level>) {
    let scorecards = entity["scorecards"].as_object().expect("an object").iter();
    let cells = scorecards.map(|(id, result)| {
        (id.clone(), (result["level"].as_str().map(str::to_owned), result["noData"] == true))
    });
    (text(&entity["identifier"]).to_owned(), cells.collect())
}

/// The text of a widget or page contains all of these.
fn assert_says(element: &Element, words: &[&str]) {
    let said = element.text();
    for word in words {
        assert!(said.contains(word), "no `{word}` in {said}");
    }
}
