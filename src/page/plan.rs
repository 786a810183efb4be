//! A page with its scorecards and fields found: what to count for each widget while entities are graded.

use super::definition::{
    Breakdown, ColumnContent, Content, Field, PageDefinition, Pie, Selection, SortBy, Table, TableColumn,
    Widget,
};
use super::metric::{MetricField, metric};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::entity::{Entity, Meta, Slot, Wanted};
use crate::grade::Graded;
use crate::report::{Display, Limit};
use crate::scorecard::{Filter, Scorecards};
use crate::value::Value;
use std::borrow::Cow;

/// A page that is ready to count.
pub(crate) struct PagePlan<'p> {
    pub(super) definition: &'p PageDefinition,
    pub(super) scorecards: &'p Scorecards,
    /// What the widgets count.
    pub(super) parts: Vec<Part<'p>>,
    /// The metric of each scorecard, if it has one.
    pub(super) metrics: Vec<Option<MetricField>>,
    /// The widgets, one after another.
    pub(super) widgets: Vec<PlannedWidget<'p>>,
    /// The maximum number of rows of a table.
    pub(super) limit: usize,
}

/// A widget with what it counts.
pub(super) struct PlannedWidget<'p> {
    pub(super) widget: &'p Widget,
    pub(super) body: PlannedBody<'p>,
}

pub(super) enum PlannedBody<'p> {
    /// Rows of widgets, each with its width.
    Dashboard(Vec<Vec<(u8, PlannedWidget<'p>)>>),
    /// The index of what it counts.
    Part(usize),
    /// The indexes of its tables.
    Tables(Vec<usize>),
    /// Its content is in the definition.
    Fixed,
    /// The reason why it cannot be drawn.
    Unsupported(String),
}

/// What a widget counts, and for which entities.
pub(super) struct Part<'p> {
    pub(super) blueprint: Option<&'p str>,
    filter: Option<Filter>,
    pub(super) content: PartContent<'p>,
}

pub(super) enum PartContent<'p> {
    /// The levels of the scorecard with this index.
    Levels(usize, &'p Pie),
    Values(FieldSlots, &'p Pie),
    Count,
    Rows(PlannedTable<'p>),
}

/// Where the value of a field is.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldSlots {
    One(Slot),
    /// A property, or else the relation of the same name.
    Either(Slot, Slot),
}

/// A table with its columns found.
pub(super) struct PlannedTable<'p> {
    pub(super) table: &'p Table,
    pub(super) columns: Vec<PlannedColumn<'p>>,
    pub(super) group_by: Option<PlannedColumn<'p>>,
    pub(super) sort_by: Vec<(PlannedColumn<'p>, bool)>,
    /// The scorecards that have a column.
    pub(super) shown: Vec<usize>,
}

/// A column with its field or scorecard found.
pub(super) struct PlannedColumn<'p> {
    pub(super) id: Cow<'p, str>,
    pub(super) content: PlannedContent,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum PlannedContent {
    Title,
    Team,
    Blueprint,
    Field(FieldSlots),
    /// The level in the scorecard with this index.
    Level(usize),
    /// How many results are at each level.
    Stats,
}

impl PlannedContent {
    pub(super) fn is_team(self) -> bool {
        matches!(self, Self::Team)
    }
}

impl FieldSlots {
    fn new(field: &Field, wanted: &mut Wanted) -> Self {
        match field {
            Field::Meta(meta) => Self::One(wanted.include_meta(*meta)),
            Field::Property(name) => Self::One(wanted.include_own_property(name)),
            Field::Relation(name) => Self::One(wanted.include_relation(name)),
            Field::Named(name) => {
                Self::Either(wanted.include_own_property(name), wanted.include_relation(name))
            }
        }
    }

    pub(super) fn value<'e>(self, entity: &'e Entity<'_>) -> &'e Value<'e> {
        match self {
            Self::One(slot) => entity.value_at(slot),
            Self::Either(property, relation) => match entity.value_at(property) {
                Value::Missing => entity.value_at(relation),
                value => value,
            },
        }
    }
}

impl Part<'_> {
    /// Whether the widget includes this entity.
    pub(super) fn selects(&self, graded: &Graded<'_>) -> bool {
        self.blueprint.is_none_or(|blueprint| blueprint == graded.blueprint())
            && self.filter.as_ref().is_none_or(|filter| filter.holds(graded.entity()))
    }

    /// Whether a dataset selects the entities.
    pub(super) fn is_filtered(&self) -> bool {
        self.filter.is_some()
    }

    /// Whether the counts of the run are those of the widget, so that it needs no counts of its own.
    pub(super) fn is_counted_by_run(&self) -> bool {
        matches!(self.content, PartContent::Levels(..)) && self.filter.is_none()
    }
}

