//! A JSON document as a tree of nodes with their places. It is for definitions, which are small.
//!
//! The tree only has the parts of the document that are read, as a [`Shape`] names them, and at most 1,000,000 nodes. A node takes
//! up to 20 times the memory of its text, so a file that is not a definition could otherwise fill the memory.

use super::fault::{Fault, FaultKind};
use super::find::Specials;
use super::scan::Scanner;
use super::shape::Shape;
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
    /// A value that is not null and not read. Only its type is known, with its article.
    Unread(&'static str),
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

    /// The first byte, so that a message about a large object marks only its beginning.
    pub(crate) fn head(&self) -> Range<usize> {
        self.span.start..self.span.end.min(self.span.start + 1)
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
            Tree::Unread(kind) => kind,
        }
    }
}

/// The maximum number of nodes of a document.
const MOST_NODES: usize = 1_000_000;

/// Parses a whole document and keeps the parts in `shape`. Skips a byte order mark at its beginning.
pub(crate) fn parse(text: &str, shape: &'static Shape) -> Result<Node, Fault> {
    parse_with(text, |parser| parser.value(Some(shape)))
}

/// Parses a document whose root is an object like [`parse`], but hands the elements of the array under `key` to `each`
/// one after another, so that the array may have any number of elements. The array is empty in the returned tree.
pub(crate) fn parse_each(
    text: &str,
    shape: &'static Shape,
    key: &str,
    each: &mut dyn FnMut(&Node),
) -> Result<Node, Fault> {
    parse_with(text, |parser| {
        let is_object = parser.scanner.peek() == Some(b'{');
        let start = parser.scanner.pos();
        if !is_object || shape.members.is_none() {
            return parser.value(Some(shape));
        }
        let tree = parser.object_with(shape, &mut |parser, name, shape| match shape {
            Some(Shape { elements: Some(elements), .. })
                if name == key && parser.scanner.peek() == Some(b'[') =>
            {
                parser.elements(elements, each)
            }
            shape => parser.value(shape),
        })?;
        Ok(Node { span: start..parser.scanner.pos(), tree })
    })
}

