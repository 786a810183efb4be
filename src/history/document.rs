//! What a result document says beside its entities.

use crate::diagnostic::{Code, Diagnostic, Place, quoted};
use crate::result::Summary;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::terminal::counted;
use crate::value::Instant;
use serde::Deserialize;

/// The keys of a result document that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentKey {
    SchemaVersion,
    Kind,
    AsOf,
    Summary,
}

impl DocumentKey {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"schemaVersion" => Some(Self::SchemaVersion),
            b"kind" => Some(Self::Kind),
            b"asOf" => Some(Self::AsOf),
            b"summary" => Some(Self::Summary),
            _ => None,
        }
    }
}

/// What a document says about all its entities. A stream of entities says nothing.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The time of the evaluation.
    pub(crate) as_of: Option<Instant>,
    pub(crate) summary: Option<Summary>,
    /// Whether it says what kind of document it is.
    has_kind: bool,
}

impl Document {
    /// Adds a member of the document, with its value as JSON.
    ///
    /// # Errors
    /// Returns a problem if the document is not a result of this program, or if there are two.
    pub(super) fn set(&mut self, key: DocumentKey, value: &str, file: &str) -> Result<(), Diagnostic> {
        let place = || Place::File(file.to_owned());
        match key {
            DocumentKey::SchemaVersion => check_version(value).map_err(|problem| problem.at(place())),
            DocumentKey::Kind if self.has_kind => {
                let message = "the input has more than one document";
                let help = "give one document on each side, or only entities: `jq -c '.entities[]'`";
                Err(Diagnostic::error(Code::NotAResult, message).help(help).at(place()))
            }
            DocumentKey::Kind => {
                self.has_kind = true;
                check_kind(value).map_err(|problem| problem.at(place()))
            }
            DocumentKey::AsOf => {
                let text: Option<String> = parse(value, "asOf", file)?;
                self.as_of = text.map(|text| time(&text, file)).transpose()?;
                Ok(())
            }
            DocumentKey::Summary => {
                self.summary = parse(value, "summary", file)?;
                Ok(())
            }
        }
    }

    /// Checks that the document has as many entities as its summary says.
    ///
    /// # Errors
    /// Returns a problem if it has not.
    pub(super) fn check(&self, entities: u64, file: &str) -> Result<(), Diagnostic> {
        match &self.summary {
            Some(summary) if summary.entities != entities => {
                let message = format!(
                    "the result has {}, but its summary counts {}",
                    counted(entities, "entity", "entities"),
                    counted(summary.entities, "entity", "entities")
                );
                let help = "write the result again; it was cut or changed after `evaluate` wrote it";
                Err(Diagnostic::error(Code::TruncatedResult, message)
                    .help(help)
                    .at(Place::File(file.to_owned())))
            }
            _ => Ok(()),
        }
    }
}

fn parse<'v, T: Deserialize<'v>>(value: &'v str, key: &str, file: &str) -> Result<T, Diagnostic> {
    serde_json::from_str(value).map_err(|error| {
        let message = format!("`{key}` of the result is invalid: {error}");
        let help = "give a document that `dora-score evaluate -f json` wrote";
        Diagnostic::error(Code::NotAResult, message).help(help).at(Place::File(file.to_owned()))
    })
}

/// The time of a document.
///
/// # Errors
/// The text is not a date-time.
pub(super) fn time(text: &str, file: &str) -> Result<Instant, Diagnostic> {
    Instant::parse(text).ok_or_else(|| {
        Diagnostic::error(Code::NotADate, format!("`asOf` is {}, which is not a date-time", quoted(text)))
            .help("write it as in `2026-01-31T09:30:00Z`")
            .at(Place::File(file.to_owned()))
    })
}

/// Checks the version of a document, given as JSON.
///
/// # Errors
/// It is another version than ours.
pub(super) fn check_version(value: &str) -> Result<(), Diagnostic> {
    if serde_json::from_str::<u32>(value).is_ok_and(|version| version == SCHEMA_VERSION) {
        return Ok(());
    }
    let message =
        format!("`schemaVersion` is {}, but this program reads only {SCHEMA_VERSION}", quoted(value));
    let help = "write the file again with this version of the program";
    Err(Diagnostic::error(Code::NotAResult, message).help(help))
}

fn check_kind(value: &str) -> Result<(), Diagnostic> {
    let kind = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
    if kind == DocumentKind::Result.name() {
        return Ok(());
    }
    let message =
        format!("the document is of kind {}, not {}", quoted(&kind), quoted(DocumentKind::Result.name()));
    let help = if kind == DocumentKind::Entities.name() {
        "grade its entities first: `dora-score evaluate -e FILE -f json`"
    } else {
        "give a document that `dora-score evaluate -f json` wrote"
    };
    Err(Diagnostic::error(Code::NotAResult, message).help(help))
}
