//! Reads all files, and checks that identifiers are unique among the scorecards of a blueprint.

use super::keys::FILE;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source, quoted};
use crate::json::{Fault, FaultKind, Node, parse_with_comments};
use crate::scorecard::definition::Definition;
use std::collections::HashMap;
use std::sync::Arc;

/// Reads scorecards from JSON text. The definitions are in the order of the sources. `default_blueprint` is the
/// blueprint of scorecards without one, usually `service`.
///
/// # Errors
/// Returns all problems of all sources, so that they can be fixed together.
///
/// ```
/// use dora_score::{Code, Source, read_definitions};
///
/// let text = r#"{"identifier": "on_call", "rules": [{"identifier": "named", "level": "Gold",
///     "query": {"combinator": "and", "conditions": [{"property": "on_call", "operator": "isNotEmpty"}]}}]}"#;
/// let definitions = read_definitions(vec![Source::new("on_call.json", text)], "service")?;
/// assert_eq!(definitions[0].blueprint(), "service");
///
/// let misspelled = Source::new("on_call.json", text.replace("Gold", "Glod"));
/// let problems = read_definitions(vec![misspelled], "service").unwrap_err();
/// assert_eq!(problems.0[0].code, Code::UnknownLevel);
/// assert_eq!(problems.to_string(), "on_call.json:1:70: error[unknown-level]: unknown level `Glod`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
                        format!("duplicate scorecard {} of blueprint {}", quoted(&key.1), quoted(&key.0)),
                    )
                    .note(format!("the first definition is at {first}"))
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
            .push(Diagnostic::error(Code::NoScorecards, "the files contain no scorecards").help(
            "omit `--scorecards` to use the built-in DORA set, or write it to files with `dora-score init DIR`",
        ));
    }
    if problems.is_empty() { Ok(definitions) } else { Err(Problems(problems)) }
}

/// The tree of a file of scorecards, without values that are not read.
pub(crate) fn parse_definitions(text: &str) -> Result<Node, Fault> {
    parse_with_comments(text, &FILE)
}

impl Reader<'_> {
    /// Whether the text is several values, as in NDJSON, and the first one is an entity, which is a problem.
    fn begins_with_entity(&mut self, text: &str, fault: Fault) -> bool {
        let first = text.get(..fault.at()).filter(|_| fault.kind() == FaultKind::Trailing);
        let first = first.and_then(|first| parse_definitions(first).ok());
        first.is_some_and(|first| self.are_entities(&[first]))
    }

    /// The scorecards of the source.
    fn document(&mut self) -> Vec<Definition> {
        let source = Arc::clone(&self.source);
        match parse_definitions(source.text()) {
            Ok(root) => self.scorecards(&root),
            Err(fault) if self.begins_with_entity(source.text(), fault) => Vec::new(),
            Err(fault) => {
                let content = "a scorecard, an array of scorecards, or a response of the Port API";
                self.problems.push(Diagnostic::not_json(&source, fault, "scorecards", content));
                Vec::new()
            }
        }
    }
}
