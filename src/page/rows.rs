//! The rows of a table: their cells, their order and their groups.

use super::collect::KeptRow;
use super::plan::{PlannedColumn, PlannedContent, PlannedTable};
use super::view::{Cell, CellKind, ColumnView, Group, LevelCell, RowView, TableKind, TableView};
use crate::entity::Entity;
use crate::grade::{Gate, Graded, Grader, Judgement, Outcome};
use crate::report::{Comparison, shown_text};
use crate::scorecard::{Definition, Scorecards};
use crate::value::Value;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How the rows are graded and compared.
#[derive(Clone, Copy)]
pub(super) struct Grading<'v> {
    pub(super) scorecards: &'v Scorecards,
    pub(super) gate: &'v Gate,
    pub(super) comparison: Option<&'v dyn Comparison>,
    /// Whether the column of teams is left out if no entity has a team.
    pub(super) hides_empty_teams: bool,
}

/// The maximum number of rows of a grouped table, in which an entity of several groups has several.
const MOST_GROUPED: usize = 8_000;
/// Tables with more rows show only the failing rules of a result.
const MOST_WITH_ALL_RULES: usize = 500;

/// Builds a table from the entities that it keeps, in the order of the input.
pub(super) fn table<'v>(
    grading: &Grading<'v>,
    blueprint: &'v str,
    kind: TableKind,
    planned: &'v PlannedTable<'v>,
    total: u64,
    kept: Vec<KeptRow>,
) -> TableView<'v> {
    let hides_teams = grading.hides_empty_teams && kept.iter().all(|row| row.entity.team().is_empty());
    let is_shown = |column: &&PlannedColumn<'v>| !(hides_teams && column.content.is_team());
    let columns: Vec<&'v PlannedColumn<'v>> = planned.columns.iter().filter(is_shown).collect();
    let mut grader = Grader::new(grading.scorecards);
    let mut rows: Vec<SortableRow> =
        kept.into_iter().map(|row| sortable(grading, planned, &columns, &mut grader, row)).collect();
    rows.sort_by(|one, other| {
        let keys = planned.sort_by.iter().zip(one.keys.iter().zip(&other.keys));
        let orders = keys.map(|((_, descending), (one, other))| one.order(other, *descending));
        orders.fold(Ordering::Equal, Ordering::then)
    });
    let most = MOST_GROUPED.max(rows.len());
    let (groups, left_out) = groups(planned.group_by.is_some(), &rows, most);
    let definition = |index: usize| grading.scorecards.definition(index);
    TableView {
        title: planned.table.title.as_deref(),
        blueprint,
        kind,
        left_out,
        columns: columns.into_iter().map(|column| view(column, planned, &definition)).collect(),
        total,
        only_failing_rules: rows.len() > MOST_WITH_ALL_RULES,
        rows: rows.into_iter().map(|row| row.view).collect(),
        groups,
    }
}

/// A row with what it is sorted and grouped by.
struct SortableRow {
    view: RowView,
    keys: Vec<Key>,
    /// The groups that contain it; empty without a value.
    groups: Vec<Key>,
}

/// The value of a cell, for sorting.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Number(f64),
    /// The text in lower case, and as it is.
    Text(String, String),
    /// A level: its index and its title.
    Level(usize, String),
    Nothing,
}

impl Key {
    fn text(text: String) -> Self {
        Self::Text(text.to_lowercase(), text)
    }

    /// The order of two cells. Empty cells come last in both directions.
    fn order(&self, other: &Self, descending: bool) -> Ordering {
        match (self, other) {
            (Self::Nothing, _) | (_, Self::Nothing) => {
                (*self == Self::Nothing).cmp(&(*other == Self::Nothing))
            }
            _ if descending => self.ascending(other).reverse(),
            _ => self.ascending(other),
        }
    }

