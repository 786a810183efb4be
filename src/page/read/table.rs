//! Reads tables of entities: a table for each blueprint of a widget, with its columns, groups and order.

use super::name;
use super::reader::{Reader, Refusal, text_of, texts_of};
use crate::diagnostic::{list, quoted};
use crate::json::{Member, Node, Tree};
use crate::page::definition::{Content, SortBy, Table, TableColumn};
use crate::scorecard::Query;
use std::collections::{HashMap, HashSet};

/// The maximum number of names in a warning.
const MOST_NAMED: usize = 8;

/// A blueprint of a table, with its settings.
#[derive(Clone, Copy)]
struct Tab<'n> {
    blueprint: &'n str,
    settings: Option<&'n Node>,
}

impl<'n> Tab<'n> {
    fn setting(&self, key: &str) -> Option<&'n Node> {
        self.settings.and_then(|settings| settings.get(key))
    }

    fn is_hidden(&self) -> bool {
        self.setting("hidden").is_some_and(|hidden| hidden.tree == Tree::Bool(true))
    }

    /// Its position among the tabs; those without one are last.
    fn index(&self) -> f64 {
        match self.setting("tabIndex").map(|index| &index.tree) {
            Some(Tree::Number(index)) => *index,
            _ => f64::INFINITY,
        }
    }
}

