//! `dora-score teams`: from services with metrics to teams with metrics.

use super::output::{self, Target};
use super::{blueprint, entities, exit, input, progress, quiet};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::load::FileKind;
use crate::metrics::{EntityFormat, PooledTeams};
use crate::terminal::thousands;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Calculate the metrics of teams from those of their services
#[derive(Args)]
#[command(after_long_help = EXAMPLES, mut_arg("blueprint", |argument| argument.help(blueprint::OF_SERVICES)))]
pub(crate) struct TeamsArguments {
    /// Entities: a JSON file as exported by Port or a warehouse, a directory that is searched for such files, or `-`
    /// for standard input (repeatable)
    #[arg(short, long, value_name = "PATH", required = true, help_heading = "Entities")]
    entities: Vec<PathBuf>,
    #[command(flatten)]
    reading: input::ReadingArguments,
    #[command(flatten, next_help_heading = "Entities")]
    blueprint: blueprint::BlueprintArgument,
    /// Output format, to print or to write to a file: ndjson, json (repeatable)
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "ndjson", value_parser = output::parser::<EntityFormat>(),
          hide_possible_values = true, help_heading = "Output")]
    format: Vec<Target<EntityFormat>>,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
}

const EXAMPLES: &str = "\
Examples:
  dora-score teams -e services.json | dora-score evaluate -e -
  dora-score teams -e services.json -f json=teams.json

Exit codes: 0 success, 2 invalid usage or input";

/// Runs the command.
pub(crate) fn run(arguments: &TeamsArguments) -> anyhow::Result<ExitCode> {
    let read = output::Inputs(vec![(&arguments.entities, FileKind::Entities)]);
    output::check_targets(&arguments.format, &read)?;
    let input::Inputs { inputs, size, mut warnings } = input::open(&arguments.entities)?;
    let mut line = progress::Line::new(arguments.quiet.quiet, size);
    let settings = arguments.reading.settings();
    let pooled =
        PooledTeams::read(inputs, &arguments.blueprint.blueprint, settings, |progress| line.update(progress));
    line.clear();
    let pooled = pooled.map_err(Problems::from)?;
    entities::write(&arguments.format, "", |sink| {
        pooled.records().try_for_each(|(record, properties)| sink(&record, &properties))
    })?;
    warnings.extend(warning(&pooled));
    if !arguments.quiet.quiet {
        exit::show(&warnings);
    }
    Ok(ExitCode::SUCCESS)
}

/// The warning about an input that gives no teams, or teams without figures.
fn warning(pooled: &PooledTeams) -> Option<Diagnostic> {
    let PooledTeams { services, others, has_numbers, .. } = *pooled;
    let services_have = match services {
        1 => "the only service has".to_owned(),
        _ => format!("none of {} services has", thousands(services)),
    };
    if services == 0 && others == 0 {
        Some(Diagnostic::new(Code::NoEntities, "the input contains no entities"))
    } else if services == 0 {
        let help = "name the blueprint of services with `--blueprint`";
        Some(Diagnostic::new(Code::NoEntities, "the input contains no services").help(help))
    } else if pooled.is_empty() {
        let message = format!("{} {} team", services_have, if services == 1 { "no" } else { "a" });
        Some(Diagnostic::new(Code::NoTeams, message).help("add `team`: a name, or an array of names"))
    } else if !has_numbers {
        let message = format!("{} {} number to pool", services_have, if services == 1 { "no" } else { "a" });
        let help = "the properties are `deployment_frequency`, `total_deployments`, `lead_time_for_changes`, \
                    `change_failure_rate`, `total_incidents` and `mean_time_to_recovery`, as numbers";
        Some(Diagnostic::new(Code::NoMetrics, message).help(help))
    } else {
        None
    }
}
