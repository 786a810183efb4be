//! One scorecard with all that the checks ask about it.

use super::facts::Facts;
use super::finding::Finding;
use super::survey::{Census, Survey};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Node, Tree};
use crate::scorecard::{Definition, Rule};
use std::ops::Range;

/// A scorecard under examination.
pub(super) struct Case<'c> {
    /// All scorecards that were loaded.
    pub(super) definitions: &'c [Definition],
    /// Which of them this is.
    pub(super) index: usize,
    pub(super) definition: &'c Definition,
    /// The scorecard as it stands in its file.
    pub(super) node: Option<&'c Node>,
    pub(super) facts: Facts,
    /// What the entities hold, if there are any to look at.
    pub(super) survey: Option<&'c Survey>,
}

impl<'c> Case<'c> {
    pub(super) fn new(
        definitions: &'c [Definition],
        index: usize,
        definition: &'c Definition,
        root: Option<&'c Node>,
        survey: Option<&'c Survey>,
    ) -> Self {
        let node = root.and_then(|root| find(root, &definition.origin.span));
        Self { definitions, index, definition, node, facts: Facts::new(definition), survey }
    }

    /// What the entities of the scorecard's blueprint hold; `None` where there are none.
    pub(super) fn census(&self) -> Option<&'c Census> {
        self.survey?.census(&self.definition.blueprint).filter(|census| census.entities > 0)
    }

    /// A finding at some bytes.
    pub(super) fn at(&self, code: Code, span: &Range<usize>, message: String) -> Finding {
        let place = self.definition.place(span);
        let diagnostic = Diagnostic::new(code, message).at(place);
        Finding { diagnostic, scorecard: self.definition.identifier.clone(), rule: None }
    }

    /// A finding at the identifier of the scorecard.
    pub(super) fn about_all(&self, code: Code, message: String) -> Finding {
        self.at(code, &self.definition.origin.identifier, message)
    }

    /// A finding at the identifier of a rule.
    pub(super) fn about(&self, code: Code, rule: &Rule, message: String) -> Finding {
        let node = self.node.and_then(|node| find(node, &rule.span));
        let identifier = node.and_then(|node| node.get("identifier"));
        let span = identifier.map_or(&rule.span, |identifier| &identifier.span);
        self.at(code, span, message).of(rule)
    }

    /// A finding at the condition that says what a rule is about.
    pub(super) fn about_condition(&self, code: Code, rule: &Rule, message: String) -> Finding {
        let span = super::facts::main_condition(rule).map_or(&rule.query.span, |condition| &condition.span);
        self.at(code, span, message).of(rule)
    }

    /// The object that holds levels, filter and rules.
    pub(super) fn body(&self) -> Option<&'c Node> {
        let node = self.node?;
        Some(node.get("properties").filter(|properties| properties.is_object()).unwrap_or(node))
    }
}

/// The node with these bytes.
pub(super) fn find<'n>(node: &'n Node, span: &Range<usize>) -> Option<&'n Node> {
    if node.span == *span {
        return Some(node);
    }
    let holds = |inner: &&Node| inner.span.start <= span.start && span.end <= inner.span.end;
    match &node.tree {
        Tree::List(items) => find(items.iter().find(holds)?, span),
        Tree::Object(members) => find(members.iter().map(|member| &member.value).find(holds)?, span),
        _ => None,
    }
}
