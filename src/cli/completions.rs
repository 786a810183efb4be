//! `dora-score completions`: prints a script for a shell, from the same source as the help.

use clap::Args;
use clap_complete::Shell;
use std::io::Write;
use std::process::ExitCode;

/// Print the script that completes commands and options in a shell
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  source <(dora-score completions bash)
  dora-score completions zsh > ~/.zfunc/_dora-score
  dora-score completions fish > ~/.config/fish/completions/dora-score.fish";

/// Runs the command; `program` is the whole command line.
pub(crate) fn run(arguments: &CompletionsArguments, mut program: clap::Command) -> anyhow::Result<ExitCode> {
    let name = program.get_name().to_owned();
    // `generate` panics on a write error, such as a closed pipe; memory has none
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, name, &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
