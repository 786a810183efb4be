//! `github`: one workflow command per finding. GitHub shows it beside the line in a pull request.

use crate::diagnostic::{Place, Severity};
use crate::lint::finding::Finding;
use crate::markup;
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
        let place = diagnostic.place.as_ref();
        let position = place.and_then(Place::position);
        let (line, column) =
            position.map_or_else(Default::default, |(line, column)| (line.to_string(), column.to_string()));
        let mut properties = Vec::new();
        properties.extend(place.map(|place| ("file", place.file())));
        if position.is_some() {
            properties.extend([("line", line.as_str()), ("col", column.as_str())]);
        }
        properties.push(("title", diagnostic.code.name()));
        out.write_all(markup::command(command, &properties, &message).as_bytes())?;
    }
    Ok(())
}
