//! `github`: one workflow command per finding. GitHub shows it beside the line in a pull request.
//!
//! GitHub shows ten annotations of a kind for a step. If there are more findings of a kind, the tenth annotation counts
//! the others.

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lint::finding::Finding;
use crate::markup;
use crate::terminal::thousands;
use std::io::Write;

/// The maximum number of annotations of a kind.
const MOST: usize = 10;

pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    let count = |severity: Severity| {
        findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    };
    // the kind of annotation, the number of findings, and the number of annotations printed so far
    let mut kinds = [Severity::Error, Severity::Warning, Severity::Note].map(|kind| (kind, count(kind), 0));
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let Some((kind, all, printed)) = kinds.iter_mut().find(|(kind, ..)| *kind == diagnostic.severity)
        else {
            continue;
        };
        *printed += 1;
        if *printed < MOST || *all == MOST {
            out.write_all(annotation(diagnostic).as_bytes())?;
        } else if *printed == MOST {
            let more = thousands((*all + 1 - MOST) as u64);
            let message = format!("… and {more} more; use `-f json` to list all findings");
            out.write_all(markup::command(command(*kind), &[("title", "dora-score")], &message).as_bytes())?;
        }
    }
    Ok(())
}

/// The workflow command for findings of this severity.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn annotation(diagnostic: &Diagnostic) -> String {
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
    markup::command(command(diagnostic.severity), &properties, &message)
}
