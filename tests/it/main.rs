//! Proves behaviour from outside: through the built binary and the public API.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod agreement;
mod behaviour;
mod malformed;
mod oracle;
mod program;
mod random;
