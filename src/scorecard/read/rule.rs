//! Reads the rules of a scorecard.

use super::reader::Reader;
use crate::diagnostic::{Code, quoted};
use crate::json::Node;
use crate::scorecard::definition::{Level, Rule};
use std::collections::{HashMap, HashSet};

/// The levels of a scorecard, to find them by title.
struct Levels<'l> {
    levels: &'l [Level],
    by_title: HashMap<&'l str, usize>,
    /// The first level with each title in lower case.
    by_lower_case: HashMap<String, usize>,
}

impl<'l> Levels<'l> {
    fn new(levels: &'l [Level]) -> Self {
        let by_title =
            levels.iter().enumerate().map(|(index, level)| (level.title.as_str(), index)).collect();
        let mut by_lower_case = HashMap::new();
        for (index, level) in levels.iter().enumerate() {
            by_lower_case.entry(level.title.to_lowercase()).or_insert(index);
        }
        Self { levels, by_title, by_lower_case }
    }

    /// The index of the level with this title. If no title is equal, upper and lower case are ignored.
    ///
    /// This finds what [`Definition::level_named`](crate::scorecard::Definition::level_named) finds, but without
    /// a search of all levels for each rule.
    fn named(&self, title: &str) -> Option<usize> {
        let equal = self.by_title.get(title);
        equal.or_else(|| self.by_lower_case.get(&title.to_lowercase())).copied()
    }

    /// The titles of the levels above the base.
    fn above(&self) -> impl Iterator<Item = &'l str> {
        self.levels.iter().skip(1).map(|level| level.title.as_str())
    }
}

impl Reader<'_> {
    /// Reads the rules of a scorecard, and returns the valid ones. `levels` is `None` if the levels of the scorecard are
    /// invalid; the levels of its rules are not checked then.
    pub(super) fn rules(
        &mut self,
        node: &Node,
        body: &Node,
        identifier: Option<&str>,
        levels: Option<&[Level]>,
    ) -> Vec<Rule> {
        let what =
            identifier.map_or_else(|| "a scorecard".to_owned(), |name| format!("scorecard {}", quoted(name)));
        let Some(list) = body.get("rules") else {
            let help = "add `\"rules\": […]`; it may be empty";
            let message = format!("{what} has no `rules`");
            self.missing(Code::MissingRules, body, &["rules"], &node.head(), message, help);
            return Vec::new();
        };
        let Some(items) = list.as_list() else {
            let help = "write `\"rules\": [{\"identifier\": …, \"level\": …, \"query\": …}]`";
            self.wrong_type(list, "`rules`", "an array", help);
            return Vec::new();
        };
        let levels = levels.map(Levels::new);
        let mut names = HashSet::new();
        let mut rules = Vec::new();
        for item in items {
            if let Some(identifier) = item.get("identifier") {
                self.check_unique(identifier, &mut names, &what);
            }
            rules.extend(self.rule(item, levels.as_ref()));
        }
        rules
    }

    /// Checks that no earlier rule has this identifier, even an invalid rule.
    fn check_unique<'n>(&mut self, identifier: &'n Node, names: &mut HashSet<&'n str>, what: &str) {
        let Some(name) = identifier.as_text().filter(|name| !name.is_empty()) else { return };
        if !names.insert(name) {
            let message = format!("duplicate rule {} in {what}", quoted(name));
            let help = "the rules of a scorecard must have different identifiers";
            self.problem(Code::DuplicateRule, &identifier.span, message, help);
        }
    }

    fn rule(&mut self, node: &Node, levels: Option<&Levels<'_>>) -> Option<Rule> {
        if !node.is_object() {
            let help = "write `{\"identifier\": …, \"level\": …, \"query\": …}`";
            self.wrong_type(node, "a rule", "an object", help);
            return None;
        }
        let identifier = self.required_text(node, "identifier", Code::MissingIdentifier, "a rule");
        let what = identifier
            .as_deref()
            .map_or_else(|| "a rule".to_owned(), |name| format!("rule {}", quoted(name)));
        let title = self.optional_text(node, "title");
        let description = self.optional_text(node, "description");
        let level = self.required_text(node, "level", Code::MissingLevel, &what);
        let level = level.zip(levels).and_then(|(title, levels)| self.rule_level(node, &title, levels));
        let query = match node.get("query") {
            Some(query) => self.query(query, &format!("the query of {what}")),
            None => {
                let help = "add `\"query\": {\"combinator\": \"and\", \"conditions\": […]}`";
                let message = format!("{what} has no `query`");
                self.missing(Code::MissingQuery, node, &["query"], &node.head(), message, help);
                None
            }
        };
        let (identifier, level, query) = (identifier?, level?, query?);
        Some(Rule {
            titled: title.is_some(),
            title: title.unwrap_or_else(|| identifier.clone()),
            identifier,
            description,
            level,
            query,
            span: node.span.clone(),
        })
    }

    /// The index of the level with this title, which must be above the base level.
    fn rule_level(&mut self, node: &Node, title: &str, levels: &Levels<'_>) -> Option<usize> {
        const ABOVE: &str = "level above the base";
        let named = node.get("level").unwrap_or(node);
        match levels.named(title) {
            Some(0) => {
                let message = format!("{} is the base level, which cannot have rules", quoted(title));
                let help = self.expectation(ABOVE, levels.above());
                self.problem(Code::BaseLevelRule, &named.span, message, help);
                None
            }
            Some(level) => Some(level),
            None => {
                let message = format!("unknown level {}", quoted(title));
                let help = self.suggestion(ABOVE, title, levels.above());
                self.problem(Code::UnknownLevel, &named.span, message, help);
                None
            }
        }
    }
}
