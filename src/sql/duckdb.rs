//! DuckDB. A JSON value is its text, so that most tests are of text, and only strings and arrays are parsed once more.

use super::dialect::{DATE_TIME, DAY, Dialect, Json, Limits, ROW, Row, Source, Types, by_blueprint};
use super::layer::{Column, Layer, array};
use super::model::{Affix, Kind, Model, Part};
use super::names::Names;
use super::text::{double_quoted, literal_with_chr};
use crate::entity::{Meta, is_property_of_row};
use crate::scorecard::Subject;
use std::collections::BTreeSet;

pub(super) struct DuckDb {
    packs: bool,
}

impl DuckDb {
    /// The dialect for a model. Above some hundreds of columns, the time to plan grows with their square, so that lists are
    /// better; below, columns are faster to compute (2026-11).
    pub(super) fn new(model: &Model) -> Self {
        const FEW: usize = 300;
        Self { packs: model.conditions.len() > FEW }
    }
}

/// The columns with all values that are taken out of an entity in one call: of `properties`, and of a flat row.
const WRAPPED: &str = "w";
const FLAT: &str = "f";

impl Dialect for DuckDb {
    fn engine(&self) -> &'static str {
        "DuckDB"
    }

    fn json_type(&self) -> &'static str {
        "JSON"
    }

    fn limits(&self) -> Limits {
        Limits { scorecards: 500, rules: 5000, conditions: 5000, columns: 450 }
    }

    fn is_same_column(&self, one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
    }

    fn packs(&self) -> bool {
        self.packs
    }

    fn array(&self, values: &[(String, String)]) -> String {
        array("[", "]", values)
    }

    fn literal(&self, text: &str) -> String {
        literal_with_chr(text)
    }

    fn identifier(&self, name: &str) -> String {
        double_quoted(name)
    }

    fn types(&self) -> Types {
        Types { double: "DOUBLE", integer: "INTEGER", text: "VARCHAR", wide: "HUGEINT" }
    }

    fn source(&self, model: &Model, from: &str) -> Source {
        let paths = paths(model);
        let list = |paths: &[String]| {
            let paths: Vec<String> = paths.iter().map(|path| self.literal(path)).collect();
            format!("[\n      {}\n    ]", paths.join(",\n      "))
        };
        let wrapped = format!("json_extract(entity, {})", list(&paths.wrapped));
        let source = Layer {
            name: "source".to_owned(),
            about: "one call takes all values out of an entity".to_owned(),
            kept: vec!["entity".to_owned()],
            columns: vec![Column::new(wrapped, WRAPPED)],
            from: from.to_owned(),
            checks: Vec::new(),
        };
        let default = self.literal(&model.default_blueprint);
        let text = |at: usize| format!("json_extract_string({WRAPPED}[{at}], '$')");
        let mut columns = vec![
            Column::new(text(1), "identifier"),
            Column::new(format!("COALESCE(NULLIF({}, ''), {default})", text(2)), "blueprint"),
        ];
        if !paths.flat.is_empty() {
            let found: Vec<String> = paths.of_row.iter().map(|at| format!("{WRAPPED}[{at}]")).collect();
            let flat = format!(
                "CASE WHEN COALESCE({}) IS NULL AND json_type(entity, '/properties') IS NULL THEN json_extract(entity, {}) END",
                found.join(", "),
                list(&paths.flat)
            );
            columns.push(Column::new(flat, FLAT).note("only of a flat row, which has no `properties`"));
        }
        let entities = Layer {
            name: "entities_read".to_owned(),
            about: "who the entity is; its values again if it is a flat row".to_owned(),
            kept: vec![WRAPPED.to_owned()],
            columns,
            from: "source".to_owned(),
            checks: Vec::new(),
        };
        let flat = (!paths.flat.is_empty()).then_some(FLAT);
        let columns = std::iter::once(WRAPPED).chain(flat).map(str::to_owned).collect();
        let members = model.fields.iter().zip(&paths.places);
        let members =
            members.map(|(field, (wrapped, flat))| self.member(&field.subject, *wrapped, *flat)).collect();
        Source { layers: vec![source, entities], columns, members }
    }

    fn time(&self, column: &str) -> String {
        // an offset of whole hours has no minutes here
        let text = format!("CAST({column} AS VARCHAR)");
        format!(
            "{text} || CASE WHEN typeof({column}) = 'TIMESTAMP WITH TIME ZONE' THEN \
             CASE WHEN regexp_matches({text}, '[+-][0-9]{{2}}$') THEN ':00' ELSE '' END \
             WHEN starts_with(typeof({column}), 'TIMESTAMP') THEN 'Z' ELSE '' END"
        )
    }

    fn has_type(&self, kind: Kind, column: &str) -> String {
        let types = match kind {
            Kind::Number => "U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|DECIMAL.*[)]",
            Kind::Time => "VARCHAR|DATE|TIMESTAMP[A-Z_ ]*",
            Kind::Boolean => "BOOLEAN",
            Kind::Text | Kind::Any => "VARCHAR|UUID|ENUM.*[)]",
        };
        // all values are NULL in a column of type NULL
        format!("regexp_full_match(typeof({column}), '{types}|\"NULL\"')")
    }

    fn error(&self, message: &str) -> String {
        format!("error({message})")
    }

    fn value_of(&self, column: &str) -> String {
        // makes the text of a JSON column compact
        format!("CAST(json_extract(to_json({column}), '$') AS VARCHAR)")
    }

    fn is_missing(&self, json: &Json) -> String {
        format!("COALESCE({} = 'null', TRUE)", json.value)
    }

    fn is_empty(&self, json: &Json) -> String {
        format!("COALESCE({} IN ('null', '\"\"', '[]', '{{}}'), TRUE)", json.value)
    }

    fn part(&self, part: Part, json: &Json) -> String {
        let value = &json.value;
        match part {
            Part::Number => format!("TRY_CAST({value} AS DOUBLE)"),
            Part::Boolean => format!("CASE {value} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"),
            _ => format!("CASE WHEN starts_with({value}, '\"') THEN json_extract_string({value}, '$') END"),
        }
    }

    fn extreme(&self, part: Part, json: &Json) -> String {
        let value = &json.value;
        let function = if part == Part::Most { "list_max" } else { "list_min" };
        format!(
            "CASE WHEN starts_with({value}, '[') THEN {function}([TRY_CAST(CAST(y AS VARCHAR) AS DOUBLE) FOR y IN \
             json_extract({value}, '$[*]')]) ELSE TRY_CAST({value} AS DOUBLE) END"
        )
    }

    fn elements(&self, json: &Json, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column> {
        let element = Json { value: "CAST(y AS VARCHAR)".to_owned(), kind: String::new() };
        let own = Part::OWN.into_iter().filter(|part| parts.contains(part));
        let members: Vec<String> = own.map(|part| member(part, &self.part(part, &element))).collect();
        let item = if members.is_empty() { "TRUE".to_owned() } else { format!("{{{}}}", members.join(", ")) };
        let value = &json.value;
        let sql = format!(
            "CASE WHEN starts_with({value}, '[') THEN [{item} FOR y IN json_extract({value}, '$[*]')] END"
        );
        vec![Column::new(sql, names.array())]
    }

    fn derived_elements(&self, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column> {
        let members: Vec<String> = parts.iter().map(|part| member(*part, &self.of_element(*part))).collect();
        let array = names.array();
        let sql =
            format!("CASE WHEN {array} IS NOT NULL THEN [{{{}}} FOR y IN {array}] END", members.join(", "));
        vec![Column::new(sql, array)]
    }

    fn some(&self, predicate: &str, _: &BTreeSet<Part>, names: &Names) -> String {
        format!("len([y FOR y IN {} IF {predicate}]) > 0", names.array())
    }

    fn every(&self, predicate: &str, _: &BTreeSet<Part>, names: &Names) -> String {
        let array = names.array();
        format!("len([y FOR y IN {array} IF {predicate}]) = len({array})")
    }

    fn instant(&self, text: &str) -> String {
        let seconds = format!(
            "CAST({days} * 86400 + CAST(substr({text}, 12, 2) AS BIGINT) * 3600 + CAST(substr({text}, 15, 2) AS BIGINT) * 60 \
             + CAST(substr({text}, 18, 2) AS BIGINT) - CASE WHEN lower(right({text}, 1)) = 'z' THEN 0 ELSE \
             CAST(left(right({text}, 6), 1) || '1' AS BIGINT) * (CAST(substr(right({text}, 6), 2, 2) AS BIGINT) * 3600 \
             + CAST(right({text}, 2) AS BIGINT) * 60) END AS HUGEINT)",
            days = days(text),
        );
        let nanos = format!("CAST(rpad(regexp_extract({text}, '[.]([0-9]{{1,9}})', 1), 9, '0') AS BIGINT)");
        format!(
            "CASE WHEN length({text}) >= 20 AND regexp_full_match({text}, '{DAY}{DATE_TIME}') THEN {seconds} * 1000000000 + {nanos} END"
        )
    }

    fn day(&self, text: &str) -> String {
        format!(
            "CASE WHEN length({text}) = 10 AND regexp_full_match({text}, '{DAY}') THEN CAST({} AS HUGEINT) * 86400000000000 END",
            days(text)
        )
    }

    fn now(&self) -> String {
        "CAST(epoch_us(now()) AS HUGEINT) * 1000".to_owned()
    }

    fn quotient(&self, number: &str, divisor: &str) -> String {
        format!("({number}) // {divisor}")
    }

    fn shown(&self, number: &str, text: &str) -> String {
        // CAST gives the shortest digits, but an exponent below 1e-4 and from 1e16 on
        let digits = format!("CAST({number} AS VARCHAR)");
        let mantissa = format!("replace(replace(split_part({digits}, 'e', 1), '.', ''), '-', '')");
        let exponent = format!("CAST(split_part({digits}, 'e', 2) AS INTEGER)");
        let sign = format!("CASE WHEN {number} < 0 THEN '-' ELSE '' END");
        format!(
            "CASE WHEN {number} = 0 THEN '0' \
             WHEN contains({digits}, 'e+') THEN {sign} || rpad({mantissa}, {exponent} + 1, '0') \
             WHEN contains({digits}, 'e-') THEN {sign} || '0.' || repeat('0', -{exponent} - 1) || {mantissa} \
             WHEN {number} IS NOT NULL THEN regexp_replace({digits}, '[.]0$', '') ELSE {text} END"
        )
    }

    fn affix(&self, affix: Affix, part: &str, text: &str) -> String {
        let function = match affix {
            Affix::Begins => "starts_with",
            Affix::Ends => "ends_with",
            Affix::Contains => "contains",
        };
        format!("{function}({part}, {})", self.literal(text))
    }

    fn rows(&self, rows: &[Row]) -> String {
        // The time to plan a branch grows with the number of scorecards: with 200, it is 0.2 s for each. But branches are a
        // fifth faster than lists where there are few (2026-11).
        const FEW: usize = 16;
        if rows.len() > FEW {
            return unnest(rows);
        }
        let rows: Vec<String> = rows.iter().map(select).collect();
        rows.join("\nUNION ALL\n")
    }

    fn opening_of_results(&self) -> &'static str {
        "AS MATERIALIZED"
    }
}

