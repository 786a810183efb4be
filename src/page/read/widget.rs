//! Reads widgets, and the dashboards that contain them.

use super::reader::{Reader, Refusal, text_of};
use crate::diagnostic::{Code, quoted};
use crate::json::Node;
use crate::page::definition::{Content, Widget};

/// The types that can be drawn.
const DRAWN: [&str; 6] = [
    "bar-chart",
    DASHBOARD,
    "entities-number-chart",
    "entities-pie-chart",
    "markdown",
    "table-entities-explorer",
];

const DASHBOARD: &str = "dashboard-widget";

/// The types of Port that cannot be drawn from a snapshot, each with the reason.
const NOT_DRAWN: [(&str, &str); 21] = [
    ("action-card-widget", ACTIONS),
    ("action-runs-table-widget", ACTIONS),
    ("ai-agent", OTHER),
    ("entity-details", OTHER),
    ("entity-info", OTHER),
    ("graph-entities-explorer", OTHER),
    ("grouper", OTHER),
    ("iframe-widget", "it shows another web page"),
    ("line-chart", TIME),
    ("links-widget", OTHER),
    ("multi-line-chart", TIME),
    ("my-entities", USER),
    ("recently-used-actions", USER),
    ("recently-viewed-entities", USER),
    ("run-info", ACTIONS),
    ("runs-table", ACTIONS),
    ("table-audit-log", OTHER),
    ("table-entities-explorer-by-direction", OTHER),
    ("team-info", OTHER),
    ("teams-table", OTHER),
    ("user-info", USER),
];

const ACTIONS: &str = "it shows actions, which are not in the input";
const TIME: &str = "it shows values over time, and the input has one date";
const USER: &str = "it depends on who opens the page";
const OTHER: &str = "Port widgets of this type are not supported";

/// How deep dashboards may be nested.
const DEEPEST: usize = 8;

const WIDGET: &str = "write `{\"id\": …, \"type\": …}`";

impl<'n> Reader<'n> {
    /// The widgets of a page. A page with a `layout` of its own is one dashboard.
    pub(super) fn page_widgets(&mut self, page: &'n Node) -> Vec<Widget> {
        let Some(nodes) = self.widget_nodes(page) else { return Vec::new() };
        let widgets = self.widgets(nodes, 1);
        let Some(layout) = page.get("layout") else { return widgets };
        let rows = self.rows(Some(layout), nodes, widgets);
        let id = self.ids.unique(None, DASHBOARD);
        let content = Content::Dashboard(rows);
        vec![Widget { id, kind: DASHBOARD.to_owned(), title: None, description: None, content, place: None }]
    }

    /// The value of `widgets`. One that is not an array is a problem.
    fn widget_nodes(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        let widgets = node.get("widgets")?;
        if widgets.as_list().is_none() {
            let message = format!("`widgets` must be an array, not {}", widgets.kind());
            self.problem(Code::WrongType, widgets, message, "write `\"widgets\": [WIDGET, …]`");
        }
        widgets.as_list()
    }

    /// Reads widgets. One that is not an object is a problem. `depth` is the number of dashboards around their contents.
    fn widgets(&mut self, nodes: &'n [Node], depth: usize) -> Vec<Widget> {
        nodes.iter().map(|node| self.widget(node, depth)).collect()
    }

    fn widget(&mut self, node: &'n Node, depth: usize) -> Widget {
        if !node.is_object() {
            let message = format!("a widget must be an object, not {}", node.kind());
            self.problem(Code::WrongType, node, message, WIDGET);
        }
        let kind = node.get("type").and_then(Node::as_text).unwrap_or_default();
        let id = self.ids.unique(node.get("id").and_then(Node::as_text).filter(|id| !id.is_empty()), kind);
        let title = text_of(node, "title").map(str::to_owned);
        let content = self.content(node, kind, depth).unwrap_or_else(|refusal| {
            let name = quoted(title.as_deref().unwrap_or(&id));
            let of_type = if kind.is_empty() { String::new() } else { format!(" of type {}", quoted(kind)) };
            self.refuse(&format!("widget {name}{of_type}"), &refusal);
            Content::Unsupported(refusal.reason)
        });
        let description = text_of(node, "description").map(str::to_owned);
        let place = Some(self.place(&node.head()));
        Widget { id, kind: kind.to_owned(), title, description, content, place }
    }

