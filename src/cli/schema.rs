//! `dora-score schema`: prints the JSON Schemas of the input and the output.

use crate::schema::Schema;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::process::ExitCode;

/// Print a JSON Schema (2020-12) of the input or the output
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct SchemaArguments {
    /// The document that the schema describes
    #[arg(value_enum, value_name = "WHAT")]
    what: What,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// A file of scorecards
    Scorecard,
    /// One JSON value of a stream of entities
    Entities,
    /// The result of `evaluate -f json`
    Result,
}

const EXAMPLES: &str = "\
Examples:
  dora-score schema scorecard > scorecard.schema.json
  dora-score schema result | jq '.[\"$defs\"].entity.required'";

/// Runs the command.
pub(crate) fn run(arguments: &SchemaArguments) -> anyhow::Result<ExitCode> {
    let schema = match arguments.what {
        What::Scorecard => Schema::Scorecard,
        What::Entities => Schema::Entities,
        What::Result => Schema::Result,
    };
    std::io::stdout().write_all(schema.text().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
