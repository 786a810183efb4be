//! Draws views that are made by hand.

use super::*;
use crate::dora::Unit;
use crate::entity::Entity;
use crate::page::view::*;
use crate::report::{Mark, Move};
use crate::scorecard::{Definition, Scorecards};
use crate::value::Instant;
use serde_json::{Value, json};

const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=y> \"'&\r\n\u{202e}\u{1b}]]><!--";

/// Entities, and the scorecard that grades them.
struct World {
    scorecards: Scorecards,
    entities: Vec<Entity<'static>>,
    columns: [String; 3],
    files: Vec<String>,
}

impl World {
    /// A scorecard with this identifier, and an entity with each of these names.
    fn new(card: &str, names: &[&str]) -> Self {
        let rule = |level: &str, least: u32| {
            let condition = json!({"property": "size", "operator": ">=", "value": least});
            let query = json!({"combinator": "and", "conditions": [condition]});
            json!({"identifier": format!("{card} {level}"), "title": card, "level": level, "query": query})
        };
        let levels = ["Basic", card, "Gold"].map(|title| json!({"title": title, "color": "gold"}));
        let scorecards = Scorecards::of_json(json!({
            "identifier": card, "title": card, "blueprint": "service", "levels": levels,
            "rules": [rule(card, 3), rule("Gold", 7)],
        }));
        let entity = |(at, name): (usize, &&str)| {
            let value: Value = json!({
                "identifier": name, "title": format!("{name}!"), "team": [name], "properties": {"size": at * 4},
            });
            Entity::from_value(&value, scorecards.wanted()).unwrap()
        };
        let entities = names.iter().enumerate().map(entity).collect();
        let columns = ["$title".to_owned(), "size".to_owned(), format!("scorecard#{card}")];
        Self { scorecards, entities, columns, files: vec![card.to_owned()] }
    }

    fn card(&self) -> &Definition {
        &self.scorecards.definitions()[0]
    }

    fn table(&self) -> TableView<'_> {
        let [title, size, level] = &self.columns;
        let column = |id, content| ColumnView { id, title: id.to_owned(), content, sorted: None };
        let row = |(at, entity): (usize, &Entity<'static>)| RowView {
            entity: entity.clone(),
            blueprint: "service".into(),
            cells: vec![
                Cell::Text("".into()),
                Cell::Text((at * 4).to_string().into()),
                Cell::Level(
                    Some(LevelCell { level: at.min(2), no_data: at == 0, is_below: at < 2, waived: at == 1 }),
                    (at == 1).then(|| moved(HOSTILE)),
                ),
            ],
        };
        let group = |(at, entity): (usize, &Entity<'_>)| Group {
            name: Some(entity.identifier().to_owned()),
            rows: vec![at],
        };
        TableView {
            title: Some(HOSTILE),
            blueprint: "service",
            kind: crate::page::view::TableKind::All,
            left_out: 0,
            columns: vec![
                column(title, CellKind::Title),
                column(size, CellKind::Text),
                column(level, CellKind::Level(self.card())),
            ],
            total: self.entities.len() as u64 + 5,
            rows: self.entities.iter().enumerate().map(row).collect(),
            groups: self.entities.iter().enumerate().map(group).collect(),
            only_failing_rules: false,
        }
    }

    fn levels(&self) -> Distribution<'_> {
        let count = |with_data, no_data| LevelCount { with_data, no_data };
        let property = HOSTILE.to_owned();
        Distribution {
            is_filtered: false,
            scorecard: self.card(),
            levels: vec![count(1, 2), count(0, 0), count(2, 4)],
            not_applicable: 8,
            minimum: Some(MinimumShare { level: 1, holding: 2, judged: 3, required: Some(67) }),
            median: Some(Median { property, value: 72.0, unit: Some(Unit::Hours), count: 3 }),
            moves: Some((2, 1)),
            empty_text: None,
        }
    }

    /// A widget of each kind, with this text wherever there is one.
    fn bodies<'w>(&'w self, text: &'w str) -> Vec<Body<'w>> {
        let cell = Some((vec![LevelCount { with_data: 3, no_data: 1 }; 3], 1));
        let values = ValueCounts {
            has_more: false,
            field: text,
            entities: 8,
            values: vec![(text.to_owned(), 3)],
            others: Some((4, 2)),
            missing: 1,
            empty_text: None,
        };
        let team = |name| TeamRow { name, entities: 2, average: Some(0.25), cells: vec![cell.clone()] };
        let teams = TeamMatrix {
            others: 0,
            blueprint: "service",
            scorecards: vec![self.card()],
            teams: vec![team(Some(text)), team(None)],
        };
        let entity = MovedEntity {
            identifier: text.to_owned(),
            title: text.to_owned(),
            blueprint: "service".to_owned(),
            is_listed: true,
            moves: vec![(text.to_owned(), moved(text)); 2],
        };
        let date = |day| HistoryDate {
            as_of: as_of().plus_days(day),
            levels: vec![1, 2],
            no_data: 1,
            not_applicable: 0,
        };
        let history = ScorecardHistory {
            identifier: text.to_owned(),
            title: text.to_owned(),
            blueprint: text.to_owned(),
            levels: vec![(text.to_owned(), Some("gold".to_owned())), ("b".to_owned(), None)],
            dates: (0..3).map(date).collect(),
        };
        vec![
            Body::Levels(self.levels()),
            Body::Values(values),
            Body::Count(1234),
            Body::Markdown(text),
            Body::Unsupported(text.to_owned()),
            Body::Teams(teams),
            Body::Moves(Some(Moves { entities: vec![entity], total: 12 })),
            Body::Moves(None),
            Body::History(vec![history]),
            Body::Tables(vec![self.table()]),
        ]
    }

    fn draw<'w>(&'w self, text: &'w str, bodies: Vec<Body<'w>>) -> String {
        let view = self.view(text, bodies);
        let mut out = Vec::new();
        draw(&view, &self.scorecards, 2, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn view<'w>(&'w self, text: &'w str, bodies: Vec<Body<'w>>) -> View<'w> {
        let place = |body| Placed {
            size: 4,
            widget: WidgetView {
                id: text,
                kind: text,
                title: Some(text.to_owned()),
                description: Some(text),
                body,
            },
        };
        let verdict = VerdictLine { passed: Some(false), heading: "gate failed", sentence: text.to_owned() };
        let inside = Placed {
            size: 12,
            widget: WidgetView {
                id: "dashboard",
                kind: "dashboard-widget",
                title: None,
                description: None,
                body: Body::Dashboard(vec![bodies.into_iter().map(place).collect()]),
            },
        };
        View {
            head: Head {
                title: text.to_owned(),
                description: Some(text.to_owned()),
                as_of: as_of(),
                entities: 3,
                blueprints: vec![("service", 3)],
                scorecards: 1,
                files: &self.files,
                scope: Some(text.to_owned()),
                verdicts: vec![verdict],
                baseline: Some(text.to_owned()),
                empty: Some(text.to_owned()),
            },
            rows: vec![vec![inside]],
            teams: vec![text.to_owned()],
            levels: vec![text.to_owned()],
        }
    }
}

