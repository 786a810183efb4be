//! The JSON documents that the program reads and prints: their schemas, version and kinds.

mod kind;
mod schemas;

pub(crate) use kind::{DocumentKind, SCHEMA_VERSION};
pub use schemas::Schema;