    fn ascending(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one, exact), Self::Text(other, other_exact)) => {
                one.cmp(other).then_with(|| exact.cmp(other_exact))
            }
            (Self::Level(one, _), Self::Level(other, _)) => one.cmp(other),
            _ => self.place().cmp(&other.place()),
        }
    }

    /// The order of kinds.
    fn place(&self) -> u8 {
        match self {
            Self::Level(..) => 0,
            Self::Number(_) => 1,
            Self::Text(..) => 2,
            Self::Nothing => 3,
        }
    }

    /// The heading of the group.
    fn name(&self) -> String {
        match self {
            Self::Number(number) => Value::Number(*number).to_string(),
            Self::Text(_, text) | Self::Level(_, text) => text.clone(),
            Self::Nothing => String::new(),
        }
    }
}

fn sortable(
    grading: &Grading<'_>,
    planned: &PlannedTable<'_>,
    columns: &[&PlannedColumn<'_>],
    grader: &mut Grader<'_>,
    row: KeptRow,
) -> SortableRow {
    let KeptRow { entity, blueprint } = row;
    let graded = grader.grade(&entity);
    let moves = match grading.comparison {
        Some(comparison) => comparison.moves(entity.identifier(), &planned.shown),
        None => vec![None; planned.shown.len()],
    };
    let mut moves = moves.into_iter();
    let cells = columns.iter().map(|column| match column.content {
        PlannedContent::Level(index) => {
            let change = moves.next().flatten();
            let outcome = graded.outcomes().find(|outcome| outcome.index() == index);
            outcome.map_or(Cell::Empty, |outcome| Cell::Level(level_cell(grading, &outcome), change))
        }
        content => Cell::Text(text(content, &graded).into()),
    });
    let cells = cells.collect();
    let keys = planned.sort_by.iter().map(|(column, _)| key(column.content, &graded)).collect();
    let groups = planned.group_by.iter().flat_map(|column| group_keys(column.content, &graded)).collect();
    SortableRow { keys, groups, view: RowView { cells, blueprint, entity } }
}

fn level_cell(grading: &Grading<'_>, outcome: &Outcome<'_>) -> Option<LevelCell> {
    let standing = outcome.standing()?;
    let judgement = grading.gate.judge(outcome);
    Some(LevelCell {
        level: standing.level,
        no_data: standing.no_data.is_some(),
        is_below: matches!(judgement, Judgement::Failed { .. }),
        waived: matches!(judgement, Judgement::Waived { .. }),
    })
}

/// The text of a cell.
fn text(content: PlannedContent, graded: &Graded<'_>) -> String {
    let entity = graded.entity();
    match content {
        PlannedContent::Title => entity.title().to_owned(),
        PlannedContent::Team => entity.team().join(", "),
        PlannedContent::Blueprint => graded.blueprint().to_owned(),
        PlannedContent::Field(slots) => shown_text(slots.value(entity)),
        PlannedContent::Level(index) => level_title(graded, index).unwrap_or_default(),
        PlannedContent::Stats => stats(graded),
    }
}

fn level_title(graded: &Graded<'_>, scorecard: usize) -> Option<String> {
    let outcome = graded.outcomes().find(|outcome| outcome.index() == scorecard)?;
    Some(outcome.level()?.title.clone())
}

/// How many results are at each level, the highest first: `2 Gold, 1 Basic`.
fn stats(graded: &Graded<'_>) -> String {
    let mut counts: Vec<(usize, &str, usize)> = Vec::new();
    for outcome in graded.outcomes() {
        let (Some(standing), Some(level)) = (outcome.standing(), outcome.level()) else { continue };
        match counts.iter_mut().find(|(_, title, _)| *title == level.title) {
            Some((_, _, count)) => *count += 1,
            None => counts.push((standing.level, &level.title, 1)),
        }
    }
    counts.sort_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
    let parts: Vec<String> = counts.iter().map(|(_, title, count)| format!("{count} {title}")).collect();
    parts.join(", ")
}

fn key(content: PlannedContent, graded: &Graded<'_>) -> Key {
    match content {
        PlannedContent::Level(index) => {
            let outcome = graded.outcomes().find(|outcome| outcome.index() == index);
            let key = outcome.and_then(|outcome| {
                let (standing, level) = (outcome.standing()?, outcome.level()?);
                Some(Key::Level(standing.level, level.title.clone()))
            });
            key.unwrap_or(Key::Nothing)
        }
        PlannedContent::Field(slots) => value_key(slots.value(graded.entity())),
        content => some_text(text(content, graded)),
    }
}

fn value_key(value: &Value<'_>) -> Key {
    match value {
        Value::Missing | Value::Null => Key::Nothing,
        Value::Number(number) => Key::Number(*number),
        other => some_text(shown_text(other)),
    }
}

fn some_text(text: String) -> Key {
    if text.is_empty() { Key::Nothing } else { Key::text(text) }
}

/// The groups of a row: each team, each element of an array, or the value.
fn group_keys(content: PlannedContent, graded: &Graded<'_>) -> Vec<Key> {
    let entity: &Entity<'_> = graded.entity();
    match content {
        PlannedContent::Team => {
            entity.different_teams().into_iter().map(|name| Key::text(name.to_owned())).collect()
        }
        PlannedContent::Field(slots) => match slots.value(entity) {
            Value::List(items) => items.iter().map(value_key).filter(|key| *key != Key::Nothing).collect(),
            value => [value_key(value)].into_iter().filter(|key| *key != Key::Nothing).collect(),
        },
        content => [key(content, graded)].into_iter().filter(|key| *key != Key::Nothing).collect(),
    }
}

/// The rows in groups, sorted by name. A row is in each of its groups once; rows without a group come last.
/// At most `most` rows are kept, and the number of the others is returned.
fn groups(is_grouped: bool, rows: &[SortableRow], most: usize) -> (Vec<Group>, u64) {
    if !is_grouped {
        return (vec![Group { name: None, rows: (0..rows.len()).collect() }], 0);
    }
    let (mut kept, mut left_out) = (0, 0);
    let mut by_name: BTreeMap<String, (&Key, Vec<usize>)> = BTreeMap::new();
    let mut without = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if row.groups.is_empty() {
            without.push(index);
        }
        for (place, key) in row.groups.iter().enumerate() {
            // an entity always stands in its first group
            if place > 0 && kept >= most {
                left_out += 1;
                continue;
            }
            let (_, rows) = by_name.entry(key.name()).or_insert_with(|| (key, Vec::new()));
            if rows.last() != Some(&index) {
                rows.push(index);
                kept += 1;
            }
        }
    }
    let mut groups: Vec<(&Key, Vec<usize>)> = by_name.into_values().collect();
    groups.sort_by(|(one, _), (other, _)| one.ascending(other));
    let named = groups.into_iter().map(|(key, rows)| Group { name: Some(key.name()), rows });
    let last = (!without.is_empty()).then(|| Group { name: Some(String::new()), rows: without });
    (named.chain(last).collect(), left_out)
}

