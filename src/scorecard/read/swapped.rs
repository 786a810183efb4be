//! Recognizes entities in files of scorecards.

use super::reader::Reader;
use crate::diagnostic::{Code, misspelled};
use crate::json::{Node, Tree};

/// The parts of a scorecard that an entity rarely has.
const PARTS: &[&str] = &["rules", "levels", "filter"];
/// The other keys that scorecards have, also those that Port adds.
const SHARED: &[&str] = &[
    "identifier",
    "title",
    "description",
    "blueprint",
    "blueprints",
    "properties",
    "relations",
    "scorecards",
    "team",
    "icon",
    "id",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy",
];

/// Whether an object is an entity: it has no part of a scorecard, but a property.
fn is_entity(node: &Node) -> bool {
    let properties = node.get("properties").map_or(&[][..], Node::members);
    let is_part = |key: &str| PARTS.contains(&key) || misspelled(key, PARTS).is_some();
    let has_part = node.members().iter().chain(properties).any(|member| is_part(&member.key));
    let is_scalar = |node: &Node| match node.tree {
        Tree::Text(_) | Tree::Number(_) | Tree::Bool(_) => true,
        Tree::Unread(kind) => kind != "an array" && kind != "an object",
        Tree::Null | Tree::List(_) | Tree::Object(_) => false,
    };
    let is_own = |key: &str| !SHARED.contains(&key);
    let has_property = properties.iter().any(|member| is_own(&member.key))
        || node.members().iter().any(|member| is_own(&member.key) && is_scalar(&member.value));
    node.get("identifier").is_some() && has_property && !has_part
}

impl Reader<'_> {
    /// Whether a file contains entities instead of scorecards, which is a problem.
    pub(super) fn are_entities(&mut self, items: &[Node]) -> bool {
        let has_rules = |node: &Node| {
            let properties = node.get("properties");
            node.raw("rules").or_else(|| properties?.raw("rules")).is_some()
        };
        let entity = items.iter().find(|item| is_entity(item));
        let Some(entity) = entity.filter(|_| !items.iter().any(has_rules)) else { return false };
        let message = "expected a scorecard, but this is an entity".to_owned();
        let help = "give entities with `--entities`, and scorecards, which have `rules`, with `--scorecards`";
        self.problem(Code::NotAScorecard, &entity.head(), message, help);
        true
    }
}
