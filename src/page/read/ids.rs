//! The identifiers of widgets: those of the file, made unique.

use crate::json::Node;
use std::collections::{HashMap, HashSet};

/// Gives each widget an identifier that no other widget has.
pub(super) struct Ids<'n> {
    /// All identifiers of the file, so that none that is made takes one of them.
    given: HashSet<&'n str>,
    used: HashSet<&'n str>,
    /// The number of the last identifier that was made for each type.
    numbers: HashMap<&'n str, usize>,
}

impl<'n> Ids<'n> {
    /// Collects the identifiers of the widgets of a page.
    pub(super) fn new(page: &'n Node) -> Self {
        let mut given = HashSet::new();
        collect(page, &mut given);
        Self { given, used: HashSet::new(), numbers: HashMap::new() }
    }

    /// The identifier of a widget: the given one if it is the first widget with it, else one of the type and a number.
    pub(super) fn unique(&mut self, given: Option<&'n str>, kind: &'n str) -> String {
        if let Some(id) = given.filter(|id| self.used.insert(id)) {
            return id.to_owned();
        }
        let kind = if kind.is_empty() { "widget" } else { kind };
        let number = self.numbers.entry(kind).or_default();
        loop {
            *number += 1;
            let id = format!("{kind}-{number}");
            if !self.given.contains(id.as_str()) {
                return id;
            }
        }
    }
}

fn collect<'n>(node: &'n Node, given: &mut HashSet<&'n str>) {
    for widget in node.get("widgets").and_then(Node::as_list).unwrap_or_default() {
        given.extend(widget.get("id").and_then(Node::as_text));
        collect(widget, given);
    }
}
