//! The layout of a result document: its head, the separator between entities, and its tail. Every entity is on a
//! separate line, so that tools such as `grep` and `diff` work on a document.

use super::record::{BaselineRecord, GateSummary, Summary};
use crate::json::write_compact;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::value::Instant;
use serde::Serialize;

/// The text between two entities.
pub(crate) const SEPARATOR: &[u8] = b",\n";

/// Appends the text before the first entity; `baseline` is `None` if the run has no baseline.
pub(crate) fn head(as_of: Instant, baseline: Option<&BaselineRecord>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"schemaVersion\":");
    json(&SCHEMA_VERSION, out);
    out.extend_from_slice(b",\"kind\":");
    json(&DocumentKind::Result, out);
    out.extend_from_slice(b",\"asOf\":");
    json(&as_of.to_string(), out);
    if let Some(baseline) = baseline {
        out.extend_from_slice(b",\"baseline\":");
        json(baseline, out);
    }
    out.extend_from_slice(b",\"entities\":[\n");
}

/// Appends the text after the last entity; `gate` is `None` if there is no gate.
pub(crate) fn tail(summary: &Summary, gate: Option<&GateSummary>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n],\"summary\":");
    json(summary, out);
    if let Some(gate) = gate {
        out.extend_from_slice(b",\"gate\":");
        json(gate, out);
    }
    out.extend_from_slice(b"}\n");
}

/// Appends a value as compact JSON.
#[expect(
    clippy::expect_used,
    reason = "writing to memory cannot fail, and all keys of maps in a result are strings"
)]
pub(super) fn json<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    write_compact(value, out).expect("the value can be written to memory as JSON");
}
