//! What to compile scorecards to.

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
