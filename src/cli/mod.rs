//! The command line. Clap, files, standard streams and the clock are met here and nowhere else.

mod color;
mod evaluate;
pub(crate) mod exit;
mod gate;
mod input;
mod lint;
mod output;
mod progress;
mod scorecards;
mod time;
mod warnings;

use clap::{Parser, Subcommand};
use color::When;
use std::process::ExitCode;

/// Grade services and teams against DORA levels with scorecards as Port defines them: offline, on plain
/// JSON, with an exit code that a pipeline can trust.
#[derive(Parser)]
#[command(
    name = "dora-score",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Program {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: When,
}

#[derive(Subcommand)]
enum Command {
    Evaluate(evaluate::EvaluateArguments),
    Lint(lint::LintArguments),
}

/// Runs the program with the arguments it was given.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let program = Program::parse();
    program.color.apply();
    match program.command {
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
    }
}
