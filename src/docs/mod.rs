//! The pages that `docs` prints: topics, and one page for each code of a diagnostic.
//!
//! Pages are Markdown files beside this one. What the program knows already (operators, presets, codes) is
//! generated from its tables, so that it cannot differ from them.

mod generated;
mod page;
mod show;
mod topic;

pub use page::Page;
