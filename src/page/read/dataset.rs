//! Reads datasets: the conditions that the entities of a widget meet.
//!
//! Port's datasets have more forms than the queries of scorecards. A form that depends on the user or on other entities
//! is refused with its reason, because a widget that ignored it would show wrong numbers.

use super::reader::{PageFilter, Reader, Refusal, text_of};
use crate::diagnostic::quoted;
use crate::entity::Meta;
use crate::json::{Node, Tree};
use crate::page::definition::Selection;
use crate::scorecard::{Combinator, Condition, Member, Operand, Operator, Query, Subject, read_condition};
use crate::value::Scalar;
use std::ops::Range;

/// The value of a rule that stands for the blueprint of the page.
const PAGE_BLUEPRINT: &str = "{{blueprint}}";

/// How many conditions may be copied: from the filters of the page to each widget, and from a dataset to each of its
/// tabs. A page of Port has a few, since it is at most 1 MiB.
const MOST_COPIES: usize = 100_000;

impl Reader<'_> {
    /// The entities of the widget `node`: those of a blueprint that meet all queries and the filters of the page.
    pub(super) fn select(
        &mut self,
        node: &Node,
        blueprint: Option<&str>,
        queries: [Option<Query>; 2],
    ) -> Result<Selection, Refusal> {
        if blueprint.is_none() && self.filters.iter().any(|filter| filter.blueprint.is_some()) {
            let reason = "the page has filters by blueprint, so the widget needs a `blueprint`";
            return Err(Refusal::new(node, reason));
        }
        let applies =
            |filter: &&PageFilter| filter.blueprint.as_deref().is_none_or(|only| Some(only) == blueprint);
        let conditions = self.filters.iter().filter(applies).map(|filter| filter.conditions).sum();
        self.count_copies(node, conditions)?;
        let filters = self.filters.iter().filter(applies).map(|filter| filter.query.clone());
        let mut queries: Vec<Query> = queries.into_iter().flatten().chain(filters).collect();
        let dataset = match queries.len() {
            0 | 1 => queries.pop(),
            _ => Some(group(Combinator::And, queries.into_iter().map(Member::Group).collect(), 0..0)),
        };
        Ok(Selection { blueprint: blueprint.map(str::to_owned), dataset })
    }

    /// Counts conditions that are copied for the widget `node`, so that a small file cannot fill the memory.
    pub(super) fn count_copies(&mut self, node: &Node, conditions: usize) -> Result<(), Refusal> {
        let copies = self.copies.saturating_add(conditions);
        if copies > MOST_COPIES {
            let reason = "the page has too many filter conditions (more than 100,000 with filters counted once for \
                each widget)";
            return Err(Refusal { help: Some("remove filters".to_owned()), ..Refusal::new(node, reason) });
        }
        self.copies = copies;
        Ok(())
    }

    /// The blueprint that a widget names: its `blueprint`, or the one that its dataset requires.
    pub(super) fn named_blueprint<'r>(&'r self, widget: &'r Node) -> Result<Option<&'r str>, Refusal> {
        let own = widget.get("blueprint").filter(|node| node.as_text() != Some(""));
        let Some(node) = own.or_else(|| required_blueprint(widget.get("dataset")?)) else {
            return Ok(None);
        };
        match node.as_text() {
            Some(text) if is_template(text) => self.page_blueprint(node, text).map(Some),
            Some(text) => Ok(Some(text)),
            None => Err(Refusal::new(node, format!("`blueprint` must be a string, not {}", node.kind()))),
        }
    }

    /// The blueprint that a template stands for.
    fn page_blueprint(&self, node: &Node, template: &str) -> Result<&str, Refusal> {
        let is_blueprint = template.split_whitespace().collect::<String>() == PAGE_BLUEPRINT;
        self.blueprint.filter(|_| is_blueprint).ok_or_else(|| depends(node, template))
    }

    /// Reads a filter of the page; `None` if it applies to all entities.
    pub(super) fn page_filter(&mut self, node: &Node) -> Result<Option<PageFilter>, Refusal> {
        let query = node.get("query").unwrap_or(node);
        let blueprint = text_of(query, "blueprint").map(str::to_owned);
        let query = self.dataset(Some(query))?;
        Ok(query.map(|query| PageFilter { blueprint, conditions: query.conditions().len(), query }))
    }

    /// Reads a dataset; `None` if it has no rules, so that it has all entities.
    pub(super) fn dataset(&mut self, node: Option<&Node>) -> Result<Option<Query>, Refusal> {
        let Some(node) = node else { return Ok(None) };
        if node.as_list().is_none() && !node.is_object() {
            return Err(Refusal::new(node, format!("its dataset must be an object, not {}", node.kind())));
        }
        Ok(self.rule(node)?.map(|member| match member {
            Member::Group(query) => query,
            condition @ Member::Condition(_) => group(Combinator::And, vec![condition], node.span.clone()),
        }))
    }

    /// Reads a rule or a group of rules; `None` for an empty group, which has no effect.
    fn rule(&mut self, node: &Node) -> Result<Option<Member>, Refusal> {
        let (combinator, items) = match &node.tree {
            Tree::List(items) => (Combinator::And, items.as_slice()),
            Tree::Object(_) => {
                let Some(list) = node.get("rules").or_else(|| node.get("conditions")) else {
                    let is_of_group = |key: &str| ["combinator", "blueprint"].contains(&key);
                    return match node.members().iter().all(|member| is_of_group(&member.key)) {
                        true => Ok(None),
                        false => self.condition(node).map(|condition| Some(Member::Condition(condition))),
                    };
                };
                let wrong = || Refusal::new(list, format!("its rules must be an array, not {}", list.kind()));
                (combinator(node)?, list.as_list().ok_or_else(wrong)?)
            }
            _ => return Err(Refusal::new(node, format!("a rule must be an object, not {}", node.kind()))),
        };
        let members: Vec<Option<Member>> =
            items.iter().map(|item| self.rule(item)).collect::<Result<_, _>>()?;
        let members: Vec<Member> = members.into_iter().flatten().collect();
        let is_empty = members.is_empty();
        Ok((!is_empty).then(|| Member::Group(group(combinator, members, node.span.clone()))))
    }

    fn condition(&mut self, node: &Node) -> Result<Condition, Refusal> {
        if let Some(reason) = unknown_form(node) {
            return Err(Refusal::new(node, reason));
        }
        if let Some((value, template)) = node.get("value").and_then(template_in) {
            if !requires_blueprint(node) {
                return Err(depends(value, template));
            }
            let blueprint = self.page_blueprint(value, template)?.to_owned();
            return Ok(Condition {
                subject: Subject::Meta(Meta::Blueprint),
                operator: Operator::Equal,
                not: false,
                operand: Operand::Scalar(Scalar::Text(blueprint)),
                span: node.span.clone(),
            });
        }
        read_condition(&self.source, node, &mut self.warnings).map_err(|problem| {
            let reason = format!("its dataset is not supported: {}", problem.message);
            Refusal { help: problem.help, ..Refusal::new(node, reason) }
        })
    }
}

