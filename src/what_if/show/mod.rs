//! Prints comparisons: how many entities move in each scorecard, between which levels, and which.

mod format;
mod markdown;
mod table;
mod words;

pub use format::CompareFormat;
