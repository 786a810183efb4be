//! The command line: the only place that uses clap, files, standard streams and the clock.

mod color;
mod completions;
mod docs;
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
mod quiet;
mod say;
mod schema;
mod scorecards;
mod show;
mod time;
mod warnings;
mod what_if;

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand};
use color::When;
use std::process::ExitCode;

/// Grade services and teams against DORA levels, with scorecards as Port defines them: offline, on plain
/// JSON, with an exit code that a pipeline can rely on.
#[derive(Parser)]
#[command(
    name = "dora-score",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_long_help = EXAMPLES
)]
struct Program {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    general: GeneralArguments,
}

/// The options of every command. They have a heading of their own, so that help lists them last.
#[derive(Args)]
#[command(next_help_heading = "General")]
struct GeneralArguments {
    /// When to use colour
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: When,
    /// Print help; `-h` prints a summary
    #[arg(short, long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    Evaluate(Box<evaluate::EvaluateArguments>),
    Explain(explain::ExplainArguments),
    Lint(lint::LintArguments),
    Show(show::ShowArguments),
    Docs(docs::DocsArguments),
    Init(init::InitArguments),
    Schema(schema::SchemaArguments),
    Completions(completions::CompletionsArguments),
    Man(man::ManArguments),
}

const EXAMPLES: &str = "\
Examples:
  dora-score evaluate -e services.json
  dora-score init scorecards && dora-score evaluate -s scorecards -e services.json
  dora-score docs operators";

/// Runs the program with the arguments of the process.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let program = Program::parse();
    program.general.color.apply();
    match program.command {
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Program::command()),
        Command::Man(arguments) => man::run(&arguments, Program::command()),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
    }
}
