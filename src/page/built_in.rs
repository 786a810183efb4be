//! The built-in page: how each scorecard stands, which teams need help, what changed, and a table of each blueprint.

use super::definition::{
    Breakdown, Column, ColumnContent, Content, Field, PageDefinition, Pie, Selection, SortBy, Table,
    TableColumn, Widget,
};
use crate::entity::Meta;
use crate::report::{Display, Sort};
use crate::scorecard::{Definition, Scorecards};

/// The type of a widget that only the built-in page has.
const OWN_KIND: &str = "dora-score";

/// The built-in page for these scorecards.
pub(crate) fn built_in(scorecards: &Scorecards, display: &Display) -> PageDefinition {
    let definitions = scorecards.definitions();
    let blueprints = scorecards.blueprints();
    let of = |blueprint: &str| -> Vec<&Definition> {
        definitions.iter().filter(|definition| definition.blueprint == blueprint).collect()
    };
    let mut rows: Vec<Vec<Column>> = Vec::new();
    for blueprint in &blueprints {
        let cards = of(blueprint);
        let size = match cards.len() {
            1 => 12,
            2 => 6,
            3 => 4,
            _ => 3,
        };
        rows.push(cards.iter().map(|card| Column { size, widget: pie(card, &cards) }).collect());
    }
    // teams are not owned by teams
    let owned: Vec<&&str> = blueprints.iter().filter(|blueprint| **blueprint != "_team").collect();
    let changes = own("moves", "What changed", Content::Moves);
    match owned.as_slice() {
        [blueprint] => {
            rows.push(vec![Column { size: 7, widget: teams(blueprint) }, Column { size: 5, widget: changes }])
        }
        several => {
            rows.push(vec![Column { size: 12, widget: changes }]);
            rows.extend(several.iter().map(|blueprint| vec![Column { size: 12, widget: teams(blueprint) }]));
        }
    }
    rows.push(vec![Column { size: 12, widget: own("history", "Levels over time", Content::History) }]);
    for blueprint in &blueprints {
        let widget = table(blueprint, &of(blueprint), display);
        rows.push(vec![Column { size: 12, widget }]);
    }
    let dashboard = Widget {
        id: "dashboard".to_owned(),
        kind: "dashboard-widget".to_owned(),
        title: None,
        description: None,
        content: Content::Dashboard(rows),
        place: None,
    };
    let (title, widgets) = ("Scorecards".to_owned(), vec![dashboard]);
    PageDefinition { title, description: None, widgets, is_built_in: true }
}

fn own(id: &str, title: &str, content: Content) -> Widget {
    Widget {
        id: id.to_owned(),
        kind: format!("{OWN_KIND}-{id}"),
        title: Some(title.to_owned()),
        description: None,
        content,
        place: None,
    }
}

fn selection(blueprint: &str) -> Selection {
    Selection { blueprint: Some(blueprint.to_owned()), dataset: None }
}

/// The chart of one of the scorecards of a blueprint. Charts with the same title also have the identifier.
fn pie(card: &Definition, all: &[&Definition]) -> Widget {
    let is_shared = all.iter().filter(|other| other.title.trim() == card.title.trim()).count() > 1;
    let title = if is_shared { format!("{} {}", card.title, card.identifier) } else { card.title.clone() };
    let by = Breakdown::Scorecard(card.identifier.clone());
    let content = Content::Pie(Pie { selection: selection(&card.blueprint), by, empty_text: None });
    Widget {
        // the length keeps `a`+`b-c` and `a-b`+`c` apart
        id: format!("pie-{}-{}-{}", card.blueprint.len(), card.blueprint, card.identifier),
        kind: "entities-pie-chart".to_owned(),
        title: Some(title),
        description: None,
        content,
        place: None,
    }
}

fn teams(blueprint: &str) -> Widget {
    let title = "Teams, weakest first".to_owned();
    Widget {
        id: format!("teams-{blueprint}"),
        kind: format!("{OWN_KIND}-teams"),
        title: Some(title),
        description: None,
        content: Content::Teams(blueprint.to_owned()),
        place: None,
    }
}

fn table(blueprint: &str, cards: &[&Definition], display: &Display) -> Widget {
    let mut columns = vec![meta_column(Meta::Title), meta_column(Meta::Team)];
    let usual: Vec<String> = columns.iter().map(|column| column.id.clone()).collect();
    let shown = display.shown.iter().map(|(name, _)| field_column(name));
    columns.extend(shown.filter(|column| !usual.contains(&column.id)));
    columns.extend(cards.iter().map(|card| level_column(&card.identifier)));
    let has = |identifier: &str| cards.iter().any(|card| card.identifier == identifier);
    // rows that are equal in what is asked for are sorted by title, as in the other formats
    let sort = match &display.sort {
        Some(Sort::Title) => vec![meta_column(Meta::Title), meta_column(Meta::Identifier)],
        Some(Sort::Scorecard(identifier)) if has(identifier) => {
            vec![level_column(identifier), meta_column(Meta::Title), meta_column(Meta::Identifier)]
        }
        _ => Vec::new(),
    };
    let table = Table {
        title: None,
        selection: selection(blueprint),
        columns,
        group_by: display.by_team.then(|| meta_column(Meta::Team)),
        sort_by: sort.into_iter().map(|column| SortBy { column, descending: false }).collect(),
        only_failing: display.failing,
    };
    Widget {
        id: format!("table-{blueprint}"),
        kind: "table-entities-explorer".to_owned(),
        title: Some(blueprint.to_owned()),
        description: None,
        content: Content::Tables(vec![table]),
        place: None,
    }
}

fn meta_column(meta: Meta) -> TableColumn {
    TableColumn { id: meta.name().to_owned(), content: ColumnContent::Field(Field::Meta(meta)) }
}

fn field_column(name: &str) -> TableColumn {
    let field = Meta::named(name).map_or_else(|| Field::Property(name.to_owned()), Field::Meta);
    TableColumn { id: name.to_owned(), content: ColumnContent::Field(field) }
}

fn level_column(identifier: &str) -> TableColumn {
    let content = ColumnContent::Scorecard(identifier.to_owned());
    TableColumn { id: format!("scorecard#{identifier}"), content }
}
