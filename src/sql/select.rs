//! Writes a query: the layers from the relation to the rows.

use super::dialect::{Dialect, Json, Source, needs_derived};
use super::layer::{Column, Layer};
use super::model::{Field, Kind, Model, Part};
use super::names::{Booleans, Names};
use super::request::{Layout, Outcome};
use crate::entity::Meta;
use crate::scorecard::Subject;
use std::ops::Range;

const EXTREMES: [Part; 2] = [Part::Most, Part::Least];
const DERIVED_PARTS: [Part; 3] = [Part::Instant, Part::Day, Part::Shown];

/// A query that is written.
pub(super) struct Select<'m> {
    pub(super) model: &'m Model,
    pub(super) dialect: &'m dyn Dialect,
    layout: Layout,
    /// The names of the columns of each field.
    names: Vec<Names>,
    /// The fields of each pass over the layers.
    pub(super) passes: Vec<Range<usize>>,
    /// The names of conditions.
    pub(super) booleans: Booleans,
    layers: Vec<Layer>,
    /// What the layers of the JSON layout read.
    source: Option<Source>,
}

impl<'m> Select<'m> {
    pub(super) fn new(model: &'m Model, dialect: &'m dyn Dialect, layout: Layout) -> Self {
        let names = (1..).zip(&model.fields).map(|(number, field)| Names::new(number, field)).collect();
        let count = model.fields.len();
        let most = dialect.fields_at_once();
        let starts = (0..count.max(1)).step_by(most.min(count.max(1)));
        let passes = starts.map(|start| start..count.min(start.saturating_add(most))).collect();
        let mut select = Self {
            model,
            dialect,
            layout,
            names,
            passes,
            booleans: Booleans::default(),
            layers: Vec::new(),
            source: None,
        };
        select.name_booleans();
        select
    }

    /// The text of the query, without its head.
    pub(super) fn text(mut self, from: &str, outcome: Outcome) -> String {
        match self.layout {
            Layout::Json => {
                let mut source = self.dialect.source(self.model, from);
                self.layers.append(&mut source.layers);
                self.source = Some(source);
            }
            Layout::Columns => self.columns_source(from),
        }
        for pass in 0..self.passes.len() {
            self.pass(pass);
        }
        self.rules();
        self.results();
        let mut text = String::from("WITH ");
        for (position, layer) in self.layers.iter().enumerate() {
            if position > 0 {
                text += ",\n";
            }
            let is_last = position + 1 == self.layers.len();
            let opening = if is_last { self.dialect.opening_of_results() } else { "AS" };
            layer.write(opening, self.dialect.fence(), &mut text);
        }
        let rows = self.dialect.rows(&self.rows());
        match outcome {
            Outcome::Levels => text + "\n" + &rows + "\n",
            Outcome::Summary => text + &self.summary(&rows),
        }
    }

    /// Whether a field is a column whose type is known.
    pub(super) fn is_plain(&self, field: &Field) -> bool {
        let is_name =
            matches!(field.subject, Subject::Meta(Meta::Identifier | Meta::Title | Meta::Blueprint));
        let is_known = if is_name { is_text(field.kind) } else { field.kind != Kind::Any };
        self.layout == Layout::Columns && is_known
    }

    #[expect(clippy::expect_used, reason = "there are names for each field")]
    pub(super) fn names(&self, field: usize) -> &Names {
        self.names.get(field).expect("the field has names")
    }

