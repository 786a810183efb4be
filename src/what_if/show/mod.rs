//! Writes comparisons: the counts of level changes in each scorecard, and the level changes of each entity.

mod format;
mod markdown;
mod table;
mod words;

pub(crate) use format::CompareFormat;
