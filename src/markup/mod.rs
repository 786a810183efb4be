//! User text inside Markdown and inside workflow commands of GitHub Actions, escaped.

mod markdown;
mod workflow;

pub(crate) use markdown::{Align, Table, code, escape};
pub(crate) use workflow::command;
