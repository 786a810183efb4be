//! What the page shows with `--baseline` and with a gate.

use super::Element;
use crate::program::{directory, run};
use serde_json::{Value, json};

const SET: &str = r#"{"identifier": "c", "title": "Card", "blueprint": "service", "rules": [
    {"identifier": "b", "level": "Bronze", "query": {"combinator": "and", "conditions": [{"property": "n", "operator": ">", "value": 1}]}},
    {"identifier": "s", "level": "Silver", "query": {"combinator": "and", "conditions": [{"property": "n", "operator": ">", "value": 2}]}},
    {"identifier": "g", "level": "Gold", "query": {"combinator": "and", "conditions": [{"property": "n", "operator": ">", "value": 3}]}}]}"#;

/// The page of `after`, compared with the result of `before`.
fn page(before: &Value, after: &Value) -> Element {
    let files = directory(&[
        ("set.json", SET.as_bytes()),
        ("before.json", before.to_string().as_bytes()),
        ("after.json", after.to_string().as_bytes()),
    ]);
    let path = |name: &str| files.path().join(name).display().to_string();
    let output = format!("json={}", path("last.json"));
    let evaluate = |entities: &str, more: &[&str]| {
        let ran = run(&[
            &["evaluate", "-s", &path("set.json"), "-e", &path(entities), "--as-of", "2026-02-01"],
            more,
        ]
        .concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    evaluate("before.json", &["-q", "-f", &output]);
    Element::parse(&evaluate("after.json", &["-f", "html", "--baseline", &path("last.json")]))
}

fn entity(identifier: &str, n: u32) -> Value {
    json!({"identifier": identifier, "title": format!("The {identifier}"), "team": ["red"], "n": n})
}

fn row<'e>(page: &'e Element, identifier: &str) -> &'e Element {
    let all = page.named("tr");
    all.into_iter().find(|row| row.get("data-entity") == Some(identifier)).expect("a row")
}

#[test]
fn arrows_show_what_changed_in_the_page() {
    let before = json!([entity("falls", 4), entity("rises", 2), entity("stays", 3), entity("gone", 4)]);
    let after = json!([entity("falls", 3), entity("rises", 3), entity("stays", 3), entity("new", 4)]);
    let page = page(&before, &after);
    // screen readers get a word for the arrow
    let said = |identifier: &str| row(&page, identifier).text().replace("down ▼", "▼").replace("up ▲", "▲");
    assert!(said("falls").contains("Silver ▼ from Gold"), "{}", said("falls"));
    assert!(said("rises").contains("Silver ▲ from Bronze"), "{}", said("rises"));
    let same = row(&page, "stays").text();
    assert!(!same.contains(['▼', '▲']), "{same}");
    // the list of moves
    let rest = page.text();
    for name in ["The falls", "The rises", "The gone"] {
        assert!(rest.contains(name), "no {name} in {rest}");
    }
}

#[test]
fn without_a_change_the_page_says_so() {
    let same = json!([entity("stays", 3)]);
    let page = page(&same, &same);
    let said = page.text();
    assert!(!said.contains(['▼', '▲']), "{said}");
    let said = said.to_lowercase();
    assert!(
        ["nothing moved", "no change", "nothing changed", "no level has changed"]
            .iter()
            .any(|text| said.contains(text)),
        "{said}"
    );
}
