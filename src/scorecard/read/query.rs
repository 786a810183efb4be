//! Reads queries: conditions and groups of conditions, joined by a combinator.

use super::reader::Reader;
use crate::diagnostic::{Code, expected};
use crate::json::{self, Node};
use crate::scorecard::definition::{Combinator, Member, Query};

const GROUP: &str =
    "write `{\"combinator\": \"and\", \"conditions\": [{\"property\": …, \"operator\": …, \"value\": …}]}`";

/// The keys that mark a condition.
const CONDITION_KEYS: [&str; 3] = ["property", "relation", "operator"];

impl Reader<'_> {
    /// Reads a query; `what` is its name in messages.
    pub(super) fn query(&mut self, node: &Node, what: &str) -> Option<Query> {
        if !node.is_object() {
            self.wrong_type(node, what, "an object", GROUP);
            return None;
        }
        let mut is_valid = true;
        let present = CONDITION_KEYS.map(|key| node.get(key).map(|_| key));
        let is_present = |member: &&json::Member| present.contains(&Some(member.key.as_str()));
        if let Some(member) = node.members().iter().find(is_present) {
            let message = format!("{what} is also a condition: it has `{}`", member.key);
            self.problem(Code::QueryAndCondition, &member.key_span, message, GROUP);
            is_valid = false;
        }
        let combinator = self.combinator(node, what);
        let (list, as_rules) = self.list_of_members(node, what)?;
        let Some(items) = list.as_list() else {
            self.wrong_type(list, &format!("the conditions of {what}"), "an array", GROUP);
            return None;
        };
        if items.is_empty() {
            let help = "add a condition, or remove the rule, the filter or the group";
            self.problem(Code::EmptyConditions, &list.span, format!("{what} has no conditions"), help);
            return None;
        }
        // read all members first, so that every problem is reported
        let members: Vec<Option<Member>> = items.iter().map(|item| self.member(item)).collect();
        let members: Option<Vec<Member>> = members.into_iter().collect();
        is_valid.then_some(Query {
            combinator: combinator?,
            members: members?,
            span: node.span.clone(),
            as_rules,
        })
    }

    /// The value of `conditions` or `rules`, and whether it is `rules`.
    fn list_of_members<'n>(&mut self, node: &'n Node, what: &str) -> Option<(&'n Node, bool)> {
        match (node.get("conditions"), node.get("rules")) {
            (Some(conditions), None) => Some((conditions, false)),
            (None, Some(rules)) => Some((rules, true)),
            (Some(_), Some(rules)) => {
                let message = format!("{what} has both `conditions` and `rules`");
                let help = "both keys have the same meaning; keep `conditions`";
                self.problem(Code::ConditionsAndRules, &rules.span, message, help);
                None
            }
            (None, None) => {
                let message = format!("{what} has no `conditions`");
                self.missing(Code::MissingConditions, node, &["conditions"], &node.head(), message, GROUP);
                None
            }
        }
    }

    fn combinator(&mut self, node: &Node, what: &str) -> Option<Combinator> {
        const NAMES: [&str; 2] = ["and", "or"];
        let Some(found) = node.get("combinator") else {
            let help = "add `\"combinator\": \"and\"` or `\"combinator\": \"or\"`";
            let message = format!("{what} has no `combinator`");
            self.missing(Code::MissingCombinator, node, &["combinator"], &node.head(), message, help);
            return None;
        };
        match found.as_text() {
            Some("and") => Some(Combinator::And),
            Some("or") => Some(Combinator::Or),
            Some(other) => {
                self.unknown(Code::UnknownCombinator, "combinator", found, other, NAMES);
                None
            }
            None => {
                self.wrong_type(found, "`combinator`", "a string", expected("combinator", NAMES));
                None
            }
        }
    }

    fn member(&mut self, node: &Node) -> Option<Member> {
        if !node.is_object() {
            let help = "write `{\"property\": …, \"operator\": …, \"value\": …}`";
            self.wrong_type(node, "a condition", "an object", help);
            return None;
        }
        if ["combinator", "conditions", "rules"].iter().any(|key| node.get(key).is_some()) {
            self.query(node, "the group").map(Member::Group)
        } else {
            self.condition(node).map(Member::Condition)
        }
    }
}
