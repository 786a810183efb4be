//! `github`: one workflow command per finding. GitHub shows it beside the line in a pull request.

use crate::diagnostic::{Diagnostic, write_annotations};
use crate::lint::finding::Finding;
use std::io::Write;

pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    let diagnostics = findings.iter().map(|finding| &finding.diagnostic);
    write_annotations(diagnostics, "use `-f json` to list all findings", out)
}

pub(super) fn write_problems(problems: &[Diagnostic], out: &mut dyn Write) -> std::io::Result<()> {
    write_annotations(problems.iter(), "standard error lists them", out)
}
