//! The text of a query: common table expressions, each a list of columns over the one before.

use crate::terminal::{clean, truncate};
use std::fmt::Write;

/// The width that lists of kept columns are wrapped at.
const WIDTH: usize = 110;

/// A common table expression.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) name: String,
    /// Its purpose, for a comment.
    pub(super) about: String,
    /// The columns that it keeps from the layer before.
    pub(super) kept: Vec<String>,
    pub(super) columns: Vec<Column>,
    /// The relation that it reads.
    pub(super) from: String,
    /// Conditions on the relation itself.
    pub(super) checks: Vec<String>,
}

/// A column that a layer computes.
#[derive(Debug)]
pub(super) struct Column {
    /// A comment above the column.
    pub(super) heading: Option<String>,
    pub(super) sql: String,
    pub(super) name: String,
    /// A comment after the column.
    pub(super) note: Option<String>,
}

impl Column {
    pub(super) fn new(sql: impl Into<String>, name: impl Into<String>) -> Self {
        Self { heading: None, sql: sql.into(), name: name.into(), note: None }
    }

    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    pub(super) fn heading(self, heading: impl Into<String>) -> Self {
        Self { heading: Some(heading.into()), ..self }
    }
}

impl Layer {
    /// Appends the layer. `opening` is the text between its name and the query, `fence` a clause after the query.
    pub(super) fn write(&self, opening: &str, fence: &str, out: &mut String) {
        let Self { name, about, from, .. } = self;
        let mut push = |text: &str| out.push_str(text);
        push(&format!("{name} {opening} (\n  -- {about}\n  SELECT"));
        let mut line = String::new();
        let last = self.kept.len() + self.columns.len();
        let comma = |position: usize| if position < last { "," } else { "" };
        for (position, kept) in (1..).zip(&self.kept) {
            if !line.is_empty() && line.len() + kept.len() > WIDTH {
                push(&format!("\n   {line}"));
                line.clear();
            }
            line += &format!(" {kept}{}", comma(position));
        }
        if !line.is_empty() {
            push(&format!("\n   {line}"));
        }
        for (position, column) in (self.kept.len() + 1..).zip(&self.columns) {
            if let Some(heading) = &column.heading {
                push(&format!("\n    -- {heading}"));
            }
            let alias =
                if column.sql == column.name { String::new() } else { format!(" AS {}", column.name) };
            push(&format!("\n    {}{alias}{}", column.sql, comma(position)));
            if let Some(note) = &column.note {
                push(&format!(" -- {note}"));
            }
        }
        push(&format!("\n  FROM {from}"));
        if !self.checks.is_empty() {
            push(&format!(
                "\n  -- a column of another type is an error\n  WHERE {}",
                self.checks.join("\n    AND ")
            ));
        }
        if !fence.is_empty() {
            push(&format!("\n  {fence}"));
        }
        push("\n)");
    }
}

/// An array of values, one a line, each with a comment.
pub(super) fn array(open: &str, close: &str, values: &[(String, String)]) -> String {
    let mut text = open.to_owned();
    for (position, (value, note)) in (1..).zip(values) {
        let comma = if position < values.len() { "," } else { "" };
        let note = if note.is_empty() { String::new() } else { format!(" -- {note}") };
        // writing to a string cannot fail
        let _ = write!(text, "\n      {value}{comma}{note}");
    }
    text + "\n    " + close
}

/// Text of a user for a comment, which ends at the end of its line.
pub(super) fn comment(text: &str) -> String {
    const LONGEST: usize = 120;
    // a template engine such as that of dbt looks into comments, and so does Spark for variables
    let mut text = clean(truncate(text, LONGEST)).to_string();
    for (opening, apart) in [("${", "$ {"), ("{{", "{ {"), ("{{", "{ {"), ("{%", "{ %"), ("{#", "{ #")] {
        text = text.replace(opening, apart);
    }
    // in Spark a comment goes on after a line that ends with a backslash
    if text.ends_with('\\') { text + " " } else { text }
}

/// Joins conditions, in groups if there are many: an engine reads a long chain as a deep tree.
pub(super) fn joined(members: &[String], operator: &str, none: &str) -> String {
    const MOST: usize = 50;
    match members {
        [] => none.to_owned(),
        [one] => one.clone(),
        few if few.len() <= MOST => few.join(&format!(" {operator} ")),
        many => {
            let groups: Vec<String> =
                many.chunks(MOST).map(|group| format!("({})", joined(group, operator, none))).collect();
            joined(&groups, operator, none)
        }
    }
}
