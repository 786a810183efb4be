//! Lists what is loaded, for people and for programs: scorecards, their levels, and all operators.
//!
//! It only reads definitions. Each listing has a file with its tables and its JSON.

mod levels;
mod listing;
mod operators;
mod row;
mod scorecards;

pub use listing::Listing;
