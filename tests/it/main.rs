//! Proves behaviour from outside: through the built binary and the public API.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should fail"
)]

mod agreement;
mod behaviour;
mod diagnostics;
mod docs;
mod explain;
mod help;
mod init;
mod lint;
mod lint_soundness;
mod malformed;
mod oracle;
mod program;
mod random;
mod reading;
mod readme;
mod reports;
mod result;
mod schema;
mod show;
mod what_if;
