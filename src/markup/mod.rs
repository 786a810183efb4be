//! Text of users inside languages that machines interpret: Markdown and workflow commands.

mod markdown;
mod workflow;

pub(crate) use markdown::{Align, Table, code, escape};
pub(crate) use workflow::command;
