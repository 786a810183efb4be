//! Writes explanations: one file for each format, and the sentences that the formats share.

#[cfg(feature = "cli")]
mod format;
#[cfg(feature = "cli")]
mod json;
#[cfg(feature = "cli")]
mod markdown;
mod sentence;
#[cfg(feature = "cli")]
mod text;

#[cfg(feature = "cli")]
pub(super) use format::Document;
#[cfg(feature = "cli")]
pub use format::ExplainFormat;
#[cfg(feature = "cli")]
pub(crate) use sentence::{advice, amount_of, found, no_data, plain, required};
