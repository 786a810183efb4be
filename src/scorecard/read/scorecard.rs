//! Reads a scorecard and its levels.

use super::reader::Reader;
use crate::diagnostic::{Code, quoted};
use crate::json::Node;
use crate::scorecard::definition::{Definition, Level, Origin, default_levels};
use std::collections::HashSet;
use std::sync::Arc;

/// The object that has the levels, the filter and the rules: the scorecard itself, or the `properties` of a scorecard
/// that is an entity. Port lets a scorecard have rules and `properties` too.
pub(crate) fn body(node: &Node) -> &Node {
    match node.get("rules") {
        Some(_) => node,
        None => node.get("properties").filter(|properties| properties.is_object()).unwrap_or(node),
    }
}

impl Reader<'_> {
    /// Reads one scorecard: a scorecard of Port, or an entity with the parts of the scorecard under `properties`.
    pub(super) fn scorecard(&mut self, node: &Node) -> Option<Definition> {
        if !node.is_object() {
            let help = "write `{\"identifier\": …, \"rules\": […]}`";
            self.wrong_type(node, "a scorecard", "an object", help);
            return None;
        }
        let before = self.problems.len();
        let body = body(node);
        let identifier = self.required_text(node, "identifier", Code::MissingIdentifier, "a scorecard");
        let title = self.optional_text(node, "title");
        let description = self.optional_text(body, "description");
        let blueprint = self.blueprint(body);
        let levels = self.levels(body);
        let filter = body.get("filter").and_then(|filter| self.query(filter, "the filter"));
        let rules = self.rules(node, body, identifier.as_deref(), levels.as_deref());
        let (identifier, levels) = (identifier?, levels?);
        if self.problems.len() > before {
            return None;
        }
        let name = node.get("identifier").map_or_else(|| node.head(), |node| node.span.clone());
        Some(Definition {
            titled: title.is_some(),
            title: title.unwrap_or_else(|| identifier.clone()),
            identifier,
            description,
            blueprint,
            own_levels: levels.first().is_some_and(|level| level.span.is_some()),
            levels,
            filter,
            rules,
            origin: Origin { source: Arc::clone(&self.source), span: node.span.clone(), identifier: name },
        })
    }

    /// The blueprint of a scorecard. A group of scorecards, which names several, is a problem: the default blueprint
    /// would be a wrong guess.
    fn blueprint(&mut self, body: &Node) -> String {
        let own = self.optional_text(body, "blueprint");
        let is_absent = body.get("blueprint").is_none_or(|found| found.as_text() == Some(""));
        if let (true, Some(group)) = (is_absent, body.get("blueprints")) {
            let message = "the scorecard has `blueprints` instead of `blueprint`".to_owned();
            let help = "write one scorecard for each blueprint, each with its own `blueprint`";
            self.problem(Code::ScorecardGroup, &group.head(), message, help);
        }
        own.unwrap_or_else(|| self.default_blueprint.to_owned())
    }

    fn levels(&mut self, body: &Node) -> Option<Vec<Level>> {
        let Some(node) = body.get("levels") else {
            return Some(default_levels());
        };
        let Some(items) = node.as_list() else {
            let help = "write `[{\"title\": …, \"color\": …}, …]`, starting with the base level";
            self.wrong_type(node, "`levels`", "an array", help);
            return None;
        };
        if items.is_empty() {
            return Some(default_levels());
        }
        let mut levels: Vec<Level> = Vec::new();
        let mut titles = HashSet::new();
        let mut is_valid = true;
        for item in items {
            match self.level(item, &mut titles) {
                Some(level) => levels.push(level),
                None => is_valid = false,
            }
        }
        is_valid.then_some(levels)
    }

    /// Reads a level. Its title must differ from the `titles` of the levels before it, and is added to them.
    fn level(&mut self, node: &Node, titles: &mut HashSet<String>) -> Option<Level> {
        if !node.is_object() {
            self.wrong_type(node, "a level", "an object", "write `{\"title\": …, \"color\": …}`");
            return None;
        }
        let color = self.optional_text(node, "color");
        let title = self.required_text(node, "title", Code::MissingLevelTitle, "a level")?;
        let span = node.get("title").unwrap_or(node).span.clone();
        if !titles.insert(title.clone()) {
            let message = format!("duplicate level {}", quoted(&title));
            let help = "the levels of a scorecard must have different titles";
            self.problem(Code::DuplicateLevel, &span, message, help);
            return None;
        }
        Some(Level { title, color, span: Some(span) })
    }
}
