//! `gitlab`: a Code Quality report for GitLab, which shows it in a merge request. GitLab documents the format in
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::json::write_pretty;
use crate::lint::finding::Finding;
use crate::scorecard::Digest;
use serde::Serialize;
use std::collections::HashMap;
use std::io::Write;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
}

pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let issues = findings.iter().map(|finding| {
        let severity = match finding.diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        let about = [finding.scorecard.as_str(), finding.rule.as_deref().unwrap_or("")];
        #[expect(clippy::expect_used, reason = "a finding is made with the place of a part of a scorecard")]
        let place = finding.diagnostic.place.as_ref().expect("a finding has a place");
        issue(&finding.diagnostic, place, severity, about, &mut fingerprints)
    });
    write_issues(&issues.collect::<Vec<_>>(), out)
}

/// Writes the problems that stop `lint` and have a place, without which GitLab shows no issue. If there are none, writes
/// nothing, because an empty report would say that there are no findings.
pub(super) fn write_problems(problems: &[Diagnostic], out: &mut dyn Write) -> std::io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let issue = |problem: &Diagnostic| {
        let place = problem.place.as_ref()?;
        Some(issue(problem, place, "critical", ["", ""], &mut fingerprints))
    };
    let issues: Vec<Issue> = problems.iter().filter_map(issue).collect();
    if issues.is_empty() { Ok(()) } else { write_issues(&issues, out) }
}

fn write_issues(issues: &[Issue], out: &mut dyn Write) -> std::io::Result<()> {
    write_pretty(issues, &mut *out)?;
    writeln!(out)
}

/// The issue of a diagnostic at a place. `about` is the scorecard and the rule that it is about.
fn issue(
    diagnostic: &Diagnostic,
    place: &Place,
    severity: &'static str,
    about: [&str; 2],
    fingerprints: &mut Fingerprints,
) -> Issue {
    let path = relative(&place.path());
    let mut description = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        description.push_str(&format!(" ({help})"));
    }
    let [scorecard, rule] = about;
    let flagged = flagged(place).unwrap_or_else(|| diagnostic.message.clone());
    Issue {
        description,
        check_name: diagnostic.code.name(),
        fingerprint: fingerprints.next(&[diagnostic.code.name(), &path, scorecard, rule, &flagged]),
        severity,
        // a file as a whole begins at its first line
        location: Location { path, lines: Lines { begin: place.position().map_or(1, |(line, _)| line) } },
    }
}

/// The text that a diagnostic is about, whatever its indentation; `None` if it is no longer in memory, or past the end of
/// its file. A message would be a worse fingerprint: it can have counts of entities, which change every day.
fn flagged(place: &Place) -> Option<String> {
    let Place::Span { source, span } = place else { return None };
    let text = source.text().get(span.clone())?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A path as GitLab compares it with those of a merge request: without `.` and empty parts.
fn relative(path: &str) -> String {
    let parts = path.split('/').enumerate();
    let parts = parts.filter(|(index, part)| *part != "." && (!part.is_empty() || *index == 0));
    parts.map(|(_, part)| part).collect::<Vec<_>>().join("/")
}

/// Gives each issue a fingerprint that no other one has. GitLab shows issues with the same one only once, and takes an
/// issue for new if its fingerprint is, so it does not depend on lines.
#[derive(Default)]
struct Fingerprints {
    /// How often a fingerprint was made of the same parts.
    used: HashMap<String, u64>,
}

impl Fingerprints {
    fn next(&mut self, parts: &[&str]) -> String {
        let mut digest = Digest::new();
        parts.iter().for_each(|part| digest.text(part));
        let used = self.used.entry(digest.digits()).or_default();
        digest.text(&used.to_string());
        *used += 1;
        digest.digits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_as_in_the_repository() {
        for (path, expected) in [
            ("a/b.json", "a/b.json"),
            ("./a/b.json", "a/b.json"),
            (".//a/././b.json", "a/b.json"),
            ("../a//b.json", "../a/b.json"),
            ("/a//b.json", "/a/b.json"),
            ("...", "..."),
            ("", ""),
        ] {
            assert_eq!(relative(path), expected);
        }
    }

    // other digits would make every finding of every repository look new
    #[test]
    fn a_fingerprint_is_the_same_on_every_machine_and_unique() {
        let mut fingerprints = Fingerprints::default();
        let made: Vec<String> =
            (0..3).map(|_| fingerprints.next(&["code", "a.json", "s", "r", "x"])).collect();
        let other = fingerprints.next(&["code", "a.json", "s", "", "rx"]);
        assert_eq!(made.first().map(String::as_str), Some("a67a7b8bb273b395"));
        let all: std::collections::BTreeSet<&String> = made.iter().chain([&other]).collect();
        assert_eq!(all.len(), 4);
    }
}
