//! JSON as the program reads it: a one-pass scanner over text, and a tree with spans for definitions.
//!
//! The scanner exists because entities are read at the speed of memory: values that no scorecard asks for are
//! checked against the whole grammar but never built. It differs from a full parser only where the reference
//! allows it: inside skipped values a lone surrogate passes, and a number that no double can hold.

mod fault;
mod find;
mod key;
mod number;
mod position;
mod scan;
mod tree;
mod utf8;

pub(crate) use fault::{Fault, FaultKind};
pub(crate) use find::Specials;
pub(crate) use key::Word;
pub(crate) use position::{Advance, line_and_column};
pub(crate) use scan::Scanner;
pub(crate) use tree::{Member, Node, Tree, parse};
pub(crate) use utf8::valid_text;
