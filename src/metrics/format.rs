//! The formats of entities with metrics.

use super::figures::Properties;
use super::options::{Options, Window};
use crate::entity::EntityRecord;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::words::words;
use serde_json::json;
use std::io::{Result, Write};

words! {
    /// A format of entities.
    EntityFormat {
        /// One entity per line.
        Ndjson = "ndjson",
        /// One document, which also tells how the entities came about.
        Json = "json",
    }
}

/// Writes entities in one format.
pub(crate) struct EntityWriter<W> {
    format: EntityFormat,
    out: W,
    line: Vec<u8>,
    is_first: bool,
}

impl<W: Write> EntityWriter<W> {
    /// Begins the output. `head` has the members of a document before its entities: `"key":value,…`.
    pub(crate) fn new(format: EntityFormat, head: &str, mut out: W) -> Result<Self> {
        if format == EntityFormat::Json {
            let kind = DocumentKind::Entities.name();
            writeln!(out, "{{\"schemaVersion\":{SCHEMA_VERSION},\"kind\":\"{kind}\",{head}\"entities\":[")?;
        }
        Ok(Self { format, out, line: Vec::new(), is_first: true })
    }

    /// Writes one entity with its metrics.
    pub(crate) fn write(&mut self, record: &EntityRecord, properties: &Properties) -> Result<()> {
        self.line.clear();
        if self.format == EntityFormat::Json && !std::mem::take(&mut self.is_first) {
            self.line.extend_from_slice(b",\n");
        }
        record.write(properties, &mut self.line);
        if self.format == EntityFormat::Ndjson {
            self.line.push(b'\n');
        }
        self.out.write_all(&self.line)
    }

    /// Ends the output.
    pub(crate) fn finish(mut self) -> Result<()> {
        if self.format == EntityFormat::Json {
            self.out.write_all(if self.is_first { b"]}\n" } else { b"\n]}\n" })?;
        }
        self.out.flush()
    }
}

/// The members of a document that tell how its metrics came about.
pub(crate) fn head(options: &Options, window: &Window) -> String {
    let ends = json!({
        "from": window.from.to_string(), "to": window.to.to_string(), "days": window.span.days(),
    });
    format!(
        "\"asOf\":\"{}\",\"window\":{ends},\"average\":\"{}\",\"failures\":\"{}\",",
        window.to,
        options.average.name(),
        options.failures.name()
    )
}
