//! `sarif`: SARIF 2.1.0, with the documentation of each lint that has findings.

use crate::json::write_pretty;
use crate::lint::finding::Finding;
use crate::lint::lints;
use serde_json::{Value, json};
use std::io::Write;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    let reported: Vec<_> =
        lints().filter(|code| findings.iter().any(|finding| finding.diagnostic.code == *code)).collect();
    let rules: Vec<Value> = reported
        .iter()
        .map(|code| {
            json!({
                "id": code.name(),
                "shortDescription": {"text": code.meaning()},
                "fullDescription": {"text": first_paragraph(code.page())},
                "help": {"text": code.page(), "markdown": code.page()},
                "defaultConfiguration": {"level": code.severity().name()},
            })
        })
        .collect();
    let index = |code| reported.iter().position(|reported| *reported == code);
    let results: Vec<Value> =
        findings.iter().map(|finding| result(finding, index(finding.diagnostic.code))).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "dora-score", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    write_pretty(&document, &mut *out)?;
    writeln!(out)
}

/// The first paragraph of a page, on one line.
fn first_paragraph(page: &str) -> String {
    page.split("\n\n").next().unwrap_or(page).replace('\n', " ")
}

fn result(finding: &Finding, index: Option<usize>) -> Value {
    let diagnostic = &finding.diagnostic;
    let mut text = diagnostic.message.clone();
    for more in [&diagnostic.note, &diagnostic.help].into_iter().flatten() {
        text.push_str(&format!("\n{more}"));
    }
    let locations: Vec<Value> = diagnostic
        .place
        .iter()
        .map(|place| {
            let mut physical = json!({"artifactLocation": {"uri": uri(&place.path())}});
            if let (Some((line, column)), Some(physical)) = (place.position(), physical.as_object_mut()) {
                physical.insert("region".to_owned(), json!({"startLine": line, "startColumn": column}));
            }
            json!({"physicalLocation": physical})
        })
        .collect();
    json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": index,
        "level": diagnostic.severity.name(),
        "message": {"text": text},
        "locations": locations,
    })
}

/// A path as a URI reference: bytes other than ASCII letters, digits and `/.-_~` are percent-encoded. A path with a drive
/// letter of Windows needs the scheme, because it would be a scheme itself.
fn uri(path: &str) -> String {
    let (drive, path) = match path.as_bytes() {
        [letter, b':', b'/', ..] if cfg!(windows) && letter.is_ascii_alphabetic() => path.split_at(2),
        _ => ("", path),
    };
    let mut uri = if drive.is_empty() { String::new() } else { format!("file:///{drive}") };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
