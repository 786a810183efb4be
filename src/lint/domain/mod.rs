//! Rules as sets of entities, to prove that no entity passes certain rules together.
//!
//! The possible values of a property are divided into regions. Each condition in question has the same result for all
//! values of a region, so it is enough to try one region after the other.
//!
//! The analysis only proves what is impossible. If the result of a condition in a region is not known, or if the
//! search takes too many steps, the answer is "possible". So it never calls something impossible that is possible.

mod atom;
#[cfg(test)]
mod contradictions;
mod field;
mod key;
mod premises;
mod proposition;
mod region;
mod search;
mod space;
mod steps;
mod strictest;
mod substrings;

pub(super) use atom::{Atom, Scope};
pub(super) use field::Field;
pub(super) use key::Key;
pub(super) use premises::Premises;
pub(super) use proposition::Proposition;
pub(super) use space::{Builder, Space};
pub(super) use steps::Budget;