impl Reader<'_> {
    /// Reads a widget with a table, or with several in tabs.
    pub(super) fn tables(&mut self, node: &Node) -> Result<Content, Refusal> {
        let dataset = self.dataset(node.get("dataset"))?;
        let named = self.named_blueprint(node)?.or(self.blueprint).map(str::to_owned);
        let tabs = self.tabs(node, named.as_deref())?;
        let excluded: HashSet<&str> =
            texts_of(Some(node), "excludedFields").into_iter().map(|(_, name)| name::plain(name)).collect();
        let has_tabs = tabs.len() > 1;
        let conditions = dataset.as_ref().map_or(0, |dataset| dataset.conditions().len());
        self.count_copies(node, conditions.saturating_mul(tabs.len().saturating_sub(1)))?;
        let mut tables = Vec::new();
        for tab in tabs {
            let mut table = self.table(node, tab, dataset.clone(), &excluded)?;
            table.title = tab
                .settings
                .filter(|_| has_tabs)
                .and_then(|settings| text_of(settings, "title"))
                .map(str::to_owned);
            tables.push(table);
        }
        Ok(Content::Tables(tables))
    }

    /// The tabs of a widget; `named` is the blueprint of the widget or its page. Only a widget without a blueprint, or one
    /// that shows its settings as tabs, has several.
    fn tabs<'t>(&mut self, node: &'t Node, named: Option<&'t str>) -> Result<Vec<Tab<'t>>, Refusal> {
        let config = node.get("blueprintConfig");
        let mut tabs = config.map(all_tabs).unwrap_or_default();
        let is_single = matches!(text_of(node, "displayMode"), Some("single" | "widget"));
        if let Some(blueprint) = named {
            let own = tabs.iter().find(|tab| tab.blueprint == blueprint).copied();
            if let (None, Some(config), Some(_)) = (own, config, tabs.first()) {
                let name = quoted(blueprint);
                let message = format!(
                    "the table lists {name}, but `blueprintConfig` has settings for other blueprints only"
                );
                self.ignore(config, message, format!("rename the key to {name}"));
            }
            if is_single || own.is_none() {
                return Ok(vec![own.unwrap_or(Tab { blueprint, settings: None })]);
            }
        }
        if tabs.is_empty() {
            let help = Some("add `\"blueprint\": \"service\"`".to_owned());
            return Err(Refusal { help, ..Refusal::new(node, "it has no `blueprint`") });
        }
        tabs.retain(|tab| !tab.is_hidden());
        tabs.sort_by(|one, other| one.index().total_cmp(&other.index()));
        match tabs.is_empty() {
            true => Err(Refusal::new(node, "all its tabs are hidden")),
            false => Ok(tabs),
        }
    }

    fn table(
        &mut self,
        node: &Node,
        tab: Tab<'_>,
        dataset: Option<Query>,
        excluded: &HashSet<&str>,
    ) -> Result<Table, Refusal> {
        let filter = self.dataset(tab.setting("filterSettings").and_then(|filter| filter.get("filterBy")))?;
        Ok(Table {
            title: None,
            selection: self.select(node, Some(tab.blueprint), [dataset, filter])?,
            columns: self.columns(tab.setting("propertiesSettings"), excluded),
            group_by: self.group_by(tab.setting("groupSettings")),
            sort_by: self.sort_by(tab.setting("sortSettings")),
            only_failing: false,
        })
    }

    /// The columns: those in `shown`, in the order of `order`. Without `shown`, `order` names them.
    fn columns(&mut self, settings: Option<&Node>, excluded: &HashSet<&str>) -> Vec<TableColumn> {
        self.check_lists(settings, &["shown", "order", "hidden"]);
        let (shown, order) = (texts_of(settings, "shown"), texts_of(settings, "order"));
        let hidden: HashSet<&str> = texts_of(settings, "hidden").into_iter().map(|(_, name)| name).collect();
        let is_shown: HashSet<&str> = shown.iter().map(|(_, name)| *name).collect();
        let mut seen = HashSet::new();
        let ordered = order.into_iter().filter(|(_, name)| is_shown.is_empty() || is_shown.contains(name));
        let names = ordered.chain(shown);
        let kept = names.filter(|(_, name)| {
            let is_left_out = hidden.contains(name) || excluded.contains(name::plain(name));
            *name != PINNED && !is_left_out && seen.insert(*name)
        });
        let kept: Vec<(&Node, &str)> = kept.collect();
        kept.into_iter().filter_map(|(node, name)| self.column(node, name)).collect()
    }

    /// Adds a warning for each key whose value is not an array.
    fn check_lists(&mut self, settings: Option<&Node>, keys: &[&str]) {
        for key in keys {
            let Some(found) = settings.and_then(|settings| settings.get(key)) else { continue };
            if found.as_list().is_none() && !matches!(found.tree, Tree::Null) {
                let message = format!("{} must be an array, not {}", quoted(key), found.kind());
                self.ignore(found, message, "write an array of the names of columns");
            }
        }
    }

    /// Reads a column. One that cannot be shown is left out with a warning.
    fn column(&mut self, node: &Node, name: &str) -> Option<TableColumn> {
        match name::content(name) {
            Ok(content) => Some(TableColumn { id: name.to_owned(), content }),
            Err(reason) => {
                self.ignore(node, format!("a column is left out: {reason}"), COLUMN);
                None
            }
        }
    }

    fn group_by(&mut self, settings: Option<&Node>) -> Option<TableColumn> {
        self.check_lists(settings, &["groupBy"]);
        let names = texts_of(settings, "groupBy");
        let ((node, first), others) = names.split_first()?;
        if let Some((second, _)) = others.first() {
            let verb = if others.len() == 1 { "is" } else { "are" };
            let others = list(others.iter().map(|(_, name)| *name), MOST_NAMED);
            let message = format!("a table can be grouped by one column: {others} {verb} ignored");
            self.ignore(second, message, "keep one name in `groupBy`");
        }
        self.column(node, first)
    }

    fn sort_by(&mut self, settings: Option<&Node>) -> Vec<SortBy> {
        let keys = settings.and_then(|settings| settings.get("sortBy")).and_then(Node::as_list);
        let mut sort_by = Vec::new();
        for key in keys.unwrap_or_default() {
            let Some((node, name)) = key.get("property").and_then(|node| Some((node, node.as_text()?)))
            else {
                self.ignore(
                    key,
                    "an entry of `sortBy` has no `property`",
                    "write `{\"property\": NAME, \"order\": \"asc\"}`",
                );
                continue;
            };
            if let Some(order) =
                key.get("order").filter(|order| !matches!(order.as_text(), Some("asc" | "desc")))
            {
                self.ignore(order, "the order is neither `asc` nor `desc`", "write `\"order\": \"desc\"`");
            }
            let descending = text_of(key, "order") == Some("desc");
            sort_by.extend(self.column(node, name).map(|column| SortBy { column, descending }));
        }
        sort_by
    }
}

const COLUMN: &str =
    "write `$title`, the name of a property or relation, or `scorecard#` and the identifier of a scorecard";

/// A mark in the order of columns, not a column: those after it stay in view.
const PINNED: &str = "FROZEN_RIGHT_COLUMN";

