//! Tests of the file of `--page`: what is told about it, and what stops the program.

use crate::program::{Run, directory, run};
use serde_json::{Value, json};
use std::path::Path;

const ENTITIES: &str = "examples/entities/services.json";

/// Draws a page with this text. Returns the run, and whether a page was written.
fn draw(page: &[u8], more: &[&str]) -> (Run, bool) {
    let place = directory(&[("page.json", page)]);
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    let (page, html) = (path("page.json"), path("page.html"));
    let output = format!("html={html}");
    let always = ["evaluate", "-e", ENTITIES, "-f", &output, "--page", &page];
    let mut run = run(&[&always, more].concat());
    run.stderr = run.stderr.replace(&page, "page.json");
    (run, Path::new(&html).exists())
}

fn draw_json(page: &Value, more: &[&str]) -> (Run, bool) {
    draw(page.to_string().as_bytes(), more)
}

#[test]
fn a_widget_that_cannot_be_drawn_is_a_warning_with_its_place() {
    let page = br#"{"title": "Services", "widgets": [
        {"id": "wiki", "type": "iframe-widget", "title": "Wiki", "url": "https://wiki.example"},
        {"id": "mine", "type": "bar-chart", "property": "tier", "blueprint": "service",
         "dataset": {"combinator": "and", "rules": [
           {"property": "$team", "operator": "containsAny", "value": {"context": "userTeams", "property": "id"}}]}},
        {"id": "tiers", "type": "entities-pie-chrt", "property": "tier"},
        {"id": "all", "type": "entities-number-chart", "func": "count", "calculationBy": "entities"}]}"#;
    let (told, is_written) = draw(page, &[]);
    assert_eq!((told.code, told.stdout.as_str(), is_written), (0, "", true), "{}", told.stderr);
    for expected in [
        "warning[unsupported-widget]: widget `Wiki` of type `iframe-widget` is not drawn: it shows another web page\n --> page.json:2:32\n",
        "widget `mine` of type `bar-chart` is not drawn: its dataset depends on who opens the page\n --> page.json:5:12\n",
        "widget `tiers` of type `entities-pie-chrt` is not drawn: its type is unknown\n --> page.json:6:33\n",
        "help: did you mean `entities-pie-chart`?",
        "help: remove the widget, or suppress this with `--allow unsupported-widget`\n",
    ] {
        assert!(told.stderr.contains(expected), "{expected}\nin {}", told.stderr);
    }
    assert_eq!(told.stderr.matches("warning[").count(), 3, "{}", told.stderr);
}

