//! A fast encoder of entities, for the formats that print millions of them.
//!
//! Results with the same level and the same passing rules are encoded to the same bytes, and there are few such
//! combinations. So each thread encodes a combination once, and copies its bytes afterwards. The bytes are the same
//! as those of [`EntityRecord`](super::EntityRecord).

use super::earlier::Earlier;
use super::layout::json;
use super::record::{ScorecardRecord, Was};
use super::shown::AsJson;
use crate::entity::Slot;
use crate::grade::{Gate, Graded, Judgement, NoDataReason, Outcome};
use crate::json::needs_no_escape;
use std::collections::HashMap;

/// The maximum number of results in the cache of an encoder.
const MAX_CACHED: usize = 4096;

/// A result without the titles: the scorecard, the level, the reason for no data, and one bit for each rule that passes.
/// The judgement of the gate follows from these, unless a waiver excuses the result.
type Key = (usize, usize, Option<NoDataReason>, u128);

/// Encodes entities one after another. Each thread has its own encoder.
pub(crate) struct EntityEncoder<'g> {
    gate: &'g Gate,
    /// The shown properties, each with the text before its value.
    shown: Vec<(Box<[u8]>, Slot)>,
    /// Encoded results, without the level in the baseline.
    cache: HashMap<Key, Encoded>,
    /// The results to compare with, if there are any.
    baseline: Option<&'g dyn Earlier>,
}

/// An encoded result.
struct Encoded {
    bytes: Box<[u8]>,
    /// Where the level ends: the level in the baseline is inserted there.
    level_end: usize,
}

impl Encoded {
    fn new(outcome: &Outcome<'_>, gate: &Gate) -> Self {
        let record = ScorecardRecord::new(outcome, gate);
        let mut bytes = b"{\"level\":".to_vec();
        json(&record.as_ref().map(|record| &record.level), &mut bytes);
        let level_end = bytes.len();
        bytes.clear();
        json(&record, &mut bytes);
        Self { bytes: bytes.into(), level_end }
    }

    fn write(&self, was: Option<&Was<'_>>, out: &mut Vec<u8>) {
        match was {
            None => out.extend_from_slice(&self.bytes),
            Some(was) => self.insert(was, out),
        }
    }

    fn insert(&self, was: &Was<'_>, out: &mut Vec<u8>) {
        let (start, end) = self.bytes.split_at(self.level_end);
        out.extend_from_slice(start);
        out.extend_from_slice(b",\"was\":");
        match was {
            Was::Level(title) => text(title, out),
            Was::NotApplicable => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(end);
    }
}

impl<'g> EntityEncoder<'g> {
    /// Creates an encoder that also writes the shown properties. Results are judged by the gate.
    pub(crate) fn new(gate: &'g Gate, shown: &[(String, Slot)]) -> Self {
        let key = |(index, (name, slot)): (usize, &(String, Slot))| {
            let mut key = if index == 0 { b",\"shown\":{".to_vec() } else { b",".to_vec() };
            json(name.as_str(), &mut key);
            key.push(b':');
            (key.into(), *slot)
        };
        let shown = shown.iter().enumerate().map(key).collect();
        Self { gate, shown, cache: HashMap::new(), baseline: None }
    }

    /// Also writes the level of each result in the baseline.
    pub(crate) fn with_baseline(self, baseline: Option<&'g dyn Earlier>) -> Self {
        Self { baseline, ..self }
    }

    /// Appends an entity as one JSON object.
    pub(crate) fn encode(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        out.extend_from_slice(b"{\"identifier\":");
        text(entity.identifier(), out);
        out.extend_from_slice(b",\"title\":");
        text(entity.title(), out);
        out.extend_from_slice(b",\"blueprint\":");
        text(graded.blueprint(), out);
        out.extend_from_slice(b",\"team\":[");
        for (index, name) in entity.team().iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            text(name, out);
        }
        out.push(b']');
        for (key, slot) in &self.shown {
            out.extend_from_slice(key);
            json(&AsJson(entity.value(*slot)), out);
        }
        if !self.shown.is_empty() {
            out.push(b'}');
        }
        out.extend_from_slice(b",\"scorecards\":{");
        let former = self.baseline.and_then(|baseline| {
            let first = graded.outcomes().next()?;
            Some((baseline, baseline.find(first.index(), entity.identifier())?))
        });
        let mut is_first = true;
        for outcome in graded.outcomes() {
            if !std::mem::take(&mut is_first) {
                out.push(b',');
            }
            text(&outcome.scorecard().identifier, out);
            out.push(b':');
            let was = former.and_then(|(baseline, entity)| baseline.level(entity, outcome.index()));
            self.result(&outcome, was.as_ref(), out);
        }
        out.extend_from_slice(b"}}");
    }

    fn result(&mut self, outcome: &Outcome<'_>, was: Option<&Was<'_>>, out: &mut Vec<u8>) {
        let Some(standing) = outcome.standing() else {
            out.extend_from_slice(b"null");
            return;
        };
        let is_waived = || matches!(self.gate.judge(outcome), Judgement::Waived { .. });
        if outcome.scorecard().rules.len() > 128 || self.gate.has_waivers() && is_waived() {
            json(&ScorecardRecord::new(outcome, self.gate).map(|record| record.with_was(was.cloned())), out);
            return;
        }
        let passing = outcome.rules().fold(0_u128, |bits, (_, passes)| bits << 1 | u128::from(passes));
        let key = (outcome.index(), standing.level, standing.no_data, passing);
        if let Some(encoded) = self.cache.get(&key) {
            return encoded.write(was, out);
        }
        let encoded = Encoded::new(outcome, self.gate);
        encoded.write(was, out);
        if self.cache.len() < MAX_CACHED {
            self.cache.insert(key, encoded);
        }
    }
}

/// Appends a string as JSON. Most strings need no escapes.
fn text(text: &str, out: &mut Vec<u8>) {
    if !needs_no_escape(text) {
        json(text, out);
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}
