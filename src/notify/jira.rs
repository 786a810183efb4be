//! `jira`: one JSON object a line, each the body of an issue creation of the Jira Cloud REST API, version 3
//! (`POST /rest/api/3/issue`). The description is a document in the Atlassian Document Format, in which text is never
//! markup, so nothing is escaped.

use super::length::{Measure, length, line};
use super::message::{Entity, Line, Message};
use crate::json::write_compact;
use crate::scorecard::Digest;
use crate::terminal::{counted, thousands};
use serde::Serialize;
use std::io::{Result, Write};

/// The maximum length of a summary in UTF-16 units. It must be one line.
const MOST_SUMMARY: usize = 255;
/// The maximum length of the headline in a summary.
const MOST_HEADLINE: usize = 140;
/// The maximum length of a description as JSON, above which Jira answers `CONTENT_LIMIT_EXCEEDED`
/// (<https://jira.atlassian.com/browse/JRACLOUD-78553>). It is kept for every spelling of the JSON: see [`json_length`].
const MOST_DESCRIPTION: usize = 32_767;
/// The part of a description that is kept for the count of its other lines.
const LAST_ITEM: usize = 300;
/// The maximum lengths of the parts of a description. All of them together with one line are below its maximum.
const MOST_LINE: usize = 4_000;
const MOST_NAME: usize = 2_000;
const MOST_TEAMS: usize = 3_000;
const MOST_CONTEXT: usize = 8;
const MOST_CONTEXT_LINE: usize = 1_500;

/// What all issues have in common.
#[derive(Debug)]
pub(crate) struct JiraOptions<'o> {
    /// The key of the project.
    pub(crate) project: &'o str,
    /// The name of the type of the issues.
    pub(crate) issue_type: &'o str,
}

/// Writes an issue for each entity. The heading of the message introduces the lines of the entity.
///
/// # Errors
/// Returns a failure to write.
pub(crate) fn jira(message: Message<'_>, options: &JiraOptions<'_>, out: &mut dyn Write) -> Result<()> {
    let Message { heading, context, entities } = message;
    for entity in entities {
        let fields = Fields {
            project: Project { key: options.project },
            issuetype: IssueType { name: options.issue_type },
            summary: summary(&entity),
            description: description(&heading, &context, &entity),
            labels: [label(&entity)],
        };
        write_compact(&Issue { fields }, &mut *out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Issue<'o> {
    fields: Fields<'o>,
}

#[derive(Serialize)]
struct Fields<'o> {
    project: Project<'o>,
    issuetype: IssueType<'o>,
    summary: String,
    description: Document,
    labels: [String; 1],
}

#[derive(Serialize)]
struct Project<'o> {
    key: &'o str,
}

#[derive(Serialize)]
struct IssueType<'o> {
    name: &'o str,
}

/// A document in the Atlassian Document Format.
#[derive(Serialize)]
struct Document {
    version: u8,
    #[serde(rename = "type")]
    kind: &'static str,
    content: Vec<Node>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Node {
    Paragraph { content: Vec<Node> },
    BulletList { content: Vec<Node> },
    ListItem { content: Vec<Node> },
    Text { text: String },
}

impl Node {
    /// A paragraph with this text. A text in a document must not be empty.
    fn paragraph(text: String) -> Self {
        let content = if text.is_empty() { Vec::new() } else { vec![Self::Text { text }] };
        Self::Paragraph { content }
    }

    fn item(text: String) -> Self {
        Self::ListItem { content: vec![Self::paragraph(text)] }
    }
}

/// What lets a script find an open issue of the entity first: the same for all its changes, on every day.
fn label(entity: &Entity<'_>) -> String {
    let mut digest = Digest::new();
    digest.text(entity.blueprint);
    digest.text(entity.identifier);
    format!("dora-score-{}", digest.digits())
}

/// The entity and its most serious line.
fn summary(entity: &Entity<'_>) -> String {
    let units: Measure = char::len_utf16;
    let mut end = entity.lines.first().map_or_else(String::new, |first| first.headline(MOST_HEADLINE, units));
    let more = entity.lines.len().saturating_sub(1);
    if more > 0 {
        end += &format!(", {} more", thousands(more as u64));
    }
    let name = entity.name(MOST_SUMMARY.saturating_sub(length(&end, units) + length(": ", units)), units);
    format!("{name}: {end}")
}

/// What happened, whose entity it is, and what was compared.
fn description(heading: &str, context: &[String], entity: &Entity<'_>) -> Document {
    let teams: Vec<&str> = entity.visible_teams().collect();
    let label = match teams.len() {
        0 => "No team",
        1 => "Team: ",
        _ => "Teams: ",
    };
    let names = [
        format!("Entity: {}", entity.name(MOST_NAME, json_length)),
        format!("Blueprint: {}", line(entity.blueprint, MOST_NAME, json_length)),
        format!("{label}{}", line(&teams.join(", "), MOST_TEAMS, json_length)),
    ];
    let context = context.iter().take(MOST_CONTEXT).map(|text| line(text, MOST_CONTEXT_LINE, json_length));
    let end: Vec<Node> = names.into_iter().chain(context).map(Node::paragraph).collect();
    let mut content = vec![Node::paragraph(line(heading, MOST_CONTEXT_LINE, json_length))];
    let mut document = Document { version: 1, kind: "doc", content: Vec::new() };
    let used: usize = size(&document) + content.iter().chain(&end).map(size).sum::<usize>();
    content.push(Node::BulletList { content: items(&entity.lines, MOST_DESCRIPTION - LAST_ITEM - used) });
    content.extend(end);
    document.content = content;
    document
}

/// The lines as items of a list; those that do not fit are counted.
fn items(lines: &[Line], mut room: usize) -> Vec<Node> {
    let mut items = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let item = Node::item(line.text(MOST_LINE, json_length));
        let size = size(&item);
        if size > room {
            let more = counted((lines.len() - index) as u64, "more change", "more changes");
            items.push(Node::item(format!("… and {more}")));
            break;
        }
        room -= size;
        items.push(item);
    }
    items
}

/// The length of a character in the longest JSON that a client may send: with a `\u` escape for each UTF-16 unit that is
/// not ASCII.
fn json_length(character: char) -> usize {
    match character {
        '"' | '\\' => 2,
        ' '..='~' => 1,
        other => other.len_utf16() * r"\u0000".len(),
    }
}

/// The length of a node in the longest JSON that a client may send, with a comma, and with a space after each `:` and `,`.
fn size<T: Serialize>(value: &T) -> usize {
    #[expect(
        clippy::expect_used,
        reason = "a buffer takes every text, and no map has other keys than strings"
    )]
    let json = serde_json::to_string(value).expect("the value can be written");
    let measure: Measure = |character| match character {
        ' '..='~' => 1,
        other => json_length(other),
    };
    length(&json, measure) + json.matches("\":").count() + json.matches(",\"").count() + 2
}
