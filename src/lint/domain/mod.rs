//! Rules as sets of entities. The possible values of a property are divided into regions for which every condition of
//! a scorecard has one answer, so that a question about all entities becomes one about a few regions.
//!
//! Only impossibility is ever claimed. Where a region is too coarse, the answer of a condition is open or the search
//! runs out of its budget, the result is "possible". So a claim is always true.

mod atom;
#[cfg(test)]
mod contradictions;
mod field;
mod proposition;
mod region;
mod search;
mod space;
mod substrings;

pub(super) use atom::Scope;
pub(super) use proposition::Proposition;
pub(super) use space::{Builder, Space};
