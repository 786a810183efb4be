//! Finds the page in a file, and recognizes files that are not pages.

use super::ids::Ids;
use super::keys::FILE;
use super::reader::{Reader, text_of};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source, quoted};
use crate::json::{Fault, FaultKind, Node, Tree, parse_with_comments};
use crate::page::definition::PageDefinition;
use std::sync::Arc;

const CONTENT: &str = "a page, as the Port API returns it";
const EXAMPLE: &str =
    "give a page, as the Port API returns it; `dora-score init --page FILE` writes one as an example";

/// The maximum number of filters of a page, because each applies to every widget.
const MOST_FILTERS: usize = 100;

/// Reads a page: a page of Port's API, or a response with one. Returns warnings about everything that cannot be shown.
///
/// # Errors
/// The file is not JSON, or not a page: it has no `widgets`, or a widget that is not an object.
pub(crate) fn read_page(source: Source) -> Result<(PageDefinition, Vec<Diagnostic>), Problems> {
    let source = Arc::new(source);
    let root = parse_with_comments(source.text(), &FILE).map_err(|fault| not_json(&source, fault))?;
    let page = root.get("page").filter(|_| root.get("widgets").is_none()).unwrap_or(&root);
    if page.get("widgets").is_none() {
        return Err(not_a_page(&source, page).into());
    }
    let mut reader = Reader {
        source,
        ids: Ids::new(page),
        blueprint: text_of(page, "blueprint"),
        filters: Vec::new(),
        copies: 0,
        warnings: Vec::new(),
        problems: Vec::new(),
    };
    reader.read_filters(page);
    let widgets = reader.page_widgets(page);
    if !reader.problems.is_empty() {
        return Err(Problems(reader.problems));
    }
    let title = text_of(page, "title").or_else(|| text_of(page, "identifier")).unwrap_or("Dashboard");
    let description = text_of(page, "description").map(str::to_owned);
    Ok((
        PageDefinition { title: title.to_owned(), description, widgets, is_built_in: false },
        reader.warnings,
    ))
}

/// The problem of a file that is not JSON. If it is several values, the first one shows what they are.
fn not_json(source: &Arc<Source>, fault: Fault) -> Problems {
    let first = source.text().get(..fault.at()).filter(|_| fault.kind() == FaultKind::Trailing);
    let first = first.and_then(|first| parse_with_comments(first, &FILE).ok());
    let known = first.filter(|first| first.get("widgets").is_none() && other_content(first).is_some());
    if let Some(first) = known {
        return not_a_page(source, &first).into();
    }
    let mut problem = Diagnostic::not_json(source, fault, "pages", CONTENT);
    if fault.kind() == FaultKind::Nodes {
        "the page has more than 1,000,000 values".clone_into(&mut problem.message);
        problem.help = Some("Port limits a page to 1 MiB; check how the file was made".to_owned());
    }
    problem.into()
}

/// The problem of a file that is JSON, but not a page.
fn not_a_page(source: &Arc<Source>, node: &Node) -> Diagnostic {
    let (message, help) = match (other_content(node), &node.tree) {
        (Some((content, help)), _) => (format!("expected a page, but this is {content}"), help),
        (None, Tree::Object(_)) => ("the page has no `widgets`".to_owned(), EXAMPLE),
        (None, _) => (format!("a page must be an object, not {}", node.kind()), EXAMPLE),
    };
    let place = Place::Span { source: Arc::clone(source), span: node.head() };
    Diagnostic::error(Code::NotAPage, message).help(help).at(place)
}

/// What an object, or the first object of an array, is if it is not a page, and what to do with it.
fn other_content(node: &Node) -> Option<(&'static str, &'static str)> {
    const PAGES: (&str, &str) =
        ("a list of pages", "give one of them: `jq '.pages[] | select(.identifier == \"ID\")' FILE`");
    let first = node.as_list().map_or(Some(node), <[Node]>::first)?;
    let has = |key: &str| first.raw(key).is_some();
    if has("pages") || (has("widgets") && node.as_list().is_some()) {
        return Some(PAGES);
    }
    if has("type") && (has("dataset") || has("markdown")) {
        return Some(("a widget", "put it under the `widgets` of a page: `{\"widgets\": [WIDGET]}`"));
    }
    if first.get("kind").and_then(Node::as_text) == Some("result") || (has("asOf") && has("summary")) {
        return Some((
            "a result",
            "to grade entities, give them with `--entities`; to compare with this result, use `--baseline`",
        ));
    }
    if has("rules") || has("levels") || ((has("scorecards") || has("scorecard")) && !has("identifier")) {
        return Some(("a scorecard", "give scorecards with `--scorecards`, and a page with `--page`"));
    }
    if has("entities") || has("entity") || (has("identifier") && (has("properties") || has("relations"))) {
        return Some(("an entity", "give entities with `--entities`, and a page with `--page`"));
    }
    None
}

