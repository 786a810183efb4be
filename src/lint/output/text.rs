//! `text`: findings in the format of error messages, then a line that counts them.

use crate::diagnostic::{MOST_PRINTED, Severity};
use crate::lint::finding::Finding;
use crate::terminal::{DIM, Screen, Span, counted, print_to_string, thousands};
use std::cmp::Reverse;
use std::io::Write;

pub(super) fn write(
    findings: &[Finding],
    scorecards: usize,
    screen: Screen,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for finding in most_severe(findings) {
        writeln!(out, "{}\n", finding.diagnostic.render(screen))?;
    }
    let more = findings.len().saturating_sub(MOST_PRINTED);
    if more > 0 {
        let more = format!("… and {} more; use `-f json` to list all findings", thousands(more as u64));
        let more = print_to_string(screen, |printer| printer.message(0, &[], &[Span::new(more, DIM)]));
        out.write_all(more.as_bytes())?;
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

/// The findings to print, in their order. If there are too many, the most severe ones, because they explain the exit
/// code.
fn most_severe(findings: &[Finding]) -> Vec<&Finding> {
    let mut chosen: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
    chosen.sort_by_key(|(_, finding)| Reverse(finding.diagnostic.severity));
    chosen.truncate(MOST_PRINTED);
    chosen.sort_by_key(|(index, _)| *index);
    chosen.into_iter().map(|(_, finding)| finding).collect()
}
