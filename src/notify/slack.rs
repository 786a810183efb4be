//! `slack`: one JSON object for an incoming webhook.
//!
//! All text is `plain_text`, because Slack has no escape for the characters that format `mrkdwn` (`*`, `_`, `~`, the
//! back-tick), and a zero-width space beside one of them does not stop it from formatting. In `plain_text` they are shown as
//! they are. Slack decodes `&amp;`, `&lt;` and `&gt;` in every text object, so these are escaped in all of them; only an
//! unescaped `<` can mention a person or a channel (<https://api.slack.com/reference/surfaces/formatting#escaping>).

use super::length::{length, line};
use super::message::{Entity, Message};
use crate::json::write_compact;
use crate::terminal::{counted, thousands};
use serde::Serialize;

/// The maximum number of blocks in a message (<https://api.slack.com/reference/block-kit/blocks>).
const MOST_BLOCKS: usize = 50;
/// The maximum length of a text. Slack says characters; UTF-16 units after escaping are never fewer.
const MOST_TEXT: usize = 3_000;
/// The maximum length of the text of a header.
const MOST_HEADER: usize = 150;
/// The maximum length of the whole message as JSON. Above about 13,200 characters in all blocks Slack answers
/// `msg_blocks_too_long`, which is not documented (<https://github.com/slackapi/bolt-js/issues/2509>); what the blocks are
/// made of counts too (<https://github.com/slackapi/bolt-js/issues/2867>).
const MOST_MESSAGE: usize = 12_000;
/// The part of a message that is kept for its last block.
const LAST_BLOCK: usize = 200;

/// The maximum length of the fallback, which notifications show.
const MOST_FALLBACK: usize = 300;
/// The maximum length of the name of an entity, of its other teams, and of a line.
const MOST_NAME: usize = 200;
const MOST_TEAMS: usize = 100;
const MOST_LINE: usize = 450;
/// The maximum number of lines of context, and the maximum length of each.
const MOST_CONTEXT: usize = 8;
const MOST_CONTEXT_LINE: usize = 300;

#[derive(Serialize)]
struct Payload {
    text: String,
    blocks: Vec<Block>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Header { text: Text },
    Section { text: Text },
    Context { elements: [Text; 1] },
}

/// A text object. Its text is escaped.
#[derive(Serialize)]
struct Text {
    #[serde(rename = "type")]
    kind: &'static str,
    text: String,
    /// Whether `:name:` becomes an emoji.
    emoji: bool,
}

impl Block {
    fn header(text: String) -> Self {
        Self::Header { text: Text::new(text) }
    }

    fn section(text: String) -> Self {
        Self::Section { text: Text::new(text) }
    }

    fn context(text: String) -> Self {
        Self::Context { elements: [Text::new(text)] }
    }

    /// Its length as JSON with a comma.
    fn size(&self) -> usize {
        size(self) + 1
    }
}

impl Text {
    fn new(text: String) -> Self {
        Self { kind: "plain_text", text, emoji: false }
    }
}

/// The message with a line feed at its end. The entities are grouped by team; those that do not fit are counted.
pub(crate) fn slack(message: Message<'_>) -> String {
    let Message { heading, context, entities } = message;
    let mut entities = entities.peekable();
    let count = entities.len();
    let text = fallback(&heading, entities.peek());
    let mut blocks = vec![Block::header(escaped(&heading, MOST_HEADER))];
    let lines: Vec<String> =
        context.iter().take(MOST_CONTEXT).map(|text| escaped(text, MOST_CONTEXT_LINE)).collect();
    blocks.extend((!lines.is_empty()).then(|| Block::context(lines.join("\n"))));
    let used =
        Used { blocks: blocks.len(), size: size(&text) + blocks.iter().map(Block::size).sum::<usize>() };
    let layout = Layout::best(&first_texts(entities), used);
    let left = count - layout.shown;
    let more = if layout.shown > 0 { "more " } else { "" };
    blocks.extend(layout.into_blocks());
    if left > 0 {
        let text = counted(left as u64, &format!("{more}entity"), &format!("{more}entities"));
        blocks.push(Block::context(format!("… and {text}")));
    }
    json(&Payload { text, blocks }) + "\n"
}

