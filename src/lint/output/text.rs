//! `text`: each finding as errors are shown, and a line with the count.

use crate::diagnostic::Severity;
use crate::lint::finding::Finding;
use std::io::Write;

pub(super) fn write(
    findings: &[Finding],
    scorecards: usize,
    styled: bool,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for finding in findings {
        writeln!(out, "{}\n", finding.diagnostic.render(styled))?;
    }
    let count = |severity: Severity| {
        findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (severity.name(), count(severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| plural(count, name))
        .collect();
    let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    writeln!(out, "{counts} in {}", plural(scorecards, "scorecard"))
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
