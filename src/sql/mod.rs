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
mod request;
mod select;
mod spark;
mod test;
mod text;

use crate::diagnostic::Problems;
use crate::scorecard::Scorecards;
use dialect::Dialect;
use model::Model;
pub(crate) use request::{Engine, Layout, Outcome, Request};

/// The dialect of an engine, for a model.
fn dialect(engine: Engine, model: &Model) -> Box<dyn Dialect> {
    match engine {
        Engine::DuckDb => Box::new(duckdb::DuckDb::new(model)),
        Engine::Postgres => Box::new(postgres::Postgres),
        Engine::Spark => Box::new(spark::Spark),
    }
}

/// Compiles scorecards to a query. It has no semicolon at the end, so that it can be a view or a model of dbt.
///
/// # Errors
/// What the engine cannot express exactly, or is too much for it, each with its place.
pub(crate) fn compile(scorecards: &Scorecards, request: &Request) -> Result<String, Problems> {
    let model = Model::new(scorecards, request.is_live);
    let dialect = dialect(request.engine, &model);
    let dialect = dialect.as_ref();
    check::check(&model, dialect, request)?;
    let from: Vec<String> = request.from.iter().map(|part| dialect.identifier(part)).collect();
    let from = from.join(".");
    let head = head::head(&model, dialect, request, scorecards.as_of(), &from);
    let select = select::Select::new(&model, dialect, request.layout);
    Ok(head + &select.text(&from, request.outcome))
}