    fn content(&mut self, node: &'n Node, kind: &str, depth: usize) -> Result<Content, Refusal> {
        match kind {
            DASHBOARD => self.dashboard(node, depth),
            "entities-pie-chart" | "bar-chart" => self.pie(node),
            "entities-number-chart" => self.number_chart(node),
            "markdown" => markdown(node),
            "table-entities-explorer" => self.tables(node),
            _ => Err(self.not_drawn(node, kind)),
        }
    }

    fn dashboard(&mut self, node: &'n Node, depth: usize) -> Result<Content, Refusal> {
        if depth > DEEPEST {
            return Err(Refusal::new(node, format!("dashboards are nested more than {DEEPEST} levels deep")));
        }
        let nodes = self.widget_nodes(node).unwrap_or_default();
        let widgets = self.widgets(nodes, depth + 1);
        Ok(Content::Dashboard(self.rows(node.get("layout"), nodes, widgets)))
    }

    /// Why a widget of another type is not drawn.
    fn not_drawn(&self, node: &Node, kind: &str) -> Refusal {
        let Some(found) = node.get("type") else {
            return Refusal { help: Some(WIDGET.to_owned()), ..Refusal::new(node, "it has no `type`") };
        };
        if found.as_text().is_none() {
            return Refusal::new(found, format!("`type` must be a string, not {}", found.kind()));
        }
        match NOT_DRAWN.iter().find(|(name, _)| *name == kind) {
            Some((_, reason)) => Refusal::new(found, *reason),
            None => {
                let help = self.suggestion("type of widget", kind, DRAWN);
                Refusal { help: Some(help), ..Refusal::new(found, "its type is unknown") }
            }
        }
    }
}

