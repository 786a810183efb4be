//! JSON: a one-pass scanner for entities, and a tree with places for definitions.
//!
//! The scanner checks values that no scorecard needs against the whole grammar, but never builds them, so that
//! entities are read at the speed of memory. It accepts more than a full parser in only two cases: inside
//! skipped values, half a surrogate pair and a number that is too large for a double are valid.

mod check;
mod comments;
mod fault;
mod find;
mod key;
mod number;
mod position;
mod scan;
mod shape;
mod tree;
mod utf8;
mod write;

pub(crate) use comments::parse_with_comments;
pub(crate) use fault::{Fault, FaultKind};
pub(crate) use find::Specials;
pub(crate) use key::{Key, Word};
pub(crate) use position::{Advance, Checkpoints, line_and_column};
pub(crate) use scan::Scanner;
pub(crate) use shape::Shape;
pub(crate) use tree::{Member, Node, Tree, parse, parse_each};
pub(crate) use utf8::valid_text;
pub(crate) use write::{
    compacted, needs_no_escape, pretty, serialize_number, write_compact, write_formatted, write_pretty,
};
