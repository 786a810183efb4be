//! Diagnostics as annotations of GitHub Actions: one workflow command for each, which GitHub shows beside the line.
//!
//! GitHub shows ten annotations of a kind for a step. If there are more diagnostics of a kind, the tenth annotation
//! counts the others.

use super::place::Place;
use super::problem::Diagnostic;
use super::severity::Severity;
use crate::markup;
use crate::terminal::thousands;
use std::io::Write;

/// The maximum number of annotations of a kind.
const MOST: usize = 10;

/// Writes the annotations. `all` tells where all diagnostics are listed.
///
/// # Errors
/// Returns a failure to write.
pub(crate) fn write_annotations<'d>(
    diagnostics: impl Iterator<Item = &'d Diagnostic> + Clone,
    all: &str,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let count =
        |severity: Severity| diagnostics.clone().filter(|diagnostic| diagnostic.severity == severity).count();
    // of each kind, the number of diagnostics, and the number of annotations printed so far
    let [mut errors, mut warnings, mut notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (count(severity), 0));
    for diagnostic in diagnostics.clone() {
        let (count, printed) = match diagnostic.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
            Severity::Note => &mut notes,
        };
        *printed += 1;
        if *printed < MOST || *count == MOST {
            out.write_all(annotation(diagnostic).as_bytes())?;
        } else if *printed == MOST {
            let more = thousands((*count + 1 - MOST) as u64);
            let message = format!("… and {more} more; {all}");
            out.write_all(
                markup::command(command(diagnostic.severity), &[("title", "dora-score")], &message)
                    .as_bytes(),
            )?;
        }
    }
    Ok(())
}

/// The workflow command for diagnostics of this severity.
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
    let path = place.map(Place::path);
    let mut properties = Vec::new();
    properties.extend(path.as_deref().map(|path| ("file", path)));
    if position.is_some() {
        properties.extend([("line", line.as_str()), ("col", column.as_str())]);
    }
    properties.push(("title", diagnostic.code.name()));
    markup::command(command(diagnostic.severity), &properties, &message)
}