impl DuckDb {
    /// The JSON value of a field, at these places in the lists of values.
    fn member(&self, subject: &Subject, wrapped: usize, flat: Option<usize>) -> String {
        let value = match flat {
            Some(flat) => {
                format!("CASE WHEN {FLAT} IS NULL THEN {WRAPPED}[{wrapped}] ELSE {FLAT}[{flat}] END")
            }
            None => format!("{WRAPPED}[{wrapped}]"),
        };
        match subject {
            Subject::Meta(Meta::Identifier) => self.value_of("identifier"),
            Subject::Meta(Meta::Blueprint) => self.value_of("blueprint"),
            Subject::Meta(Meta::Title) => format!("NULLIF(CAST({value} AS VARCHAR), '\"\"')"),
            _ => format!("CAST({value} AS VARCHAR)"),
        }
    }
}

fn member(part: Part, sql: &str) -> String {
    format!("'{}': {sql}", part.letter())
}

/// The days since the epoch. The year 0 has the calendar of the year 400.
fn days(text: &str) -> String {
    format!(
        "CASE WHEN starts_with({text}, '0000') THEN CAST('0400' || substr({text}, 5, 6) AS DATE) - DATE '1970-01-01' - 146097 \
         ELSE CAST(substr({text}, 1, 10) AS DATE) - DATE '1970-01-01' END"
    )
}

