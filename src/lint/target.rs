//! The scorecard that is being checked, with everything that the checks need.

use super::analysis::Analysis;
use super::domain::Budget;
use super::equivalence::originals;
use super::finding::Finding;
use super::shared::Shared;
use super::survey::{BlueprintCounts, Survey};
use crate::diagnostic::Code;
use crate::json::{Node, Tree};
use crate::scorecard::{Condition, Definition, Rule, body};
use std::cell::OnceCell;
use std::ops::Range;

/// The scorecard that is being checked.
pub(super) struct Target<'c> {
    /// All loaded scorecards.
    pub(super) definitions: &'c [Definition],
    /// The index of this one.
    pub(super) index: usize,
    pub(super) definition: &'c Definition,
    /// The scorecard in the tree of its file.
    pub(super) node: &'c Node,
    pub(super) analysis: Analysis,
    pub(super) shared: &'c Shared<'c>,
    /// Filled when a check needs it.
    originals: OnceCell<Vec<Option<usize>>>,
    /// Counts of the values of entities, if `--entities` was given.
    pub(super) survey: Option<&'c Survey>,
}

impl<'c> Target<'c> {
    #[expect(clippy::expect_used, reason = "the scorecard was read from this file")]
    pub(super) fn new(
        definitions: &'c [Definition],
        index: usize,
        definition: &'c Definition,
        root: &'c Node,
        survey: Option<&'c Survey>,
        budget: Budget,
        shared: &'c Shared<'c>,
    ) -> Self {
        let node = find(root, &definition.origin.span).expect("the file has the scorecard");
        Self {
            definitions,
            index,
            definition,
            node,
            analysis: Analysis::new(definition, budget),
            originals: OnceCell::new(),
            survey,
            shared,
        }
    }

    /// For each rule, the first earlier rule that has the same effect.
    pub(super) fn originals(&self) -> &[Option<usize>] {
        self.originals.get_or_init(|| originals(&self.analysis))
    }

    /// The counts for the blueprint of the scorecard; `None` if the input has no entities of this blueprint.
    pub(super) fn counts(&self) -> Option<&'c BlueprintCounts> {
        self.survey?.counts(&self.definition.blueprint).filter(|counts| counts.entities > 0)
    }

    /// A finding at a span of the file.
    pub(super) fn at(&self, code: Code, span: &Range<usize>, message: String) -> Finding {
        Finding::at(self.definition, code, span, message)
    }

    /// A finding at the identifier of the scorecard.
    pub(super) fn about_all(&self, code: Code, message: String) -> Finding {
        self.at(code, &self.definition.origin.identifier, message)
    }

    /// A finding at the identifier of a rule.
    pub(super) fn about(&self, code: Code, rule: &Rule, message: String) -> Finding {
        let node = find(self.node, &rule.span);
        let identifier = node.and_then(|node| node.get("identifier"));
        let span = identifier.map_or(&rule.span, |identifier| &identifier.span);
        self.at(code, span, message).of(rule)
    }

    /// A finding at the main condition of a rule.
    pub(super) fn about_condition(&self, code: Code, rule: &Rule, message: String) -> Finding {
        let span =
            super::analysis::main_condition(rule).map_or(&rule.query.span, |condition| &condition.span);
        self.at(code, span, message).of(rule)
    }

    /// A finding at the value that a condition compares with.
    pub(super) fn about_value(&self, code: Code, condition: &Condition, message: String) -> Finding {
        let value = find(self.node, &condition.span).and_then(|node| node.get("value"));
        self.at(code, value.map_or(&condition.span, |value| &value.span), message)
    }

    /// The object that has the levels, the filter and the rules.
    pub(super) fn body(&self) -> &'c Node {
        body(self.node)
    }
}

/// Finds the node with this span.
pub(super) fn find<'n>(node: &'n Node, span: &Range<usize>) -> Option<&'n Node> {
    if node.span == *span {
        return Some(node);
    }
    // nodes are in the order of the text, so the enclosing one is the last that begins before the span
    let begins = |inner: &Node| inner.span.start <= span.start;
    let inner = match &node.tree {
        Tree::List(items) => items.get(items.partition_point(begins).checked_sub(1)?)?,
        Tree::Object(members) => {
            let at = members.partition_point(|member| begins(&member.value)).checked_sub(1)?;
            &members.get(at)?.value
        }
        _ => return None,
    };
    if span.end <= inner.span.end { find(inner, span) } else { None }
}
