//! The text of reports about a run that an error stopped, so that a CI system shows the error where it would show the
//! result: annotations of `github`, and a file of `markdown`. Other formats tell nothing.

use super::Format;
use crate::diagnostic::{Diagnostic, MOST_PRINTED, write_annotations};
use crate::markup::{code, escape};
use crate::terminal::{counted, thousands};

impl Format {
    /// The text of an evaluation that these problems stopped; `None` if the format tells nothing. `markdown` tells it
    /// only in a file: on a screen, the problems are on standard error.
    pub(crate) fn undecided(self, is_file: bool, problems: &[Diagnostic]) -> Option<String> {
        match self {
            Self::Github => Some(annotations(problems)),
            Self::Markdown if is_file => Some(undecided("Scorecards", "the evaluation", problems)),
            _ => None,
        }
    }
}

/// The problems as annotations of GitHub.
#[expect(clippy::expect_used, reason = "memory can be written, and commands are UTF-8")]
pub(crate) fn annotations(problems: &[Diagnostic]) -> String {
    let mut text = Vec::new();
    write_annotations(problems.iter(), "standard error lists them", &mut text)
        .expect("memory can be written");
    String::from_utf8(text).expect("commands are UTF-8")
}

/// The problems that stopped something, as Markdown.
pub(crate) fn undecided(heading: &str, what: &str, problems: &[Diagnostic]) -> String {
    let stopped = counted(problems.len() as u64, "error", "errors");
    let mut lines = vec![format!("## {heading}\n\n❌ **Nothing was decided:** {stopped} stopped {what}\n")];
    lines.extend(problems.iter().take(MOST_PRINTED).map(item));
    let more = problems.len().saturating_sub(MOST_PRINTED);
    if more > 0 {
        lines.push(format!("- … and {} more", thousands(more as u64)));
    }
    lines.join("\n") + "\n"
}

fn item(problem: &Diagnostic) -> String {
    let place =
        problem.place.as_ref().map(|place| format!("{}: ", code(&place.to_string()))).unwrap_or_default();
    let more = [("note", &problem.note), ("help", &problem.help)];
    let more: String = more
        .into_iter()
        .filter_map(|(label, text)| Some(format!("; {label}: {}", escape(text.as_deref()?))))
        .collect();
    format!("- {place}**{}**: {}{more}", problem.code, escape(&problem.message))
}