/// Parses a whole document, of which `root` parses the value.
fn parse_with(text: &str, root: impl FnOnce(&mut Parser<'_>) -> Result<Node, Fault>) -> Result<Node, Fault> {
    let specials = Specials::new(text);
    let mut parser = Parser { scanner: Scanner::new(text, &specials, true).at(start_of(text), 0), nodes: 0 };
    let root = root(&mut parser)?;
    match parser.scanner.peek() {
        None => Ok(root),
        Some(_) => Err(Fault::new(FaultKind::Trailing, parser.scanner.pos())),
    }
}

/// The place after a byte order mark.
fn start_of(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Parses the value of a member with this key, of which the shape is known if it is read.
type MemberParser<'p, 'a> =
    dyn FnMut(&mut Parser<'a>, &str, Option<&'static Shape>) -> Result<Node, Fault> + 'p;

struct Parser<'a> {
    scanner: Scanner<'a>,
    /// The number of nodes so far.
    nodes: usize,
}

impl<'a> Parser<'a> {
    /// Parses the next value. Without a shape the value is not read.
    fn value(&mut self, shape: Option<&'static Shape>) -> Result<Node, Fault> {
        let next = self.scanner.peek();
        let start = self.scanner.pos();
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(self.scanner.fault(FaultKind::Nodes));
        }
        let elements = shape.and_then(|shape| shape.elements);
        let object = shape.filter(|shape| shape.members.is_some());
        let tree = match (next, elements, object) {
            (Some(b'n'), ..) => self.scanner.literal("null").map(|()| Tree::Null)?,
            (Some(b'['), Some(elements), _) => self.list(elements)?,
            (Some(b'{'), _, Some(object)) => self.object(object)?,
            (Some(b'['), ..) => self.unread("an array")?,
            (Some(b'{'), ..) => self.unread("an object")?,
            _ if shape.is_some() => self.scalar(next)?,
            (Some(b'"'), ..) => self.unread("a string")?,
            (Some(b't' | b'f'), ..) => self.unread("a boolean")?,
            _ => self.unread("a number")?,
        };
        Ok(Node { span: start..self.scanner.pos(), tree })
    }

    fn unread(&mut self, kind: &'static str) -> Result<Tree, Fault> {
        self.scanner.check_value()?;
        Ok(Tree::Unread(kind))
    }

    fn list(&mut self, elements: &'static Shape) -> Result<Tree, Fault> {
        self.scanner.open()?;
        let (mut items, mut first) = (Vec::new(), true);
        while self.scanner.element(&mut first)? {
            items.push(self.value(Some(elements))?);
        }
        items.shrink_to_fit();
        Ok(Tree::List(items))
    }

    /// Parses an array, and hands its elements over. They do not count as nodes of the tree.
    fn elements(&mut self, elements: &'static Shape, each: &mut dyn FnMut(&Node)) -> Result<Node, Fault> {
        let (start, nodes) = (self.scanner.pos(), self.nodes);
        self.scanner.open()?;
        let mut first = true;
        while self.scanner.element(&mut first)? {
            let node = self.value(Some(elements))?;
            each(&node);
            self.nodes = nodes;
        }
        Ok(Node { span: start..self.scanner.pos(), tree: Tree::List(Vec::new()) })
    }

    fn object(&mut self, read: &'static Shape) -> Result<Tree, Fault> {
        self.object_with(read, &mut |parser, _, shape| parser.value(shape))
    }

    fn object_with(
        &mut self,
        read: &'static Shape,
        member: &mut MemberParser<'_, 'a>,
    ) -> Result<Tree, Fault> {
        self.scanner.open()?;
        let (mut members, mut first) = (Vec::new(), true);
        while let Some(key) = self.scanner.member(&mut first)? {
            let key_span = key.span();
            let key = key.decoded()?.into_owned();
            let value = member(self, &key, read.of(&key))?;
            members.push(Member { key, key_span, value });
        }
        members.shrink_to_fit();
        Ok(Tree::Object(members))
    }

    fn scalar(&mut self, next: Option<u8>) -> Result<Tree, Fault> {
        let scanner = &mut self.scanner;
        Ok(match next {
            Some(b'"') => Tree::Text(scanner.string()?.into_owned()),
            Some(b't') => scanner.literal("true").map(|()| Tree::Bool(true))?,
            Some(b'f') => scanner.literal("false").map(|()| Tree::Bool(false))?,
            Some(b'-' | b'0'..=b'9') => Tree::Number(scanner.number()?),
            _ => return Err(scanner.unexpected(FaultKind::Value)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCALAR: Shape = Shape::SCALAR;
    static ROOT: Shape = Shape::object(&[("read", &LIST), ("same", &ROOT), ("name", &SCALAR)]);
    static LIST: Shape = Shape::array(&SCALAR);

    #[test]
    fn only_values_in_the_shape_are_kept() {
        let text = r#"{"read": [1, [2]], "x": {"a": [1]}, "y": null, "same": {"name": "n", "read": {}}, "name": []}"#;
        let root = parse(text, &ROOT).unwrap();
        let kinds = root.members().iter().map(|member| (member.key.as_str(), member.value.kind()));
        let expected = [
            ("read", "an array"),
            ("x", "an object"),
            ("y", "null"),
            ("same", "an object"),
            ("name", "an array"),
        ];
        assert_eq!(kinds.collect::<Vec<_>>(), expected);
        let items = root.get("read").and_then(Node::as_list).unwrap();
        assert_eq!((&items[0].tree, &items[1].tree), (&Tree::Number(1.0), &Tree::Unread("an array")));
        assert_eq!(root.get("x").map(|node| &node.tree), Some(&Tree::Unread("an object")));
        assert_eq!(root.get("y"), None);
        assert_eq!(root.get("name").and_then(Node::as_list), None);
        let inside = root.get("same").unwrap();
        assert_eq!(inside.get("name").and_then(Node::as_text), Some("n"));
        assert_eq!(inside.get("read").map(Node::kind), Some("an object"));
    }

    #[test]
    fn the_values_of_all_keys_of_a_map_are_kept() {
        static MAP: Shape = Shape::map(&LIST);
        let root = parse(r#"{"a": [1], "b": [2, 3], "a": {"c": 1}}"#, &MAP).unwrap();
        let kinds: Vec<&str> = root.members().iter().map(|member| member.value.kind()).collect();
        assert_eq!(kinds, ["an array", "an array", "an object"]);
        assert_eq!(root.get("b").and_then(Node::as_list).map(<[Node]>::len), Some(2));
        assert_eq!(root.get("a").map(|node| &node.tree), Some(&Tree::Unread("an object")));
    }

    #[test]
    fn elements_are_handed_over_and_do_not_count() {
        let each = |text: &str| {
            let mut kinds = Vec::new();
            let root =
                parse_each(text, &ROOT, "read", &mut |node| kinds.push((node.kind(), node.span.clone())));
            (root, kinds)
        };
        let (root, kinds) = each(r#"{"name": "n", "read": [1, [2], null], "same": {"read": [3]}}"#);
        assert_eq!(kinds, [("a number", 23..24), ("an array", 26..29), ("null", 31..35)]);
        let root = root.unwrap();
        assert_eq!(
            root.get("read").map(|node| (&node.tree, node.span.clone())),
            Some((&Tree::List(Vec::new()), 22..36))
        );
        let inside = root.get("same").and_then(|same| same.get("read")).and_then(Node::as_list);
        assert_eq!(inside.map(<[Node]>::len), Some(1));
        let many = format!(r#"{{"read": [{}0]}}"#, "0,".repeat(2 * MOST_NODES));
        assert_eq!(each(&many).1.len(), 2 * MOST_NODES + 1);
        for wrong in ["", "{", r#"{"read": [1,]}"#, r#"{"read": [1}"#, r#"{"read": []} 7"#] {
            assert_eq!(
                each(wrong).0.map_err(Fault::kind),
                parse(wrong, &ROOT).map_err(Fault::kind),
                "{wrong}"
            );
        }
        for other in ["[1]", "7", r#"{"read": {"a": 1}}"#, r#"{"read": null}"#, "\u{feff}{}"] {
            assert_eq!(each(other).0, parse(other, &ROOT), "{other}");
        }
    }

    #[test]
    fn values_that_are_not_read_must_be_valid() {
        for (value, kind) in [
            (r#""\ud800""#, FaultKind::Surrogate),
            (r#"[{"\ud800": 1}]"#, FaultKind::Surrogate),
            ("[1e999]", FaultKind::Range),
            (&("[".repeat(128) + &"]".repeat(128)), FaultKind::Depth),
            ("[1,]", FaultKind::Value),
            ("tru", FaultKind::Value),
            ("}", FaultKind::Value),
        ] {
            let fault = parse(&format!(r#"{{"x": {value}}}"#), &ROOT).unwrap_err();
            assert_eq!(fault.kind(), kind, "{value}");
        }
    }

    #[test]
    fn only_the_nodes_of_the_tree_are_counted() {
        let array = |key: &str, count: usize| format!(r#"{{"{key}": [{}0]}}"#, "0,".repeat(count - 1));
        // the object and the array are nodes too
        assert!(parse(&array("read", MOST_NODES - 2), &ROOT).is_ok());
        let fault = parse(&array("read", MOST_NODES - 1), &ROOT).unwrap_err();
        assert_eq!(
            (fault.kind(), fault.at()),
            (FaultKind::Nodes, r#"{"read": ["#.len() + 2 * (MOST_NODES - 2))
        );
        assert!(parse(&array("x", 2 * MOST_NODES), &ROOT).is_ok());
    }
}
