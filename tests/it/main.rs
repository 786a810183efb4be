//! Proves behaviour from outside: through the built binary and the public API.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can not go on fails"
)]

mod agreement;
mod help;
mod init;
mod oracle;
mod program;
mod random;
mod schema;
mod show;
