//! Proves behaviour from outside: through the built binary and the public API.

mod agreement;
mod help;
mod init;
mod oracle;
mod program;
mod random;
mod schema;
mod show;
