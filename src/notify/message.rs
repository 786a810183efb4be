//! What a message says, before it has a format.

use super::length::{Measure, is_invisible, length, line};

/// A message about entities. Its texts are neither escaped nor shortened; each format does that.
pub(crate) struct Message<'m> {
    /// What happened, in one line.
    pub(crate) heading: String,
    /// What was compared, one text a line.
    pub(crate) context: Vec<String>,
    /// The entities, the most serious ones first. They are made one by one, because there may be millions.
    pub(crate) entities: Box<dyn ExactSizeIterator<Item = Entity<'m>> + 'm>,
}

/// An entity, and what happened to it.
#[derive(Debug)]
pub(crate) struct Entity<'m> {
    pub(crate) identifier: &'m str,
    pub(crate) title: &'m str,
    pub(crate) blueprint: &'m str,
    pub(crate) teams: Vec<&'m str>,
    /// The most serious line first; there is at least one.
    pub(crate) lines: Vec<Line>,
}

/// What happened to the result of an entity in a scorecard.
#[derive(Debug)]
pub(crate) struct Line {
    /// A character that shows the kind of change, such as `▼`.
    pub(crate) mark: &'static str,
    /// The title of the scorecard.
    pub(crate) scorecard: String,
    /// What happened, such as `Gold → Bronze`.
    pub(crate) event: String,
    /// Why, such as the rules whose status changed; may be empty.
    pub(crate) details: String,
}

impl<'m> Entity<'m> {
    /// The team that the entity is grouped by: its first one.
    pub(super) fn team(&self) -> Option<&'m str> {
        self.visible_teams().next()
    }

    /// The teams that have a name.
    pub(super) fn visible_teams(&self) -> impl Iterator<Item = &'m str> + '_ {
        self.teams.iter().copied().filter(|team| !is_invisible(team))
    }

    /// The title, and the identifier if that differs. Both stay recognizable if they are long.
    pub(super) fn name(&self, most: usize, measure: Measure) -> String {
        let title = line(self.title, most, measure);
        if self.title == self.identifier || is_invisible(&title) {
            let identifier = line(self.identifier, most, measure);
            return if is_invisible(&identifier) { "(blank)".to_owned() } else { identifier };
        }
        let identifier = line(self.identifier, most / 2, measure);
        let room = most.saturating_sub(length(&identifier, measure) + length(" ()", measure));
        format!("{} ({identifier})", line(self.title, room, measure))
    }
}

impl Line {
    /// The whole line.
    pub(super) fn text(&self, most: usize, measure: Measure) -> String {
        let start = length(self.mark, measure) + length(" ", measure);
        let headline = self.headline(most.saturating_sub(start) / 2, measure);
        let room = most.saturating_sub(start + length(&headline, measure) + length(" ()", measure));
        let details = line(&self.details, room, measure);
        let details = if details.is_empty() { details } else { format!(" ({details})") };
        format!("{} {headline}{details}", self.mark).trim_start().to_owned()
    }

    /// The scorecard and what happened.
    pub(super) fn headline(&self, most: usize, measure: Measure) -> String {
        let scorecard = line(&self.scorecard, most / 2, measure);
        let room = most.saturating_sub(length(&scorecard, measure) + length(": ", measure));
        format!("{scorecard}: {}", line(&self.event, room, measure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_of(scorecard: &str, details: &str) -> Line {
        let event = "Gold → Bronze".to_owned();
        Line { mark: "▼", scorecard: scorecard.to_owned(), event, details: details.to_owned() }
    }

    #[test]
    fn long_parts_leave_room_for_the_others() {
        let text = |scorecard: &str, details: &str| line_of(scorecard, details).text(80, char::len_utf16);
        assert_eq!(text("Lead Time", ""), "▼ Lead Time: Gold → Bronze");
        assert_eq!(text("Lead Time", "fast fails"), "▼ Lead Time: Gold → Bronze (fast fails)");
        let long = text(&"s".repeat(5_000), &"d".repeat(5_000));
        assert_eq!(long, format!("▼ {}…: Gold → Bronze ({}…)", "s".repeat(18), "d".repeat(40)));
    }

    #[test]
    fn the_identifier_of_an_entity_with_a_long_title_stays() {
        let name = |title: &str, identifier: &str| {
            let (teams, lines) = (Vec::new(), Vec::new());
            Entity { identifier, title, blueprint: "service", teams, lines }.name(30, char::len_utf16)
        };
        assert_eq!(name("Checkout", "checkout"), "Checkout (checkout)");
        assert_eq!(name("checkout", "checkout"), "checkout");
        assert_eq!(name(&"t".repeat(5_000), "checkout"), format!("{}… (checkout)", "t".repeat(18)));
        assert_eq!(name("\u{200b}", "checkout"), "checkout");
        assert_eq!(name(" ", ""), "(blank)");
        let both = name(&"t".repeat(5_000), &"i".repeat(5_000));
        assert_eq!(both, format!("{}… ({}…)", "t".repeat(11), "i".repeat(14)));
    }
}