/// The rows of all scorecards of an entity, as a list.
fn unnest(rows: &[Row]) -> String {
    let cases = by_blueprint(rows).into_iter().map(|(blueprint, rows)| {
        let rows = rows.iter().map(|row| {
            let members = ROW.iter().zip(&row.values).map(|(name, value)| format!("'{name}': {value}"));
            (format!("{{{}}}", members.collect::<Vec<String>>().join(", ")), row.about.clone())
        });
        format!("  WHEN {blueprint} THEN {}", array("[", "]", &rows.collect::<Vec<(String, String)>>()))
    });
    let cases: Vec<String> = cases.collect();
    format!(
        "SELECT identifier, blueprint, unnest(CASE blueprint\n{}\nEND, recursive := true)\nFROM results",
        cases.join("\n")
    )
}

fn select(row: &Row) -> String {
    let names = ROW.iter();
    let values: Vec<String> =
        row.values.iter().zip(names).map(|(value, name)| format!("  {value} AS {name}")).collect();
    format!(
        "-- {}\nSELECT\n  identifier, blueprint,\n{}\nFROM results\nWHERE blueprint = {}",
        row.about,
        values.join(",\n"),
        row.blueprint
    )
}

/// JSON pointers to the values of all fields.
struct Paths {
    /// Those of an entity with `properties`; the first two are of the identifier and the blueprint.
    wrapped: Vec<String>,
    /// Those of the properties of a flat row.
    flat: Vec<String>,
    /// The places in `wrapped`, from 1 on, of what `flat` is for.
    of_row: Vec<usize>,
    /// The places of each field in `wrapped` and in `flat`, from 1 on.
    places: Vec<(usize, Option<usize>)>,
}

/// The JSON pointers to the values of all fields.
fn paths(model: &Model) -> Paths {
    let mut paths = Paths {
        wrapped: vec!["/identifier".to_owned(), "/blueprint".to_owned()],
        flat: Vec::new(),
        of_row: Vec::new(),
        places: Vec::new(),
    };
    for field in &model.fields {
        let (path, flat) = match &field.subject {
            Subject::Property(name) => {
                let row = is_property_of_row(name).then(|| format!("/{}", escaped(name)));
                (format!("/properties/{}", escaped(name)), row)
            }
            Subject::Relation(name) => (format!("/relations/{}", escaped(name)), None),
            Subject::Meta(meta) => (format!("/{}", meta.name().trim_start_matches('$')), None),
        };
        paths.wrapped.push(path);
        let flat = flat.map(|flat| {
            paths.of_row.push(paths.wrapped.len());
            paths.flat.push(flat);
            paths.flat.len()
        });
        paths.places.push((paths.wrapped.len(), flat));
    }
    paths
}

/// A key in a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
