//! Proves behaviour from outside: through the built binary and the public API.

mod agreement;
mod oracle;
mod program;
mod random;
mod reading;
mod readme;
mod reports;
