//! Reads charts: pies, bars and numbers.

use super::name;
use super::reader::{Reader, Refusal, text_of};
use crate::diagnostic::quoted;
use crate::json::{Member, Node};
use crate::page::definition::{Breakdown, ColumnContent, Content, Pie, Selection};

impl Reader<'_> {
    /// Reads a pie or bar chart, which have the same keys.
    pub(super) fn pie(&mut self, node: &Node) -> Result<Content, Refusal> {
        let by = breakdown(node)?;
        let empty_text = text_of(node, "emptyStateText").map(str::to_owned);
        Ok(Content::Pie(Pie { selection: self.selection(node)?, by, empty_text }))
    }

    /// Reads a number chart. Only the number of entities is supported.
    pub(super) fn number_chart(&mut self, node: &Node) -> Result<Content, Refusal> {
        if let Some(reason) = other_number(node) {
            return Err(Refusal::new(node, reason));
        }
        Ok(Content::Count(self.selection(node)?))
    }

    /// The entities of a chart. A chart without a blueprint has all entities.
    fn selection(&mut self, node: &Node) -> Result<Selection, Refusal> {
        let dataset = self.dataset(node.get("dataset"))?;
        let blueprint = self.named_blueprint(node)?.or_else(|| only_tab(node)).map(str::to_owned);
        self.select(node, blueprint.as_deref(), [dataset, None])
    }
}

/// The blueprint in the settings of a chart that was a table before.
fn only_tab(node: &Node) -> Option<&str> {
    match node.get("blueprintConfig")?.members() {
        [Member { key, .. }] => Some(key),
        _ => None,
    }
}

/// What a number chart shows if it is not the number of entities.
fn other_number(node: &Node) -> Option<String> {
    let is_of_property = match (text_of(node, "chartType"), text_of(node, "calculationBy")) {
        (Some("displaySingleProperty"), _) => {
            return Some("only the number of entities can be drawn, not a property".to_owned());
        }
        (Some("countEntities"), _) | (Some("aggregateByProperty") | None, Some("entities")) => false,
        (Some("aggregateByProperty"), _) | (None, Some(_)) => true,
        (None, None) => node.get("property").is_some(),
        (Some(other), _) => return Some(format!("unknown `chartType` {}", quoted(other))),
    };
    let func = text_of(node, "func").or_else(|| text_of(node, "function"));
    match func {
        _ if is_of_property => Some("only the number of entities can be drawn, not a property".to_owned()),
        None | Some("count") => None,
        Some("average") => Some("it is an average over time, and the input has one date".to_owned()),
        Some(other) => Some(format!("unknown `func` {}", quoted(other))),
    }
}

