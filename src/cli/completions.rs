//! `dora-score completions`: prints a completion script for a shell, generated from the definition of the command
//! line.

use clap::Args;
use clap_complete::Shell;
use std::io::Write;
use std::process::ExitCode;

/// Print a completion script for a shell
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// Shell to print the script for
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  source <(dora-score completions bash)
  dora-score completions zsh > ~/.zfunc/_dora-score
  dora-score completions fish > ~/.config/fish/completions/dora-score.fish";

/// Runs the command; `program` defines the whole command line.
pub(crate) fn run(arguments: &CompletionsArguments, mut program: clap::Command) -> anyhow::Result<ExitCode> {
    let name = program.get_name().to_owned();
    // `generate` panics if a write fails, for example on a closed pipe; a write to memory cannot fail
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, name, &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
