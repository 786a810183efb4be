//! Proves behaviour from outside: through the built binary and the public API.

mod agreement;
mod behaviour;
mod malformed;
mod oracle;
mod program;
mod random;