/// The texts of the first entities, each with its team: at least as many as fit into a message.
fn first_texts<'m>(entities: impl Iterator<Item = Entity<'m>>) -> Vec<(Option<&'m str>, String)> {
    let mut room = MOST_MESSAGE;
    let texts = entities.map(|entity| (entity.team(), entity_text(&entity)));
    let fits = |(_, text): &(Option<&str>, String)| {
        let size = units(text);
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    };
    texts.take_while(fits).collect()
}

/// What a notification shows: the heading and the most serious entity.
fn fallback(heading: &str, first: Option<&Entity<'_>>) -> String {
    let heading = escaped(heading, MOST_FALLBACK / 2);
    let Some(first) = first else { return heading };
    let name = escape(&first.name(MOST_FALLBACK / 4, escaped_length));
    let headline = first.lines.first().map(|line| line.headline(MOST_FALLBACK / 5, escaped_length));
    let headline = headline.map(|text| format!(": {}", escape(&text))).unwrap_or_default();
    format!("{heading} – {name}{headline}")
}

/// The part of a message that is in use.
#[derive(Clone, Copy)]
struct Used {
    blocks: usize,
    /// The length as JSON.
    size: usize,
}

/// Where the name of a team is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TeamNames {
    /// In a block of its own above the entities, which is easier to read.
    Headers,
    /// At the beginning of the text of the entities, which leaves blocks for more teams.
    Lines,
}

/// The entities of a message that fit.
struct Layout<'m> {
    names: TeamNames,
    groups: Vec<Group<'m>>,
    /// How many entities the groups have.
    shown: usize,
    used: Used,
}

/// The entities of a team.
struct Group<'m> {
    /// `None` for entities without a team.
    team: Option<&'m str>,
    /// The texts of its sections, each with as many entities as fit.
    sections: Vec<String>,
}

/// What separates two entities of a section.
const SEPARATOR: &str = "\n\n";