    #[expect(clippy::expect_used, reason = "the indices of fields come from the model")]
    pub(super) fn field(&self, field: usize) -> &'m Field {
        self.model.fields.get(field).expect("the field exists")
    }

    #[expect(clippy::expect_used, reason = "there are passes for all fields")]
    pub(super) fn fields_of(&self, pass: usize) -> Range<usize> {
        self.passes.get(pass).expect("the pass exists").clone()
    }

    /// The end of the names of the layers and arrays of a pass.
    pub(super) fn suffix(&self, pass: usize) -> String {
        if self.passes.len() > 1 { format!("_{}", pass + 1) } else { String::new() }
    }

    fn json(&self, field: usize) -> Json {
        Json { value: self.names(field).value(), kind: self.names(field).kind() }
    }

    #[expect(clippy::expect_used, reason = "the source is the first layer")]
    fn last(&self) -> String {
        self.layers.last().expect("a layer reads the one before").name.clone()
    }

    pub(super) fn push(&mut self, name: &str, about: &str, kept: Vec<String>, columns: Vec<Column>) {
        let names = ["identifier", "blueprint"].map(str::to_owned);
        let kept = names.into_iter().chain(kept).collect();
        let from = self.last();
        let (name, about) = (name.to_owned(), about.to_owned());
        self.layers.push(Layer { name, about, kept, columns, from, checks: Vec::new() });
    }

    /// The layer that reads one column a field. Columns are qualified: without that, DuckDB takes a name that the relation
    /// lacks for the alias of the same name, and its message says so.
    fn columns_source(&mut self, from: &str) {
        let dialect = self.dialect;
        let text = dialect.types().text;
        let default = dialect.literal(&self.model.default_blueprint);
        let qualified = |name: &str| format!("{ENTITY}.{}", dialect.identifier(name));
        let column = |name: &str| dialect.plain(Kind::Text, &qualified(name));
        let blueprint = format!("COALESCE(NULLIF({}, ''), CAST({default} AS {text}))", column("blueprint"));
        let mut columns = vec![
            Column::new(column("identifier"), "identifier"),
            Column::new(blueprint.clone(), "blueprint"),
        ];
        let mut checks = Vec::new();
        for (index, field) in self.model.fields.iter().enumerate() {
            let names = self.names(index);
            let name = qualified(&column_name(&field.subject));
            // a title or a blueprint that is empty counts as absent
            let named = match &field.subject {
                Subject::Meta(Meta::Blueprint) => Some(blueprint.clone()),
                Subject::Meta(Meta::Title) => {
                    Some(format!("NULLIF({}, '')", dialect.plain(Kind::Text, &name)))
                }
                _ => None,
            };
            columns.push(match (named, self.is_plain(field)) {
                (Some(text), true) => Column::new(text, names.part(Part::Text)),
                (Some(text), false) => Column::new(dialect.value_of(&text), names.value()),
                (None, true) => {
                    checks.push(self.type_check(field, &name));
                    Column::new(dialect.plain(field.kind, &name), names.part(part_of(field.kind)))
                }
                (None, false) => Column::new(dialect.value_of(&name), names.value()),
            });
        }
        let about = "the columns that conditions name, each read once".to_owned();
        self.layers.push(Layer {
            name: "source".to_owned(),
            about,
            kept: Vec::new(),
            columns,
            from: format!("{from} AS {ENTITY}"),
            checks,
        });
    }

    /// The condition that a column has the type of its field. If it has another one, the query ends with an error.
    fn type_check(&self, field: &Field, column: &str) -> String {
        let dialect = self.dialect;
        let before = dialect.literal(&format!("dora-score: the column {} is ", column_name(&field.subject)));
        let after = dialect.literal(&format!(", not {}", field.kind.name()));
        let message = format!("{before} || {} || {after}", dialect.type_of_column(column));
        format!("({} OR {})", dialect.has_type(field.kind, column), dialect.error(&message))
    }

    /// The columns of the source that a pass still needs for the passes after it.
    fn for_later(&self, pass: usize) -> Vec<String> {
        let end = self.fields_of(pass).end;
        let is_last = pass + 1 == self.passes.len();
        match self.layout {
            Layout::Json if is_last => Vec::new(),
            Layout::Json => self.source.iter().flat_map(|source| source.columns.clone()).collect(),
            Layout::Columns => {
                (end..self.model.fields.len()).map(|field| self.source_column(field)).collect()
            }
        }
    }

    /// The column of a field in the source of the columns layout.
    pub(super) fn source_column(&self, index: usize) -> String {
        let (field, names) = (self.field(index), self.names(index));
        if self.is_plain(field) { names.part(part_of(field.kind)) } else { names.value() }
    }

    /// The layers from values to conditions, for some of the fields.
    fn pass(&mut self, pass: usize) {
        let fields = self.fields_of(pass);
        let suffix = self.suffix(pass);
        let mut later = self.for_later(pass);
        later.extend((0..pass).flat_map(|pass| self.boolean_columns(pass)));
        let later = later;
        let with = |kept: Vec<String>| later.iter().cloned().chain(kept).collect::<Vec<String>>();
        let of_json: Vec<usize> = fields.clone().filter(|field| !self.is_plain(self.field(*field))).collect();
        let plain: Vec<usize> = fields.clone().filter(|field| self.is_plain(self.field(*field))).collect();
        let mut kept: Vec<String> = plain.iter().map(|field| self.source_column(*field)).collect();
        let values: Vec<String> = of_json.iter().map(|field| self.names(*field).value()).collect();
        if let (Some(source), false) = (&self.source, values.is_empty()) {
            let members =
                source.members.get(fields.clone()).unwrap_or_else(|| unreachable!("each field has a member"));
            let columns =
                members.iter().zip(&values).map(|(member, value)| Column::new(member, value)).collect();
            self.push(
                &format!("raw_values{suffix}"),
                "the JSON value of each field",
                with(kept.clone()),
                columns,
            );
        }
        let kinds: Vec<Column> = of_json.iter().filter_map(|field| self.kind_column(*field)).collect();
        if !kinds.is_empty() {
            let kept = with(kept.iter().chain(&values).cloned().collect());
            self.push(&format!("value_types{suffix}"), "the type of each value", kept, kinds);
        }
        let typed: Vec<Column> = of_json.iter().flat_map(|field| self.typed(*field)).collect();
        if !typed.is_empty() {
            let names: Vec<String> = typed.iter().map(|column| column.name.clone()).collect();
            self.push(&format!("typed_values{suffix}"), TYPED, with(kept.clone()), typed);
            kept.extend(names);
        }
        let derived: Vec<Column> = fields.clone().flat_map(|field| self.derived(field)).collect();
        if !derived.is_empty() {
            let names: Vec<String> = derived.iter().map(|column| column.name.clone()).collect();
            // arrays of elements are made anew
            kept.retain(|name| !names.contains(name));
            self.push(&format!("derived_values{suffix}"), DERIVED, with(kept), derived);
        }
        let columns = self.condition_columns(pass);
        self.push(&format!("conditions{suffix}"), CONDITIONS, later.clone(), columns);
    }

    fn kind_column(&self, field: usize) -> Option<Column> {
        let names = self.names(field);
        Some(Column::new(self.dialect.type_of(&names.value())?, names.kind()))
    }

    /// What is taken out of the JSON value of a field.
    fn typed(&self, index: usize) -> Vec<Column> {
        let (field, names, json) = (self.field(index), self.names(index), self.json(index));
        let mut columns = vec![Column::new(self.dialect.is_missing(&json), names.missing())];
        if field.asks_empty {
            columns.push(Column::new(self.dialect.is_empty(&json), names.empty()));
        }
        for part in Part::OWN.into_iter().filter(|part| field.parts.contains(part)) {
            columns.push(Column::new(self.dialect.part(part, &json), names.part(part)));
        }
        for part in EXTREMES.into_iter().filter(|part| field.parts.contains(part)) {
            columns.push(Column::new(self.dialect.extreme(part, &json), names.part(part)));
        }
        if let Some(parts) = &field.elements {
            columns.extend(self.dialect.elements(&json, parts, names));
        }
        columns
    }

    fn derived(&self, index: usize) -> Vec<Column> {
        let (field, names) = (self.field(index), self.names(index));
        let (number, text) = (names.part(Part::Number), names.part(Part::Text));
        let mut columns = Vec::new();
        for part in DERIVED_PARTS.into_iter().filter(|part| field.parts.contains(part)) {
            let sql = match part {
                Part::Instant => self.dialect.instant(&text),
                Part::Day => self.dialect.day(&text),
                _ => self.dialect.shown(&number, &text),
            };
            columns.push(Column::new(sql, names.part(part)));
        }
        match &field.elements {
            Some(parts) if !self.is_plain(field) && needs_derived(parts) => {
                columns.extend(self.dialect.derived_elements(parts, names));
            }
            _ => {}
        }
        columns
    }
}

fn is_text(kind: Kind) -> bool {
    part_of(kind) == Part::Text && kind != Kind::Any
}

/// The part that a column of this kind holds.
fn part_of(kind: Kind) -> Part {
    match kind {
        Kind::Number => Part::Number,
        Kind::Boolean => Part::Boolean,
        Kind::Text | Kind::Time | Kind::Any => Part::Text,
    }
}

/// The name of the column of a field in the columns layout.
pub(super) fn column_name(subject: &Subject) -> String {
    match subject {
        Subject::Property(name) | Subject::Relation(name) => name.clone(),
        Subject::Meta(meta) => meta.name().trim_start_matches('$').to_owned(),
    }
}

/// The alias of the relation in the columns layout.
const ENTITY: &str = "e";

const TYPED: &str = "whether each value is missing (m), its number (n; h, l the largest and smallest of an array), text (s), elements (a)";
const DERIVED: &str = "nanoseconds of date-times (i) and days (d), text of numbers (x)";
const CONDITIONS: &str = "every condition (c), and whether its field lacks data (m; z for the guard `> 0`)";
