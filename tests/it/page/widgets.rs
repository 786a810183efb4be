//! `--page FILE`: each kind of widget.

use super::{
    Case, assert_says, counts, dataset_of, expected_counts, page_of, pie, rows, table, widget, widgets,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn set() -> Value {
    json!([{"identifier": "c", "title": "Card", "blueprint": "service", "rules": [
        {"identifier": "r", "level": "Gold", "query": {"combinator": "and",
            "conditions": [{"property": "n", "operator": ">", "value": 1}]}}]}])
}

fn entities() -> Value {
    json!([
        {"identifier": "a", "title": "Anna", "team": ["red"], "properties": {"n": 1, "tier": "one", "lang": "go", "live": true}},
        {"identifier": "b", "title": "Bert", "team": ["red", "blue"], "properties": {"n": 2, "tier": "two", "lang": "rust", "live": false}},
        {"identifier": "c", "title": "Carl", "properties": {"n": 3, "tier": "one", "lang": null}},
        {"identifier": "d", "title": "Dora", "properties": {"n": 2.0, "lang": "go", "live": true}},
        {"identifier": "t", "title": "A team", "blueprint": "_team", "properties": {"n": 3, "tier": "one"}},
    ])
}

fn case(widgets: &[Value]) -> Case {
    Case::new(&entities()).scorecards(&set()).page(&page_of(widgets))
}

/// The segments of a pie over a property: the value, or `None` for missing ones, and the count.
fn values(case: &Case, id: &str) -> BTreeMap<Option<String>, usize> {
    let page = case.html(&[]);
    let segments = widget(&page, id).with("data-segment").into_iter();
    segments
        .map(|one| (one.get("data-value").map(str::to_owned), one.number("data-count")))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn expect_values(case: &Case, id: &str, expected: &[(Option<&str>, usize)]) {
    let expected = expected.iter().map(|(value, count)| (value.map(str::to_owned), *count)).collect();
    assert_eq!(values(case, id), expected, "{id}");
}

#[test]
fn a_given_page_shows_its_widgets_and_no_others() {
    let case = case(&[pie("p", "scorecard#c")]);
    let page = case.html(&[]);
    assert_eq!((widgets(&page, "entities-pie-chart").len(), page.with("data-total").len()), (1, 0));
    assert_says(&page, &["Our page"]);
    assert_eq!(counts(widget(&page, "p")), expected_counts(&case.result(&[])["summary"]["scorecards"][0]));
}

#[test]
fn a_page_in_the_answer_of_an_api_is_the_same() {
    let page = page_of(&[pie("p", "scorecard#c"), table(&["$title", "scorecard#c"], &json!({}))]);
    let plain = Case::new(&entities()).scorecards(&set()).page(&page);
    let wrapped = Case::new(&entities()).scorecards(&set()).page(&json!({"ok": true, "page": page}));
    let print = |case: &Case| case.run(&["-q", "-f", "html"]).stdout.replace(&case.file(""), "");
    assert_eq!(print(&plain), print(&wrapped));
}

#[test]
fn what_port_adds_and_what_cannot_be_known_is_ignored() {
    let mut page = page_of(&[pie("p", "scorecard#c")]);
    for (key, value) in [
        ("icon", json!("Star")),
        ("showInSidebar", json!(true)),
        ("page_filters", json!([])),
        ("new", json!({})),
    ] {
        page[key] = value;
    }
    page["widgets"][0]["widgets"][0]["somethingNew"] = json!(7);
    let case = Case::new(&entities()).scorecards(&set()).page(&page);
    assert_eq!(widgets(&case.html(&[]), "entities-pie-chart").len(), 1);
}

#[test]
fn widgets_need_no_dashboard_around_them() {
    let mut page = page_of(&[pie("p", "scorecard#c")]);
    page["widgets"] = json!([pie("p", "scorecard#c"), pie("q", "tier")]);
    let case = Case::new(&entities()).scorecards(&set()).page(&page);
    assert_eq!(widgets(&case.html(&[]), "entities-pie-chart").len(), 2);
}

#[test]
fn a_fuller_row_wraps_and_shows_all_its_widgets() {
    let mut page = page_of(&[pie("p", "tier"), pie("q", "lang"), pie("r", "live")]);
    page["widgets"][0]["layout"] = json!([
        {"height": 1, "columns": [{"id": "p", "size": 12}, {"id": "q", "size": 6}, {"id": "r", "size": 11}]}]);
    let case = Case::new(&entities()).scorecards(&set()).page(&page);
    let page = case.html(&[]);
    let ids: Vec<&str> =
        widgets(&page, "entities-pie-chart").into_iter().map(|one| one.value("data-widget")).collect();
    assert_eq!(ids, ["p", "q", "r"]);
}

#[test]
fn a_pie_over_a_property_counts_its_values_and_those_that_lack_it() {
    let case = case(&[
        pie("tier", "tier"),
        pie("lang", "lang"),
        pie("live", "live"),
        pie("n", "n"),
        pie("none", "unknown"),
    ]);
    expect_values(&case, "tier", &[(Some("one"), 2), (Some("two"), 1), (None, 1)]);
    expect_values(&case, "lang", &[(Some("go"), 2), (Some("rust"), 1), (None, 1)]);
    expect_values(&case, "live", &[(Some("true"), 2), (Some("false"), 1), (None, 1)]);
    expect_values(&case, "n", &[(Some("1"), 1), (Some("2"), 2), (Some("3"), 1)]);
    expect_values(&case, "none", &[(None, 4)]);
    let page = case.html(&[]);
    for segment in widget(&page, "tier").with("data-segment") {
        assert_eq!(segment.value("data-property"), "tier");
    }
}

#[test]
fn a_pie_shows_fourteen_values_and_counts_the_others_together() {
    // value i stands i + 1 times, so the last fourteen of twenty are shown
    let mut entities = Vec::new();
    for value in 0..20 {
        entities.extend(
            (0..=value)
                .map(|copy| json!({"identifier": format!("{value}-{copy}"), "kind": format!("v{value}")})),
        );
    }
    let case = Case::new(&json!(entities)).scorecards(&set()).page(&page_of(&[pie("kind", "kind")]));
    let page = case.html(&[]);
    let pie = widget(&page, "kind");
    let segments = pie.with("data-segment");
    // the others are no segment of a value
    assert_eq!(segments.len(), 14);
    assert_says(pie, &["Other", "21"]);
    assert_eq!(segments.iter().map(|one| one.number("data-count")).sum::<usize>(), entities.len() - 21);
    for value in 6..20 {
        let name = format!("v{value}");
        let own: Vec<_> = segments.iter().filter(|one| one.get("data-value") == Some(&name)).collect();
        assert_eq!(own.len(), 1, "{name}");
        assert_eq!(own[0].number("data-count"), value + 1);
    }
}

#[test]
fn a_value_named_other_is_not_the_others() {
    let mut entities: Vec<Value> =
        (0..30).map(|index| json!({"identifier": format!("o{index}"), "kind": "Other"})).collect();
    entities
        .extend((0..20).map(|index| json!({"identifier": format!("k{index}"), "kind": format!("k{index}")})));
    let case = Case::new(&json!(entities)).scorecards(&set()).page(&page_of(&[pie("kind", "kind")]));
    let page = case.html(&[]);
    let segments = widget(&page, "kind").with("data-segment");
    let real: Vec<usize> = segments
        .iter()
        .filter(|one| one.get("data-value") == Some("Other"))
        .map(|one| one.number("data-count"))
        .collect();
    assert_eq!(real, [30]);
    assert_eq!(segments.len(), 14);
    assert_says(widget(&page, "kind"), &["Other", "7"]);
}

#[test]
fn a_dataset_is_a_query_with_rules_in_rules() {
    let with = |id: &str, dataset: Value| {
        let mut pie = pie(id, "tier");
        pie["dataset"] = dataset;
        pie
    };
    let rule = |property: &str, operator: &str, value: Value| json!({"property": property, "operator": operator, "value": value});
    let service = || rule("$blueprint", "=", json!("service"));
    let case = case(&[
        with(
            "nested",
            json!({"combinator": "and", "rules": [service(),
            {"combinator": "or", "rules": [rule("n", ">", json!(2)), rule("lang", "=", json!("rust"))]}]}),
        ),
        with(
            "empty",
            json!({"combinator": "and", "rules": [service(), {"property": "tier", "operator": "isEmpty"}]}),
        ),
        with(
            "conditions",
            json!({"combinator": "and", "conditions": [service(), rule("tier", "in", json!(["two"]))]}),
        ),
        with("all", json!({"combinator": "and", "rules": []})),
    ]);
    expect_values(&case, "nested", &[(Some("one"), 1), (Some("two"), 1)]);
    expect_values(&case, "empty", &[(None, 1)]);
    expect_values(&case, "conditions", &[(Some("two"), 1)]);
    // the blueprint of the widget holds besides
    expect_values(&case, "all", &[(Some("one"), 2), (Some("two"), 1), (None, 1)]);
}

#[test]
fn a_number_chart_counts_its_dataset() {
    let chart = |id: &str, dataset: Value| {
        json!({"id": id, "type": "entities-number-chart", "title": id, "blueprint": "service", "calculationBy": "entities",
            "chartType": "countEntities", "func": "count", "unit": "none", "dataset": dataset})
    };
    let gold = json!({"combinator": "and", "rules": [{"property": "n", "operator": ">", "value": 1}]});
    let case = case(&[
        chart("all", dataset_of("service")),
        chart("some", gold),
        chart(
            "nobody",
            json!({"combinator": "and", "rules": [{"property": "n", "operator": ">", "value": 100}]}),
        ),
    ]);
    let page = case.html(&[]);
    for (id, count) in [("all", "4"), ("some", "3"), ("nobody", "0")] {
        assert_eq!(widget(&page, id).value("data-count"), count, "{id}");
        assert_says(widget(&page, id), &[count]);
    }
}

#[test]
fn markdown_is_drawn_without_raw_html_and_images() {
    let markdown = "# Big\n\n*soft* [link](https://example.com/a?b=1&c=2) <b>raw</b>\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\
        <script>alert(1)</script>\n\n![alt text](https://example.com/x.png) [bad](javascript:alert(1)) `code <i>`\n";
    let case = case(&[json!({"id": "m", "type": "markdown", "title": "Notes", "markdown": markdown})]);
    let page = case.html(&[]);
    let widget = widget(&page, "m");
    assert_says(widget, &["Notes", "Big", "soft", "link", "one", "code <i>"]);
    for name in ["b", "i", "script", "img"] {
        assert!(widget.named(name).is_empty(), "{name}");
    }
    assert_eq!((widget.named("li").len(), widget.named("em").len()), (2, 1));
    let links: Vec<&str> = widget.named("a").into_iter().filter_map(|link| link.get("href")).collect();
    assert!(links.contains(&"https://example.com/a?b=1&c=2"), "{links:?}");
    assert!(links.iter().all(|link| link.starts_with("https://example.com/")), "{links:?}");
    // a link to elsewhere must not hand over where it was clicked
    for link in widget.named("a") {
        assert!(
            link.get("rel").is_some_and(|rel| rel.contains("noreferrer") || rel.contains("noopener")),
            "{link:?}"
        );
    }
}

#[test]
fn an_unknown_widget_is_a_named_box_and_a_warning() {
    for kind in ["iframe-widget", "links-widget", "action-card-widget", "made-up <b>", "line-chart"] {
        let case = case(&[json!({"id": "u", "type": kind, "title": "Something"}), pie("p", "tier")]);
        let (page, stderr) = case.html_with_warnings(&[]);
        let widget = widget(&page, "u");
        assert!(widget.has("data-unsupported"), "{kind}");
        assert_eq!(widget.value("data-type"), kind);
        assert_says(widget, &[kind, "Something"]);
        assert!(stderr.contains("warning[") && stderr.contains(&format!("`{kind}`")), "{stderr}");
        assert!(widgets(&page, "entities-pie-chart").len() == 1);
        let strict = case.run(&["-f", "html", "--strict"]);
        assert_eq!((strict.code, strict.stdout.as_str()), (2, ""), "{}", strict.stderr);
    }
}

#[test]
fn a_number_chart_of_more_than_counts_is_a_named_box() {
    let chart = json!({"id": "u", "type": "entities-number-chart", "title": "Average", "blueprint": "service", "calculationBy": "property",
        "chartType": "aggregateByProperty", "func": "average", "property": "n", "dataset": dataset_of("service")});
    let (page, stderr) = case(&[chart]).html_with_warnings(&[]);
    let widget = widget(&page, "u");
    assert!(widget.has("data-unsupported") && !widget.has("data-count"));
    assert!(stderr.contains("warning["), "{stderr}");
}

#[test]
fn a_scorecard_that_is_not_loaded_is_a_named_box_and_a_warning() {
    let case = case(&[pie("p", "scorecard#other"), pie("q", "scorecard#c")]);
    let (page, stderr) = case.html_with_warnings(&[]);
    let missing = widget(&page, "p");
    assert!(missing.has("data-unsupported"));
    assert!(missing.with("data-segment").is_empty());
    assert_says(missing, &["other"]);
    assert!(stderr.contains("warning[") && stderr.contains("other"), "{stderr}");
    assert!(!counts(widget(&page, "q")).1.is_empty());
}

#[test]
fn columns_stand_in_the_order_of_the_page() {
    let mut widget = table(&["$title", "$identifier", "n", "scorecard#c", "$team", "tier"], &json!({}));
    let settings = &mut widget["blueprintConfig"]["service"]["propertiesSettings"];
    settings["order"] = json!(["tier", "scorecard#c", "$title", "n"]);
    let case = case(&[widget]);
    let page = case.html(&[]);
    let table = page.with("data-total")[0];
    let head: Vec<&str> = table.named("thead")[0]
        .with("data-column")
        .into_iter()
        .map(|cell| cell.value("data-column"))
        .collect();
    assert_eq!(head[..4], ["tier", "scorecard#c", "$title", "n"]);
    assert_eq!(head.len(), 6);
    for row in table.named("tr").into_iter().filter(|row| row.has("data-entity")) {
        let cells: Vec<&str> =
            row.with("data-column").into_iter().map(|cell| cell.value("data-column")).collect();
        assert_eq!(cells, head);
    }
    let anna = table.named("tr").into_iter().find(|row| row.get("data-entity") == Some("a")).expect("a row");
    assert_says(anna, &["one", "Basic", "Anna", "1", "red"]);
}

#[test]
fn a_table_filters_its_entities() {
    let filter =
        json!({"combinator": "and", "rules": [{"property": "tier", "operator": "=", "value": "one"}]});
    let case = case(&[table(&["$title", "scorecard#c"], &json!({"filterSettings": {"filterBy": filter}}))]);
    let page = case.html(&[]);
    let table = page.with("data-total")[0];
    let mut found: Vec<String> = rows(table).into_iter().map(|(identifier, _)| identifier).collect();
    found.sort();
    assert_eq!((found, table.number("data-total")), (vec!["a".to_owned(), "c".to_owned()], 2));
}

#[test]
fn excluded_fields_are_not_in_the_page_at_all() {
    let mut widget = table(&["$title", "secret", "scorecard#c"], &json!({}));
    widget["excludedFields"] = json!(["properties.secret"]);
    let entities = json!([{"identifier": "a", "properties": {"n": 1, "secret": "hunter2"}}]);
    let case = Case::new(&entities).scorecards(&set()).page(&page_of(&[widget]));
    let run = case.run(&["-q", "-f", "html"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("hunter2") && !run.stdout.contains("data-column=\"secret\""));
}

#[test]
fn an_empty_pie_says_its_text() {
    let mut pie = pie("p", "scorecard#c");
    pie["dataset"] =
        json!({"combinator": "and", "rules": [{"property": "n", "operator": ">", "value": 100}]});
    pie["emptyStateText"] = json!("Nobody is that good");
    let page = case(&[pie]).html(&[]);
    assert_says(widget(&page, "p"), &["Nobody is that good"]);
}
