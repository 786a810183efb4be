//! What a page is to show: its widgets, as a page of Port's API describes them, or those of the built-in page.

use crate::diagnostic::Place;
use crate::entity::Meta;
use crate::scorecard::Query;

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageDefinition {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) widgets: Vec<Widget>,
    /// Whether it is the built-in page, which omits widgets without entities.
    pub(crate) is_built_in: bool,
}

/// A part of a page: a chart, a table, a text, or rows of other widgets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Widget {
    /// The identifier in the file, or one that is made of the type and the position. No two widgets share it.
    pub(crate) id: String,
    /// The type as it was written, such as `entities-pie-chart`.
    pub(crate) kind: String,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) content: Content,
    /// Its place in the file; `None` for widgets of the built-in page.
    pub(crate) place: Option<Place>,
}

/// What a widget shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Rows of other widgets.
    Dashboard(Vec<Vec<Column>>),
    /// How many entities hold each level, or have each value of a field.
    Pie(Pie),
    /// Tables of entities, one for each blueprint.
    Tables(Vec<Table>),
    /// How many entities there are.
    Count(Selection),
    Markdown(String),
    /// A widget that cannot be drawn, with the reason.
    Unsupported(String),
    /// The levels of each team of a blueprint. Only the built-in page has it.
    Teams(String),
    /// What changed since the baseline. Only the built-in page has it.
    Moves,
    /// The levels over time. Only the built-in page has it.
    History,
}

/// A place in a row of a dashboard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// The width, from 1 to 12. Columns that do not fit into a row of 12 wrap.
    pub(crate) size: u8,
    pub(crate) widget: Widget,
}

/// The entities of a widget.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Selection {
    /// `None` for all blueprints.
    pub(crate) blueprint: Option<String>,
    /// The condition that entities must meet; `None` for all entities.
    pub(crate) dataset: Option<Query>,
}

/// A pie chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pie {
    pub(crate) selection: Selection,
    pub(crate) by: Breakdown,
    /// The text if there is no entity.
    pub(crate) empty_text: Option<String>,
}

/// What the slices of a pie are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Breakdown {
    /// The levels of the scorecard with this identifier.
    Scorecard(String),
    /// The values of a field.
    Field(Field),
}

/// A field of entities.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Field {
    Meta(Meta),
    /// A property, or a relation if no property has this name.
    Named(String),
    Property(String),
    Relation(String),
}

impl Field {
    /// Its name, such as `$team` or `language`.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Meta(meta) => meta.name(),
            Self::Named(name) | Self::Property(name) | Self::Relation(name) => name,
        }
    }
}

/// A table of the entities of one blueprint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// The title of the tab, if the widget has several tables.
    pub(crate) title: Option<String>,
    pub(crate) selection: Selection,
    pub(crate) columns: Vec<TableColumn>,
    /// The column whose values group the rows.
    pub(crate) group_by: Option<TableColumn>,
    /// The order of rows; the first has precedence.
    pub(crate) sort_by: Vec<SortBy>,
    /// Whether to list only entities below a minimum level.
    pub(crate) only_failing: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TableColumn {
    /// The name in the file, such as `$title` or `scorecard#dora_cfr`.
    pub(crate) id: String,
    pub(crate) content: ColumnContent,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ColumnContent {
    /// The level in the scorecard with this identifier.
    Scorecard(String),
    Field(Field),
    /// How many scorecards are at each level.
    ScorecardStats,
}

/// A key of the order of rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SortBy {
    pub(crate) column: TableColumn,
    pub(crate) descending: bool,
}
