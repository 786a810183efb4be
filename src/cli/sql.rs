//! `dora-score sql`: compiles scorecards to a query for an engine.

use super::scorecards::{LoadedScorecards, ScorecardArguments};
use super::{exit, time};
use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use crate::quoting::split_name;
use crate::scorecard::Scorecards;
use crate::sql::{Engine, Layout, Outcome, Request, compile};
use crate::value::Instant;
use clap::{Args, ValueEnum};
use std::convert::Infallible;
use std::io::Write;
use std::process::ExitCode;
use std::str::FromStr;

/// Compile scorecards to one SELECT, for a database or Spark
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct SqlArguments {
    #[command(flatten)]
    scorecards: ScorecardArguments,
    /// Evaluate date presets relative to this time: 2026-01-31, or 2026-01-31T09:30:00Z [default: the engine's
    /// current time]
    #[arg(long, value_name = "TIME", value_parser = time::parse, help_heading = "Entities")]
    as_of: Option<Instant>,
    /// Table or view to read, such as `port.services`; a part with a dot is written as a JSON string
    #[arg(long, value_name = "NAME", default_value = "entities", help_heading = "Entities")]
    from: Relation,
    #[arg(short, long, hide = true, value_parser = refuse_entities)]
    entities: Option<Infallible>,
    /// How the table holds entities
    #[arg(long, value_enum, default_value_t, value_name = "LAYOUT", help_heading = "Entities")]
    layout: LayoutOption,
    /// Engine to write for
    #[arg(long, value_enum, value_name = "ENGINE", help_heading = "Output")]
    dialect: DialectOption,
    /// Rows that the query returns
    #[arg(long, value_enum, default_value_t, value_name = "ROWS", help_heading = "Output")]
    result: ResultOption,
}

/// Tells somebody who gives entities, as for the other commands, what to do.
fn refuse_entities(_: &str) -> Result<Infallible, String> {
    Err("the engine reads the entities, `sql` does not: name their table with `--from`".to_owned())
}

/// The name of a relation, in parts.
#[derive(Debug, Clone)]
struct Relation(Vec<String>);

impl FromStr for Relation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (mut parts, mut rest) = (Vec::new(), text);
        loop {
            let (part, after) = split_name(rest, |c| c == '.')?;
            if part.is_empty() {
                return Err(
                    "a part of the name is empty; write a name such as `entities` or `port.entities`"
                        .to_owned(),
                );
            }
            parts.push(part);
            match (after.strip_prefix('.'), after.is_empty()) {
                (Some(after), _) => rest = after,
                (None, true) => return Ok(Self(parts)),
                (None, false) => return Err(format!("unexpected text after a quoted part: `{after}`")),
            }
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum DialectOption {
    /// DuckDB 1.3 or later
    Duckdb,
    /// PostgreSQL 15 or later
    Postgres,
    /// Spark 4 or later
    Spark,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum LayoutOption {
    /// One typed column for each field: `identifier`, `blueprint`, properties and relations
    #[default]
    Columns,
    /// One column `entity` with the whole entity as JSON
    Json,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum ResultOption {
    /// The level of each entity in each scorecard
    #[default]
    Levels,
    /// The number of entities at each level
    Summary,
}

const EXAMPLES: &str = "\
Examples:
  dora-score sql --dialect duckdb --from services
  dora-score sql --dialect duckdb --layout json --from port.entities -s scorecards/ > levels.sql
  dora-score sql --dialect duckdb --result summary | duckdb catalog.db

Without `--scorecards`, the layout `columns` compiles the built-in scorecards of `--blueprint` only.
The query has no semicolon, so it can be a view or a dbt model.";

/// Runs the command.
pub(crate) fn run(arguments: &SqlArguments) -> anyhow::Result<ExitCode> {
    let LoadedScorecards { mut definitions, warnings, .. } = arguments.scorecards.load_checked()?;
    let blueprint = &arguments.scorecards.blueprint.blueprint;
    let layout = match arguments.layout {
        LayoutOption::Columns => Layout::Columns,
        LayoutOption::Json => Layout::Json,
    };
    if layout == Layout::Columns && arguments.scorecards.scorecards.is_empty() {
        // a table of services has no columns for those of teams
        definitions.retain(|definition| definition.blueprint == *blueprint);
    }
    if definitions.is_empty() {
        return Err(Problems::from(none_of(blueprint)).into());
    }
    let as_of = arguments.as_of.unwrap_or_else(time::now);
    let request = Request {
        engine: match arguments.dialect {
            DialectOption::Duckdb => Engine::DuckDb,
            DialectOption::Postgres => Engine::Postgres,
            DialectOption::Spark => Engine::Spark,
        },
        layout,
        outcome: match arguments.result {
            ResultOption::Levels => Outcome::Levels,
            ResultOption::Summary => Outcome::Summary,
        },
        from: arguments.from.0.clone(),
        is_live: arguments.as_of.is_none(),
    };
    let text = compile(&Scorecards::new(definitions, as_of, blueprint), &request)?;
    std::io::stdout().write_all(text.as_bytes())?;
    exit::show(&warnings);
    Ok(ExitCode::SUCCESS)
}

fn none_of(blueprint: &str) -> Diagnostic {
    let message = format!("`--scorecard` selects no built-in scorecard of {}", quoted(blueprint));
    Diagnostic::new(Code::NoScorecards, message)
        .help("the layout `columns` compiles those of `--blueprint` only; select others, or add `--blueprint _team`")
}
