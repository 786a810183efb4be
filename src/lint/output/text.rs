//! `text`: findings in the format of error messages, then a line that counts them.

use crate::diagnostic::Severity;
use crate::lint::finding::Finding;
use crate::terminal::{Screen, counted};
use std::io::Write;

pub(super) fn write(
    findings: &[Finding],
    scorecards: usize,
    screen: Screen,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for finding in findings {
        writeln!(out, "{}\n", finding.diagnostic.render(screen))?;
    }
    let count = |severity: Severity| {
        findings.iter().filter(|finding| finding.diagnostic.severity == severity).count() as u64
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (severity.name(), count(severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| counted(count, name, &format!("{name}s")))
        .collect();
    let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    writeln!(out, "{counts} in {}", counted(scorecards as u64, "scorecard", "scorecards"))
}
