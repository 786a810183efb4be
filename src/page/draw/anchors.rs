//! Where links inside a page lead: to the tables that list what a chart counts.

use crate::page::view::{Body, CellKind, Placed, TableView, View};
use crate::scorecard::Definition;

/// The tables of a page, in the order in which they are drawn.
pub(super) struct Anchors<'v> {
    tables: Vec<(String, &'v TableView<'v>)>,
}

impl<'v> Anchors<'v> {
    pub(super) fn new(view: &'v View<'v>) -> Self {
        let mut anchors = Self { tables: Vec::new() };
        anchors.add(&view.rows);
        anchors
    }

    fn add(&mut self, rows: &'v [Vec<Placed<'v>>]) {
        for placed in rows.iter().flatten() {
            match &placed.widget.body {
                Body::Dashboard(rows) => self.add(rows),
                Body::Tables(tables) => tables.iter().for_each(|table| {
                    self.tables.push((anchor(self.tables.len()), table));
                }),
                _ => {}
            }
        }
    }

    /// The first table.
    pub(super) fn first(&self) -> Option<&str> {
        self.tables.first().map(|(anchor, _)| anchor.as_str())
    }

    /// The first table that shows the levels of a scorecard.
    pub(super) fn of_scorecard(&self, scorecard: &Definition) -> Option<&str> {
        let is_it = |other: &Definition| {
            other.identifier == scorecard.identifier && other.blueprint == scorecard.blueprint
        };
        self.find(|table| {
            table
                .columns
                .iter()
                .any(|column| matches!(column.content, CellKind::Level(other) if is_it(other)))
        })
    }

    /// The first table that lists entities of a blueprint.
    pub(super) fn of_blueprint(&self, blueprint: &str) -> Option<&str> {
        self.find(|table| table.blueprint == blueprint)
    }

    fn find(&self, is_it: impl Fn(&TableView<'v>) -> bool) -> Option<&str> {
        self.tables.iter().find(|(_, table)| is_it(table)).map(|(anchor, _)| anchor.as_str())
    }

    /// Whether a table does not list all its entities.
    pub(super) fn is_cut(&self) -> bool {
        self.tables.iter().any(|(_, table)| table.total > table.rows.len() as u64)
    }
}

/// The identifier of the element of a table, by its position among all tables.
pub(super) fn anchor(position: usize) -> String {
    format!("table-{}", position + 1)
}
