//! The reader of one page, with the functions that all its parts use.

use super::ids::Ids;
use crate::diagnostic::{Code, Diagnostic, Place, Source, help_if_printed, suggest};
use crate::json::{Node, Tree};
use crate::scorecard::Query;
use std::ops::Range;
use std::sync::Arc;

/// Reads the widgets of one page.
pub(super) struct Reader<'n> {
    pub(super) source: Arc<Source>,
    pub(super) ids: Ids<'n>,
    /// The blueprint of the page, if it has one.
    pub(super) blueprint: Option<&'n str>,
    pub(super) filters: Vec<PageFilter>,
    /// How many conditions were copied for several widgets or tables.
    pub(super) copies: usize,
    /// What the page has that cannot be shown.
    pub(super) warnings: Vec<Diagnostic>,
    /// Why the file is not a page.
    pub(super) problems: Vec<Diagnostic>,
}

/// A filter of the page. It applies to all charts and tables.
pub(super) struct PageFilter {
    /// Only to those of this blueprint, if it has one.
    pub(super) blueprint: Option<String>,
    pub(super) query: Query,
    /// The number of conditions in the query.
    pub(super) conditions: usize,
}

/// The help about a widget that no change of its settings makes drawable.
const SUPPRESS: &str = "remove the widget, or suppress this with `--allow unsupported-widget`";

/// Why a widget cannot be drawn.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) help: Option<String>,
    pub(super) span: Range<usize>,
}

impl Refusal {
    /// A refusal because of `node`. The reason is the end of a sentence about the widget.
    pub(super) fn new(node: &Node, reason: impl Into<String>) -> Self {
        let span = match node.tree {
            Tree::Object(_) | Tree::List(_) | Tree::Unread(_) => node.head(),
            _ => node.span.clone(),
        };
        Self { reason: reason.into(), help: None, span }
    }
}

impl Reader<'_> {
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place::Span { source: Arc::clone(&self.source), span: span.clone() }
    }

    /// Adds a problem of the file as a whole.
    pub(super) fn problem(&mut self, code: Code, node: &Node, message: impl Into<String>, help: &str) {
        let problem = Diagnostic::error(code, message).help(help).at(self.place(&node.head()));
        self.problems.push(problem);
    }

    /// Adds the warning that a widget cannot be drawn.
    pub(super) fn refuse(&mut self, widget: &str, refusal: &Refusal) {
        let message = format!("{widget} is not drawn: {}", refusal.reason);
        let mut warning = Diagnostic::new(Code::UnsupportedWidget, message).at(self.place(&refusal.span));
        warning.help = Some(refusal.help.clone().unwrap_or_else(|| SUPPRESS.to_owned()));
        self.warnings.push(warning);
    }

    /// Adds the warning that a setting at `node` has no effect.
    pub(super) fn ignore(&mut self, node: &Node, message: impl Into<String>, help: impl Into<String>) {
        let warning = Diagnostic::new(Code::IgnoredPageSetting, message).help(help);
        self.warnings.push(warning.at(self.place(&Refusal::new(node, "").span)));
    }

    /// The help for an unknown word.
    pub(super) fn suggestion<'k>(
        &self,
        kind: &str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> String {
        help_if_printed(self.warnings.len(), kind, || suggest(kind, word, known))
    }
}

/// The text of a key; `None` if it is blank or not a string.
pub(super) fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_text).filter(|text| !text.trim().is_empty())
}

/// The texts of an array; none if it is not an array.
pub(super) fn texts_of<'n>(node: Option<&'n Node>, key: &str) -> Vec<(&'n Node, &'n str)> {
    let list = node.and_then(|node| node.get(key)).and_then(Node::as_list).unwrap_or_default();
    list.iter().filter_map(|item| Some((item, item.as_text()?))).collect()
}
