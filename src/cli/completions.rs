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
pub(crate) fn run(arguments: &CompletionsArguments, program: clap::Command) -> anyhow::Result<ExitCode> {
    let script = script(arguments.shell, program);
    std::io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

fn script(shell: Shell, mut program: clap::Command) -> Vec<u8> {
    let name = program.get_name().to_owned();
    // `generate` panics if a write fails, for example on a closed pipe; a write to memory cannot fail
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program, &name, &mut script);
    match shell {
        Shell::Bash => with_matching_labels(&name, &String::from_utf8_lossy(&script)).into_bytes(),
        _ => script,
    }
}

/// The script for bash with the case labels of subcommands as its function spells them. For a name with a hyphen,
/// `clap_complete` 4.6 assigns `dora__score__subcmd__lint` but looks for `dora__subcmd__score__subcmd__lint`, so
/// nothing below a subcommand would be completed.
fn with_matching_labels(name: &str, script: &str) -> String {
    let assigned = format!("{}__subcmd__", name.replace('-', "__"));
    let expected = format!("{}__subcmd__", name.replace('-', "__subcmd__"));
    script.replace(&expected, &assigned)
}