/// The blueprints of `blueprintConfig`, in the order of the file. If a blueprint occurs twice, the last settings apply.
fn all_tabs(config: &Node) -> Vec<Tab<'_>> {
    let mut tabs: Vec<Tab<'_>> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for Member { key, value, .. } in config.members() {
        let tab = Tab { blueprint: key, settings: Some(value) };
        match positions.get(key.as_str()).and_then(|position| tabs.get_mut(*position)) {
            Some(earlier) => *earlier = tab,
            None => {
                positions.insert(key, tabs.len());
                tabs.push(tab);
            }
        }
    }
    tabs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::read::testing::{drawn, read, reason, widget};
    use serde_json::{Value, json};

    /// A widget with settings for the blueprint `service`.
    fn of_services(settings: &Value) -> Value {
        json!({"type": "table-entities-explorer", "blueprint": "service", "dataset": {"combinator": "and", "rules": []},
            "blueprintConfig": {"service": settings}})
    }

    fn tables(content: Content) -> Vec<Table> {
        match content {
            Content::Tables(tables) => tables,
            other => panic!("{other:?}"),
        }
    }

    fn columns(properties: &Value) -> Vec<String> {
        let table = tables(drawn(&of_services(&json!({"propertiesSettings": properties})))).remove(0);
        table.columns.into_iter().map(|column| column.id).collect()
    }

    #[test]
    fn settings_that_are_not_arrays_are_ignored_with_a_warning() {
        let settings = json!({"propertiesSettings": {"shown": 7, "order": {"a": 1}, "hidden": null}});
        let (widget, warnings) = widget(&of_services(&settings));
        assert!(tables(widget.content)[0].columns.is_empty());
        assert_eq!(
            warnings,
            ["`shown` must be an array, not a number", "`order` must be an array, not an object"]
        );
    }

    #[test]
    fn columns_are_those_shown_in_their_order() {
        for (properties, expected) in [
            (json!({"shown": ["a", "b", "c"], "order": ["c", "x", "a"]}), vec!["c", "a", "b"]),
            (json!({"shown": ["a", "b"], "order": []}), vec!["a", "b"]),
            (json!({"shown": [], "order": ["b", "a"], "hidden": ["a"]}), vec!["b"]),
            (json!({"order": ["$icon", "$title", "FROZEN_RIGHT_COLUMN", "a"]}), vec!["$icon", "$title", "a"]),
            (json!({"shown": ["a", "a", "b"], "order": ["a", "a"]}), vec!["a", "b"]),
            (
                json!({"shown": ["scorecard#c", "scorecardsStats", "$team"]}),
                vec!["scorecard#c", "scorecardsStats", "$team"],
            ),
            (json!({"hidden": ["a"]}), vec![]),
            (json!({"shown": [7, null, "a"]}), vec!["a"]),
            (json!(null), vec![]),
        ] {
            assert_eq!(columns(&properties), expected, "{properties}");
        }
        let (table, warnings) = widget(&of_services(
            &json!({"propertiesSettings": {"shown": ["$nothing", "a", "scorecard-rule#c#r"]}}),
        ));
        assert_eq!(tables(table.content)[0].columns.len(), 1);
        assert_eq!(
            warnings,
            [
                "a column is left out: `$nothing` is not a meta-property",
                "a column is left out: `scorecard-rule#c#r` is a rule, and only levels can be shown",
            ]
        );
    }

    #[test]
    fn excluded_fields_are_left_out_in_any_form() {
        let mut table = of_services(
            &json!({"propertiesSettings": {"shown": ["$title", "property#a", "b", "team", "c"]}}),
        );
        table["excludedFields"] = json!(["properties.a", "b", "$team", 7]);
        let ids: Vec<String> =
            tables(drawn(&table)).remove(0).columns.into_iter().map(|column| column.id).collect();
        assert_eq!(ids, ["$title", "c"]);
    }

    #[test]
    fn rows_are_grouped_by_the_first_name_and_sorted_by_all() {
        let settings = json!({
            "groupSettings": {"groupBy": ["$team"]},
            "sortSettings": {"sortBy": [{"property": "scorecard#c", "order": "desc"}, {"property": "a"}]}});
        let table = tables(drawn(&of_services(&settings))).remove(0);
        assert_eq!(table.group_by.map(|column| column.id).as_deref(), Some("$team"));
        let order: Vec<(String, bool)> =
            table.sort_by.into_iter().map(|key| (key.column.id, key.descending)).collect();
        assert_eq!(order, [("scorecard#c".to_owned(), true), ("a".to_owned(), false)]);
        let settings = json!({
            "groupSettings": {"groupBy": ["a", "b", "c"]}, "sortSettings": {"sortBy": [7, {"property": "$x"}]}});
        let (table, warnings) = widget(&of_services(&settings));
        let table = tables(table.content).remove(0);
        assert_eq!((table.group_by.map(|column| column.id).as_deref(), table.sort_by.len()), (Some("a"), 0));
        assert_eq!(
            warnings,
            [
                "a table can be grouped by one column: `b`, `c` are ignored",
                "an entry of `sortBy` has no `property`",
                "a column is left out: `$x` is not a meta-property",
            ]
        );
        let none = json!({"groupSettings": {"groupBy": []}, "sortSettings": {}});
        assert_eq!(tables(drawn(&of_services(&none)))[0].group_by, None);
    }

    #[test]
    fn the_filter_of_a_table_and_its_dataset_must_both_hold() {
        let rule = |property: &str| json!([{"property": property, "operator": "isEmpty"}]);
        let mut table = of_services(&json!({"filterSettings": {"filterBy": rule("b")}}));
        let conditions = |table: &Value| {
            let query = tables(drawn(table)).remove(0).selection.dataset.unwrap();
            query.conditions().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(conditions(&table), ["b isEmpty"]);
        table["dataset"] = rule("a");
        assert_eq!(conditions(&table), ["a isEmpty", "b isEmpty"]);
        table["blueprintConfig"]["service"]["filterSettings"]["filterBy"] =
            json!([{"operator": "relatedTo"}]);
        assert_eq!(reason(&table), "its dataset uses `relatedTo`, which is not supported");
    }

    #[test]
    fn several_blueprints_are_tabs() {
        let config = json!({
            "c": {"title": "Third"}, "b": {"tabIndex": 1}, "hidden": {"hidden": true, "tabIndex": 0},
            "a": {"tabIndex": 0, "title": "First"}, "d": null});
        let names = |widget: Value| {
            let tables = tables(drawn(&widget));
            tables
                .into_iter()
                .map(|table| (table.selection.blueprint.unwrap(), table.title))
                .collect::<Vec<_>>()
        };
        let expected: Vec<(String, Option<String>)> =
            [("a", Some("First")), ("b", None), ("c", Some("Third")), ("d", None)]
                .map(|(name, title)| (name.to_owned(), title.map(str::to_owned)))
                .into();
        let kind = "table-entities-explorer";
        assert_eq!(names(json!({"type": kind, "blueprintConfig": config})), expected);
        assert_eq!(names(json!({"type": kind, "blueprintConfig": config, "blueprint": "b"})), expected);
        for mode in ["single", "widget"] {
            let single =
                json!({"type": kind, "blueprintConfig": config, "blueprint": "c", "displayMode": mode});
            assert_eq!(names(single), [("c".to_owned(), None)]);
        }
        assert_eq!(names(json!({"type": kind, "blueprint": "x"})), [("x".to_owned(), None)]);
        assert_eq!(reason(&json!({"type": kind})), "it has no `blueprint`");
        assert_eq!(
            reason(&json!({"type": kind, "blueprintConfig": {"a": {"hidden": true}}})),
            "all its tabs are hidden"
        );
    }

    #[test]
    fn settings_for_other_blueprints_than_that_of_the_table_are_told() {
        let other =
            json!({"type": "table-entities-explorer", "blueprint": "x", "blueprintConfig": {"a": {}}});
        let (table, warnings) = widget(&other);
        assert_eq!(tables(table.content)[0].selection.blueprint.as_deref(), Some("x"));
        assert_eq!(
            warnings,
            ["the table lists `x`, but `blueprintConfig` has settings for other blueprints only"]
        );
    }

    #[test]
    fn the_table_of_a_page_about_a_blueprint_is_of_this_blueprint() {
        let (page, warnings) =
            read(&json!({"blueprint": "service", "widgets": [{"type": "table-entities-explorer"}]}));
        assert_eq!(warnings, [""; 0]);
        let table = tables(page.widgets[0].content.clone()).remove(0);
        assert_eq!((table.selection.blueprint.as_deref(), table.columns.len()), (Some("service"), 0));
    }

    #[test]
    fn of_settings_that_stand_twice_the_last_ones_count() {
        let text = r#"{"widgets": [{"type": "table-entities-explorer", "blueprintConfig":
            {"a": {"propertiesSettings": {"shown": ["x"]}}, "b": {}, "a": {"propertiesSettings": {"shown": ["y"]}}}}]}"#;
        let (page, _) = crate::page::read_page(crate::diagnostic::Source::new("p", text)).unwrap();
        let tables = tables(page.widgets[0].content.clone());
        assert_eq!(tables.len(), 2);
        assert_eq!(tables[0].columns[0].id, "y");
    }
}
