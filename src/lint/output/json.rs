//! `json`: an array of findings, each an object whose keys are always there.

use crate::lint::finding::Finding;
use serde::Serialize;
use std::io::Write;

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
    let records: Vec<Record<'_>> = findings.iter().map(record).collect();
    serde_json::to_writer_pretty(&mut *out, &records)?;
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
