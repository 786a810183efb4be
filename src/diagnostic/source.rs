//! The text of a file of scorecards or waivers, or of a page, with its name.

use crate::json::Checkpoints;
use std::sync::OnceLock;

/// The text of a file of scorecards or waivers, or of a page, with its name.
///
/// ```
/// use dora_score::{Source, read_definitions};
///
/// let source = Source::from_bytes("cfr.json", b"[]".to_vec())?;
/// assert_eq!((source.name(), source.text()), ("cfr.json", "[]"));
/// let problems = read_definitions(vec![source], "service").unwrap_err();
/// assert_eq!(problems.0[0].code.name(), "no-scorecards");
///
/// let problems = Source::from_bytes("cfr.json", b"[\xff]".to_vec()).unwrap_err();
/// assert_eq!(problems.to_string(), "cfr.json:1:2: error[invalid-utf8]: these bytes are not UTF-8");
/// # Ok::<(), dora_score::Problems>(())
/// ```
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Filled when the first position is needed.
    checkpoints: OnceLock<Checkpoints>,
}

impl Source {
    /// Creates a source from a name and a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), checkpoints: OnceLock::new() }
    }

    /// The name in messages: the path as given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is empty or only white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start_matches('\u{feff}').trim_ascii().is_empty()
    }

    /// The line and the column in characters of byte `at`, both from 1. The first call reads the whole text; further
    /// calls read only a few kilobytes.
    pub(crate) fn position(&self, at: usize) -> (u64, u64) {
        let bytes = self.text.as_bytes();
        self.checkpoints.get_or_init(|| Checkpoints::new(bytes)).position(bytes, at)
    }
}

/// Two sources are equal if their names and texts are.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}
