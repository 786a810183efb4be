//! Spark 4, whose VARIANT keeps the types of JSON values.

use super::dialect::{DATE_TIME, DAY, Dialect, Json, Limits, ROW, Row, Source, Types, by_blueprint};
use super::layer::{Column, Layer};
use super::model::{Affix, Kind, Model, Part};
use super::names::Names;
use crate::entity::{Meta, is_property_of_row};
use crate::hazard::is_obeyed;
use crate::scorecard::Subject;
use std::collections::BTreeSet;
use std::fmt::Write;

pub(super) struct Spark;

impl Dialect for Spark {
    fn engine(&self) -> &'static str {
        "Spark"
    }

    fn json_type(&self) -> &'static str {
        "STRING"
    }

    fn limits(&self) -> Limits {
        Limits { scorecards: 50, rules: 500, conditions: 450, columns: 150 }
    }

    fn is_substituted(&self, name: &str) -> bool {
        name.contains("${")
    }

    fn is_same_column(&self, one: &str, other: &str) -> bool {
        // as Java compares, for which `ſ` is `s`
        one.to_lowercase() == other.to_lowercase() || one.to_uppercase() == other.to_uppercase()
    }

    fn literal(&self, text: &str) -> String {
        let mut literal = String::from("'");
        for character in text.chars() {
            match character {
                '\'' | '\\' => literal.extend(['\\', character]),
                // Spark replaces `${name}` by the value of a variable or setting, even in a literal
                special if special == '$' || is_obeyed(special) => {
                    // writing to a string cannot fail
                    let _ = write!(literal, "\\U{:08X}", u32::from(special));
                }
                other => literal.push(other),
            }
        }
        literal + "'"
    }

    fn identifier(&self, name: &str) -> String {
        format!("`{}`", name.replace('`', "``"))
    }

    fn types(&self) -> Types {
        Types { double: "DOUBLE", integer: "INT", text: "STRING", wide: "DECIMAL(38, 0)" }
    }

    fn source(&self, model: &Model, from: &str) -> Source {
        let map = "'$', 'map<string,variant>'";
        let fields = Layer {
            name: "source".to_owned(),
            about: "each entity, parsed once".to_owned(),
            kept: Vec::new(),
            columns: vec![Column::new(format!("try_variant_get(parse_json(entity), {map})"), FIELDS)],
            from: from.to_owned(),
            checks: Vec::new(),
        };
        let default = self.literal(&model.default_blueprint);
        let text = |name: &str| format!("variant_get(try_element_at({FIELDS}, '{name}'), '$', 'string')");
        let object = |name: &str| format!("try_variant_get(try_element_at({FIELDS}, '{name}'), {map})");
        let entities = Layer {
            name: "entities_read".to_owned(),
            about: "who the entity is, its properties and relations".to_owned(),
            kept: vec![FIELDS.to_owned()],
            columns: vec![
                Column::new(text("identifier"), "identifier"),
                Column::new(format!("COALESCE(NULLIF({}, ''), {default})", text("blueprint")), "blueprint"),
                Column::new(object("properties"), PROPERTIES),
                Column::new(format!("NOT map_contains_key({FIELDS}, 'properties')"), IS_ROW)
                    .note("a flat row has its properties beside its identifier"),
                Column::new(object("relations"), RELATIONS),
            ],
            from: "source".to_owned(),
            checks: Vec::new(),
        };
        let members = model.fields.iter().map(|field| self.member(&field.subject)).collect();
        let columns = [FIELDS, PROPERTIES, IS_ROW, RELATIONS].map(str::to_owned).into();
        Source { layers: vec![fields, entities], columns, members }
    }

    fn time(&self, column: &str) -> String {
        // the branches for timestamps are dropped for a column of strings; `XXX` is the pattern of an offset
        let text = |pattern: &str| format!("date_format({column}, 'yyyy-MM-dd HH:mm:ss.SSSSSS{pattern}')");
        format!(
            "CASE typeof({column}) WHEN 'timestamp' THEN {} WHEN 'timestamp_ntz' THEN {} || 'Z' ELSE CAST({column} AS STRING) END",
            text("XXX"),
            text("")
        )
    }

    fn has_type(&self, kind: Kind, column: &str) -> String {
        let types = match kind {
            Kind::Number => "tinyint|smallint|int|bigint|double|decimal[(].*",
            Kind::Time => "string|date|timestamp|timestamp_ntz",
            Kind::Boolean => "boolean",
            Kind::Text | Kind::Any => "string|(var)?char[(].*",
        };
        // all values are NULL in a column of type void
        format!("typeof({column}) RLIKE '^({types}|void)$'")
    }

    fn error(&self, message: &str) -> String {
        format!("CAST(raise_error({message}) AS BOOLEAN)")
    }

    fn value_of(&self, column: &str) -> String {
        format!("CAST({column} AS VARIANT)")
    }

    fn type_of(&self, value: &str) -> Option<String> {
        Some(format!("schema_of_variant({value})"))
    }

    fn is_missing(&self, json: &Json) -> String {
        format!("({0} IS NULL OR is_variant_null({0}))", json.value)
    }

    fn is_empty(&self, json: &Json) -> String {
        format!(
            "({0} IS NULL OR COALESCE(to_json({0}) IN ('null', '\"\"', '[]', '{{}}'), FALSE))",
            json.value
        )
    }

    fn part(&self, part: Part, json: &Json) -> String {
        let Json { value, kind } = json;
        match part {
            Part::Number => format!(
                "CASE WHEN {kind} IN ('TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE') OR {kind} LIKE 'DECIMAL%' \
                 THEN variant_get({value}, '$', 'double') END"
            ),
            Part::Boolean => {
                format!("CASE WHEN {kind} = 'BOOLEAN' THEN variant_get({value}, '$', 'boolean') END")
            }
            _ => format!("CASE WHEN {kind} = 'STRING' THEN variant_get({value}, '$', 'string') END"),
        }
    }

    fn extreme(&self, part: Part, json: &Json) -> String {
        let Json { value, kind } = json;
        let function = if part == Part::Most { "array_max" } else { "array_min" };
        let element = Json { value: "y.v".to_owned(), kind: "y.t".to_owned() };
        format!(
            "CASE WHEN {kind} LIKE 'ARRAY%' THEN {function}(transform({}, y -> {})) ELSE {} END",
            typed(value),
            self.part(Part::Number, &element),
            self.part(Part::Number, json)
        )
    }

    fn elements(&self, json: &Json, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column> {
        let Json { value, kind } = json;
        let element = Json { value: "y.v".to_owned(), kind: "y.t".to_owned() };
        let own = Part::OWN.into_iter().filter(|part| parts.contains(part));
        let mut members: Vec<String> = own.map(|part| member(part, &self.part(part, &element))).collect();
        if members.is_empty() {
            members.push(member(Part::Text, &self.part(Part::Text, &element)));
        }
        let typed = typed(value);
        let sql = format!(
            "CASE WHEN {kind} LIKE 'ARRAY%' THEN transform({typed}, y -> named_struct({})) END",
            members.join(", ")
        );
        vec![Column::new(sql, names.array())]
    }

    fn derived_elements(&self, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column> {
        let members: Vec<String> = parts.iter().map(|part| member(*part, &self.of_element(*part))).collect();
        let array = names.array();
        vec![Column::new(format!("transform({array}, y -> named_struct({}))", members.join(", ")), array)]
    }

    fn some(&self, predicate: &str, _: &BTreeSet<Part>, names: &Names) -> String {
        format!("exists({}, y -> {predicate})", names.array())
    }

    fn every(&self, predicate: &str, _: &BTreeSet<Part>, names: &Names) -> String {
        format!("forall({}, y -> COALESCE({predicate}, FALSE))", names.array())
    }

    fn instant(&self, text: &str) -> String {
        let number = |part: String| format!("try_cast({part} AS BIGINT)");
        let at = |from: usize| number(format!("substr({text}, {from}, 2)"));
        let (hour, minute, second) = (at(12), at(15), at(18));
        let sign = number(format!("left(right({text}, 6), 1) || '1'"));
        let hours = number(format!("substr(right({text}, 6), 2, 2)"));
        let minutes = number(format!("right({text}, 2)"));
        let nanos = number(format!("rpad(regexp_extract({text}, '[.]([0-9]{{1,9}})', 1), 9, '0')"));
        // `$` also matches before a newline at the end, so the match has to be the whole text
        format!(
            "CASE WHEN length({text}) >= 20 AND regexp_extract({text}, '^{DAY}{DATE_TIME}$', 0) = {text} THEN \
             CAST({days} * 86400 + {hour} * 3600 + {minute} * 60 + {second} - CASE WHEN lower(right({text}, 1)) = 'z' THEN 0 \
             ELSE {sign} * ({hours} * 3600 + {minutes} * 60) END AS DECIMAL(38, 0)) * 1000000000 + {nanos} END",
            days = days(text),
        )
    }

    fn day(&self, text: &str) -> String {
        format!(
            "CASE WHEN length({text}) = 10 AND regexp_extract({text}, '^{DAY}$', 0) = {text} THEN \
             CAST({} AS DECIMAL(38, 0)) * 86400000000000 END",
            days(text)
        )
    }

    fn now(&self) -> String {
        "CAST(unix_micros(current_timestamp()) AS DECIMAL(38, 0)) * 1000".to_owned()
    }

    fn quotient(&self, number: &str, divisor: &str) -> String {
        format!("(({number}) div {divisor})")
    }

    fn shown(&self, number: &str, text: &str) -> String {
        // Before Java 19 the text of a double may have too many digits (JDK-4511638). With 15 digits it is exact.
        let exponent = "CAST(split(e, 'e')[1] AS INT)";
        let digits = "rtrim('0', replace(replace(split(e, 'e')[0], '.', ''), '-', ''))";
        let sign = "CASE WHEN startswith(e, '-') THEN '-' ELSE '' END";
        let plain = format!(
            "{sign} || CASE WHEN {exponent} < 0 THEN '0.' || repeat('0', -{exponent} - 1) || {digits} \
             WHEN length({digits}) <= {exponent} + 1 THEN rpad({digits}, {exponent} + 1, '0') \
             ELSE left({digits}, {exponent} + 1) || '.' || substr({digits}, {exponent} + 2) END"
        );
        let scientific = format!("format_string('%.14e', {number})");
        format!(
            "CASE WHEN {number} IS NULL THEN {text} WHEN {number} = 0 THEN '0' \
             WHEN abs({number}) >= 2.3e-308 AND CAST({scientific} AS DOUBLE) = {number} \
             THEN transform(array({scientific}), e -> {plain})[0] \
             ELSE raise_error('dora-score: Spark cannot write a number of more than 15 digits as text exactly') END"
        )
    }

    fn affix(&self, affix: Affix, part: &str, text: &str) -> String {
        let function = match affix {
            Affix::Begins => "startswith",
            Affix::Ends => "endswith",
            Affix::Contains => "contains",
        };
        format!("{function}({part}, {})", self.literal(text))
    }

    fn rows(&self, rows: &[Row]) -> String {
        let cases = by_blueprint(rows).into_iter();
        let cases =
            cases.map(|(blueprint, rows)| format!("  WHEN {blueprint} THEN array(\n{}\n  )", structs(&rows)));
        let cases: Vec<String> = cases.collect();
        let columns = ROW.join(", ");
        format!(
            "SELECT identifier, blueprint, {columns}\nFROM results\nLATERAL VIEW inline(CASE blueprint\n{}\nEND) scored AS {columns}",
            cases.join("\n")
        )
    }
}

/// The columns of the members of an entity.
const FIELDS: &str = "fields";
const PROPERTIES: &str = "properties";
const RELATIONS: &str = "relations";
const IS_ROW: &str = "is_row";

impl Spark {
    fn member(&self, subject: &Subject) -> String {
        let of = |object: &str, name: &str| format!("try_element_at({object}, {})", self.literal(name));
        match subject {
            Subject::Property(name) if is_property_of_row(name) => {
                format!("CASE WHEN {IS_ROW} THEN {} ELSE {} END", of(FIELDS, name), of(PROPERTIES, name))
            }
            Subject::Property(name) => of(PROPERTIES, name),
            Subject::Relation(name) => of(RELATIONS, name),
            Subject::Meta(Meta::Identifier) => self.value_of("identifier"),
            Subject::Meta(Meta::Blueprint) => self.value_of("blueprint"),
            Subject::Meta(Meta::Title) => {
                let title = of(FIELDS, "title");
                format!("CASE WHEN to_json({title}) <> '\"\"' THEN {title} END")
            }
            Subject::Meta(meta) => of(FIELDS, meta.name().trim_start_matches('$')),
        }
    }
}

/// The elements of an array with their types.
fn typed(value: &str) -> String {
    format!(
        "transform(variant_get({value}, '$', 'array<variant>'), y -> named_struct('v', y, 't', schema_of_variant(y)))"
    )
}

fn member(part: Part, sql: &str) -> String {
    format!("'{}', {sql}", part.letter())
}

/// The rows of the scorecards of a blueprint.
fn structs(rows: &[&Row]) -> String {
    let row = |(number, row): (usize, &&Row)| {
        let members = ROW.iter().zip(&row.values).map(|(name, value)| format!("'{name}', {value}"));
        let members: Vec<String> = members.collect();
        let comma = if number < rows.len() { "," } else { "" };
        format!("    -- {}\n    named_struct({}){comma}", row.about, members.join(", "))
    };
    (1..).zip(rows).map(row).collect::<Vec<String>>().join("\n")
}

/// The days since the epoch.
fn days(text: &str) -> String {
    format!("CAST(unix_date(try_cast(substr({text}, 1, 10) AS DATE)) AS BIGINT)")
}
