//! Named texts: files of definitions.

/// A named text: the content of a file of definitions.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The name in messages: the path as given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A named text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// Whether there is nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start_matches('\u{feff}').trim_ascii().is_empty()
    }
}
