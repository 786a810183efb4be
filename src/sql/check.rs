//! Refuses what a dialect cannot express exactly, and more than it can plan.

use super::dialect::Dialect;
use super::model::{Model, Predicate, Test};
use super::request::{Layout, Request};
use super::select::column_name;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, quoted};
use crate::entity::Meta;
use crate::hazard::is_obeyed;
use crate::scorecard::Subject;
use crate::terminal::thousands;

/// Checks that a model can be written.
///
/// # Errors
/// Everything that cannot.
pub(super) fn check(model: &Model, dialect: &dyn Dialect, request: &Request) -> Result<(), Problems> {
    let mut problems = limits(model, dialect, request.layout);
    problems.extend(request.from.iter().filter_map(|part| relation(dialect, part)));
    problems.extend(text(dialect, "the default blueprint", &model.default_blueprint, None));
    for card in &model.cards {
        let place = Some(&card.place);
        problems.extend(text(dialect, "the identifier of the scorecard", &card.identifier, place));
        problems.extend(text(dialect, "the blueprint of the scorecard", &card.blueprint, place));
        problems
            .extend(card.levels.iter().flat_map(|title| text(dialect, "the title of a level", title, place)));
    }
    for condition in &model.conditions {
        let place = Some(&condition.place);
        for value in texts(&condition.test) {
            problems.extend(text(dialect, "the value of the condition", value, place));
        }
    }
    match request.layout {
        Layout::Json => {
            for field in &model.fields {
                problems.extend(text(dialect, "the name", &column_name(&field.subject), Some(&field.place)));
            }
        }
        Layout::Columns => problems.extend(columns(model, dialect)),
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

fn limits(model: &Model, dialect: &dyn Dialect, layout: Layout) -> Vec<Diagnostic> {
    let limits = dialect.limits();
    let rules = model.cards.iter().map(|card| card.rules.len()).sum();
    let columns = if layout == Layout::Columns { model.fields.len() } else { 0 };
    let counts = [
        ("scorecards", model.cards.len(), limits.scorecards),
        ("rules", rules, limits.rules),
        ("different conditions", model.conditions.len(), limits.conditions),
        ("columns", columns, limits.columns),
    ];
    let engine = dialect.engine();
    let exceeded = counts.into_iter().filter(|(_, count, most)| count > most);
    exceeded
        .map(|(what, count, most)| {
            let number = |count: usize| thousands(count as u64);
            let message = format!(
                "a query for {engine} can have at most {} {what}, not {}",
                number(most),
                number(count)
            );
            Diagnostic::new(Code::SqlLimit, message)
                .help("compile fewer scorecards at a time, with `--scorecard`")
        })
        .collect()
}

/// The problem of a part of the name of the relation.
fn relation(dialect: &dyn Dialect, part: &str) -> Option<Diagnostic> {
    let (name, engine, longest) = (quoted(part), dialect.engine(), dialect.longest_name());
    let message = if part.contains(is_obeyed) {
        format!("the name of the relation {name} has a control character")
    } else if dialect.is_substituted(part) {
        format!("the name of the relation {name} has `${{`, and {engine} replaces `${{…}}`")
    } else if part.len() > longest {
        format!("the name of the relation {name} is too long: {engine} allows {longest} bytes")
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::SqlValue, message).help("make a view with another name, and read that"))
}

/// The problem of a text that no literal or identifier can hold.
fn text(dialect: &dyn Dialect, what: &str, text: &str, place: Option<&Place>) -> Option<Diagnostic> {
    if !text.contains('\0') {
        return None;
    }
    let message = format!("{what} {} contains U+0000, which {} cannot hold", quoted(text), dialect.engine());
    let problem = Diagnostic::new(Code::SqlValue, message).help("leave out the character");
    Some(match place {
        Some(place) => problem.at(place.clone()),
        None => problem,
    })
}

/// The texts that a test compares with.
fn texts(test: &Test) -> Vec<&str> {
    fn of<'p>(predicate: &'p Predicate, texts: &mut Vec<&'p str>) {
        match predicate {
            Predicate::TextIn(values) => texts.extend(values.iter().map(String::as_str)),
            Predicate::Affix(_, _, text) => texts.push(text),
            Predicate::All(members) | Predicate::Any(members) => {
                members.iter().for_each(|member| of(member, texts));
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    if let Test::Value { one, .. } = test {
        of(one, &mut texts);
    }
    texts
}

/// The problems of names of columns.
fn columns(model: &Model, dialect: &dyn Dialect) -> Vec<Diagnostic> {
    let engine = dialect.engine();
    let mut problems = Vec::new();
    // in the order of the fields, after the two columns that are always read
    let mut names: Vec<(String, &'static str)> = [Meta::Identifier, Meta::Blueprint]
        .map(|meta| (column_name(&Subject::Meta(meta)), "the field"))
        .into();
    for field in &model.fields {
        let kind = match &field.subject {
            Subject::Meta(Meta::Identifier | Meta::Blueprint) => continue,
            Subject::Property(_) => "the property",
            Subject::Relation(_) => "the relation",
            Subject::Meta(_) => "the field",
        };
        let name = column_name(&field.subject);
        let mut refuse = |message: String, help: &str| {
            problems.push(Diagnostic::new(Code::SqlColumn, message).help(help).at(field.place.clone()));
        };
        let longest = dialect.longest_name();
        if name.is_empty() || name.contains(is_obeyed) {
            let message = format!(
                "{kind} {} cannot be a column: its name is empty or has a control character",
                quoted(&name)
            );
            refuse(message, JSON);
        } else if dialect.is_substituted(&name) {
            let message = format!("{kind} {} cannot be a column: {engine} replaces `${{…}}`", quoted(&name));
            refuse(message, JSON);
        } else if name.len() > longest {
            let message = format!(
                "{kind} {} cannot be a column: {engine} cuts names after {longest} bytes",
                quoted(&name)
            );
            refuse(message, JSON);
        } else if let (Subject::Property(_) | Subject::Relation(_), Some(meta)) =
            (&field.subject, own_field(dialect, &name))
        {
            let message = format!(
                "{kind} {} cannot be a column: that column is the field `{}` of the entity itself",
                quoted(&name),
                meta.name()
            );
            refuse(message, JSON);
        } else if let Some((other, other_kind)) =
            names.iter().find(|(other, _)| dialect.is_same_column(other, &name))
        {
            let reason = if *other == name { "have the same name" } else { "differ only in case" };
            let message = format!(
                "{kind} {} and {other_kind} {} are the same column in {engine}: they {reason}",
                quoted(&name),
                quoted(other)
            );
            refuse(message, JSON);
        }
        names.push((name, kind));
    }
    problems
}

/// The field of an entity itself whose column has this name.
fn own_field(dialect: &dyn Dialect, name: &str) -> Option<Meta> {
    Meta::ALL.iter().copied().find(|meta| dialect.is_same_column(&column_name(&Subject::Meta(*meta)), name))
}

const JSON: &str = "use `--layout json`, or give the field another name with `--alias`";
