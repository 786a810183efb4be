//! A JSON document as a tree of nodes with their places. It is for definitions, which are small.

use super::fault::{Fault, FaultKind};
use super::find::Specials;
use super::scan::Scanner;
use std::ops::Range;

/// One value, with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) tree: Tree,
}

/// The value of a node.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object: its key, the place of the key, and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Node,
}

impl Node {
    /// The value of `key`, if this is an object that has it. The last of duplicate keys counts, and null counts
    /// as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.raw(key).filter(|node| node.tree != Tree::Null)
    }

    /// Like [`Self::get`], but null counts as present.
    pub(crate) fn raw(&self, key: &str) -> Option<&Node> {
        self.members().iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The members in the order of the text; none if this is not an object.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.tree {
            Tree::Object(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Node]> {
        match &self.tree {
            Tree::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.tree {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.tree, Tree::Object(_))
    }

    /// The type of the value with its article, such as `a string`.
    pub(crate) fn kind(&self) -> &'static str {
        match self.tree {
            Tree::Null => "null",
            Tree::Bool(_) => "a boolean",
            Tree::Number(_) => "a number",
            Tree::Text(_) => "a string",
            Tree::List(_) => "an array",
            Tree::Object(_) => "an object",
        }
    }
}

/// Parses a whole document. Skips a byte order mark at its beginning.
pub(crate) fn parse(text: &str) -> Result<Node, Fault> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let specials = Specials::new(text);
    let mut scanner = Scanner::new(text, &specials, true).at(start, 0);
    let root = value(&mut scanner)?;
    match scanner.peek() {
        None => Ok(root),
        Some(_) => Err(Fault::new(FaultKind::Trailing, scanner.pos())),
    }
}

fn value(scanner: &mut Scanner<'_>) -> Result<Node, Fault> {
    let next = scanner.peek();
    let start = scanner.pos();
    let tree = match next {
        Some(b'"') => Tree::Text(scanner.string()?.into_owned()),
        Some(b'{') => {
            scanner.open()?;
            let (mut members, mut first) = (Vec::new(), true);
            while let Some(key) = scanner.member(&mut first)? {
                let key_span = key.span();
                members.push(Member { key: key.decoded()?.into_owned(), key_span, value: value(scanner)? });
            }
            Tree::Object(members)
        }
        Some(b'[') => {
            scanner.open()?;
            let (mut items, mut first) = (Vec::new(), true);
            while scanner.element(&mut first)? {
                items.push(value(scanner)?);
            }
            Tree::List(items)
        }
        Some(b't') => scanner.literal("true").map(|()| Tree::Bool(true))?,
        Some(b'f') => scanner.literal("false").map(|()| Tree::Bool(false))?,
        Some(b'n') => scanner.literal("null").map(|()| Tree::Null)?,
        Some(b'-' | b'0'..=b'9') => Tree::Number(scanner.number()?),
        _ => return Err(scanner.unexpected(FaultKind::Value)),
    };
    Ok(Node { span: start..scanner.pos(), tree })
}
