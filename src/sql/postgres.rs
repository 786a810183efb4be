//! PostgreSQL. Arrays of elements are one array a part, because a row has no names for its members.
//!
//! Its target lists have at most 1,664 columns, so booleans are in arrays. A cast of one bad row ends the whole query, so
//! every cast is behind a `CASE`.

use super::dialect::{DATE_TIME, DAY, Dialect, Json, Limits, ROW, Row, Source, Types};
use super::layer::{Column, Layer};
use super::model::{Affix, Kind, Model, Part};
use super::names::Names;
use super::text::{double_quoted, literal_with_chr};
use crate::entity::{Meta, is_property_of_row};
use crate::scorecard::Subject;
use std::collections::BTreeSet;

pub(super) struct Postgres;

impl Dialect for Postgres {
    fn engine(&self) -> &'static str {
        "PostgreSQL"
    }

    fn json_type(&self) -> &'static str {
        "jsonb"
    }

    fn limits(&self) -> Limits {
        Limits { scorecards: 500, rules: 5000, conditions: 5000, columns: 850 }
    }

    fn advice(&self) -> Option<&'static str> {
        Some(
            "To compile the query to machine code takes longer than to run it over few entities: SET jit = off.",
        )
    }

    fn is_same_column(&self, one: &str, other: &str) -> bool {
        one == other
    }

    fn longest_name(&self) -> usize {
        63
    }

    fn fields_at_once(&self) -> usize {
        50
    }

    fn packs(&self) -> bool {
        true
    }

    fn fence(&self) -> &'static str {
        // otherwise layers are merged, and their expressions repeated
        "OFFSET 0"
    }

    fn literal(&self, text: &str) -> String {
        literal_with_chr(text)
    }

    fn identifier(&self, name: &str) -> String {
        double_quoted(name)
    }

    fn types(&self) -> Types {
        Types { double: "double precision", integer: "integer", text: "text", wide: "numeric" }
    }

    fn source(&self, model: &Model, from: &str) -> Source {
        let default = self.literal(&model.default_blueprint);
        let columns = vec![
            Column::new("entity ->> 'identifier'", "identifier"),
            Column::new(format!("COALESCE(NULLIF(entity ->> 'blueprint', ''), {default})"), "blueprint"),
            Column::new("COALESCE(entity -> 'properties', entity)", PROPERTIES)
                .note("a flat row has its properties beside its identifier"),
        ];
        let source = Layer {
            name: "source".to_owned(),
            about: "who the entity is".to_owned(),
            kept: vec!["entity".to_owned()],
            columns,
            from: from.to_owned(),
            checks: Vec::new(),
        };
        let members = model.fields.iter().map(|field| self.member(&field.subject)).collect();
        Source { layers: vec![source], columns: vec!["entity".to_owned(), PROPERTIES.to_owned()], members }
    }

    fn plain(&self, kind: Kind, column: &str) -> String {
        match kind {
            Kind::Number => format!("CAST({column} AS double precision)"),
            Kind::Boolean => format!("CAST({column} AS boolean)"),
            Kind::Time => self.time(column),
            // a column may have a collation that calls different texts equal
            Kind::Text | Kind::Any => format!("CAST({column} AS text) COLLATE \"C\""),
        }
    }

    fn time(&self, column: &str) -> String {
        // the text of JSON does not depend on `DateStyle`
        let text = format!("to_jsonb({column}) #>> '{{}}'");
        format!(
            "CASE WHEN pg_typeof({column}) = 'timestamp'::regtype THEN {text} || 'Z' ELSE {text} END COLLATE \"C\""
        )
    }

    fn type_of_column(&self, column: &str) -> String {
        format!("CAST(pg_typeof({column}) AS text)")
    }

    fn has_type(&self, kind: Kind, column: &str) -> String {
        // Types are named that a cast takes and JSON does not. All others are accepted or fail in the cast, so that domains,
        // enums and types of extensions work.
        const NO_TEXT: &str = "smallint integer bigint numeric real float8 boolean json jsonb";
        const ARRAYS: &str =
            "text[] varchar[] smallint[] integer[] bigint[] numeric[] real[] float8[] boolean[] jsonb[]";
        let refused = match kind {
            Kind::Number => "real text varchar bpchar json jsonb".to_owned(),
            Kind::Boolean => return format!("pg_typeof({column}) = 'boolean'::regtype"),
            Kind::Time => format!("{NO_TEXT} uuid {ARRAYS}"),
            Kind::Text | Kind::Any => format!("{NO_TEXT} date timestamp timestamptz {ARRAYS}"),
        };
        let refused: Vec<String> = refused.split(' ').map(|name| format!("'{name}'::regtype")).collect();
        format!("pg_typeof({column}) NOT IN ({})", refused.join(", "))
    }

    fn error(&self, message: &str) -> String {
        // a cast that fails shows its text
        format!("CAST({message} AS boolean)")
    }

    fn value_of(&self, column: &str) -> String {
        format!("to_jsonb({column})")
    }

    fn is_missing(&self, json: &Json) -> String {
        format!("COALESCE(jsonb_typeof({}) = 'null', TRUE)", json.value)
    }

    fn is_empty(&self, json: &Json) -> String {
        format!("COALESCE({} IN ('null', '\"\"', '[]', '{{}}'), TRUE)", json.value)
    }

    fn part(&self, part: Part, json: &Json) -> String {
        // the cast of a number that is almost 0 fails, and half of the smallest double rounds to 0
        const TINY: &str = "2.4703282292062328e-324";
        let value = &json.value;
        match part {
            Part::Number => format!(
                "CASE WHEN jsonb_typeof({value}) = 'number' THEN CASE WHEN length({value} #>> '{{}}') > 300 AND \
                 abs(CAST({value} AS numeric)) < {TINY} THEN 0 ELSE CAST({value} AS double precision) END END"
            ),
            Part::Boolean => {
                format!("CASE WHEN jsonb_typeof({value}) = 'boolean' THEN CAST({value} AS boolean) END")
            }
            _ => format!("CASE WHEN jsonb_typeof({value}) = 'string' THEN {value} #>> '{{}}' END"),
        }
    }

    fn extreme(&self, part: Part, json: &Json) -> String {
        let value = &json.value;
        let function = if part == Part::Most { "max" } else { "min" };
        let element = Json { value: "y".to_owned(), kind: String::new() };
        format!(
            "CASE WHEN jsonb_typeof({value}) = 'array' THEN (SELECT {function}({}) FROM jsonb_array_elements({value}) AS item(y)) \
             ELSE {} END",
            self.part(Part::Number, &element),
            self.part(Part::Number, json)
        )
    }

    fn elements(&self, json: &Json, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column> {
        let element = Json { value: "y".to_owned(), kind: String::new() };
        let value = &json.value;
        let own = used(parts).into_iter().filter(|part| Part::OWN.contains(part));
        own.map(|part| {
            let sql = format!(
                "CASE WHEN jsonb_typeof({value}) = 'array' THEN ARRAY(SELECT {} FROM jsonb_array_elements({value}) AS item(y)) END",
                self.part(part, &element)
            );
            Column::new(sql, names.elements(part))
        })
        .collect()
    }

    fn derived_elements(&self, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column> {
        let own: BTreeSet<Part> = parts.iter().copied().filter(|part| Part::OWN.contains(part)).collect();
        let derived = parts.iter().filter(|part| !Part::OWN.contains(part));
        derived
            .map(|part| {
                let sql = format!(
                    "CASE WHEN {} THEN ARRAY(SELECT {} FROM {}) END",
                    self.is_array(parts, names),
                    self.of_element(*part),
                    unnest(&own, names)
                );
                Column::new(sql, names.elements(*part))
            })
            .collect()
    }

    fn is_array(&self, parts: &BTreeSet<Part>, names: &Names) -> String {
        let own = used(parts).into_iter().find(|part| Part::OWN.contains(part)).unwrap_or(Part::Text);
        format!("{} IS NOT NULL", names.elements(own))
    }

    fn some(&self, predicate: &str, parts: &BTreeSet<Part>, names: &Names) -> String {
        format!("EXISTS (SELECT 1 FROM {} WHERE {predicate})", unnest(&used(parts), names))
    }

    fn every(&self, predicate: &str, parts: &BTreeSet<Part>, names: &Names) -> String {
        format!(
            "NOT EXISTS (SELECT 1 FROM {} WHERE NOT COALESCE({predicate}, FALSE))",
            unnest(&used(parts), names)
        )
    }

    fn instant(&self, text: &str) -> String {
        let seconds = format!(
            "CAST(CAST({days} AS bigint) * 86400 + CAST(substr({text}, 12, 2) AS bigint) * 3600 \
             + CAST(substr({text}, 15, 2) AS bigint) * 60 + CAST(substr({text}, 18, 2) AS bigint) \
             - CASE WHEN right({text}, 1) IN ('Z', 'z') THEN 0 ELSE CAST(left(right({text}, 6), 1) || '1' AS bigint) \
             * (CAST(substr(right({text}, 6), 2, 2) AS bigint) * 3600 + CAST(right({text}, 2) AS bigint) * 60) END AS numeric)",
            days = days(text),
        );
        let nanos =
            format!("CAST(rpad(COALESCE(substring({text} from '[.]([0-9]{{1,9}})'), ''), 9, '0') AS bigint)");
        format!("CASE WHEN {text} ~ '^{DAY}{DATE_TIME}$' THEN {seconds} * 1000000000 + {nanos} END")
    }

    fn day(&self, text: &str) -> String {
        format!("CASE WHEN {text} ~ '^{DAY}$' THEN CAST({} AS numeric) * 86400000000000 END", days(text))
    }

    fn now(&self) -> String {
        "CAST(floor(extract(epoch FROM now()) * 1000000) AS numeric) * 1000".to_owned()
    }

    fn quotient(&self, number: &str, divisor: &str) -> String {
        format!("div({number}, {divisor})")
    }

    fn shown(&self, number: &str, text: &str) -> String {
        // A numeric has 15 digits. If they give the number again, they are its shortest ones, unless it is subnormal. Else
        // the text has the shortest ones; it cannot be used for all numbers, because that of 1e23 is 9.999999999999999e+22.
        format!(
            "CASE WHEN {number} IS NULL THEN {text} ELSE CAST(trim_scale(CASE WHEN abs({number}) BETWEEN 2.3e-308 AND 1.79e308 AND \
             CAST(CAST({number} AS numeric) AS double precision) = {number} THEN CAST({number} AS numeric) \
             ELSE CAST(CAST({number} AS text) AS numeric) END) AS text) END"
        )
    }

    fn affix(&self, affix: Affix, part: &str, text: &str) -> String {
        let literal = self.literal(text);
        match affix {
            Affix::Begins => format!("starts_with({part}, {literal})"),
            Affix::Ends => format!("right({part}, {}) = {literal}", text.chars().count()),
            Affix::Contains => format!("strpos({part}, {literal}) > 0"),
        }
    }

    fn rows(&self, rows: &[Row]) -> String {
        let values: Vec<String> = (1..)
            .zip(rows)
            .map(|(number, row)| {
                let comma = if number < rows.len() { "," } else { "" };
                let values = row.values.join(", ");
                format!("  -- {}\n  ({}, {values}){comma}", row.about, row.blueprint)
            })
            .collect();
        let columns = ROW.join(", ");
        format!(
            "SELECT identifier, blueprint, {columns}\nFROM results\nCROSS JOIN LATERAL (VALUES\n{}\n) AS \
             scored(of_blueprint, {columns})\nWHERE of_blueprint = blueprint",
            values.join("\n")
        )
    }
}

/// The column with the properties of an entity.
const PROPERTIES: &str = "properties";

impl Postgres {
    fn member(&self, subject: &Subject) -> String {
        match subject {
            Subject::Property(name) if is_property_of_row(name) => {
                format!("{PROPERTIES} -> {}", self.literal(name))
            }
            Subject::Property(name) => format!("entity -> 'properties' -> {}", self.literal(name)),
            Subject::Relation(name) => format!("entity -> 'relations' -> {}", self.literal(name)),
            Subject::Meta(Meta::Identifier) => self.value_of("identifier"),
            Subject::Meta(Meta::Blueprint) => self.value_of("blueprint"),
            Subject::Meta(Meta::Title) => "NULLIF(entity -> 'title', '\"\"')".to_owned(),
            Subject::Meta(meta) => format!("entity -> '{}'", meta.name().trim_start_matches('$')),
        }
    }
}

/// The parts that elements have as arrays, at least one.
fn used(parts: &BTreeSet<Part>) -> BTreeSet<Part> {
    if parts.is_empty() { BTreeSet::from([Part::Text]) } else { parts.clone() }
}

/// The elements as rows.
fn unnest(parts: &BTreeSet<Part>, names: &Names) -> String {
    let arrays: Vec<String> = parts.iter().map(|part| names.elements(*part)).collect();
    let letters: Vec<String> = parts.iter().map(|part| part.letter().to_string()).collect();
    format!("unnest({}) AS y({})", arrays.join(", "), letters.join(", "))
}

/// The days since the epoch. PostgreSQL has no year 0, which has the calendar of the year 400.
fn days(text: &str) -> String {
    format!(
        "CASE WHEN starts_with({text}, '0000') THEN CAST('0400' || substr({text}, 5, 6) AS date) - DATE '1970-01-01' - 146097 \
         ELSE CAST(substr({text}, 1, 10) AS date) - DATE '1970-01-01' END"
    )
}