impl<'m> Layout<'m> {
    /// The layout with headers, unless they leave no block for another team and the other layout shows more entities.
    fn best(texts: &[(Option<&'m str>, String)], used: Used) -> Self {
        let [headers, lines] = [TeamNames::Headers, TeamNames::Lines].map(|names| {
            let mut layout = Self { names, groups: Vec::new(), shown: 0, used };
            layout.shown = texts.iter().take_while(|(team, text)| layout.add(*team, text)).count();
            layout
        });
        let has_no_block = headers.used.blocks + 2 >= MOST_BLOCKS;
        if has_no_block && lines.shown > headers.shown { lines } else { headers }
    }

    /// Adds an entity to the group of its team. Returns `false` if it does not fit into the message.
    fn add(&mut self, team: Option<&'m str>, text: &str) -> bool {
        let group = self.groups.iter().position(|group| group.team == team);
        let text = match (group, self.names) {
            (None, TeamNames::Lines) => format!("{}{SEPARATOR}{text}", team_line(team)),
            _ => text.to_owned(),
        };
        let section = group.and_then(|group| self.groups.get_mut(group)?.sections.last_mut());
        let joined = section.filter(|section| units(section) + units(SEPARATOR) + units(&text) <= MOST_TEXT);
        let new = Block::section(text.clone()).size();
        let (blocks, size) = match (&joined, group, self.names) {
            (Some(_), ..) => (0, size(SEPARATOR) + size(&text)),
            (None, None, TeamNames::Headers) => (2, Block::header(header(team)).size() + new),
            (None, ..) => (1, new),
        };
        // one block is kept for the count of the others
        if self.used.blocks + blocks >= MOST_BLOCKS || self.used.size + size + LAST_BLOCK > MOST_MESSAGE {
            return false;
        }
        self.used = Used { blocks: self.used.blocks + blocks, size: self.used.size + size };
        match joined {
            Some(section) => *section = format!("{section}{SEPARATOR}{text}"),
            None => match group.and_then(|group| self.groups.get_mut(group)) {
                Some(group) => group.sections.push(text),
                None => self.groups.push(Group { team, sections: vec![text] }),
            },
        }
        true
    }

    /// The groups in the order of their most serious entity, the one without a team last.
    fn into_blocks(mut self) -> impl Iterator<Item = Block> {
        self.groups.sort_by_key(|group| group.team.is_none());
        let has_headers = self.names == TeamNames::Headers;
        self.groups.into_iter().flat_map(move |group| {
            let sections = group.sections.into_iter().map(Block::section);
            has_headers.then(|| Block::header(header(group.team))).into_iter().chain(sections)
        })
    }
}

const NO_TEAM: &str = "No team";

fn header(team: Option<&str>) -> String {
    team.map_or_else(|| NO_TEAM.to_owned(), |team| escaped(team, MOST_HEADER))
}

fn team_line(team: Option<&str>) -> String {
    team.map_or_else(|| NO_TEAM.to_owned(), |team| format!("Team {}", escaped(team, MOST_TEAMS)))
}

/// An entity with its lines; those that do not fit are counted.
fn entity_text(entity: &Entity<'_>) -> String {
    let mut text = escape(&entity.name(MOST_NAME, escaped_length));
    text += &format!(" · {}", escaped(entity.blueprint, MOST_TEAMS));
    let others: Vec<&str> = entity.visible_teams().skip(1).collect();
    if !others.is_empty() {
        text += &format!(" · also {}", escaped(&others.join(", "), MOST_TEAMS));
    }
    for (index, line) in entity.lines.iter().enumerate() {
        let line = escape(&line.text(MOST_LINE, escaped_length));
        if units(&text) + units(&line) + LAST_LINE + TEAM_LINE > MOST_TEXT {
            let more = entity.lines.len() - index;
            return format!("{text}\n… and {} more", thousands(more as u64));
        }
        text += &format!("\n{line}");
    }
    text
}

/// The part of a text that is kept for the count of its other lines.
const LAST_LINE: usize = 50;
/// The part of a text that is kept for the line of a team.
const TEAM_LINE: usize = MOST_TEAMS + 10;

/// A text on one line, sanitized, shortened and escaped.
fn escaped(text: &str, most: usize) -> String {
    escape(&line(text, most, escaped_length))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The length of an escaped character in UTF-16 units.
fn escaped_length(character: char) -> usize {
    match character {
        '&' => 5,
        '<' | '>' => 4,
        other => other.len_utf16(),
    }
}

fn units(text: &str) -> usize {
    length(text, char::len_utf16)
}

/// The length of a value as JSON.
fn size<T: Serialize + ?Sized>(value: &T) -> usize {
    units(&json(value))
}

#[expect(clippy::expect_used, reason = "a buffer takes every text, and no map has other keys than strings")]
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = Vec::new();
    write_compact(value, &mut text).expect("the value can be written");
    String::from_utf8(text).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_notify() {
        assert_eq!(escaped("<!channel> & <@U1>", 100), "&lt;!channel&gt; &amp; &lt;@U1&gt;");
        // an entity is never cut in the middle
        for most in 1..20 {
            let cut = escaped("a<b>&c&lt;", most);
            assert!(units(&cut) <= most.max(1), "{cut}");
            let rest = cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "");
            assert!(!rest.contains(['&', '<', '>']), "{cut}");
        }
    }

    #[test]
    fn a_separator_costs_as_much_as_it_does_in_json() {
        let joined = size(&format!("a{SEPARATOR}b"));
        assert!(joined <= size("a") + size(SEPARATOR) + size("b"));
    }
}
