//! The naive verdict of `diff --fail-on`.

use super::naive_diff::{Card, Change, Options, rank};
use super::side::{Refusal, named, text};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FailOn {
    Down,
    /// The scorecard, if one is named, and the level.
    Below(Option<String>, String),
    LostData,
    Disappeared,
    Any,
    ChangedRules,
}

/// The rank of the level of `below=`, in a scorecard.
fn limit(card: &Card, level: &str) -> Result<u64, Refusal> {
    let titles: Vec<String> = card.order.iter().map(|(_, title)| title.clone()).collect();
    let found = named(&titles, level).and_then(|title| rank(&card.order, title)).filter(|rank| *rank > 0);
    found.ok_or(Refusal::Unclear("a level that cannot be fallen below"))
}

/// Refuses levels of `below=` that not every scorecard has, because what happens then is not specified.
pub(super) fn has_levels(options: &Options, cards: &[Card]) -> Result<(), Refusal> {
    for kind in &options.fail_on {
        let FailOn::Below(named, level) = kind else { continue };
        let is_meant = |card: &&Card| named.as_ref().is_none_or(|named| *named == card.key.1);
        let meant: Vec<&Card> = cards.iter().filter(is_meant).collect();
        if meant.is_empty() || meant.iter().any(|card| card.on != "both") {
            return Err(Refusal::Unclear("a scorecard that is not compared"));
        }
        for card in meant {
            limit(card, level)?;
        }
    }
    Ok(())
}

/// Whether a change of a scorecard with the same definition makes a kind of `--fail-on` fail.
pub(super) fn fails(kind: &FailOn, change: &Change, card: &Card) -> Result<bool, Refusal> {
    let direction = change.kind.unwrap_or_default();
    Ok(match kind {
        FailOn::Any => change.kind.is_some(),
        FailOn::Down => direction == "down",
        FailOn::Disappeared => direction == "disappeared",
        FailOn::LostData => direction == "lostData" || (direction == "down" && change.loses_data()),
        FailOn::Below(named, level) if named.as_ref().is_none_or(|named| *named == card.key.1) => {
            let limit = limit(card, level)?;
            let rank_of = |title: &Value| rank(&card.order, &text(title));
            direction == "down"
                && rank_of(&change.from()) >= Some(limit)
                && rank_of(&change.to()) < Some(limit)
        }
        FailOn::Below(..) | FailOn::ChangedRules => false,
    })
}

#[derive(Default)]
pub(super) struct Verdict {
    pub(super) culprits: Vec<Value>,
    /// How many results are on one side at least; on both; on both with a level; and of those with the same
    /// definition.
    pub(super) any: usize,
    pub(super) shared: usize,
    pub(super) levels: usize,
    pub(super) comparable: usize,
}

impl Verdict {
    /// The exit codes that are right.
    pub(super) fn codes(&self, options: &Options, cards: &[Card], has_entities: bool) -> Vec<i32> {
        let asked = &options.fail_on;
        let differs = cards.iter().any(|card| card.definition == "changed");
        let has_changed = differs && asked.contains(&FailOn::ChangedRules);
        let is_gone = asked.contains(&FailOn::Disappeared) || asked.contains(&FailOn::Any);
        let code = i32::from(has_changed || !self.culprits.is_empty());
        if asked.is_empty() {
            return vec![0];
        }
        if self.shared == 0 {
            return match (self.any > 0 && !has_entities && is_gone, differs) {
                (true, false) if options.entities.is_empty() => vec![1],
                (false, _) if !has_changed => vec![3],
                _ => vec![1, 3],
            };
        }
        match self.levels == 0 || (self.comparable == 0 && !has_changed) {
            true => vec![code, 3],
            false => vec![code],
        }
    }
}