/// The refusal of a text that Port replaces when the page is shown.
fn depends(node: &Node, template: &str) -> Refusal {
    Refusal::new(node, format!("it depends on where the page is shown: {}", quoted(template)))
}

fn group(combinator: Combinator, members: Vec<Member>, span: Range<usize>) -> Query {
    Query { combinator, members, span, as_rules: true }
}

/// The value of a rule `$blueprint = X` that all entities must meet.
fn required_blueprint(dataset: &Node) -> Option<&Node> {
    let rules = match &dataset.tree {
        Tree::List(rules) => rules.as_slice(),
        _ => dataset.get("rules").or_else(|| dataset.get("conditions"))?.as_list()?,
    };
    let is_alternative = text_of(dataset, "combinator") == Some("or") && rules.len() > 1;
    let rule = rules.iter().filter(|_| !is_alternative).find(|rule| requires_blueprint(rule))?;
    rule.get("value").filter(|value| value.as_text().is_some())
}

/// Whether a rule requires a blueprint.
fn requires_blueprint(rule: &Node) -> bool {
    text_of(rule, "property") == Some(Meta::Blueprint.name())
        && text_of(rule, "operator") == Some(Operator::Equal.name())
}

fn combinator(node: &Node) -> Result<Combinator, Refusal> {
    match node.get("combinator") {
        None => Ok(Combinator::And),
        Some(found) => match found.as_text() {
            Some("and") => Ok(Combinator::And),
            Some("or") => Ok(Combinator::Or),
            Some(other) => {
                Err(Refusal::new(found, format!("its dataset has the unknown combinator {}", quoted(other))))
            }
            None => Err(Refusal::new(found, format!("`combinator` must be a string, not {}", found.kind()))),
        },
    }
}