/// Reads a text that the page contains. A text of an entity is not read, because the input may lack it.
fn markdown(node: &Node) -> Result<Content, Refusal> {
    let source = text_of(node, "source").filter(|source| *source != "custom");
    match (node.get("markdown").and_then(Node::as_text), source) {
        (Some(text), None) => Ok(Content::Markdown(text.to_owned())),
        (None, None) => Err(Refusal::new(node, "it has no `markdown`")),
        (_, Some(_)) => {
            Err(Refusal::new(node, "its text comes from an entity, and only text in the page can be drawn"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::read::testing::{drawn, read, reason, widget};
    use serde_json::{Value, json};

    #[test]
    fn widgets_that_cannot_be_drawn_are_named_and_do_not_stop_the_others() {
        let (page, warnings) = read(&json!({"widgets": [
            {"id": "a", "type": "iframe-widget", "title": "Wiki"},
            {"id": "b", "type": "markdown", "markdown": "# b"},
            {"id": "c", "type": "entities-pie-chrt"},
            {"type": "line-chart"}]}));
        let supported: Vec<bool> =
            page.widgets.iter().map(|widget| !matches!(widget.content, Content::Unsupported(_))).collect();
        assert_eq!(supported, [false, true, false, false]);
        assert_eq!(page.widgets[0].kind, "iframe-widget");
        assert_eq!(
            warnings,
            [
                "p:1:45: warning[unsupported-widget]: widget `Wiki` of type `iframe-widget` is not drawn: it shows another web page",
                "p:1:125: warning[unsupported-widget]: widget `c` of type `entities-pie-chrt` is not drawn: its type is unknown",
                "p:1:154: warning[unsupported-widget]: widget `line-chart-1` of type `line-chart` is not drawn: it shows values over time, and the input has one date",
            ]
        );
    }

    #[test]
    fn types_are_exact() {
        for kind in ["Markdown", "markdown ", "MARKDOWN"] {
            assert_eq!(reason(&json!({"type": kind, "markdown": ""})), "its type is unknown");
        }
        for (kind, expected) in [
            (json!(null), "it has no `type`"),
            (json!(7), "`type` must be a string, not a number"),
            (json!({}), "`type` must be a string, not an object"),
            (json!(""), "its type is unknown"),
        ] {
            assert_eq!(reason(&json!({"type": kind})), expected);
        }
        assert_eq!(reason(&json!({})), "it has no `type`");
        assert_eq!(widget(&json!({})).0.id, "widget-1");
    }

    #[test]
    fn every_widget_has_an_identifier_of_its_own() {
        let text = |id: Value| json!({"id": id, "type": "markdown", "markdown": ""});
        let inner = json!({"type": "dashboard-widget", "id": "a", "widgets": [text(json!("a")), text(json!("markdown-2"))]});
        let (page, warnings) = read(
            &json!({"widgets": [text(json!(null)), text(json!("a")), text(json!(7)), text(json!("")), inner]}),
        );
        assert_eq!(warnings, [""; 0]);
        let mut ids = Vec::new();
        collect(&page.widgets, &mut ids);
        let expected =
            ["markdown-1", "a", "markdown-3", "markdown-4", "dashboard-widget-1", "markdown-5", "markdown-2"];
        assert_eq!(ids, expected);
    }

    fn collect(widgets: &[Widget], ids: &mut Vec<String>) {
        for widget in widgets {
            ids.push(widget.id.clone());
            if let Content::Dashboard(rows) = &widget.content {
                rows.iter().flatten().for_each(|column| collect(std::slice::from_ref(&column.widget), ids));
            }
        }
    }

    #[test]
    fn titles_and_descriptions_are_texts_that_are_not_blank() {
        let text = |title: Value| {
            widget(&json!({"type": "markdown", "markdown": "", "title": title, "description": title})).0
        };
        let full = text(json!(" A\u{1b}[31m "));
        assert_eq!(
            (full.title.as_deref(), full.description.as_deref()),
            (Some(" A\u{1b}[31m "), Some(" A\u{1b}[31m "))
        );
        for none in [json!(null), json!(""), json!(" "), json!(7), json!([])] {
            let none = text(none);
            assert_eq!((none.title, none.description), (None, None));
        }
    }

    #[test]
    fn only_texts_of_the_page_itself_are_drawn() {
        assert_eq!(
            drawn(&json!({"type": "markdown", "markdown": "# a"})),
            Content::Markdown("# a".to_owned())
        );
        let custom = json!({"type": "markdown", "source": "custom", "markdown": ""});
        assert_eq!(drawn(&custom), Content::Markdown(String::new()));
        let property = json!({"type": "markdown", "source": "property", "propertyIdentifier": "readme"});
        assert_eq!(
            reason(&property),
            "its text comes from an entity, and only text in the page can be drawn"
        );
        assert_eq!(reason(&json!({"type": "markdown", "markdown": 7})), "it has no `markdown`");
    }

    #[test]
    fn dashboards_are_nested_up_to_a_limit() {
        let nested = |depth: usize| {
            (1..depth).fold(
                json!({"type": "dashboard-widget", "widgets": []}),
                |inner, _| json!({"type": "dashboard-widget", "widgets": [inner]}),
            )
        };
        assert!(widget(&nested(DEEPEST)).1.is_empty());
        let (_, warnings) = widget(&nested(DEEPEST + 1));
        let name = format!("dashboard-widget-{}", DEEPEST + 1);
        assert_eq!(
            warnings,
            [format!(
                "widget `{name}` of type `dashboard-widget` is not drawn: dashboards are nested more than 8 levels deep"
            )]
        );
        assert_eq!(widget(&nested(60)).1.len(), 1);
        assert_eq!(drawn(&json!({"type": "dashboard-widget"})), Content::Dashboard(Vec::new()));
    }
}
