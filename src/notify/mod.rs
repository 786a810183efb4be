//! Messages for other tools: Slack and Jira. A command fills a [`Message`], and each format sanitizes, escapes and
//! shortens its texts to the limits of the tool. Nothing is sent.

mod jira;
mod length;
mod message;
mod of_diff;
mod of_trend;
mod slack;

pub(crate) use jira::{JiraOptions, jira};
pub(crate) use of_diff::{issues, message};
pub(crate) use of_trend::{stuck_issues, stuck_message};
pub(crate) use slack::slack;
