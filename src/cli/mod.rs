//! The command line. Clap, files, standard streams and the clock are met here and nowhere else.

mod color;
mod completions;
mod evaluate;
pub(crate) mod exit;
mod explain;
mod gate;
mod init;
mod input;
mod lint;
mod man;
mod output;
mod progress;
mod say;
mod schema;
mod scorecards;
mod screen;
mod show;
mod time;
mod warnings;
mod what_if;

use clap::{CommandFactory, Parser, Subcommand};
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
    arg_required_else_help = true,
    after_long_help = EXAMPLES
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
    Evaluate(Box<evaluate::EvaluateArguments>),
    Explain(explain::ExplainArguments),
    Lint(lint::LintArguments),
    Show(show::ShowArguments),
    Init(init::InitArguments),
    Schema(schema::SchemaArguments),
    Completions(completions::CompletionsArguments),
    Man(man::ManArguments),
}

const EXAMPLES: &str = "\
Examples:
  dora-score evaluate -e services.json
  dora-score init scorecards && dora-score evaluate -s scorecards -e services.json
  dora-score show operators";

/// Runs the program with the arguments it was given.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let program = Program::parse();
    program.color.apply();
    match program.command {
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Program::command()),
        Command::Man(arguments) => man::run(&arguments, Program::command()),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
    }
}
