//! `dora-score man`: prints or writes manual pages, generated from the definition of the command line.

use super::output;
use super::say::say_written;
use anyhow::Context as _;
use clap::Args;
use clap_mangen::Man;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print the manual page, or write the pages of all commands to a directory
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct ManArguments {
    /// Directory to write all pages to [default: print the main page]
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  dora-score man | man -l -
  dora-score man ~/.local/share/man/man1";

/// Runs the command; `program` defines the whole command line.
pub(crate) fn run(arguments: &ManArguments, program: clap::Command) -> anyhow::Result<ExitCode> {
    // `help` has no page, because it only prints the help of the other commands
    let program = program.disable_help_subcommand(true);
    let mut stdout = std::io::stdout();
    let Some(directory) = &arguments.directory else {
        let mut page = Vec::new();
        Man::new(program).render(&mut page)?;
        stdout.write_all(&page)?;
        return Ok(ExitCode::SUCCESS);
    };
    let failed = || format!("cannot write manual pages to `{}`", directory.display());
    std::fs::create_dir_all(directory).with_context(failed)?;
    let mut pages = pages(program)?;
    for (name, _) in &mut pages {
        *name = directory.join(&name);
    }
    output::write_files(pages.iter().map(|(path, page)| (path.clone(), page.as_slice())), true)?;
    for (path, _) in pages {
        say_written(&path, &mut stdout)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The file name and the text of each page.
fn pages(mut program: clap::Command) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    program.build();
    let commands = program.get_subcommands().cloned().collect::<Vec<_>>();
    std::iter::once(program)
        .chain(commands)
        .map(|command| {
            let man = Man::new(command);
            let mut page = Vec::new();
            man.render(&mut page)?;
            Ok((PathBuf::from(man.get_filename()), page))
        })
        .collect()
}