/// Why the entities of a rule cannot be told from a snapshot; `None` for a rule with the form of a condition.
fn unknown_form(node: &Node) -> Option<&'static str> {
    const USER: &str = "its dataset depends on who opens the page";
    const RELATED: &str = "its dataset filters by properties of related entities, which is not supported";
    match text_of(node, "operator") {
        Some("relatedTo") => return Some("its dataset uses `relatedTo`, which is not supported"),
        Some("matchAny") => return Some(RELATED),
        Some("isExpired") => return Some("its dataset uses `isExpired`, which only Port can evaluate"),
        Some("isNotExpired") => {
            return Some("its dataset uses `isNotExpired`, which only Port can evaluate");
        }
        _ => {}
    }
    if node.get("scorecard").is_some() {
        return Some("its dataset filters by a level, which is not supported");
    }
    if node.get("propertySchema").is_some() {
        return Some("its dataset filters by property type, which is not supported");
    }
    if node.get("property").is_some_and(Node::is_object)
        || node.get("value").is_some_and(|value| value.get("context").is_some())
    {
        return Some(USER);
    }
    let target = text_of(node, "targetProperty");
    target.filter(|target| *target != Meta::Identifier.name()).map(|_| RELATED)
}

/// Whether a text is replaced by Port when the page is shown.
fn is_template(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("{{") && text.ends_with("}}")
}