impl<'p> PagePlan<'p> {
    /// Finds the scorecards and fields of a page, and adds the fields to `wanted`. Also returns a warning for each widget
    /// that cannot be drawn, because its scorecard is not loaded.
    pub(crate) fn new(
        definition: &'p PageDefinition,
        scorecards: &'p Scorecards,
        display: &Display,
        wanted: &mut Wanted,
    ) -> (Self, Vec<Diagnostic>) {
        let mut planner = Planner { scorecards, wanted, parts: Vec::new(), warnings: Vec::new() };
        let widgets = definition.widgets.iter().map(|widget| planner.widget(widget)).collect();
        let Planner { parts, warnings, .. } = planner;
        let shows_median = |index: usize| {
            let is_whole = |part: &Part<'_>| match part.content {
                PartContent::Levels(card, _) => card == index && part.is_counted_by_run(),
                _ => false,
            };
            parts.iter().any(is_whole)
        };
        let definitions = scorecards.definitions().iter().enumerate();
        let metrics = definitions
            .map(|(index, card)| metric(card, scorecards).filter(|_| shows_median(index)))
            .collect();
        let limit = match display.limit {
            Limit::Usual => USUAL_ROWS,
            other => other.number(),
        };
        (Self { definition, scorecards, parts, metrics, widgets, limit }, warnings)
    }

    /// Whether the counts of teams are needed.
    pub(crate) fn wants_team_counts(&self) -> bool {
        has_teams(&self.definition.widgets)
    }
}

/// Whether one of the widgets, or of those inside them, shows teams.
fn has_teams<'w>(widgets: impl IntoIterator<Item = &'w Widget>) -> bool {
    widgets.into_iter().any(|widget| match &widget.content {
        Content::Teams(_) => true,
        Content::Dashboard(rows) => {
            let inside: Vec<&Widget> = rows.iter().flatten().map(|column| &column.widget).collect();
            has_teams(inside)
        }
        _ => false,
    })
}

/// The maximum number of rows of a table by default.
const USUAL_ROWS: usize = 2_000;

struct Planner<'p, 'w> {
    scorecards: &'p Scorecards,
    wanted: &'w mut Wanted,
    parts: Vec<Part<'p>>,
    warnings: Vec<Diagnostic>,
}

