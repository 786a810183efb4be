//! Finds the scorecards in a file, which can contain one scorecard, an array, or a response of the Port API.

use super::reader::Reader;
use crate::diagnostic::Code;
use crate::json::{Node, Tree};
use crate::scorecard::definition::Definition;

impl Reader<'_> {
    /// All scorecards of a document.
    pub(super) fn scorecards(&mut self, root: &Node) -> Vec<Definition> {
        match &root.tree {
            Tree::List(items) => self.members(items),
            Tree::Object(_) => self.object(root),
            _ => {
                let message =
                    format!("a file of scorecards must contain an object or an array, not {}", root.kind());
                let help = "write a scorecard, an array of scorecards, or a response of the Port API";
                self.problem(Code::NotAScorecard, &root.span, message, help);
                Vec::new()
            }
        }
    }

    fn members(&mut self, items: &[Node]) -> Vec<Definition> {
        if self.are_entities(items) {
            return Vec::new();
        }
        items.iter().filter_map(|item| self.scorecard(item)).collect()
    }

    fn object(&mut self, root: &Node) -> Vec<Definition> {
        if root.get("identifier").is_some() {
            return self.members(std::slice::from_ref(root));
        }
        for key in ["scorecards", "entities"] {
            if let Some(list) = root.get(key) {
                return match list.as_list() {
                    Some(items) => self.members(items),
                    None => self.wrong_wrapper(list, key, "an array"),
                };
            }
        }
        for key in ["scorecard", "entity"] {
            if let Some(one) = root.get(key) {
                return match one.is_object() {
                    true => self.members(std::slice::from_ref(one)),
                    false => self.wrong_wrapper(one, key, "an object"),
                };
            }
        }
        let has = |key: &str| root.get(key).is_some() || self.misspelling(root, &[key]).is_some();
        if has("rules")
            || has("identifier")
            || root.get("properties").is_some()
            || root.raw("identifier").is_some()
        {
            return self.scorecard(root).into_iter().collect();
        }
        let message = "the object is not a scorecard: it has neither `identifier` nor `rules`".to_owned();
        let help = "a file contains a scorecard, an array of scorecards, or a response of the Port API (`scorecards`, `entities`)";
        let keys = ["identifier", "rules", "scorecards", "scorecard", "entities", "entity"];
        self.missing(Code::NotAScorecard, root, &keys, &root.head(), message, help);
        Vec::new()
    }

    fn wrong_wrapper(&mut self, node: &Node, key: &str, wanted: &str) -> Vec<Definition> {
        let help = "this key marks a response of the Port API; check how the file was created";
        self.wrong_type(node, &format!("`{key}`"), wanted, help);
        Vec::new()
    }
}
