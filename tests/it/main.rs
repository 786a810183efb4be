//! Proves behaviour from outside: through the built binary and the public API.

mod agreement;
mod lint;
mod lint_soundness;
mod oracle;
mod program;
mod random;
