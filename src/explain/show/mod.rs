//! Shows explanations: one file a format, and the sentences that they share.

#[cfg(feature = "cli")]
mod format;
#[cfg(feature = "cli")]
mod markdown;
mod sentence;
#[cfg(feature = "cli")]
mod text;

#[cfg(feature = "cli")]
pub use format::ExplainFormat;