impl<'p> Planner<'p, '_> {
    fn widget(&mut self, widget: &'p Widget) -> PlannedWidget<'p> {
        let body = match &widget.content {
            Content::Dashboard(rows) => PlannedBody::Dashboard(
                rows.iter()
                    .map(|row| row.iter().map(|one| (one.size, self.widget(&one.widget))).collect())
                    .collect(),
            ),
            Content::Pie(pie) => self.pie(pie).map_or_else(PlannedBody::Unsupported, PlannedBody::Part),
            Content::Tables(tables) => PlannedBody::Tables(self.tables(widget, tables)),
            Content::Count(selection) => {
                PlannedBody::Part(self.part(selection, selection.blueprint.as_deref(), PartContent::Count))
            }
            Content::Unsupported(reason) => PlannedBody::Unsupported(reason.clone()),
            Content::Markdown(_) | Content::Teams(_) | Content::Moves | Content::History => {
                PlannedBody::Fixed
            }
        };
        // the reader has warned about the widgets that no snapshot can show
        if let (PlannedBody::Unsupported(reason), false) =
            (&body, matches!(widget.content, Content::Unsupported(_)))
        {
            self.warn(widget, "is not drawn", reason);
        }
        PlannedWidget { widget, body }
    }

    fn warn(&mut self, widget: &Widget, effect: &str, reason: &str) {
        let name = quoted(widget.title.as_deref().unwrap_or(&widget.id));
        let message = format!("widget {name} {effect}: {reason}");
        let help = "load the scorecard with `--scorecards`, or remove it from the page";
        let warning = Diagnostic::warning(Code::UnsupportedWidget, message).help(help);
        self.warnings.push(match &widget.place {
            Some(place) => warning.at(place.clone()),
            None => warning,
        });
    }

    /// Adds what a widget counts, and returns its index.
    fn part(
        &mut self,
        selection: &'p Selection,
        blueprint: Option<&'p str>,
        content: PartContent<'p>,
    ) -> usize {
        let dataset = selection.dataset.as_ref();
        let filter = dataset.map(|query| Filter::new(query, self.scorecards.as_of(), self.wanted));
        self.parts.push(Part { blueprint, filter, content });
        self.parts.len() - 1
    }

    fn pie(&mut self, pie: &'p Pie) -> Result<usize, String> {
        let blueprint = pie.selection.blueprint.as_deref();
        match &pie.by {
            Breakdown::Scorecard(identifier) => {
                let index = self.scorecard(identifier, blueprint)?;
                let blueprint = Some(self.scorecards.definition(index).blueprint.as_str());
                Ok(self.part(&pie.selection, blueprint, PartContent::Levels(index, pie)))
            }
            Breakdown::Field(field) => {
                let slots = FieldSlots::new(field, self.wanted);
                Ok(self.part(&pie.selection, blueprint, PartContent::Values(slots, pie)))
            }
        }
    }

    /// The index of a scorecard, or why there is none.
    fn scorecard(&self, identifier: &str, blueprint: Option<&str>) -> Result<usize, String> {
        let definitions = self.scorecards.definitions().iter().enumerate();
        let mut named = definitions.filter(|(_, card)| {
            card.identifier == identifier && blueprint.is_none_or(|blueprint| card.blueprint == blueprint)
        });
        let of = blueprint.map(|name| format!(" of blueprint {}", quoted(name))).unwrap_or_default();
        match (named.next(), named.next()) {
            (Some((index, _)), None) => Ok(index),
            (None, _) => Err(format!("scorecard {}{of} is not loaded", quoted(identifier))),
            (Some(_), Some(_)) => Err(format!(
                "several blueprints have a scorecard {}, so the widget needs a `blueprint`",
                quoted(identifier)
            )),
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "the reader and the built-in page name the blueprint of each table"
    )]
    fn tables(&mut self, widget: &Widget, tables: &'p [Table]) -> Vec<usize> {
        let table = |table: &'p Table| {
            let blueprint = table.selection.blueprint.as_deref().expect("a table is of one blueprint");
            self.table(widget, table, blueprint)
        };
        tables.iter().map(table).collect()
    }

    /// A table. A column, a group or an order by a scorecard that is not loaded is left out, with a warning.
    fn table(&mut self, widget: &Widget, table: &'p Table, blueprint: &'p str) -> usize {
        let (mut columns, mut missing) = (Vec::new(), Vec::new());
        for column in &table.columns {
            match self.column(column, blueprint) {
                Ok(column) => columns.push(column),
                Err(reason) => missing.push(reason),
            }
        }
        if columns.is_empty() {
            columns = self.usual_columns(blueprint);
        }
        let mut found = |column: &'p TableColumn| {
            self.column(column, blueprint).map_err(|reason| missing.push(reason)).ok()
        };
        let group_by = table.group_by.as_ref().and_then(&mut found);
        let key = |SortBy { column, descending }: &'p SortBy| Some((found(column)?, *descending));
        let sort_by = table.sort_by.iter().filter_map(key).collect();
        missing.dedup();
        if !missing.is_empty() {
            self.warn(widget, "is drawn in part", &missing.join("; "));
        }
        let level = |column: &PlannedColumn<'_>| match column.content {
            PlannedContent::Level(index) => Some(index),
            _ => None,
        };
        let shown = columns.iter().filter_map(level).collect();
        let planned = PlannedTable { table, columns, group_by, sort_by, shown };
        self.part(&table.selection, Some(blueprint), PartContent::Rows(planned))
    }

    fn column(&mut self, column: &'p TableColumn, blueprint: &str) -> Result<PlannedColumn<'p>, String> {
        let content = match &column.content {
            ColumnContent::Scorecard(identifier) => {
                PlannedContent::Level(self.scorecard(identifier, Some(blueprint))?)
            }
            ColumnContent::ScorecardStats => PlannedContent::Stats,
            ColumnContent::Field(Field::Meta(Meta::Title)) => PlannedContent::Title,
            ColumnContent::Field(Field::Meta(Meta::Team)) => PlannedContent::Team,
            ColumnContent::Field(Field::Meta(Meta::Blueprint)) => PlannedContent::Blueprint,
            ColumnContent::Field(field) => PlannedContent::Field(FieldSlots::new(field, self.wanted)),
        };
        Ok(PlannedColumn { id: Cow::Borrowed(&column.id), content })
    }

    /// The columns of a table that names none: the title, the teams and the scorecards of the blueprint.
    fn usual_columns(&self, blueprint: &str) -> Vec<PlannedColumn<'p>> {
        let definitions = self.scorecards.definitions().iter().enumerate();
        let levels = definitions.filter(|(_, card)| card.blueprint == blueprint).map(|(index, card)| {
            let id = Cow::Owned(format!("scorecard#{}", card.identifier));
            PlannedColumn { id, content: PlannedContent::Level(index) }
        });
        let names = [("$title", PlannedContent::Title), ("$team", PlannedContent::Team)];
        let named = names.into_iter().map(|(id, content)| PlannedColumn { id: Cow::Borrowed(id), content });
        named.chain(levels).collect()
    }
}
