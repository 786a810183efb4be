//! Compiles scorecards to one SELECT, for engines that hold more entities than one machine can read.
//!
//! The model (`model.rs`, `build.rs`, `test.rs`) says what to compute, from compiled scorecards alone. `select.rs` and
//! `levels.rs` lay it out in common table expressions; a [`Dialect`](dialect::Dialect) writes the expressions of one engine.

mod build;
mod check;
mod dialect;
mod duckdb;
mod head;
mod layer;
mod levels;
mod model;
mod names;
mod postgres;
mod predicate;
mod select;
mod spark;
mod test;
mod text;

use crate::diagnostic::Problems;
use crate::scorecard::Scorecards;
use dialect::Dialect;
use model::Model;

/// An engine that queries are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    DuckDb,
    Postgres,
    Spark,
}

/// How the relation holds entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A column a field.
    Columns,
    /// One column `entity` of JSON.
    Json,
}

/// The rows of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A row an entity and scorecard.
    Levels,
    /// A row a scorecard and level, with the number of entities.
    Summary,
}

/// What to compile scorecards to.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) engine: Engine,
    pub(crate) layout: Layout,
    pub(crate) outcome: Outcome,
    /// The parts of the name of the relation.
    pub(crate) from: Vec<String>,
    /// Whether date presets are relative to the current time of the engine, and not to the time that the scorecards
    /// were compiled for.
    pub(crate) is_live: bool,
}

impl Engine {
    fn dialect(self, model: &Model) -> Box<dyn Dialect> {
        match self {
            Self::DuckDb => Box::new(duckdb::DuckDb::new(model)),
            Self::Postgres => Box::new(postgres::Postgres),
            Self::Spark => Box::new(spark::Spark),
        }
    }
}

/// Compiles scorecards to a query. It has no semicolon at the end, so that it can be a view or a model of dbt.
///
/// # Errors
/// What the engine cannot express exactly, or is too much for it, each with its place.
pub(crate) fn compile(scorecards: &Scorecards, request: &Request) -> Result<String, Problems> {
    let model = Model::new(scorecards, request.is_live);
    let dialect = request.engine.dialect(&model);
    let dialect = dialect.as_ref();
    check::check(&model, dialect, request)?;
    let from: Vec<String> = request.from.iter().map(|part| dialect.identifier(part)).collect();
    let from = from.join(".");
    let head = head::head(&model, dialect, request, scorecards.as_of(), &from);
    let select = select::Select::new(&model, dialect, request.layout);
    Ok(head + &select.text(&from, request.outcome))
}
