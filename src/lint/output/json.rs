//! `json`: one document with all findings. Each finding has all keys; the value of an unused key is null.

use crate::json::write_pretty;
use crate::lint::finding::Finding;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'f> {
    schema_version: u32,
    kind: DocumentKind,
    findings: Vec<Record<'f>>,
}

#[derive(Serialize)]
struct Record<'f> {
    code: &'f str,
    severity: &'f str,
    message: &'f str,
    file: Option<&'f str>,
    line: Option<u64>,
    column: Option<u64>,
    note: Option<&'f str>,
    help: Option<&'f str>,
    scorecard: &'f str,
    rule: Option<&'f str>,
}

pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        kind: DocumentKind::Findings,
        findings: findings.iter().map(record).collect(),
    };
    write_pretty(&document, &mut *out)?;
    writeln!(out)
}

fn record(finding: &Finding) -> Record<'_> {
    let diagnostic = &finding.diagnostic;
    let position = diagnostic.place.as_ref().and_then(|place| place.position());
    Record {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        file: diagnostic.place.as_ref().map(|place| place.file()),
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        note: diagnostic.note.as_deref(),
        help: diagnostic.help.as_deref(),
        scorecard: &finding.scorecard,
        rule: finding.rule.as_deref(),
    }
}