/// The text that is a template: a value, or an item of an array.
fn template_in(value: &Node) -> Option<(&Node, &str)> {
    let items = value.as_list().unwrap_or(std::slice::from_ref(value));
    items.iter().find_map(|item| Some((item, item.as_text().filter(|text| is_template(text))?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::definition::Content;
    use crate::page::read::testing::{drawn, read, reason};
    use serde_json::{Value, json};

    fn chart(dataset: &Value) -> Value {
        json!({"type": "entities-number-chart", "dataset": dataset})
    }

    fn dataset(dataset: &Value) -> Option<Query> {
        match drawn(&chart(dataset)) {
            Content::Count(selection) => selection.dataset,
            other => panic!("{other:?}"),
        }
    }

    /// The query as text, such as `and(a = 1, or(b isEmpty))`.
    fn text(query: &Query) -> String {
        let member = |member: &Member| match member {
            Member::Group(query) => text(query),
            Member::Condition(condition) => condition.to_string(),
        };
        let name = if query.combinator == Combinator::And { "and" } else { "or" };
        format!("{name}({})", query.members.iter().map(member).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn a_dataset_is_a_group_a_list_or_a_rule_and_may_be_empty() {
        let (a, b) = (
            json!({"property": "a", "operator": "=", "value": 1}),
            json!({"relation": "b", "operator": "isEmpty"}),
        );
        for (value, expected) in [
            (json!({"combinator": "and", "rules": [a, b]}), "and(a = 1, b isEmpty)"),
            (
                json!({"combinator": "or", "rules": [a, {"combinator": "and", "rules": [b]}]}),
                "or(a = 1, and(b isEmpty))",
            ),
            (json!({"combinator": "or", "conditions": [a]}), "or(a = 1)"),
            (json!({"rules": [a]}), "and(a = 1)"),
            (json!([a, [b]]), "and(a = 1, and(b isEmpty))"),
            (a.clone(), "and(a = 1)"),
            (json!([{}, {"combinator": "or", "rules": []}, a]), "and(a = 1)"),
        ] {
            assert_eq!(dataset(&value).as_ref().map(text).as_deref(), Some(expected), "{value}");
        }
        for none in [
            json!(null),
            json!({}),
            json!([]),
            json!({"combinator": "and", "rules": []}),
            json!([[], {"rules": [[]]}]),
        ] {
            assert_eq!(dataset(&none), None, "{none}");
        }
    }

    #[test]
    fn a_dataset_that_is_not_about_the_snapshot_is_refused_with_the_reason() {
        const USER: &str = "its dataset depends on who opens the page";
        const RELATED: &str = "its dataset filters by properties of related entities, which is not supported";
        let context = json!({"context": "user", "property": "email"});
        for (rule, expected) in [
            (json!({"operator": "matchAny", "property": {"path": ["a"]}, "value": "a"}), RELATED),
            (json!({"property": "a", "operator": "=", "value": context}), USER),
            (json!({"property": context, "operator": "=", "value": "a"}), USER),
            (
                json!({"scorecard": "c", "operator": "=", "value": "Gold"}),
                "its dataset filters by a level, which is not supported",
            ),
            (
                json!({"propertySchema": {"type": "string"}, "operator": "=", "value": 1}),
                "its dataset filters by property type, which is not supported",
            ),
            (json!({"relation": "a", "targetProperty": "$title", "operator": "=", "value": "a"}), RELATED),
            (
                json!({"property": "a", "operator": "=", "value": "{{ url.id }}"}),
                "it depends on where the page is shown: `{{ url.id }}`",
            ),
            (
                json!({"property": "a", "operator": "in", "value": ["x", "{{id}}"]}),
                "it depends on where the page is shown: `{{id}}`",
            ),
            (
                json!({"property": "a", "operator": "like", "value": "x"}),
                "its dataset is not supported: unknown operator `like`",
            ),
            (
                json!({"property": "a", "operator": "=", "value": null}),
                "its dataset is not supported: operator `=` needs a `value`",
            ),
            (
                json!({"property": "$a", "operator": "isEmpty"}),
                "its dataset is not supported: unknown meta-property `$a`",
            ),
            (
                json!({"value": 1}),
                "its dataset is not supported: the condition has neither `property` nor `relation`",
            ),
            (json!({"combinator": "xor", "rules": []}), "its dataset has the unknown combinator `xor`"),
            (json!({"combinator": 7, "rules": []}), "`combinator` must be a string, not a number"),
            (json!({"combinator": "and", "rules": {}}), "its rules must be an array, not an object"),
            (json!(7), "a rule must be an object, not a number"),
        ] {
            assert_eq!(reason(&chart(&json!([rule]))), expected, "{rule}");
        }
    }

    #[test]
    fn a_dataset_may_ask_for_the_identifier_of_a_related_entity() {
        let related =
            json!({"relation": "a", "targetProperty": "$identifier", "operator": "=", "value": "b"});
        assert_eq!(dataset(&related).as_ref().map(text).as_deref(), Some("and(a = \"b\")"));
    }

    #[test]
    fn an_operator_of_port_alone_is_refused_by_its_name() {
        for (operator, reason_after) in [
            ("relatedTo", "is not supported"),
            ("isExpired", "only Port can evaluate"),
            ("isNotExpired", "only Port can evaluate"),
        ] {
            let rule = json!({"property": "ttl", "operator": operator, "value": "a"});
            let expected = format!("its dataset uses `{operator}`, which {reason_after}");
            assert_eq!(reason(&chart(&json!([rule]))), expected);
        }
    }

    #[test]
    fn a_template_for_the_blueprint_stands_for_that_of_the_page() {
        let rule = json!({"property": "$blueprint", "operator": "=", "value": "{{ blueprint }}"});
        for widget in
            [chart(&json!([rule])), json!({"type": "entities-number-chart", "blueprint": "{{blueprint}}"})]
        {
            let (page, warnings) = read(&json!({"blueprint": "service", "widgets": [widget]}));
            assert_eq!(warnings, [""; 0]);
            let Content::Count(selection) = &page.widgets[0].content else { panic!("{page:?}") };
            assert_eq!(selection.blueprint.as_deref(), Some("service"));
        }
        assert_eq!(
            reason(&chart(&json!([rule]))),
            "it depends on where the page is shown: `{{ blueprint }}`"
        );
    }
}
