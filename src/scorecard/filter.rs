//! A query that selects entities without grading them, such as the dataset of a widget.

use super::condition::Check;
use super::definition::{Combinator, Member, Query};
use crate::entity::{Entity, Slot, Wanted};
use crate::value::Instant;

/// A compiled query. It means the same as the filter of a scorecard.
#[derive(Debug)]
pub(crate) enum Filter {
    Condition(Slot, Check),
    All(Vec<Filter>),
    Any(Vec<Filter>),
}

impl Filter {
    /// Compiles a query, and adds its fields to `wanted`. Date presets are relative to `as_of`.
    pub(crate) fn new(query: &Query, as_of: Instant, wanted: &mut Wanted) -> Self {
        let mut compiled = |member: &Member| match member {
            Member::Group(group) => Self::new(group, as_of, wanted),
            Member::Condition(condition) => {
                Self::Condition(condition.subject.include(wanted), Check::new(condition, as_of))
            }
        };
        let members = query.members.iter().map(&mut compiled).collect();
        match query.combinator {
            Combinator::And => Self::All(members),
            Combinator::Or => Self::Any(members),
        }
    }

    /// Whether the entity passes the query.
    pub(crate) fn holds(&self, entity: &Entity<'_>) -> bool {
        match self {
            Self::Condition(slot, check) => check.holds(entity.value_at(*slot)),
            Self::All(members) => members.iter().all(|member| member.holds(entity)),
            Self::Any(members) => members.iter().any(|member| member.holds(entity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::grade::Grader;
    use crate::scorecard::{Scorecards, read_definitions};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn as_of() -> Instant {
        Instant::parse("2026-01-31T00:00:00Z").unwrap()
    }

    /// Values of conditions that fit their operators, and values of entities.
    fn condition() -> impl Strategy<Value = Value> {
        let subject = prop::sample::select(vec![
            json!({"property": "a"}),
            json!({"property": "b"}),
            json!({"property": "$team"}),
            json!({"property": "$title"}),
            json!({"property": "$relation.a"}),
            json!({"relation": "b"}),
        ]);
        let test = prop::sample::select(vec![
            json!({"operator": "=", "value": 1}),
            json!({"operator": "!=", "value": "x"}),
            json!({"operator": ">", "value": 0}),
            json!({"operator": "<=", "value": 2}),
            json!({"operator": "contains", "value": "x"}),
            json!({"operator": "doesNotContains", "value": ["x"]}),
            json!({"operator": "containsAny", "value": ["x", "y"]}),
            json!({"operator": "between", "value": {"preset": "lastWeek"}}),
            json!({"operator": "notBetween", "value": {"preset": "today"}}),
            json!({"operator": "isEmpty"}),
            json!({"operator": "isEmpty", "not": true}),
        ]);
        (subject, test).prop_map(|(subject, test)| {
            let parts = [subject, test].into_iter().filter_map(|part| part.as_object().cloned());
            Value::Object(parts.flatten().collect())
        })
    }

    fn query() -> impl Strategy<Value = Value> {
        let group = |members: Vec<Value>, is_or: bool, as_rules: bool| {
            let (combinator, key) =
                (if is_or { "or" } else { "and" }, if as_rules { "rules" } else { "conditions" });
            json!({"combinator": combinator, key: members})
        };
        let members = condition().prop_recursive(3, 12, 3, move |member| {
            (prop::collection::vec(member, 1..4), any::<bool>(), any::<bool>())
                .prop_map(move |(members, is_or, as_rules)| group(members, is_or, as_rules))
        });
        (prop::collection::vec(members, 1..4), any::<bool>())
            .prop_map(move |(members, is_or)| group(members, is_or, false))
    }

    fn entity() -> impl Strategy<Value = Value> {
        let values = [
            json!(null),
            json!(0),
            json!(1),
            json!("x"),
            json!("xy"),
            json!(["x", 1]),
            json!([]),
            json!("2026-01-30T00:00:00Z"),
        ];
        let value = || prop::option::of(prop::sample::select(values.to_vec()));
        (value(), value(), value(), prop::sample::select(vec![json!(null), json!("x"), json!(["y", "x"])]))
            .prop_map(|(a, b, relation, team)| {
                let fields = |list: Vec<(&str, Option<Value>)>| -> Value {
                    let present = list.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
                    Value::Object(present.collect())
                };
                json!({"identifier": "e", "blueprint": "service", "team": team,
                    "properties": fields(vec![("a", a), ("b", b)]),
                    "relations": fields(vec![("a", relation.clone()), ("b", relation)])})
            })
    }

    proptest! {
        #[test]
        fn it_means_the_same_as_the_filter_of_a_scorecard(query in query(), entity in entity()) {
            let text = json!({"identifier": "c", "blueprint": "service", "filter": query, "rules": []});
            let definitions = read_definitions(vec![Source::new("c.json", text.to_string())], "service").unwrap();
            let dataset = definitions[0].filter.clone().unwrap();
            let scorecards = Scorecards::new(definitions, as_of(), "service");
            let mut wanted = scorecards.wanted().clone();
            let filter = Filter::new(&dataset, as_of(), &mut wanted);
            let entity = Entity::from_value(&entity, &wanted).unwrap();
            let mut grader = Grader::new(&scorecards);
            let is_applicable = grader.grade(&entity).outcomes().all(|outcome| outcome.level().is_some());
            prop_assert_eq!(filter.holds(&entity), is_applicable);
        }
    }

    #[test]
    fn fields_that_grading_does_not_read_are_wanted() {
        let text = json!({"identifier": "c", "rules": [], "filter": {"combinator": "or", "rules": [
            {"property": "tier", "operator": "=", "value": "one"},
            {"combinator": "and", "conditions": [{"relation": "owner", "operator": "isNotEmpty"}]}]}});
        let definitions = read_definitions(vec![Source::new("c.json", text.to_string())], "service").unwrap();
        let mut wanted = Wanted::new("service");
        let filter = Filter::new(definitions[0].filter.as_ref().unwrap(), as_of(), &mut wanted);
        for (properties, relations, holds) in [
            (json!({"tier": "one"}), json!({}), true),
            (json!({"tier": "two"}), json!({"owner": "a"}), true),
            (json!({"owner": "a"}), json!({"tier": "one"}), false),
        ] {
            let entity = json!({"identifier": "e", "properties": properties, "relations": relations});
            assert_eq!(filter.holds(&Entity::from_value(&entity, &wanted).unwrap()), holds, "{entity}");
        }
    }
}