fn as_of() -> Instant {
    Instant::parse("2026-08-22T00:00:00Z").unwrap()
}

fn moved(words: &str) -> Move {
    Move { mark: Mark::Down, words: words.to_owned() }
}

/// The start tags of a page, each with its attributes. Checks that every element is closed where it should be.
fn elements(html: &str) -> Vec<&str> {
    const VOID: [&str; 4] = ["meta", "link", "input", "br"];
    let (mut open, mut found, mut rest) = (Vec::new(), Vec::new(), html);
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = tag.split([' ', '\n']).next().unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "before {:.80}", rest);
        } else if !tag.starts_with('!') && !VOID.contains(&name) {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            open.push(name);
            found.push(tag);
            if let "script" | "style" = name {
                rest = &rest[rest.find(&format!("</{name}")).expect("it ends")..];
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

#[test]
fn hostile_texts_add_no_element_and_no_attribute() {
    let world = World::new(HOSTILE, &["a", HOSTILE, "c"]);
    let plain = World::new("x", &["a", "b", "c"]);
    let names = |html: &str| -> Vec<String> {
        elements(html).iter().map(|tag| tag.split(' ').next().unwrap().to_owned()).collect()
    };
    let without = |world: &World, text: &str| {
        let mut bodies = world.bodies("x");
        // Markdown has elements of its own
        bodies.retain(|body| !matches!(body, Body::Markdown(_)));
        names(&world.draw(text, bodies))
    };
    let html = world.draw(HOSTILE, world.bodies(HOSTILE));
    for tag in elements(&html) {
        let mut outside = String::new();
        tag.split('"').step_by(2).for_each(|part| outside.push_str(part));
        assert!(!outside.contains(" on") && !outside.contains("style="), "{tag}");
    }
    for wrong in ["<img", "<script>a", "onerror=y>", "\u{202e}<", "\u{1b}<"] {
        assert!(!html.contains(wrong), "{wrong}");
    }
    assert_eq!(without(&world, HOSTILE).len(), without(&plain, "x").len());
}

#[test]
fn the_policy_allows_the_style_sheet_and_the_script_of_the_page_only() {
    let world = World::new("Silver", &["a"]);
    let html = world.draw("x", world.bodies("x"));
    let inside = |name: &str| {
        let start = html.find(&format!("<{name}>")).unwrap() + name.len() + 2;
        &html[start..start + html[start..].find("</").unwrap()]
    };
    assert_eq!(inside("script"), assets::SCRIPT);
    assert!(html.contains(&format!("content=\"{}\"", assets::policy(inside("style")))));
    assert_eq!((html.matches("<script").count(), html.matches("<style").count()), (1, 1));
    assert!(!html.contains("http://") && !html.contains("https://"));
}

#[test]
fn segments_tell_their_counts_and_are_complete() {
    let world = World::new("Silver", &["a"]);
    let html = world.draw("x", vec![Body::Levels(world.levels()), Body::Tables(vec![world.table()])]);
    let segments: Vec<&str> =
        elements(&html).into_iter().filter(|tag| tag.contains("data-segment")).collect();
    let counts = ["1", "0", "2", "2", "4", "8"];
    assert_eq!(segments.len(), counts.len(), "{segments:?}");
    for (segment, count) in segments.iter().zip(counts) {
        assert!(segment.contains(&format!("data-count=\"{count}\"")), "{segment}");
        // an empty segment leads nowhere
        assert_eq!(segment.starts_with("a href=\"#table-1\""), count != "0", "{segment}");
    }
    assert!(segments[4].contains("data-level=\"Gold\" data-no-data "));
    assert!(segments[5].contains("data-not-applicable") && !segments[5].contains("data-level"));
    for text in [
        "Silver or better: <strong>66%</strong> of 3 · 67% required",
        "no data, Gold",
        "minimum bad",
        "72 hours (3 days)",
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert!(html.contains("id=\"table-1\""));
}

#[test]
fn a_table_tells_what_it_lists_and_opens_to_the_next_step() {
    let world = World::new("Silver", &["a", "b", "c"]);
    let html = world.draw("x", vec![Body::Tables(vec![world.table()])]);
    for text in [
        "<caption>The 3 of 8 entities with the lowest levels (<code>--limit</code>)",
        "data-total=\"8\" data-shown=\"3\" data-by-team",
        "<th class=\"n\" scope=\"col\" data-column=\"size\"",
        "<tr data-entity=\"a\" data-blueprint=\"service\" data-team=\"a\">",
        "data-level=\"Basic\" data-no-data><details name=\"r\" data-entity=\"a\" data-scorecard=\"Silver\">",
        "<strong>To reach Silver:</strong> raise size from 0 to at least 3",
        "data-rule=\"Silver Gold\" data-status=\"FAILURE\"><i>Gold</i> Silver<p>size &gt;= 7: <em>4 (3 below 7)</em></p>",
        "<strong>At the top level.</strong>",
    ] {
        assert!(html.contains(text), "{text}\n{}", &html[html.find("<main").unwrap()..]);
    }
    let mut table = world.table();
    table.only_failing_rules = true;
    let short = world.draw("x", vec![Body::Tables(vec![table])]);
    assert_eq!((html.matches("data-rule=").count(), short.matches("data-rule=").count()), (6, 3));
}

#[test]
fn an_empty_page_says_what_to_do() {
    let world = World::new("Silver", &[]);
    let mut table = world.table();
    table.total = 0;
    let levels = Distribution { levels: vec![LevelCount::default(); 3], not_applicable: 0, ..world.levels() };
    let teams = TeamMatrix { blueprint: "service", scorecards: vec![], teams: vec![], others: 0 };
    let moves = Moves { entities: vec![], total: 0 };
    let bodies = vec![
        Body::Levels(levels),
        Body::Tables(vec![table]),
        Body::Teams(teams),
        Body::Moves(Some(moves)),
        Body::History(vec![]),
    ];
    let html = world.draw("last", bodies);
    elements(&html);
    for text in
        ["--entities FILE", "No entity has a team", "No level has changed since last.", "--history FILE"]
    {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn an_error_of_the_output_ends_the_page() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let world = World::new("Silver", &["a", "b"]);
    let length = world.draw("x", world.bodies("x")).len();
    let view = world.view("x", world.bodies("x"));
    for room in [0, length / 2, length - 1] {
        let drawn = draw(&view, &world.scorecards, 2, &mut Full(room));
        assert_eq!(drawn.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
