//! `json`: one document. It is indented down to the list of rules, and each rule is one line: indenting the conditions as
//! well more than doubled its size (216 MB instead of 87 MB for 100 entities and 3,000 rules, measured in 2026-11).

use crate::explain::{ExplainedEntity, Explanations};
use crate::json::write_formatted;
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Arrays and objects inside this number of others are written on one line.
const DEEPEST: usize = 6;
/// The number of arrays and objects around an entity: the document and its list of entities.
const AROUND_ENTITY: usize = 2;

pub(super) fn begin(head: &Explanations, out: &mut Vec<u8>) {
    let Explanations { schema_version, kind, as_of, nearest, entities: _ } = head;
    out.extend_from_slice(b"{\n  \"schemaVersion\": ");
    value(schema_version, 1, out);
    out.extend_from_slice(b",\n  \"kind\": ");
    value(kind, 1, out);
    out.extend_from_slice(b",\n  \"asOf\": ");
    value(as_of, 1, out);
    out.extend_from_slice(b",\n  \"nearest\": ");
    value(nearest, 1, out);
    out.extend_from_slice(b",\n  \"entities\": [");
}

pub(super) fn entity(is_first: bool, entity: &ExplainedEntity, out: &mut Vec<u8>) {
    out.extend_from_slice(if is_first { b"\n    " } else { b",\n    " });
    value(entity, AROUND_ENTITY, out);
}

pub(super) fn end(is_empty: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if is_empty { b"]\n}\n" } else { b"\n  ]\n}\n" });
}

/// Appends a value that is inside `depth` arrays and objects.
#[expect(
    clippy::expect_used,
    reason = "writing to memory cannot fail, and all keys of maps in an explanation are strings"
)]
fn value<T: Serialize>(value: &T, depth: usize, out: &mut Vec<u8>) {
    let layout = Layout { depth, has_value: false };
    write_formatted(value, layout, out).expect("the value can be written to memory as JSON");
}

/// Indents values by two spaces down to [`DEEPEST`].
struct Layout {
    depth: usize,
    /// Whether the array or object that ends next has a value.
    has_value: bool,
}

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let is_indented = self.depth <= DEEPEST && self.has_value;
        self.depth -= 1;
        self.has_value = true;
        if is_indented {
            self.new_line(out)?;
        }
        out.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        if !is_first {
            out.write_all(b",")?;
        }
        if self.depth <= DEEPEST { self.new_line(out) } else { Ok(()) }
    }

    fn new_line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        const INDENT: &[u8] = b"\n                ";
        out.write_all(INDENT.get(..=self.depth * 2).unwrap_or(INDENT))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.next(out, is_first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.next(out, is_first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.depth <= DEEPEST { b": " } else { b":" })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_indented_down_to_a_depth_and_then_on_one_line() {
        let nested = json!({"a": [], "b": {"c": [{"d": [1, "x"], "e": {}}, 2]}});
        let mut out = Vec::new();
        value(&nested, DEEPEST - 3, &mut out);
        let text = String::from_utf8(out).unwrap();
        let expected = r#"{
        "a": [],
        "b": {
          "c": [
            {"d":[1,"x"],"e":{}},
            2
          ]
        }
      }"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), nested);
    }
}
