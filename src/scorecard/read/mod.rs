//! Reads files of scorecards into definitions, and collects every problem of every file on the way.
//!
//! A definition with a problem is dropped, but reading goes on: a user mends all of a set in one go.

mod query;
mod shape;

use super::definition::{Definition, Level, Origin, Rule, default_levels};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source, expected, quoted, suggest};
use crate::json::{Node, parse};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// Reads the scorecards of all `sources`, in their order. `default_blueprint` serves those without one.
///
/// # Errors
/// All problems of all sources, if there are any.
pub fn read_definitions(sources: Vec<Source>, default_blueprint: &str) -> Result<Vec<Definition>, Problems> {
    let mut problems = Vec::new();
    let mut definitions: Vec<Definition> = Vec::new();
    let mut seen: HashMap<(String, String), Place> = HashMap::new();
    for source in sources {
        let mut reader = Reader { source: Arc::new(source), default_blueprint, problems: &mut problems };
        for definition in reader.document() {
            let place = definition.place(&definition.origin.identifier);
            let key = (definition.blueprint.clone(), definition.identifier.clone());
            match seen.get(&key) {
                Some(first) => reader.problems.push(
                    Diagnostic::error(
                        Code::DuplicateScorecard,
                        format!(
                            "scorecard {} of blueprint {} is defined twice",
                            quoted(&key.1),
                            quoted(&key.0)
                        ),
                    )
                    .note(format!("it is defined first at {first}"))
                    .help("rename or remove one of the two")
                    .at(place),
                ),
                None => {
                    seen.insert(key, place);
                    definitions.push(definition);
                }
            }
        }
    }
    if problems.is_empty() && definitions.is_empty() {
        problems
            .push(Diagnostic::error(Code::NoScorecards, "there is no scorecard in the files given").help(
            "leave out `--scorecards` to use the built-in DORA set, or `dora-score init DIR` to write it out",
        ));
    }
    if problems.is_empty() { Ok(definitions) } else { Err(Problems(problems)) }
}

