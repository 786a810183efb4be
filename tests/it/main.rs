//! Tests behaviour from outside: through the built binary and the public API.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test that meets the unexpected must fail, and a table of cases stays one table"
)]

mod agreement;
mod badges;
mod baseline;
mod behaviour;
mod ci;
mod completions;
mod diagnostics;
mod docs;
mod explain;
mod explain_laws;
mod faults;
mod gates;
mod help;
mod history;
mod init;
mod layers;
mod lint;
mod lint_gitlab;
mod lint_noise;
mod lint_soundness;
mod malformed;
mod metrics;
mod metrics_guide;
mod notify;
mod oracle;
mod page;
mod page_file;
mod program;
mod public_api;
mod published;
mod random;
mod reading;
mod readme;
mod recipes;
mod reports;
mod result;
mod rows;
mod schema;
mod scope;
mod show;
mod sql;
mod swapped;
mod waivers;
mod warnings;
mod what_if;
