//! `dora-score docs`: pages about topics and about the codes of messages.

use super::color;
use super::suggestion::suggesting;
use crate::diagnostic::Problems;
use crate::docs::Page;
use clap::Args;
use clap::builder::{StringValueParser, TypedValueParser};
use std::io::Write;
use std::process::ExitCode;

/// Print documentation about a topic, or about the code of a message
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct DocsArguments {
    /// Topic or code [default: the list of topics]
    #[arg(value_name = "TOPIC|CODE", value_parser = page_name(), hide_possible_values = true)]
    page: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  dora-score docs
  dora-score docs operators
  dora-score docs unknown-level
  dora-score docs codes | grep warning";

fn page_name() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || Page::names().collect())
}

/// Runs the command.
pub(crate) fn run(arguments: &DocsArguments) -> anyhow::Result<ExitCode> {
    print(arguments.page.as_deref())
}

/// Prints the page with this name, or the list of topics.
///
/// # Errors
/// No page has this name, or the page cannot be written.
pub(crate) fn print(name: Option<&str>) -> anyhow::Result<ExitCode> {
    let page = name.map_or(Ok::<_, Problems>(Page::index()), Page::named)?;
    let text = if color::on_stdout() { page.styled(super::screen::stdout()) } else { page.markdown() };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