fn view<'v>(
    column: &'v PlannedColumn<'v>,
    planned: &PlannedTable<'_>,
    definition: &impl Fn(usize) -> &'v Definition,
) -> ColumnView<'v> {
    let (title, content) = match column.content {
        PlannedContent::Title => ("Title".to_owned(), CellKind::Title),
        PlannedContent::Team => ("Team".to_owned(), CellKind::Text),
        PlannedContent::Blueprint => ("Blueprint".to_owned(), CellKind::Text),
        PlannedContent::Stats => ("Levels".to_owned(), CellKind::Text),
        PlannedContent::Field(_) => (field_title(&column.id), CellKind::Text),
        PlannedContent::Level(index) => {
            let definition = definition(index);
            (definition.title.clone(), CellKind::Level(definition))
        }
    };
    let first = planned.sort_by.first();
    let sorted = first.filter(|(key, _)| key.id == column.id).map(|(_, descending)| *descending);
    ColumnView { id: &column.id, title, content, sorted }
}

/// The title of a column of a field: the words of a meta-property, or the name of a property.
fn field_title(id: &str) -> String {
    let title = match id {
        "$identifier" => "Identifier",
        "$icon" => "Icon",
        "$createdAt" => "Created",
        "$createdBy" => "Created by",
        "$updatedAt" => "Updated",
        "$updatedBy" => "Updated by",
        other => other.rsplit_once('#').map_or(other, |(_, name)| name),
    };
    title.to_owned()
}
