//! Pages that cannot be read, and options that do not go together.

use super::{Case, page_of, pie, table};
use crate::malformed::{Marked, assert_rejected};
use crate::program::{directory, run};
use serde_json::json;

const SERVICES: [&str; 3] = ["evaluate", "-e", "examples/entities/services.json"];

/// The first code of an error.
fn code_of(stderr: &str) -> String {
    let after = stderr.split("error[").nth(1).unwrap_or_else(|| panic!("no error in {stderr}"));
    after.split(']').next().expect("a code").to_owned()
}

fn rejected(page: &[u8], what: &str) -> String {
    let case = Case::new(&json!([{"identifier": "a"}])).page_text(page);
    let run = case.run(&["-f", "html"]);
    assert_rejected(&run, &code_of(&run.stderr), what);
    assert_eq!(run.stdout, "", "{what}");
    run.stderr.replace(&case.file(""), "")
}

/// The mark `⟦` is where the message must point to.
#[test]
fn a_broken_page_is_rejected_with_its_place() {
    for marked in [
        "⟦nonsense".to_owned(),
        "{\"widgets\": [}⟦".replace("}⟦", "⟦}"),
        "⟦[]".to_owned(),
        "⟦\"page\"".to_owned(),
        "⟦7".to_owned(),
        "{\"widgets\": ⟦7}".to_owned(),
        "{\"widgets\": [⟦\"x\"]}".to_owned(),
        "{\"page\": ⟦[]}".to_owned(),
    ] {
        let marked = Marked::new(&marked);
        let stderr = rejected(marked.text.as_bytes(), &marked.text);
        let place = marked.place("page.json");
        assert!(stderr.contains(&place), "no {place} for {}\n{stderr}", marked.text);
    }
}