/// Reads one source; what is wrong goes to `problems`.
struct Reader<'p> {
    source: Arc<Source>,
    default_blueprint: &'p str,
    problems: &'p mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn problem(&mut self, code: Code, span: &Range<usize>, message: String, help: impl Into<String>) {
        let place = Place::Span { source: Arc::clone(&self.source), span: span.clone() };
        self.problems.push(Diagnostic::error(code, message).help(help).at(place));
    }

    fn document(&mut self) -> Vec<Definition> {
        let source = Arc::clone(&self.source);
        match parse(&source.text) {
            Ok(root) => self.scorecards(&root),
            Err(fault) if source.is_blank() => {
                let help =
                    "a file of scorecards holds a scorecard, an array of them, or an answer of the Port API";
                self.problem(
                    Code::EmptyFile,
                    &(fault.at()..fault.at()),
                    "the file is empty".to_owned(),
                    help,
                );
                Vec::new()
            }
            Err(fault) => {
                let (code, message) = fault.kind().describe();
                let help = "check the file with a JSON editor, or `jq . FILE`";
                self.problem(code, &(fault.at()..fault.at() + 1), message.to_owned(), help);
                Vec::new()
            }
        }
    }

    /// A string that may be absent; anything but a string is a problem. An empty one counts as absent.
    fn optional_text(&mut self, node: &Node, key: &str) -> Option<String> {
        let found = node.get(key)?;
        match found.as_text() {
            Some(text) => (!text.is_empty()).then(|| text.to_owned()),
            None => {
                let message = format!("`{key}` must be a string, not {}", found.kind());
                self.problem(Code::WrongType, &found.span, message, "put it in double quotes");
                None
            }
        }
    }

    /// A string that must be there.
    fn required_text(&mut self, node: &Node, key: &str, code: Code, what: &str) -> Option<String> {
        let at = head(&node.raw(key).unwrap_or(node).span);
        match node.get(key) {
            None => self.problem(
                code,
                &at,
                format!("{what} has no `{key}`"),
                format!("give it one: `\"{key}\": \"…\"`"),
            ),
            Some(found) => match found.as_text() {
                Some("") => self.problem(
                    code,
                    &at,
                    format!("the `{key}` of {what} is empty"),
                    "give it at least one character",
                ),
                Some(text) => return Some(text.to_owned()),
                None => {
                    let message = format!("the `{key}` of {what} must be a string, not {}", found.kind());
                    self.problem(Code::WrongType, &at, message, "put it in double quotes");
                }
            },
        }
        None
    }

    /// One scorecard, of either form.
    fn scorecard(&mut self, node: &Node) -> Option<Definition> {
        if !node.is_object() {
            let message = format!("a scorecard must be an object, not {}", node.kind());
            self.problem(Code::WrongType, &node.span, message, "write `{\"identifier\": …, \"rules\": […]}`");
            return None;
        }
        let before = self.problems.len();
        let body = node.get("properties").filter(|properties| properties.is_object()).unwrap_or(node);
        let identifier = self.required_text(node, "identifier", Code::MissingIdentifier, "a scorecard");
        let title = self.optional_text(node, "title");
        let description = self.optional_text(body, "description");
        let blueprint =
            self.optional_text(body, "blueprint").unwrap_or_else(|| self.default_blueprint.to_owned());
        let levels = self.levels(body);
        let filter = body.get("filter").and_then(|filter| self.query(filter, "the filter"));
        let rules = self.rules(node, body, identifier.as_deref(), levels.as_deref());
        let (identifier, levels) = (identifier?, levels?);
        if self.problems.len() > before {
            return None;
        }
        let name = node.get("identifier").map_or_else(|| head(&node.span), |node| node.span.clone());
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

    fn levels(&mut self, body: &Node) -> Option<Vec<Level>> {
        let Some(node) = body.get("levels") else {
            return Some(default_levels());
        };
        let Some(items) = node.as_list() else {
            let message = format!("`levels` must be an array, not {}", node.kind());
            self.problem(
                Code::WrongType,
                &node.span,
                message,
                "write `[{\"title\": …, \"color\": …}, …]`, the base level first",
            );
            return None;
        };
        if items.is_empty() {
            return Some(default_levels());
        }
        let mut levels: Vec<Level> = Vec::new();
        let mut sound = true;
        for item in items {
            if !item.is_object() {
                let message = format!("a level must be an object, not {}", item.kind());
                self.problem(Code::WrongType, &item.span, message, "write `{\"title\": …, \"color\": …}`");
                sound = false;
                continue;
            }
            let color = self.optional_text(item, "color");
            let Some(title) = self.required_text(item, "title", Code::MissingLevelTitle, "a level") else {
                sound = false;
                continue;
            };
            let span = item.get("title").unwrap_or(item).span.clone();
            if levels.iter().any(|level| level.title == title) {
                let message = format!("level {} stands twice", quoted(&title));
                self.problem(
                    Code::DuplicateLevel,
                    &span,
                    message,
                    "levels of a scorecard need different titles",
                );
                sound = false;
                continue;
            }
            levels.push(Level { title, color, span: Some(span) });
        }
        sound.then_some(levels)
    }

    fn rules(
        &mut self,
        node: &Node,
        body: &Node,
        identifier: Option<&str>,
        levels: Option<&[Level]>,
    ) -> Vec<Rule> {
        let what =
            identifier.map_or_else(|| "a scorecard".to_owned(), |name| format!("scorecard {}", quoted(name)));
        let Some(list) = body.get("rules") else {
            self.problem(
                Code::MissingRules,
                &head(&node.span),
                format!("{what} has no `rules`"),
                "add `\"rules\": […]`; it may be empty",
            );
            return Vec::new();
        };
        let Some(items) = list.as_list() else {
            let message = format!("`rules` must be an array, not {}", list.kind());
            self.problem(
                Code::WrongType,
                &list.span,
                message,
                "write `\"rules\": [{\"identifier\": …, \"level\": …, \"query\": …}]`",
            );
            return Vec::new();
        };
        let mut names = HashSet::new();
        let mut rules = Vec::new();
        for item in items {
            if let Some(identifier) = item.get("identifier") {
                self.once(identifier, &mut names, &what);
            }
            rules.extend(self.rule(item, levels));
        }
        rules
    }

    /// The identifier of a rule, sound or not, may stand only once.
    fn once<'n>(&mut self, identifier: &'n Node, names: &mut HashSet<&'n str>, what: &str) {
        let Some(name) = identifier.as_text().filter(|name| !name.is_empty()) else { return };
        if !names.insert(name) {
            let message = format!("rule {} stands twice in {what}", quoted(name));
            let help = "rules of a scorecard need different identifiers";
            self.problem(Code::DuplicateRule, &identifier.span, message, help);
        }
    }

    fn rule(&mut self, node: &Node, levels: Option<&[Level]>) -> Option<Rule> {
        if !node.is_object() {
            let message = format!("a rule must be an object, not {}", node.kind());
            self.problem(
                Code::WrongType,
                &node.span,
                message,
                "write `{\"identifier\": …, \"level\": …, \"query\": …}`",
            );
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
                self.problem(Code::MissingQuery, &head(&node.span), format!("{what} has no `query`"), help);
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

    fn rule_level(&mut self, node: &Node, title: &str, levels: &[Level]) -> Option<usize> {
        const ABOVE: &str = "level above the base";
        let at = node.get("level").unwrap_or(node).span.clone();
        let above = || levels.iter().skip(1).map(|level| level.title.as_str());
        match levels.iter().position(|level| level.title == title) {
            Some(0) => {
                let message = format!(
                    "{} is the base level, which every entity holds; it can have no rule",
                    quoted(title)
                );
                self.problem(Code::BaseLevelRule, &at, message, expected(ABOVE, above()));
                None
            }
            Some(level) => Some(level),
            None => {
                let message = format!("the scorecard has no level {}", quoted(title));
                self.problem(Code::UnknownLevel, &at, message, suggest(ABOVE, title, above()));
                None
            }
        }
    }
}

/// The first byte of something, for a problem that is about all of it.
fn head(span: &Range<usize>) -> Range<usize> {
    span.start..span.end.min(span.start + 1)
}
