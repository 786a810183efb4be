//! What a page shows, ready to be drawn: counts, rows and texts. Titles and values are raw; drawing escapes them.

use crate::dora::Unit;
use crate::entity::Entity;
use crate::report::Move;
use crate::scorecard::Definition;
use crate::value::Instant;

/// A page.
pub(crate) struct View<'v> {
    pub(crate) head: Head<'v>,
    /// The widgets, in rows.
    pub(crate) rows: Vec<Vec<Placed<'v>>>,
    /// The names of all teams of the listed entities, sorted.
    pub(crate) teams: Vec<String>,
    /// The titles of all levels of the scorecards, each once, the lowest first.
    pub(crate) levels: Vec<String>,
}

/// The head of the page: the run and its verdict.
pub(crate) struct Head<'v> {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) as_of: Instant,
    /// How many entities were graded.
    pub(crate) entities: u64,
    /// How many of them each blueprint has, in the order of the scorecards.
    pub(crate) blueprints: Vec<(&'v str, u64)>,
    /// How many scorecards have entities of their blueprint.
    pub(crate) scorecards: usize,
    /// The names of the inputs.
    pub(crate) files: &'v [String],
    /// The heading of a report in scope: `12 of 24 entities, where …`.
    pub(crate) scope: Option<String>,
    /// The verdict of the gate and that of `--fail-on`.
    pub(crate) verdicts: Vec<VerdictLine>,
    /// What the run is compared with.
    pub(crate) baseline: Option<String>,
    /// Why there is nothing to see, and what to do about it.
    pub(crate) empty: Option<String>,
}

/// A verdict: how it ended and why.
pub(crate) struct VerdictLine {
    /// `None`: there was nothing to judge.
    pub(crate) passed: Option<bool>,
    pub(crate) heading: &'static str,
    pub(crate) sentence: String,
}

/// A widget in its row.
pub(crate) struct Placed<'v> {
    /// The width, from 1 to 12.
    pub(crate) size: u8,
    pub(crate) widget: WidgetView<'v>,
}

/// A widget.
pub(crate) struct WidgetView<'v> {
    pub(crate) id: &'v str,
    pub(crate) kind: &'v str,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<&'v str>,
    pub(crate) body: Body<'v>,
}

/// What a widget shows.
pub(crate) enum Body<'v> {
    Dashboard(Vec<Vec<Placed<'v>>>),
    Levels(Distribution<'v>),
    Values(ValueCounts<'v>),
    Count(u64),
    Tables(Vec<TableView<'v>>),
    Markdown(&'v str),
    /// The reason why it cannot be drawn.
    Unsupported(String),
    Teams(TeamMatrix<'v>),
    Moves(Option<Moves>),
    History(Vec<ScorecardHistory>),
}

/// How many entities hold each level of a scorecard.
pub(crate) struct Distribution<'v> {
    pub(crate) scorecard: &'v Definition,
    /// One for each level, the base level first.
    pub(crate) levels: Vec<LevelCount>,
    pub(crate) not_applicable: u64,
    /// Whether a dataset selects the entities.
    pub(crate) is_filtered: bool,
    /// The minimum of the gate.
    pub(crate) minimum: Option<MinimumShare>,
    /// The median of the metric of the scorecard.
    pub(crate) median: Option<Median>,
    /// How many results went up and down since the baseline.
    pub(crate) moves: Option<(u64, u64)>,
    /// The text if there is no entity.
    pub(crate) empty_text: Option<&'v str>,
}

/// The results at one level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LevelCount {
    pub(crate) with_data: u64,
    pub(crate) no_data: u64,
}

/// How many judged results hold the minimum level.
pub(crate) struct MinimumShare {
    /// The index of the level.
    pub(crate) level: usize,
    pub(crate) holding: u64,
    pub(crate) judged: u64,
    /// The share that must hold it, in percent; `None` for all.
    pub(crate) required: Option<u8>,
}

/// The median of a property over all entities that have a number.
pub(crate) struct Median {
    pub(crate) property: String,
    pub(crate) value: f64,
    pub(crate) unit: Option<Unit>,
    /// How many entities have a number.
    pub(crate) count: u64,
}

/// How many entities have each value of a field.
pub(crate) struct ValueCounts<'v> {
    /// The field as it was written.
    pub(crate) field: &'v str,
    /// How many entities there are. One with several values counts in each of them.
    pub(crate) entities: u64,
    /// The most frequent values, at most 14.
    pub(crate) values: Vec<(String, u64)>,
    /// How many entities have one of the other values, and how many those are.
    pub(crate) others: Option<(u64, u64)>,
    /// Whether there are more values than that, which were too many to be told apart.
    pub(crate) has_more: bool,
    /// How many entities have no value.
    pub(crate) missing: u64,
    /// The text if there is no entity.
    pub(crate) empty_text: Option<&'v str>,
}

/// The levels of each team in each scorecard of a blueprint.
pub(crate) struct TeamMatrix<'v> {
    pub(crate) blueprint: &'v str,
    pub(crate) scorecards: Vec<&'v Definition>,
    /// The weakest first, at most 100; entities without a team last.
    pub(crate) teams: Vec<TeamRow<'v>>,
    /// How many other teams there are.
    pub(crate) others: u64,
}

/// A team.
pub(crate) struct TeamRow<'v> {
    /// `None` for entities without a team.
    pub(crate) name: Option<&'v str>,
    pub(crate) entities: u64,
    /// The average level: the mean of rank ÷ top rank over all results with data; `None` without any.
    pub(crate) average: Option<f64>,
    /// For each scorecard, how many results hold each level, and how many are not applicable; `None` if the scorecard grades none of the
    /// team's entities.
    pub(crate) cells: Vec<Option<(Vec<LevelCount>, u64)>>,
}

