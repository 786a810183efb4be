//! The parts of pages that are generated from the tables of the program.

use super::topic::Topic;
use crate::diagnostic::Code;
use crate::scorecard::{NAME_FORMS, meta_properties, operators, presets};
use textwrap::{Options, WordSplitter, fill};

/// The width of all pages, in columns.
const WIDTH: usize = 80;

/// The list of topics.
pub(super) fn index() -> String {
    let topics = Topic::ALL.iter().map(|topic| item(&format!("`{}`: {}", topic.name(), topic.summary())));
    let mut text = String::from("`dora-score docs TOPIC` prints the page of a topic:\n\n");
    text.extend(topics);
    text += "\nEach code has a page too: `dora-score docs unknown-level` is about messages\n";
    text += "that begin with `error[unknown-level]`.\n";
    text
}

/// All codes, each with its severity and its meaning.
pub(super) fn codes() -> String {
    let line = |code: &Code| item(&format!("`{code}` ({}): {}", code.severity(), code.meaning()));
    Code::ALL.iter().map(line).collect()
}

/// Operators, presets and meta-properties.
pub(super) fn operator_lists() -> String {
    let mut text = String::new();
    for help in operators() {
        text += &match help.negative_of {
            Some(positive) => item(&format!("`{}`: `{positive}` fails", help.operator)),
            None => item(&format!("`{}` ({}): {}", help.operator, help.value, help.holds)),
        };
    }
    text += "\n## Presets of date objects\n\n";
    text += "Now is the time of `--as-of`, or else the current time. Days are in UTC.\n\n";
    text.extend(presets().map(|(name, meaning)| item(&format!("`{name}`: {meaning}"))));
    text += "\n## Meta-properties\n\n";
    text += "Use these names under `property` in a condition.\n\n";
    text.extend(meta_properties().map(|name| item(&format!("`{name}`"))));
    text.extend(NAME_FORMS.map(|form| item(&format!("`{}`: {}", form.name, form.meaning))));
    text
}

/// An item of a Markdown list.
fn item(text: &str) -> String {
    let options = Options::new(WIDTH).initial_indent("- ").subsequent_indent("  ");
    fill(text, options.break_words(false).word_splitter(WordSplitter::NoHyphenation)) + "\n"
}
