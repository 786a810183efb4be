//! A table of entities. Its rows are written one after another, because a page may have thousands.

use super::anchors::anchor;
use super::levels::{NONE_SELECTED, no_entities};
use super::result::{self, Place};
use super::text::{Exact, named, shown, with_code};
use super::{Drawing, Inside, SLOT};
use crate::explain::{ExplainedEntity, Explainer, in_order};
use crate::page::view::{Cell, CellKind, ColumnView, Group, RowView, TableKind, TableView};
use crate::report::NO_TEAM;
use crate::terminal::{NO_DATA, NOT_APPLICABLE, WAIVED, counted, thousands};
use maud::{Markup, html};
use std::io;

/// The number of rows from which on browsers skip those out of sight. It saves time, but hides their cells from screen
/// readers until they come into sight.
const LONG: usize = 500;

/// The number of rows of a group from which on they are drawn on several threads.
const MANY: usize = 256;

impl Drawing<'_, '_> {
    /// Draws the tables of a widget.
    pub(super) fn tables(&mut self, tables: &[TableView<'_>], inside: Inside) -> io::Result<()> {
        for table in tables {
            if let Some(title) = table.title {
                self.write(super::heading(inside.heading + 1, &html! { (shown(title)) }))?;
            }
            self.table(table, inside.width)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &TableView<'_>, width: f64) -> io::Result<()> {
        let anchor = anchor(self.tables);
        self.tables += 1;
        let shape = Shape::new(table);
        self.wrap(&shape.frame(&anchor, width), |drawing| {
            if table.rows.is_empty() {
                return drawing.write(empty(table));
            }
            table.groups.iter().try_for_each(|group| drawing.group(&shape, group))
        })
    }

    fn group(&mut self, shape: &Shape<'_>, group: &Group) -> io::Result<()> {
        self.wrap(&shape.group(group), |drawing| {
            let rows: Vec<&RowView> =
                group.rows.iter().filter_map(|row| shape.table.rows.get(*row)).collect();
            let draw = |explainer: &mut Explainer<'_>, row: &RowView| {
                let explained = shape.has_levels.then(|| explainer.explain(&row.entity, None));
                shape.row(row, explained.as_ref()).into_string()
            };
            let Drawing { scorecards, threads, explainer, out, .. } = drawing;
            if rows.len() < MANY {
                return rows.iter().try_for_each(|row| out.write_all(draw(explainer, row).as_bytes()));
            }
            let start = || Explainer::new(scorecards);
            let one = |explainer: &mut Explainer<'_>, index: usize| {
                rows.get(index).map_or_else(String::new, |row| draw(explainer, row))
            };
            in_order(rows.len(), *threads, start, one, |text| out.write_all(text.as_bytes()))
        })
    }
}

/// What is known about a table before its rows are drawn.
struct Shape<'t> {
    table: &'t TableView<'t>,
    has_levels: bool,
    /// Whether the groups are those of teams.
    is_by_team: bool,
    /// For each column, whether all its values are numbers.
    numeric: Vec<bool>,
}

impl<'t> Shape<'t> {
    fn new(table: &'t TableView<'t>) -> Self {
        let is_number = |column: usize| {
            let mut texts = table.rows.iter().filter_map(|row| match row.cells.get(column) {
                Some(Cell::Text(text)) if !text.is_empty() => Some(text),
                _ => None,
            });
            let is_text =
                table.columns.get(column).is_some_and(|column| matches!(column.content, CellKind::Text));
            is_text && texts.clone().next().is_some() && texts.all(|text| text.parse::<f64>().is_ok())
        };
        let has = |row: &RowView, name: &str| {
            let teams = row.entity.team();
            if name.is_empty() { teams.is_empty() } else { teams.iter().any(|team| team == name) }
        };
        let is_by_team = table.groups.iter().all(|group| {
            let rows = group.rows.iter().filter_map(|row| table.rows.get(*row));
            group.name.as_ref().is_some_and(|name| rows.clone().all(|row| has(row, name)))
        });
        Self {
            table,
            has_levels: table.columns.iter().any(|column| matches!(column.content, CellKind::Level(_))),
            is_by_team,
            numeric: (0..table.columns.len()).map(is_number).collect(),
        }
    }

    fn frame(&self, anchor: &str, width: f64) -> Markup {
        let Self { table, .. } = self;
        let class = if fits(table.columns.len(), width) { "wrap" } else { "wrap wide" };
        html! {
            div.(class) id=(anchor) {
                table.main.long[table.rows.len() > LONG] data-total=(table.total) data-shown=(table.rows.len()) data-by-team[self.is_by_team] {
                    caption { (self.caption()) }
                    thead { tr { @for (column, numeric) in table.columns.iter().zip(&self.numeric) { (header(column, *numeric)) } } }
                    (SLOT)
                }
            }
        }
    }