/// Other widgets are shown all the same.
#[test]
fn a_broken_widget_is_a_box_and_a_warning_with_its_place() {
    let dashboard = |widget: &str| {
        format!(
            r#"{{"identifier": "p", "title": "P", "type": "dashboard",
  "widgets": [{{"id": "d", "type": "dashboard-widget", "layout": [{{"height": 1, "columns": [{{"id": "x", "size": 6}}]}}],
    "widgets": [{widget}]}}]}}"#
        )
    };
    for marked in [
        dashboard(r#"{"id": "x", "type": ⟦7}"#),
        dashboard(
            r#"{"id": "x", "type": "entities-pie-chart", "property": ⟦7, "dataset": {"combinator": "and", "rules": []}}"#,
        ),
        dashboard(
            r#"{"id": "x", "type": "entities-pie-chart", "property": "t", "dataset": {"combinator": "and", "rules": [⟦{"property": "a", "operator": "==", "value": 1}]}}"#,
        ),
        dashboard(
            r#"{"id": "x", "type": "entities-pie-chart", "property": "t", "dataset": {"combinator": ⟦"xor", "rules": []}}"#,
        ),
        dashboard(r#"{"id": "x", "type": "entities-pie-chart", "property": "t", "dataset": ⟦7}"#),
        dashboard(
            r#"{"id": "x", "type": "table-entities-explorer", "dataset": {"combinator": "and", "rules": []}, "blueprintConfig": {"service": {"propertiesSettings": {"shown": ⟦"$title"}}}}"#,
        ),
        dashboard(
            r#"{"id": "x", "type": "table-entities-explorer", "dataset": {"combinator": "and", "rules": []}, "blueprintConfig": {"service": {"sortSettings": {"sortBy": [{"property": "$title", "order": ⟦"up"}]}}}}"#,
        ),
    ] {
        let marked = Marked::new(&marked);
        let case = Case::new(&json!([{"identifier": "a"}])).page_text(marked.text.as_bytes());
        let (page, stderr) = case.html_with_warnings(&[]);
        // a setting of a table need not cost the table
        let is_setting = marked.text.contains("Settings");
        assert!(page.with("data-unsupported").len() == 1 || is_setting, "{}", marked.text);
        let place = marked.place(&case.file("page.json"));
        assert!(
            stderr.contains("warning[") && stderr.contains(&place),
            "no {place} for {}\n{stderr}",
            marked.text
        );
        assert_eq!(case.run(&["-f", "html", "--strict"]).code, 2);
    }
}

#[test]
fn a_widget_without_what_it_needs_is_a_box_and_a_warning() {
    let query = json!({"combinator": "and", "rules": []});
    // without a dataset, it is of the whole blueprint
    for (what, widget) in [
        ("type", json!({"id": "x", "title": "X"})),
        ("property", json!({"id": "x", "type": "entities-pie-chart", "dataset": query})),
    ] {
        let case = Case::new(&json!([{"identifier": "a"}])).page(&page_of(&[widget]));
        let (page, stderr) = case.html_with_warnings(&[]);
        assert_eq!(page.with("data-unsupported").len(), 1, "{what}");
        assert!(stderr.contains("warning[") && stderr.contains(&format!("`{what}`")), "{what}: {stderr}");
    }
    let stderr = rejected(br#"{"identifier": "p", "title": "P"}"#, "no widgets");
    assert!(stderr.contains("`widgets`"), "{stderr}");
}

#[test]
fn hostile_files_are_rejected_and_never_panic() {
    let deep = "[".repeat(100_000);
    let nested = format!("{{\"widgets\": {}{}}}", "[{\"widgets\":".repeat(300), "1");
    let mut groups = "{\"combinator\": \"and\", \"rules\": [".repeat(200);
    groups += &"]}".repeat(200);
    let query =
        json!({"widgets": [{"id": "x", "type": "entities-pie-chart", "property": "t", "dataset": 7}]})
            .to_string()
            .replace('7', &groups);
    for (what, bytes) in [
        ("empty", &b""[..]),
        ("blank", b" \n"),
        ("nul", b"\0"),
        ("not UTF-8", b"{\"title\": \"\xff\"}"),
        ("utf-16", b"\xff\xfe{\0}\0"),
        ("deep", deep.as_bytes()),
        ("nested", nested.as_bytes()),
        ("query", query.as_bytes()),
        ("scorecards", include_bytes!("../../../examples/scorecards/service_4_mttr.json")),
        ("entities", include_bytes!("../../../examples/entities/services.json")),
        ("two values", b"{\"widgets\": []} {}"),
        ("escape", b"{\"widgets\": [{\"type\": \"\\ud800\"}]}"),
        ("control", b"{\"widgets\": \"\x1b[31m\"}"),
    ] {
        let stderr = rejected(bytes, what);
        assert!(stderr.contains("page.json"), "{what}: {stderr}");
        assert!(stderr.len() < 4_000, "{what}: {}", stderr.len());
    }
}

#[test]
fn every_cut_of_a_page_is_rejected() {
    let page = page_of(&[pie("p", "tier"), table(&["$title"], &json!({}))]).to_string();
    for end in (0..page.len()).step_by(17) {
        rejected(&page.as_bytes()[..end], &page[..end]);
    }
}

#[test]
fn a_page_that_is_not_there_or_no_file_is_rejected() {
    let files = directory(&[("inside/x", b"")]);
    for name in ["no.json", "inside"] {
        let path = files.path().join(name).display().to_string();
        let refused = run(&[&SERVICES, &["-f", "html", "--page", &path][..]].concat());
        assert_rejected(&refused, &code_of(&refused.stderr), name);
        assert!(refused.stderr.contains(name), "{}", refused.stderr);
    }
}

#[test]
fn a_page_without_the_format_html_is_an_error() {
    let files = directory(&[("page.json", b"{\"widgets\": []}")]);
    let path = files.path().join("page.json").display().to_string();
    let other = format!("summary={}", files.path().join("out").display());
    for more in [&[][..], &["-f", "json"], &["-f", "markdown", "-f", &other]] {
        let refused = run(&[&SERVICES, more, &["--page", &path]].concat());
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
        assert!(refused.stderr.contains("--page") && refused.stderr.contains("html"), "{}", refused.stderr);
    }
}

#[test]
fn an_error_in_the_input_leaves_an_older_page_as_it_is() {
    let files = directory(&[("page.html", b"old"), ("bad.json", b"[{\"identifier\": \"a\"}, {]")]);
    let path = |name: &str| files.path().join(name).display().to_string();
    let refused = run(&["evaluate", "-e", &path("bad.json"), "-f", &format!("html={}", path("page.html"))]);
    assert_eq!(refused.code, 2);
    assert_eq!(std::fs::read_to_string(path("page.html")).expect("it is there"), "old");
    let printed = run(&["evaluate", "-e", &path("bad.json"), "-f", "html"]);
    assert_eq!((printed.code, printed.stdout.as_str()), (2, ""));
}

#[test]
fn a_page_does_not_change_the_verdict() {
    let gated = |format: &str| run(&[&SERVICES, &["-q", "-m", "Silver", "-f", format][..]].concat());
    let (page, json) = (gated("html"), gated("json"));
    assert_eq!((page.code, &page.stderr), (1, &json.stderr));
    assert!(page.stdout.ends_with("</html>\n") || page.stdout.ends_with("</html>"));
}

#[test]
fn init_writes_the_page_of_the_guide_and_overwrites_none() {
    let files = directory(&[]);
    let path = files.path().join("my page.json");
    let name = path.display().to_string();
    let made = run(&["init", "--page", &name]);
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    assert!(made.stdout.contains(&name), "{}", made.stdout);
    let written = std::fs::read_to_string(&path).expect("written");
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/dashboard/dora_scorecards_dashboard.json");
    assert_eq!(written, std::fs::read_to_string(example).expect("an example"));
    std::fs::write(&path, "mine").expect("there is room");
    let refused = run(&["init", "--page", &name]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(
        refused.stderr.contains("error[file-exists]") && refused.stderr.contains("`--force`"),
        "{}",
        refused.stderr
    );
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "mine");
    assert_eq!(run(&["init", "--page", &name, "--force"]).code, 0);
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), written);
}
