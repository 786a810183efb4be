//! The documents that the program reads and prints: JSON Schemas (2020-12), versions and kinds.

mod kind;
mod schemas;

pub use kind::{DocumentKind, SCHEMA_VERSION};
pub use schemas::Schema;