impl Reader<'_> {
    /// Reads the filters of the page. One that cannot be applied is a warning.
    fn read_filters(&mut self, page: &Node) {
        let keys = ["page_filters", "pageFilters", "filters"];
        let lists = keys.iter().filter_map(|key| page.get(key)?.as_list());
        for filter in lists.flatten() {
            if self.filters.len() == MOST_FILTERS {
                let message = format!(
                    "the page has more than {MOST_FILTERS} filters; only the first {MOST_FILTERS} apply"
                );
                self.ignore(filter, message, "remove the other filters");
                break;
            }
            match self.page_filter(filter) {
                Ok(read) => self.filters.extend(read),
                Err(refusal) => {
                    let name = text_of(filter, "title").map(|title| format!(" {}", quoted(title)));
                    let name = name.unwrap_or_default();
                    let message = format!("the filter{name} of the page is ignored: {}", refusal.reason);
                    self.ignore(
                        filter,
                        message,
                        "remove the filter; the widgets show all entities without it",
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::definition::Content;
    use crate::page::read::testing::read;
    use serde_json::json;

    fn problems(text: &str) -> Vec<String> {
        let Problems(problems) = read_page(Source::new("p", text)).unwrap_err();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_page_may_be_in_a_response_and_have_comments() {
        let widgets = r#"[{"type": "markdown", "markdown": "a",}]"#;
        for text in [
            format!(r#"{{"title": "T", "widgets": {widgets}}}"#),
            format!(r#"{{"page": {{"title": "T", "widgets": {widgets}}}}}"#),
            format!(r#"{{"ok": true, "page": {{"identifier": "T", "widgets": {widgets}}}}} // answer"#),
            format!("\u{feff}/* a */ {{\"title\": \"T\", \"page\": 7, \"widgets\": {widgets}}}"),
        ] {
            let (page, warnings) = read_page(Source::new("p", text)).unwrap();
            assert_eq!((page.title.as_str(), warnings.len()), ("T", 0));
            assert_eq!(page.widgets[0].content, Content::Markdown("a".to_owned()));
        }
        let (page, _) = read(&json!({"widgets": [], "title": "", "description": "d", "unknown": [1]}));
        assert_eq!((page.title.as_str(), page.description.as_deref()), ("Dashboard", Some("d")));
    }

    #[test]
    fn a_file_that_is_not_a_page_is_recognized() {
        for (text, message) in [
            ("", "p:1:1: error[empty-file]: the file is empty"),
            (
                "title: a\nwidgets:\n",
                "p:1:1: error[malformed-json]: the file is YAML, and pages must be JSON",
            ),
            (r#"{"widgets": [}"#, "p:1:14: error[malformed-json]: expected a JSON value here"),
            (
                r#"{"widgets": [] "a": 1}"#,
                "p:1:15: error[malformed-json]: expected `,` or the closing bracket here",
            ),
            ("7", "p:1:1: error[not-a-page]: a page must be an object, not a number"),
            ("[]", "p:1:1: error[not-a-page]: a page must be an object, not an array"),
            ("{}", "p:1:1: error[not-a-page]: the page has no `widgets`"),
            (r#"{"page": {"title": "a"}}"#, "p:1:10: error[not-a-page]: the page has no `widgets`"),
            (r#"{"widgets": null}"#, "p:1:1: error[not-a-page]: the page has no `widgets`"),
            (r#"{"pages": []}"#, "p:1:1: error[not-a-page]: expected a page, but this is a list of pages"),
            (
                r#"[{"widgets": []}]"#,
                "p:1:1: error[not-a-page]: expected a page, but this is a list of pages",
            ),
            (
                r#"{"type": "markdown", "markdown": "a"}"#,
                "p:1:1: error[not-a-page]: expected a page, but this is a widget",
            ),
            (
                r#"{"identifier": "c", "rules": []}"#,
                "p:1:1: error[not-a-page]: expected a page, but this is a scorecard",
            ),
            (r#"{"scorecards": []}"#, "p:1:1: error[not-a-page]: expected a page, but this is a scorecard"),
            (
                r#"[{"identifier": "e", "properties": {}}]"#,
                "p:1:1: error[not-a-page]: expected a page, but this is an entity",
            ),
            (
                "{\"identifier\": \"e\", \"properties\": {}}\n{\"identifier\": \"f\", \"properties\": {}}\n",
                "p:1:1: error[not-a-page]: expected a page, but this is an entity",
            ),
            (
                r#"{"schemaVersion": 1, "kind": "result", "entities": []}"#,
                "p:1:1: error[not-a-page]: expected a page, but this is a result",
            ),
            (
                "{\"widgets\": []}\n{}",
                "p:2:1: error[malformed-json]: the document has ended, but more text follows",
            ),
        ] {
            assert_eq!(problems(text), [message], "{text}");
        }
    }

    #[test]
    fn every_widget_of_the_wrong_type_is_a_problem_with_its_place() {
        let text = r#"{"widgets": [7, {"type": "dashboard-widget", "widgets": {"a": 1}},
            {"type": "dashboard-widget", "widgets": ["b", null]}]}"#;
        assert_eq!(
            problems(text),
            [
                "p:1:14: error[wrong-type]: a widget must be an object, not a number",
                "p:1:57: error[wrong-type]: `widgets` must be an array, not an object",
                "p:2:54: error[wrong-type]: a widget must be an object, not a string",
                "p:2:59: error[wrong-type]: a widget must be an object, not null",
            ]
        );
        assert_eq!(
            problems(r#"{"widgets": {}}"#),
            ["p:1:13: error[wrong-type]: `widgets` must be an array, not an object"]
        );
    }

    #[test]
    fn filters_of_the_page_apply_to_the_widgets_of_their_blueprint() {
        let rule = |property: &str| json!({"property": property, "operator": "isNotEmpty"});
        let query = |blueprint, property| json!({"query": {"combinator": "and", "rules": [rule(property)], "blueprint": blueprint}});
        let count = |blueprint| json!({"type": "entities-number-chart", "blueprint": blueprint, "dataset": [rule("own")]});
        for key in ["page_filters", "pageFilters", "filters"] {
            let (page, warnings) = read(&json!({
                key: [query(json!("service"), "a"), query(json!(null), "b"),
                    {"title": "none", "query": {"combinator": "and", "rules": []}}],
                "widgets": [count(json!("service")), count(json!("_team"))]}));
            assert_eq!(warnings, [""; 0]);
            let names = |content: &Content| match content {
                Content::Count(selection) => selection
                    .dataset
                    .as_ref()
                    .unwrap()
                    .conditions()
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>(),
                other => panic!("{other:?}"),
            };
            let names: Vec<Vec<String>> = page.widgets.iter().map(|widget| names(&widget.content)).collect();
            let (own, a, b) = ("own isNotEmpty", "a isNotEmpty", "b isNotEmpty");
            assert_eq!(names, [vec![own, a, b], vec![own, b]]);
        }
    }

    #[test]
    fn a_widget_without_a_blueprint_is_not_drawn_if_filters_have_one() {
        let rule = json!({"property": "a", "operator": "isNotEmpty"});
        let (_, warnings) = read(&json!({
            "filters": [{"query": {"combinator": "and", "rules": [rule], "blueprint": "service"}}],
            "widgets": [{"type": "entities-number-chart", "id": "all"}]}));
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains("the page has filters by blueprint, so the widget needs a `blueprint`"));
    }

    #[test]
    fn a_filter_that_cannot_be_applied_is_told() {
        let (_, warnings) = read(&json!({"widgets": [], "filters": [
            {"title": "Mine", "query": {"combinator": "and", "rules": [
                {"property": "$team", "operator": "containsAny", "value": {"context": "userTeams", "property": "name"}}]}}, 7]}));
        assert_eq!(warnings.len(), 2, "{warnings:?}");
        let message = "warning[ignored-page-setting]: the filter `Mine` of the page is ignored: its dataset depends on who opens the page";
        assert!(warnings[0].ends_with(message), "{warnings:?}");
    }

    #[test]
    fn a_page_with_too_many_values_is_refused() {
        let text = format!(r#"{{"widgets": [{}{{}}]}}"#, "{},".repeat(1_000_001));
        let problem = &problems(&text)[0];
        assert!(
            problem.ends_with("error[too-many-values]: the page has more than 1,000,000 values"),
            "{problem}"
        );
    }
}
