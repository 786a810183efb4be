//! The command line: the only place that uses clap, files, standard streams and the clock.

mod badges;
mod baseline;
mod blueprint;
mod color;
mod completions;
mod dated_files;
mod diff;
mod docs;
mod entities;
mod evaluate;
mod exit;
mod explain;
mod fail_verdict;
mod gate;
mod init;
mod input;
mod jira;
mod limit;
mod lint;
mod man;
mod metrics;
mod missing_baseline;
mod number;
mod output;
mod page;
mod policy;
mod progress;
mod quiet;
mod say;
mod schema;
mod scope;
mod scorecards;
mod screen;
mod selection;
mod show;
mod snapshots;
mod sql;
mod suggestion;
mod teams;
mod time;
mod trend;
mod unknown_fields;
mod usage;
mod waivers;
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

/// The options of every command. They have their own heading, so that the help lists them last.
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
    Diff(Box<diff::DiffArguments>),
    Trend(Box<trend::TrendArguments>),
    Badges(Box<badges::BadgesArguments>),
    Lint(lint::LintArguments),
    Show(show::ShowArguments),
    Sql(sql::SqlArguments),
    Docs(docs::DocsArguments),
    Metrics(Box<metrics::MetricsArguments>),
    Teams(teams::TeamsArguments),
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

/// Runs the program with the arguments of the process, and reports errors on standard error.
pub fn main() -> ExitCode {
    output::report_size_limit_as_error();
    run().unwrap_or_else(exit::failed)
}

fn run() -> anyhow::Result<ExitCode> {
    let program = match Program::try_parse() {
        Ok(program) => program,
        Err(error) => return usage::print(error),
    };
    program.general.color.apply();
    match program.command {
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Trend(arguments) => trend::run(&arguments),
        Command::Badges(arguments) => badges::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Sql(arguments) => sql::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Metrics(arguments) => metrics::run(&arguments),
        Command::Teams(arguments) => teams::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Program::command()),
        Command::Man(arguments) => man::run(&arguments, Program::command()),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::Program;
    use clap::{Arg, ArgAction, Command, CommandFactory};

    /// The visible options and arguments of all commands, each with the name of its command.
    fn arguments() -> Vec<(String, Arg)> {
        let mut program = Program::command();
        program.build();
        let commands: Vec<&Command> = program.get_subcommands().chain([&program]).collect();
        let of = |command: &&Command| {
            let name = command.get_name().to_owned();
            command.get_arguments().map(|argument| (name.clone(), argument.clone())).collect::<Vec<_>>()
        };
        commands.iter().flat_map(of).filter(|(_, argument)| !argument.is_hide_set()).collect()
    }

    fn help(argument: &Arg) -> String {
        argument.get_help().map_or_else(String::new, ToString::to_string)
    }

    #[test]
    fn every_option_is_under_a_heading_and_has_a_help() {
        for (command, argument) in arguments() {
            let is_option = !argument.is_positional();
            assert_eq!(argument.get_help_heading().is_some(), is_option, "{command} {argument}");
            assert!(!help(&argument).is_empty(), "{command} {argument}");
        }
    }

    #[test]
    fn exactly_the_repeatable_options_say_so() {
        for (command, argument) in arguments().iter().filter(|(_, argument)| !argument.is_positional()) {
            let is_repeatable = matches!(argument.get_action(), ArgAction::Append);
            assert_eq!(help(argument).contains("(repeatable"), is_repeatable, "{command} {argument}");
        }
    }

    #[test]
    fn an_option_means_the_same_in_every_command() {
        let same_helps = |name: &str, commands: &dyn Fn(&str) -> bool| {
            let mut helps: Vec<String> = arguments()
                .iter()
                .filter(|(command, one)| commands(command) && one.get_id() == name)
                .map(|(_, one)| help(one))
                .collect();
            assert!(helps.len() > 1, "{name} is shared");
            helps.dedup();
            assert_eq!(helps.len(), 1, "{name}: {helps:?}");
        };
        // results bring their scorecards, except for what they do not tell
        let compares_results = |command: &str| matches!(command, "diff" | "trend");
        same_helps("scorecards", &|command| !compares_results(command));
        for name in ["threads", "max_entity_size", "quiet", "color"] {
            same_helps(name, &|_| true);
        }
        // without scorecards, a blueprint is only that of services, and the time is the end of a window
        let has_no_scorecards = |command: &str| matches!(command, "metrics" | "teams");
        same_helps("blueprint", &|command| !has_no_scorecards(command));
        // a query takes the time from the engine
        same_helps("as_of", &|command| !has_no_scorecards(command) && command != "sql");
        same_helps("blueprint", &has_no_scorecards);
    }

    #[test]
    fn the_command_line_is_consistent() {
        Program::command().debug_assert();
    }
}
