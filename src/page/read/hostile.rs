//! Tests of the reader with pages that nobody would write: it neither panics nor takes long.

use super::read_page;
use crate::diagnostic::Source;
use crate::page::definition::{Content, Widget};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// The keys that the reader knows.
const KEYS: [&str; 40] = [
    "page",
    "widgets",
    "layout",
    "columns",
    "id",
    "size",
    "type",
    "title",
    "description",
    "blueprint",
    "dataset",
    "combinator",
    "rules",
    "conditions",
    "property",
    "relation",
    "operator",
    "value",
    "preset",
    "context",
    "filters",
    "query",
    "emptyStateText",
    "chartType",
    "calculationBy",
    "func",
    "source",
    "markdown",
    "displayMode",
    "excludedFields",
    "blueprintConfig",
    "hidden",
    "tabIndex",
    "propertiesSettings",
    "shown",
    "order",
    "groupSettings",
    "groupBy",
    "sortSettings",
    "sortBy",
];

/// Texts that mean something to the reader, and texts that do not.
const TEXTS: [&str; 24] = [
    "dashboard-widget",
    "entities-pie-chart",
    "bar-chart",
    "entities-number-chart",
    "markdown",
    "table-entities-explorer",
    "iframe-widget",
    "dashboard-widget-1",
    "markdown-1",
    "a",
    "",
    " ",
    "and",
    "or",
    "=",
    "isEmpty",
    "between",
    "$title",
    "$blueprint",
    "{{blueprint}}",
    "scorecard#c",
    "relation#",
    "\u{1b}[31m\u{202e}\0",
    "count",
];

fn value() -> impl Strategy<Value = Value> {
    let text = prop::sample::select(TEXTS.to_vec()).prop_map(Value::from);
    let scalar = prop_oneof![
        8 => text,
        1 => any::<f64>().prop_map(Value::from),
        1 => prop::sample::select(vec![json!(null), json!(true), json!(-1), json!(12)]),
    ];
    let object = |inner| {
        let members = prop::collection::vec((prop::sample::select(KEYS.to_vec()), inner), 0..8);
        members.prop_map(|members| {
            Value::Object(
                members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>(),
            )
        })
    };
    scalar.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..5), Just(Vec::new())]
            .prop_map(Value::Array)
            .boxed()
            .prop_union(object(inner).boxed())
    })
}

/// A widget of a known type whose other keys are random.
fn widget() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(TEXTS.get(..7).unwrap().to_vec());
    let keys = prop::collection::vec((prop::sample::select(KEYS.to_vec()), value()), 0..8);
    let leaf = (kind, keys).prop_map(|(kind, keys)| {
        let mut widget: Map<String, Value> =
            keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        widget.insert("type".to_owned(), kind.into());
        if widget.get("widgets").is_some_and(|widgets| !widgets.is_array()) {
            widget.remove("widgets");
        }
        Value::Object(widget)
    });
    leaf.prop_recursive(4, 24, 4, |widget| {
        let layout = prop::option::of(value());
        (prop::collection::vec(widget, 0..5), layout, prop::sample::select(TEXTS.to_vec())).prop_map(
            |(widgets, layout, id)| json!({"type": "dashboard-widget", "id": id, "widgets": widgets, "layout": layout}),
        )
    })
}

/// The identifiers of all widgets, and the greatest number of dashboards around one.
fn survey(widgets: &[Widget], ids: &mut Vec<String>, depth: usize) -> usize {
    let depths = widgets.iter().map(|widget| {
        ids.push(widget.id.clone());
        let Content::Dashboard(rows) = &widget.content else { return depth };
        let columns = rows.iter().inspect(|row| assert!(!row.is_empty())).flatten();
        let columns = columns.inspect(|column| assert!((1..=12).contains(&column.size)));
        columns
            .map(|column| survey(std::slice::from_ref(&column.widget), ids, depth + 1))
            .max()
            .unwrap_or(depth)
    });
    depths.max().unwrap_or(depth)
}

