//! Proves behaviour from outside: through the built binary and the public API.

mod agreement;
mod explain;
mod oracle;
mod program;
mod random;
mod what_if;
