//! The result document, and the readers of `json` and `ndjson`.

use super::layout::{SEPARATOR, head, json, tail};
use super::record::{BaselineRecord, EntityRecord, GateSummary, Summary};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::value::Instant;
use serde::de::{Deserialize, Deserializer, Error};
use std::io::{BufReader, Read, Write};

/// A result document, as `evaluate -f json` prints it. `dora-score diff` and `dora-score trend` read it, and its schema
/// is that of `dora-score schema result`.
///
/// ```
/// use dora_score::result::{EntityRecord, GateStatus, GateSummary, ResultDocument, Summary};
/// use dora_score::result::{read_entities, write_entities};
/// use dora_score::{Gate, Grader, Instant, NoData, Scorecards, Tally, Verdict, builtin, for_each_entity};
/// use std::ops::ControlFlow;
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let gate = Gate::new(&["dora_deploy_freq=Silver".parse()?], NoData::Skip, &scorecards)?;
/// let (mut grader, mut tally, mut verdict) =
///     (Grader::new(&scorecards), Tally::new(&scorecards, true), Verdict::new(&gate));
///
/// // one line for each entity, so that memory does not grow with the stream
/// let (mut lines, mut written) = (Vec::new(), Ok(()));
/// let stream = br#"{"identifier": "checkout", "deployment_frequency": 0.5} {"identifier": "search"}"#;
/// for_each_entity(stream.as_slice(), scorecards.wanted(), |entity| {
///     let graded = grader.grade(entity);
///     tally.count(&graded);
///     verdict.count(&gate, &graded);
///     written = write_entities([&EntityRecord::new(&graded, &gate)], &mut lines);
///     if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
/// })?;
/// written?;
///
/// // the whole document
/// let entities = read_entities(lines.as_slice()).collect::<Result<Vec<_>, _>>()?;
/// let (summary, verdict) = (Summary::new(&scorecards, &tally), GateSummary::new(&scorecards, &verdict));
/// let document = ResultDocument::new(as_of, entities, summary, verdict);
/// let mut text = Vec::new();
/// document.write(&mut text)?;
///
/// // perhaps in another program
/// let document = ResultDocument::read(text.as_slice())?;
/// let (scorecard, result) = &document.entities[0].scorecards[0];
/// let result = result.as_ref().ok_or("the scorecard applies")?;
/// assert_eq!((&**scorecard, &*result.level, result.rank), ("dora_deploy_freq", "Bronze", 1));
/// assert_eq!((result.gate.map(GateStatus::name), result.minimum.as_deref()), (Some("failed"), Some("Silver")));
/// let gate = document.gate.as_ref().ok_or("it has a gate")?;
/// assert_eq!((gate.passed, gate.judged, gate.failed, gate.no_data), (Some(false), 1, 1, 1));
/// assert_eq!(document.summary.scorecards[0].levels[1].count, 1);
///
/// let other = String::from_utf8(text)?.replace("\"schemaVersion\":1", "\"schemaVersion\":2");
/// let error = ResultDocument::read(other.as_bytes()).unwrap_err();
/// assert!(error.to_string().starts_with("schema version 2 is not supported, only 1"), "{error}");
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

/// Reads the entities that `evaluate -f ndjson` prints, one by one. Unknown keys are ignored. [`write_entities`] writes
/// them. Both are steps to a [`ResultDocument`], whose example shows it.
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
/// or a CI system would obey. [`read_entities`] reads them. Both are steps to a [`ResultDocument`], whose example shows
/// it.
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
