//! JSON as the program reads it: a one-pass scanner over text, and a tree with spans for definitions.
//!
//! The scanner exists because entities are read at the speed of the machine: what no scorecard asks
//! for is checked against the whole grammar but never built. Where it and a full parser differ is
//! only where the reference allows it: inside skipped values a lone surrogate or a number that no
//! double can hold passes.

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
