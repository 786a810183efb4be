//! `json` and `ndjson`: the versioned record of every entity, and the summary.
//!
//! A result with the same level and the same rules passing prints the same bytes, and there are few such
//! combinations, so each is serialized once a thread and copied from then on.

use super::{Context, Lines, Report, Totals};
use crate::grade::{Graded, Outcome};
use crate::result::{SCHEMA_VERSION, ScorecardRecord, Summary};
use serde::Serialize;
use std::collections::HashMap;

/// The whole document.
pub(super) struct Document<'c> {
    pub(super) context: Context<'c>,
}

/// Only the entities, one a line.
pub(super) struct EntityLines<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Document<'_> {
    fn wants_rule_counts(&self) -> bool {
        true
    }

    fn lines(&self) -> Option<Box<dyn Lines + '_>> {
        Some(Box::new(Writer::new(self.context)))
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn begin(&self, out: &mut Vec<u8>) {
        let as_of = self.context.scorecards.as_of();
        out.extend_from_slice(
            format!("{{\"schemaVersion\":{SCHEMA_VERSION},\"asOf\":\"{as_of}\",\"entities\":[\n").as_bytes(),
        );
    }

    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"summary\":");
        push(&Summary::new(self.context.scorecards, totals.tally), out);
        out.extend_from_slice(b"}\n");
    }
}

impl Report for EntityLines<'_> {
    fn lines(&self) -> Option<Box<dyn Lines + '_>> {
        Some(Box::new(LineWriter(Writer::new(self.context))))
    }

    fn finish(&self, _: &Totals<'_>, _: &mut Vec<u8>) {}
}

/// Each line has its end: when the input turns out to be bad, what was printed is whole.
struct LineWriter<'c>(Writer<'c>);

impl Lines for LineWriter<'_> {
    fn entity(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        self.0.entity(graded, out);
        out.push(b'\n');
    }
}

/// How many different results a thread remembers.
const MOST_REMEMBERED: usize = 4096;

struct Writer<'c> {
    context: Context<'c>,
    /// By scorecard, level with the no-data mark, and which rules pass.
    remembered: HashMap<(usize, usize, u128), Box<[u8]>>,
}

impl<'c> Writer<'c> {
    fn new(context: Context<'c>) -> Self {
        Self { context, remembered: HashMap::new() }
    }

    fn result(&mut self, outcome: &Outcome<'_>, out: &mut Vec<u8>) {
        let Some(standing) = outcome.standing() else {
            out.extend_from_slice(b"null");
            return;
        };
        if outcome.scorecard().rules.len() > 128 {
            push(&ScorecardRecord::new(outcome), out);
            return;
        }
        let passing = outcome.rules().fold(0_u128, |bits, (_, passes)| bits << 1 | u128::from(passes));
        let key = (outcome.index(), standing.level * 2 + usize::from(standing.no_data), passing);
        if let Some(bytes) = self.remembered.get(&key) {
            out.extend_from_slice(bytes);
            return;
        }
        let from = out.len();
        push(&ScorecardRecord::new(outcome), out);
        if self.remembered.len() < MOST_REMEMBERED {
            self.remembered.insert(key, out.get(from..).unwrap_or_default().into());
        }
    }
}

impl Lines for Writer<'_> {
    fn entity(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        out.extend_from_slice(b"{\"identifier\":");
        push_text(entity.identifier(), out);
        out.extend_from_slice(b",\"title\":");
        push_text(entity.title(), out);
        out.extend_from_slice(b",\"blueprint\":");
        push_text(graded.blueprint(), out);
        out.extend_from_slice(b",\"team\":[");
        for (index, name) in entity.team().iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            push_text(name, out);
        }
        out.extend_from_slice(b"],\"scorecards\":{");
        let mut first = true;
        for outcome in graded.outcomes() {
            let identifier = outcome.scorecard().identifier.as_str();
            if !self.context.display.only.shows_scorecard(identifier) {
                continue;
            }
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            push_text(identifier, out);
            out.push(b':');
            self.result(&outcome, out);
        }
        out.extend_from_slice(b"}}");
    }
}

/// A string as JSON; most need no escape.
fn push_text(text: &str, out: &mut Vec<u8>) {
    if text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        push(text, out);
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Writing to memory can not fail, and no map here has a key that is not a string.
fn push<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok());
}