/// What changed since the baseline.
pub(crate) struct Moves {
    /// The first changes, in the order of the input.
    pub(crate) entities: Vec<MovedEntity>,
    /// How many entities changed.
    pub(crate) total: u64,
}

/// An entity with changes.
pub(crate) struct MovedEntity {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) blueprint: String,
    /// Whether the listed entities contain it.
    pub(crate) is_listed: bool,
    /// For each changed result, the title of the scorecard, the mark and the words.
    pub(crate) moves: Vec<(String, Move)>,
}

/// The levels of a scorecard over time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ScorecardHistory {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) blueprint: String,
    /// The title and the colour of each level, the lowest first.
    pub(crate) levels: Vec<(String, Option<String>)>,
    pub(crate) dates: Vec<HistoryDate>,
}

/// The counts at one date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HistoryDate {
    pub(crate) as_of: Instant,
    /// How many entities hold each level, without the results that have no data.
    pub(crate) levels: Vec<u64>,
    pub(crate) no_data: u64,
    pub(crate) not_applicable: u64,
}

/// A table of entities.
pub(crate) struct TableView<'v> {
    pub(crate) title: Option<&'v str>,
    pub(crate) blueprint: &'v str,
    pub(crate) kind: TableKind,
    pub(crate) columns: Vec<ColumnView<'v>>,
    /// How many entities there are, listed or not.
    pub(crate) total: u64,
    /// The listed entities, in order.
    pub(crate) rows: Vec<RowView>,
    /// The rows in groups; one group without a heading if they are not grouped.
    pub(crate) groups: Vec<Group>,
    /// How many rows of entities in several groups are left out.
    pub(crate) left_out: u64,
    /// Whether an opened result shows only the failing rules.
    pub(crate) only_failing_rules: bool,
}

/// Which entities a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// All of its blueprint.
    All,
    /// Those that its dataset selects.
    Filtered,
    /// Those below their minimum.
    Failing,
}

/// A column.
pub(crate) struct ColumnView<'v> {
    pub(crate) id: &'v str,
    pub(crate) title: String,
    pub(crate) content: CellKind<'v>,
    /// Whether rows are sorted by it: `Some(true)` if descending.
    pub(crate) sorted: Option<bool>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy)]
pub(crate) enum CellKind<'v> {
    /// The title of the entity, with its identifier if that is different.
    Title,
    Text,
    /// The level in this scorecard.
    Level(&'v Definition),
}

/// A row.
pub(crate) struct RowView {
    pub(crate) entity: Entity<'static>,
    pub(crate) blueprint: Box<str>,
    /// One for each column.
    pub(crate) cells: Vec<Cell>,
}

/// A cell.
pub(crate) enum Cell {
    Text(Box<str>),
    /// A result; `None` if the scorecard is not applicable.
    Level(Option<LevelCell>, Option<Move>),
    /// The scorecard does not grade this blueprint.
    Empty,
}

/// A result in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LevelCell {
    /// The index of the level.
    pub(crate) level: usize,
    pub(crate) no_data: bool,
    /// Whether it is below the minimum of the gate.
    pub(crate) is_below: bool,
    pub(crate) waived: bool,
}

/// Rows under one heading.
pub(crate) struct Group {
    /// The value that the rows share, empty for rows without one; `None` if the rows are not grouped.
    pub(crate) name: Option<String>,
    /// The indexes of the rows.
    pub(crate) rows: Vec<usize>,
}
