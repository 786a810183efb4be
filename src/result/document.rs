//! The result document, and the readers of `json` and `ndjson`.

use super::layout::{SEPARATOR, head, json, tail};
use super::record::{BaselineRecord, EntityRecord, GateSummary, Summary};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::value::Instant;
use serde::de::{Deserialize, Deserializer, Error};
use std::io::{BufReader, Read, Write};

/// A result document, as `evaluate -f json` prints it.
///
/// ```
/// use dora_score::result::ResultDocument;
///
/// let text = r#"{"schemaVersion": 1, "kind": "result", "asOf": "2026-01-31T00:00:00Z", "entities": [],
///     "summary": {"entities": 0, "scorecards": []}}"#;
/// let document = ResultDocument::read(text.as_bytes())?;
/// assert_eq!(document.as_of.to_string(), "2026-01-31T00:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ResultDocument<'a> {
    /// The time of the evaluation, which date presets are relative to.
    pub as_of: Instant,
    /// The baseline that the results are compared with; `None` without one.
    pub baseline: Option<BaselineRecord>,
    /// The entities, in the order of the input.
    pub entities: Vec<EntityRecord<'a>>,
    /// The counts over all entities.
    pub summary: Summary,
    /// The verdict of the gate; `None` without a gate.
    pub gate: Option<GateSummary>,
}

impl<'a> ResultDocument<'a> {
    /// Creates a document without a baseline.
    pub fn new(
        as_of: Instant,
        entities: Vec<EntityRecord<'a>>,
        summary: Summary,
        gate: Option<GateSummary>,
    ) -> Self {
        Self { as_of, baseline: None, entities, summary, gate }
    }

    /// Sets the baseline.
    #[must_use]
    pub fn with_baseline(self, baseline: Option<BaselineRecord>) -> Self {
        Self { baseline, ..self }
    }

    /// Writes the document with the same bytes as `evaluate -f json`.
    ///
    /// # Errors
    /// Returns a failure to write.
    pub fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mut text = Vec::new();
        head(self.as_of, self.baseline.as_ref(), &mut text);
        for (index, entity) in self.entities.iter().enumerate() {
            if index > 0 {
                text.extend_from_slice(SEPARATOR);
            }
            json(entity, &mut text);
            out.write_all(&text)?;
            text.clear();
        }
        tail(&self.summary, self.gate.as_ref(), &mut text);
        out.write_all(&text)
    }
}

impl ResultDocument<'static> {
    /// Reads a document. Unknown keys are ignored.
    ///
    /// # Errors
    /// Returns an error for invalid JSON, a missing key, or the wrong `schemaVersion` or `kind`.
    pub fn read(reader: impl Read) -> serde_json::Result<Self> {
        serde_json::from_reader(BufReader::new(reader))
    }
}

/// Reads the entities that `evaluate -f ndjson` prints. Unknown keys are ignored.
///
/// # Errors
/// The iterator returns an error for the first line that is not an entity with its results, and then ends.
pub fn read_entities(reader: impl Read) -> impl Iterator<Item = serde_json::Result<EntityRecord<'static>>> {
    serde_json::Deserializer::from_reader(BufReader::new(reader)).into_iter()
}

/// The keys of a document. `schemaVersion` and `kind` are checked but not kept.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    #[serde(rename = "schemaVersion", deserialize_with = "our_version")]
    _schema_version: (),
    #[serde(rename = "kind", deserialize_with = "our_kind")]
    _kind: (),
    #[serde(deserialize_with = "instant")]
    as_of: Instant,
    #[serde(default)]
    baseline: Option<BaselineRecord>,
    entities: Vec<EntityRecord<'static>>,
    summary: Summary,
    #[serde(default)]
    gate: Option<GateSummary>,
}

impl<'de> Deserialize<'de> for ResultDocument<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Keys { as_of, baseline, entities, summary, gate, .. } = Keys::deserialize(deserializer)?;
        Ok(Self { as_of, baseline, entities, summary, gate })
    }
}

fn our_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    match u64::deserialize(deserializer)? {
        version if version == u64::from(SCHEMA_VERSION) => Ok(()),
        other => {
            Err(D::Error::custom(format!("schema version {other} is not supported, only {SCHEMA_VERSION}")))
        }
    }
}

fn our_kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    match String::deserialize(deserializer)? {
        kind if kind == DocumentKind::Result.name() => Ok(()),
        other => Err(D::Error::custom(format!("the document is of kind `{other}`, not `result`"))),
    }
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
    let text = String::deserialize(deserializer)?;
    Instant::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not an RFC 3339 date-time")))
}

/// Writes entities with the same bytes as `evaluate -f ndjson`: one per line, with everything escaped that a terminal
/// or a CI system would obey.
///
/// # Errors
/// Returns a failure to write.
pub fn write_entities<'e>(
    entities: impl IntoIterator<Item = &'e EntityRecord<'e>>,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut line = Vec::new();
    for entity in entities {
        line.clear();
        json(entity, &mut line);
        line.push(b'\n');
        out.write_all(&line)?;
    }
    Ok(())
}
