//! Writes the waivers of results that fail now, one a line.

use super::expiry::Expiry;
use super::pattern::escaped;
use crate::json::write_compact;
use serde::Serialize;

/// The text before the first waiver.
pub(crate) const HEAD: &str = "{\"waivers\": [";
/// The text after the last waiver.
pub(crate) const TAIL: &str = "\n]}\n";

#[derive(Serialize)]
struct Line<'l> {
    entity: String,
    scorecard: String,
    reason: &'l str,
    expires: String,
}

/// Appends a waiver that excuses the results of this entity in this scorecard.
#[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
pub(crate) fn write_waiver(entity: &str, scorecard: &str, reason: &str, expires: Expiry, out: &mut Vec<u8>) {
    let [entity, scorecard] = [entity, scorecard].map(escaped);
    let line = Line { entity, scorecard, reason, expires: expires.to_string() };
    write_compact(&line, out).expect("memory can be written");
}
