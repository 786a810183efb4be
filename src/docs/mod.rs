//! The pages that `docs` prints: topics, and one page for each code of a diagnostic.
//!
//! Pages are Markdown files in `topics` and `codes`. The lists of operators, presets and codes are generated from
//! the tables of the program, so the lists are always complete and current.

mod generated;
mod page;
mod show;
mod topic;

pub use page::Page;