/// Reads a page. If it is one, its widgets have different identifiers, as many as `widgets` if that is known.
fn check(text: String, widgets: Option<usize>) {
    let Ok((page, warnings)) = read_page(Source::new("p", text)) else {
        assert_eq!(widgets, None);
        return;
    };
    let mut ids = Vec::new();
    assert!(survey(&page.widgets, &mut ids, 0) <= 9);
    let different: HashSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "{ids:?}");
    assert!(widgets.is_none_or(|widgets| widgets == ids.len()), "{ids:?}");
    for warning in warnings {
        assert!(!warning.message.contains(['\u{1b}', '\u{202e}', '\0', '\n']), "{warning}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_value_makes_the_reader_panic(value in value()) {
        check(json!({"widgets": [value]}).to_string(), None);
        check(json!({"page": value}).to_string(), None);
        check(value.to_string(), None);
    }

    #[test]
    fn every_widget_of_a_page_is_kept_once(widgets in prop::collection::vec(widget(), 0..6), layout in prop::option::of(value())) {
        let count = |widgets: &[Value]| -> Option<usize> {
            fn count(widget: &Value) -> Option<usize> {
                let nested = match (widget["type"].as_str(), &widget["widgets"]) {
                    (Some("dashboard-widget"), Value::Array(widgets)) => widgets.as_slice(),
                    _ => &[],
                };
                let nested: Option<Vec<usize>> = nested.iter().map(count).collect();
                widget.is_object().then_some(())?;
                Some(1 + nested?.iter().sum::<usize>())
            }
            let counts: Option<Vec<usize>> = widgets.iter().map(count).collect();
            Some(counts?.iter().sum())
        };
        let layouts = usize::from(layout.as_ref().is_some_and(|layout| !layout.is_null()));
        let expected = count(&widgets).map(|count| count + layouts);
        check(json!({"widgets": widgets, "layout": layout}).to_string(), expected);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[\\[\\]{}:,\" a-z0-9/*\n]{0,60}") {
        check(text, None);
    }
}

#[test]
fn a_page_of_many_widgets_is_read_in_bounded_time() {
    let start = Instant::now();
    let widgets = |widget: &dyn Fn(usize) -> String| {
        let list: Vec<String> = (0..100_000).map(widget).collect();
        format!(r#"{{"widgets": [{}]}}"#, list.join(","))
    };
    check(widgets(&|_| r#"{"type": "x"}"#.to_owned()), Some(100_000));
    check(widgets(&|number| format!(r#"{{"type": "x", "id": "x-{number}"}}"#)), Some(100_000));
    check(widgets(&|number| format!(r#"{{"type": "x", "id": "x-{}"}}"#, number / 2)), Some(100_000));
    check(
        widgets(&|_| {
            r#"{"type": "bar-chart", "property": "a", "dataset": {"property": "a", "operator": "lik"}}"#
                .to_owned()
        }),
        Some(100_000),
    );
    let columns: Vec<String> = (0..100_000).map(|number| format!(r#"{{"id": "y{number}"}}"#)).collect();
    let layout = format!(r#"[{{"columns": [{}]}}]"#, columns.join(","));
    let dashboard = |layout: &str, id: &str| {
        let list: Vec<String> = (0..100_000).map(|number| format!(r#"{{"id": "{id}{number}"}}"#)).collect();
        format!(
            r#"{{"widgets": [{{"type": "dashboard-widget", "layout": {layout}, "widgets": [{}]}}]}}"#,
            list.join(",")
        )
    };
    check(dashboard(&layout, "y"), Some(100_001));
    check(dashboard(&layout, "z"), Some(100_001));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn conditions_that_would_be_copied_too_often_are_refused() {
    let rules = |count: usize| vec![json!({"property": "a", "operator": "isEmpty"}); count];
    let start = Instant::now();
    let unsupported = |page: Value| {
        let (page, warnings) = read_page(Source::new("p", page.to_string())).unwrap();
        let refused = |widget: &&Widget| matches!(widget.content, Content::Unsupported(_));
        (page.widgets.iter().filter(refused).count(), warnings.len())
    };
    let count = json!({"type": "entities-number-chart"});
    let many =
        json!({"filters": [{"query": {"rules": rules(1_000)}}], "widgets": vec![count.clone(); 50_000]});
    assert_eq!(unsupported(many), (49_900, 49_900));
    let filters = json!({"filters": vec![json!({"query": {"rules": rules(1)}}); 50_000], "widgets": vec![count; 50_000]});
    assert_eq!(unsupported(filters), (49_000, 49_001));
    let tabs: Map<String, Value> = (0..50_000).map(|number| (format!("b{number}"), json!({}))).collect();
    let table = |rules| json!({"type": "table-entities-explorer", "dataset": {"rules": rules}, "blueprintConfig": tabs});
    assert_eq!(unsupported(json!({"widgets": [table(rules(50_000)), table(rules(0))]})), (1, 1));
    assert_eq!(unsupported(json!({"widgets": [table(rules(0)), table(rules(2))]})), (0, 0));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn long_texts_are_kept_and_shown_short() {
    let long = format!("\u{1b}[31m{}\u{202e}", "x".repeat(10_000_000));
    let widgets = [
        json!({"title": long}),
        json!({"id": long}),
        json!({"type": long}),
        json!({"dataset": [{"property": long}]}),
    ];
    for widget in widgets {
        let mut widget = widget.clone();
        let keys = widget.as_object_mut().unwrap();
        keys.entry("type").or_insert_with(|| json!("entities-number-chart"));
        keys.entry("dataset").or_insert_with(|| json!(7));
        let text = json!({"title": long, "widgets": [widget]}).to_string();
        let (page, warnings) = read_page(Source::new("p", text)).unwrap();
        assert_eq!((page.title.len(), warnings.len()), (long.len(), 1));
        let warning = warnings.first().unwrap().to_string();
        assert!(warning.len() < 500 && !warning.contains(['\u{1b}', '\u{202e}']), "{}", warning.len());
    }
}

#[test]
fn of_a_key_that_stands_twice_the_last_value_counts() {
    let text = r#"{"widgets": 7, "title": "a", "title": "b", "widgets": [
        {"id": "x", "id": "y", "type": "bar-chart", "type": "markdown", "markdown": 7, "markdown": "c"}]}"#;
    let (page, warnings) = read_page(Source::new("p", text)).unwrap();
    let widget = page.widgets.first().unwrap();
    assert_eq!((page.title.as_str(), widget.id.as_str(), warnings.len()), ("b", "y", 0));
    assert_eq!(widget.content, Content::Markdown("c".to_owned()));
}

#[test]
fn values_that_are_nested_deeply_are_an_error() {
    for (open, close) in [("[", "]"), (r#"{"widgets":["#, "]}"), (r#"{"dataset":"#, "}")] {
        let text = format!(r#"{{"widgets":[{}{}]}}"#, open.repeat(100_000), close.repeat(100_000));
        let problems = read_page(Source::new("p", text)).unwrap_err();
        assert!(problems.to_string().contains("error[nested-too-deep]"), "{problems}");
    }
}