    /// What the table lists, and the marks in it.
    fn caption(&self) -> Markup {
        let Self { table, .. } = self;
        let listed = table.rows.len() as u64;
        let results = || {
            table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
                Cell::Level(result, _) => Some(result),
                _ => None,
            })
        };
        let marks = [
            (NO_DATA, "no data", results().flatten().any(|result| result.no_data)),
            (NOT_APPLICABLE, "not applicable", results().any(Option::is_none)),
            ("✘", "below the minimum", results().flatten().any(|result| result.is_below && !result.waived)),
            (WAIVED, "waived", results().flatten().any(|result| result.waived)),
        ];
        html! {
            @if listed < table.total {
                "The " (thousands(listed)) " of " (counted(table.total, "entity", "entities")) " with the lowest levels (" code { "--limit" } ")"
            } @else {
                (counted(listed, "entity", "entities"))
            }
            @if table.kind == TableKind::Failing { ", only those below their minimum" }
            @if table.left_out > 0 { "; " (counted(table.left_out, "further row", "further rows")) " of entities in several groups left out" }
            @if self.has_levels && listed > 0 {
                ". Click a level to see the next step and "
                @if table.only_failing_rules { "the rules that fail" } @else { "its rules" }
            }
            @for (mark, meaning, _) in marks.iter().filter(|(_, _, occurs)| *occurs) {
                " · " span.key { (mark) " " (meaning) }
            }
        }
    }

    fn group(&self, group: &Group) -> Markup {
        let columns = self.table.columns.len();
        html! {
            @match &group.name {
                None => tbody { (SLOT) },
                Some(name) => tbody data-group=(Exact(name)) {
                    tr.group {
                        th scope="rowgroup" colspan=(columns) {
                            span {
                                @if !name.is_empty() { (named(name)) } @else if self.is_by_team { (NO_TEAM) } @else { "no value" }
                                " " small { (thousands(group.rows.len() as u64)) }
                            }
                        }
                    }
                    (SLOT)
                },
            }
        }
    }

    fn row(&self, row: &RowView, explained: Option<&ExplainedEntity>) -> Markup {
        let entity = &row.entity;
        let columns = self.table.columns.iter().zip(&self.numeric);
        // nearly all entities have at most one team
        let (team, teams) = match entity.team() {
            [] => (None, None),
            [one] => (Some(Exact(one)), None),
            several => (None, Some(as_json(several))),
        };
        html! {
            tr data-entity=(Exact(entity.identifier())) data-blueprint=(Exact(&row.blueprint))
                data-team=[team] data-teams=[teams.as_deref().map(Exact)] {
                @for ((column, numeric), cell) in columns.zip(&row.cells) {
                    (self.cell(row, column, *numeric, cell, explained))
                }
            }
        }
    }

    fn cell(
        &self,
        row: &RowView,
        column: &ColumnView<'_>,
        is_numeric: bool,
        cell: &Cell,
        explained: Option<&ExplainedEntity>,
    ) -> Markup {
        let (id, entity) = (Exact(column.id), &row.entity);
        match (cell, column.content) {
            (Cell::Level(result, change), CellKind::Level(scorecard)) => {
                let place = Place {
                    column: column.id,
                    entity: entity.identifier(),
                    scorecard,
                    only_failing_rules: self.table.only_failing_rules,
                };
                let explanations = explained.map(|explained| explained.scorecards.iter());
                let explanation =
                    explanations.into_iter().flatten().find(|(id, _)| *id == scorecard.identifier);
                result::cell(
                    &place,
                    *result,
                    change.as_ref(),
                    explanation.map(|(_, explanation)| explanation),
                )
            }
            (Cell::Text(_), CellKind::Title) => html! {
                th scope="row" data-column=(id) {
                    (named(entity.title()))
                    @if entity.title() != entity.identifier() { small { (shown(entity.identifier())) } }
                }
            },
            (Cell::Text(text), _) => {
                html! { td class=[is_numeric.then_some("n")] data-column=(id) { (shown(text.as_ref())) } }
            }
            _ => html! { td data-column=(id) {} },
        }
    }
}

/// Whether a table with this many columns fits into a part of the page without scrolling sideways, on a screen of 60 rem
/// at least; narrower ones have other rules. The numbers are those of the style sheet.
fn fits(columns: usize, width: f64) -> bool {
    let rest = u32::try_from(columns.saturating_sub(1)).unwrap_or(u32::MAX);
    12.0 + 7.0 * f64::from(rest) <= 60.0 * width - 4.0
}

fn header(column: &ColumnView<'_>, is_numeric: bool) -> Markup {
    let sort = column.sorted.map(|descending| if descending { "descending" } else { "ascending" });
    let levels = match column.content {
        CellKind::Level(scorecard) => {
            Some(as_json(&scorecard.levels.iter().map(|level| level.title.as_str()).collect::<Vec<_>>()))
        }
        _ => None,
    };
    let title = match column.content {
        CellKind::Level(scorecard) => Some(Exact(&scorecard.title)),
        _ => None,
    };
    html! {
        th class=[is_numeric.then_some("n")] scope="col" data-column=(Exact(column.id)) data-levels=[levels.as_deref().map(Exact)]
            data-title=[title] aria-sort=[sort] {
            // the script makes a button of it
            (named(&column.title))
        }
    }
}

/// The row of a table without entities.
fn empty(table: &TableView<'_>) -> Markup {
    let text = match (table.total, table.kind) {
        (1.., _) => "No entity is listed: raise `--limit`.".to_owned(),
        (_, TableKind::All) => no_entities(table.blueprint),
        (_, TableKind::Failing) => "No entity is below its minimum.".to_owned(),
        (_, TableKind::Filtered) => NONE_SELECTED.to_owned(),
    };
    html! { tbody { tr.none { td colspan=(table.columns.len().max(1)) { (with_code(&text)) } } } }
}

/// Texts as a JSON array, for the script.
#[expect(clippy::expect_used, reason = "strings can always be written as JSON")]
fn as_json(texts: &[impl serde::Serialize]) -> String {
    serde_json::to_string(texts).expect("strings can be written as JSON")
}