fn breakdown(node: &Node) -> Result<Breakdown, Refusal> {
    let Some(found) = node.get("property") else {
        return Err(Refusal::new(node, "it has no `property`"));
    };
    let Some(text) = found.as_text() else {
        return Err(Refusal::new(found, format!("`property` must be a string, not {}", found.kind())));
    };
    match name::content(text) {
        Ok(ColumnContent::Scorecard(identifier)) => Ok(Breakdown::Scorecard(identifier)),
        Ok(ColumnContent::Field(field)) => Ok(Breakdown::Field(field)),
        Ok(ColumnContent::ScorecardStats) => {
            Err(Refusal::new(found, format!("{} is a column of tables", quoted(text))))
        }
        Err(reason) => Err(Refusal::new(found, reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::definition::Field;
    use crate::page::read::testing::{drawn, reason};
    use serde_json::{Value, json};

    fn with(kind: &str, keys: &Value) -> Value {
        let mut widget = json!({"type": kind});
        widget.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        widget
    }

    #[test]
    fn a_pie_is_about_the_levels_of_a_scorecard_or_the_values_of_a_field() {
        for kind in ["entities-pie-chart", "bar-chart"] {
            let keys = json!({"blueprint": "service", "property": "scorecard#c", "emptyStateText": "none"});
            let Content::Pie(pie) = drawn(&with(kind, &keys)) else { panic!("a pie") };
            assert_eq!(pie.by, Breakdown::Scorecard("c".to_owned()));
            assert_eq!(pie.selection, Selection { blueprint: Some("service".to_owned()), dataset: None });
            assert_eq!(pie.empty_text.as_deref(), Some("none"));
        }
        let Content::Pie(pie) = drawn(&with("bar-chart", &json!({"property": "relation#owner"}))) else {
            panic!("a pie")
        };
        assert_eq!(pie.by, Breakdown::Field(Field::Relation("owner".to_owned())));
        assert_eq!(pie.selection, Selection::default());
        for (keys, expected) in [
            (json!({}), "it has no `property`"),
            (json!({"property": null}), "it has no `property`"),
            (json!({"property": 7}), "`property` must be a string, not a number"),
            (json!({"property": {"a": 1}}), "`property` must be a string, not an object"),
            (json!({"property": ""}), "it has an empty name"),
            (json!({"property": "scorecardsStats"}), "`scorecardsStats` is a column of tables"),
            (
                json!({"property": "scorecard-rule#a#b"}),
                "`scorecard-rule#a#b` is a rule, and only levels can be shown",
            ),
            (json!({"property": "a", "blueprint": 7}), "`blueprint` must be a string, not a number"),
            (json!({"property": "a", "dataset": 7}), "its dataset must be an object, not a number"),
        ] {
            assert_eq!(reason(&with("entities-pie-chart", &keys)), expected, "{keys}");
        }
    }

    #[test]
    fn a_chart_takes_its_blueprint_from_the_key_the_dataset_or_the_only_settings() {
        let of = |keys: Value| match drawn(&with("entities-number-chart", &keys)) {
            Content::Count(selection) => selection.blueprint,
            other => panic!("{other:?}"),
        };
        let rule = json!({"property": "$blueprint", "operator": "=", "value": "rule"});
        let dataset = json!({"combinator": "and", "rules": [rule]});
        let config = json!({"config": {}});
        let both = json!({"blueprint": "key", "dataset": dataset, "blueprintConfig": config});
        assert_eq!(of(both).as_deref(), Some("key"));
        assert_eq!(of(json!({"dataset": dataset, "blueprintConfig": config})).as_deref(), Some("rule"));
        assert_eq!(of(json!({"dataset": [rule], "blueprint": ""})).as_deref(), Some("rule"));
        assert_eq!(of(json!({"blueprintConfig": config})).as_deref(), Some("config"));
        assert_eq!(of(json!({"blueprintConfig": {"a": {}, "b": {}}})), None);
        let alternatives =
            json!({"combinator": "or", "rules": [rule, {"property": "a", "operator": "isEmpty"}]});
        assert_eq!(of(json!({"dataset": alternatives})), None);
    }

    #[test]
    fn only_counts_of_entities_are_drawn() {
        for keys in [
            json!({}),
            json!({"calculationBy": "entities", "func": "count"}),
            json!({"calculationBy": "entities", "function": "count"}),
            json!({"chartType": "countEntities"}),
            json!({"chartType": "countEntities", "func": "count"}),
            json!({"chartType": "aggregateByProperty", "calculationBy": "entities", "func": "count"}),
        ] {
            assert!(matches!(drawn(&with("entities-number-chart", &keys)), Content::Count(_)), "{keys}");
        }
        let property = "only the number of entities can be drawn, not a property";
        let average = "it is an average over time, and the input has one date";
        for (keys, expected) in [
            (json!({"calculationBy": "property", "property": "a", "func": "count"}), property),
            (json!({"chartType": "aggregateByProperty", "func": "sum", "property": "a"}), property),
            (json!({"property": "a"}), property),
            (json!({"calculationBy": "entities", "func": "average", "averageOf": "day"}), average),
            (json!({"chartType": "countEntities", "func": "average"}), average),
            (json!({"func": "sum"}), "unknown `func` `sum`"),
            (json!({"chartType": "gauge"}), "unknown `chartType` `gauge`"),
            (
                json!({"chartType": "displaySingleProperty", "entity": "e", "property": "a"}),
                "only the number of entities can be drawn, not a property",
            ),
        ] {
            assert_eq!(reason(&with("entities-number-chart", &keys)), expected, "{keys}");
        }
    }
}
