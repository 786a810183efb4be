//! The comment at the head of a query: what it is, and what it reads.

use super::dialect::Dialect;
use super::layer::comment;
use super::model::{Kind, Model};
use super::request::{Layout, Outcome, Request};
use super::select::column_name;
use crate::entity::Meta;
use crate::scorecard::Subject;
use crate::value::Instant;

/// The comment, with a newline at its end.
pub(super) fn head(
    model: &Model,
    dialect: &dyn Dialect,
    request: &Request,
    as_of: Instant,
    from: &str,
) -> String {
    let engine = dialect.engine();
    let version = env!("CARGO_PKG_VERSION");
    let rows = match request.outcome {
        Outcome::Levels => "a row for each entity and scorecard of its blueprint",
        Outcome::Summary => "a row for each scorecard and level, with the number of entities",
    };
    let mut lines = vec![
        format!("Levels of scorecards, for {engine}: {rows}."),
        format!("Compiled by dora-score {version}; change the scorecards and compile again, do not edit."),
    ];
    match request.layout {
        Layout::Json => lines.push(format!(
            "Reads the column entity ({}) of {}: one entity as JSON in each row.",
            dialect.json_type(),
            comment(from)
        )),
        Layout::Columns => {
            lines.push(format!("Reads these columns of {}; NULL is missing:", comment(from)));
            lines.extend(
                columns(model).into_iter().map(|(name, kind)| format!("  {} {kind}", comment(&name))),
            );
        }
    }
    if model.has_presets {
        let time =
            if request.is_live { "the current time of the engine".to_owned() } else { as_of.to_string() };
        lines.push(format!("Date presets are relative to {time}."));
    }
    let unnamed = format!(
        "Entities without a blueprint count as {}.",
        comment(&dialect.literal(&model.default_blueprint))
    );
    lines.push(unnamed);
    lines.extend(dialect.advice().map(str::to_owned));
    lines.into_iter().map(|line| format!("-- {line}\n")).collect()
}

/// The columns of the columns layout with their types.
fn columns(model: &Model) -> Vec<(String, &'static str)> {
    let mut columns = vec![("identifier".to_owned(), "text"), ("blueprint".to_owned(), "text")];
    for field in &model.fields {
        let kind = match (&field.subject, field.kind) {
            (Subject::Meta(Meta::Identifier | Meta::Blueprint), _) => continue,
            (Subject::Meta(Meta::Title), _) => Kind::Text.name(),
            (_, kind) => kind.name(),
        };
        columns.push((column_name(&field.subject), kind));
    }
    columns
}
