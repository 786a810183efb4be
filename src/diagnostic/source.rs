//! The text of a file of scorecards, with its name.

/// The text of a file of scorecards, with its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The name in messages: the path as given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Creates a source from a name and a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// Whether the text is empty or only white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start_matches('\u{feff}').trim_ascii().is_empty()
    }
}
