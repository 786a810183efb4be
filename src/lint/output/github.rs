//! `github`: a workflow command a finding, which shows up beside the line in a pull request.

use crate::diagnostic::Severity;
use crate::lint::finding::Finding;
use std::io::Write;

pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut message = diagnostic.message.clone();
        for (label, more) in [("note", &diagnostic.note), ("help", &diagnostic.help)] {
            if let Some(more) = more {
                message.push_str(&format!("\n{label}: {more}"));
            }
        }
        let mut properties = Vec::new();
        if let Some(place) = &diagnostic.place {
            properties.push(format!("file={}", property(place.file())));
            if let Some((line, column)) = place.position() {
                properties.push(format!("line={line},col={column}"));
            }
        }
        properties.push(format!("title={}", property(diagnostic.code)));
        writeln!(out, "::{command} {}::{}", properties.join(","), data(&message))?;
    }
    Ok(())
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where `:` and `,` separate.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
