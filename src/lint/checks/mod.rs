//! The checks: one file for each lint, or for a group of closely related lints.

mod booleans;
mod colors;
mod constant;
mod crowded;
mod duplicates;
mod entities;
mod implied;
mod keys;
mod levels;
mod portability;
mod quotes;
mod registry;
mod titles;
mod types;
mod uniform;
mod unreachable;
mod without_data;
mod zeros;

pub(super) use keys::key_findings;
pub(super) use quotes::quote_findings;
pub(super) use registry::ALL;
pub(crate) use registry::is_of_portability;
pub use registry::{lint_named, lints};