#[test]
fn warnings_about_a_page_can_be_denied_and_allowed() {
    let page = json!({"widgets": [
        {"id": "a", "type": "links-widget"},
        {"type": "dashboard-widget", "layout": [{"columns": [{"id": "x", "size": 12}]}], "widgets": []}]});
    for (options, denied) in [
        (&["--deny", "unsupported-widget"][..], "error[unsupported-widget]"),
        (&["--deny", "ignored-page-setting"], "error[ignored-page-setting]"),
        (&["--strict", "--allow", "unsupported-widget"], "error[ignored-page-setting]"),
    ] {
        let (run, is_written) = draw_json(&page, options);
        assert_eq!(
            (run.code, run.stdout.as_str(), is_written),
            (2, "", false),
            "{options:?}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(denied), "{}", run.stderr);
    }
    let silent = ["--strict", "--allow", "unsupported-widget", "--allow", "ignored-page-setting"];
    let (run, is_written) = draw_json(&page, &silent);
    assert_eq!((run.code, run.stderr.as_str(), is_written), (0, "", true));
}

#[test]
fn settings_without_effect_are_told() {
    let page = json!({
        "filters": [{"title": "Mine", "query": {"combinator": "and", "rules": [{"operator": "relatedTo"}]}}],
        "widgets": [{"id": "t", "type": "table-entities-explorer", "blueprint": "service", "blueprintConfig": {"service": {
            "groupSettings": {"groupBy": ["tier", "$team"]}, "propertiesSettings": {"shown": ["$title", "$nope"]}}}}]});
    let (run, is_written) = draw_json(&page, &[]);
    assert_eq!((run.code, is_written), (0, true), "{}", run.stderr);
    for expected in [
        "warning[ignored-page-setting]: the filter `Mine` of the page is ignored: its dataset uses `relatedTo`, which is not supported",
        "warning[ignored-page-setting]: a table can be grouped by one column: `$team` is ignored",
        "warning[ignored-page-setting]: a column is left out: `$nope` is not a meta-property",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\nin {}", run.stderr);
    }
}

#[test]
fn a_file_that_is_not_a_page_stops_the_program_before_anything_is_written() {
    let deep = format!(r#"{{"widgets": [{}]}}"#, "[".repeat(100_000));
    for (page, expected) in [
        (&b""[..], "error[empty-file]: the file is empty\n --> page.json:1:1\n"),
        (b"{\"widgets\": [\xff]}", "error[invalid-utf8]: these bytes are not UTF-8\n"),
        (b"{\"widgets\": [,]}", "error[malformed-json]: expected a JSON value here\n --> page.json:1:14\n"),
        (b"title: a\n", "help: convert it to JSON: `yq -o=json . page.json`"),
        (deep.as_bytes(), "error[nested-too-deep]: "),
        (b"\n{\"title\": \"a\"}", "error[not-a-page]: the page has no `widgets`\n --> page.json:2:1\n"),
        (b"[]", "error[not-a-page]: a page must be an object, not an array\n"),
        (
            br#"{"identifier": "e", "properties": {}}"#,
            "error[not-a-page]: expected a page, but this is an entity",
        ),
        (br#"{"identifier": "c", "rules": []}"#, "help: give scorecards with `--scorecards`"),
        (br#"{"entities": []}"#, "help: give entities with `--entities`"),
        (br#"{"pages": [{"widgets": []}]}"#, "help: give one of them: `jq '.pages[]"),
        (
            b"{\"widgets\": {}}",
            "error[wrong-type]: `widgets` must be an array, not an object\n --> page.json:1:13\n",
        ),
        (
            b"{\"widgets\": [7]}",
            "error[wrong-type]: a widget must be an object, not a number\n --> page.json:1:14\n",
        ),
    ] {
        let (run, is_written) = draw(page, &[]);
        assert_eq!((run.code, run.stdout.as_str(), is_written), (2, "", false), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{expected}\nin {}", run.stderr);
    }
}

#[test]
fn a_page_that_cannot_be_read_is_an_error() {
    let place = directory(&[("directory/page.json", b"{}")]);
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    let output = format!("html={}", path("page.html"));
    for (page, expected) in [
        (path("none.json"), "error[unreadable-file]: cannot be read: No such file or directory"),
        (path("directory"), "error[unreadable-file]: cannot be read: "),
        (
            "-".to_owned(),
            "help: standard input is for entities; to read the page from it, use `--page /dev/stdin`",
        ),
        ("\u{1b}[31m\u{202e}".to_owned(), "error[unreadable-file]: "),
        ("x".repeat(5_000), "error[unreadable-file]: "),
    ] {
        let run = run(&["evaluate", "-e", ENTITIES, "-f", &output, "--page", &page]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{expected}\nin {}", run.stderr);
        assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{}", run.stderr);
    }
    let empty = run(&["evaluate", "-e", ENTITIES, "-f", &output, "--page", ""]);
    assert_eq!(empty.code, 2, "{}", empty.stderr);
}

#[test]
fn texts_of_a_page_are_shown_safely_and_short() {
    let hostile = format!("a\u{1b}[31m\n\u{202e}\0{}", "x".repeat(10_000_000));
    let page = json!({
        "title": hostile, "layout": [{"columns": [{"id": hostile}]}],
        "widgets": [{"id": format!("{hostile}2"), "type": hostile, "title": hostile}]});
    let (run, is_written) = draw_json(&page, &[]);
    assert_eq!((run.code, is_written), (0, true), "{}", run.stderr.len());
    assert!(run.stderr.len() < 5_000, "{}", run.stderr.len());
    assert!(!run.stderr.contains(['\u{1b}', '\u{202e}', '\0']), "{}", run.stderr);
    assert_eq!(run.stderr.matches("warning[").count(), 2, "{}", run.stderr);
}

/// Only the first warnings of many are printed, and all are counted.
#[test]
fn many_widgets_are_told_briefly() {
    let page = json!({"widgets": vec![json!({"type": "line-chart"}); 20_000]});
    let (run, is_written) = draw_json(&page, &[]);
    assert_eq!((run.code, is_written), (0, true));
    assert!(run.stderr.lines().count() < 400, "{}", run.stderr.lines().count());
}
