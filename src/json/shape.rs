//! The parts of a document that are read.

/// The parts of a value that are read. The other parts are checked, but not kept.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The parts of the elements that are read, if this is an array; `None` if its elements are not read.
    pub(crate) elements: Option<&'static Shape>,
    /// The keys whose values are read, if this is an object; `None` if its keys are not read either.
    pub(crate) members: Option<&'static [(&'static str, &'static Shape)]>,
}

impl Shape {
    /// A value without parts: a string, a number, a boolean or null.
    pub(crate) const SCALAR: Self = Self { elements: None, members: None };

    /// An array.
    pub(crate) const fn array(elements: &'static Self) -> Self {
        Self { elements: Some(elements), members: None }
    }

    /// An object.
    pub(crate) const fn object(members: &'static [(&'static str, &'static Self)]) -> Self {
        Self { elements: None, members: Some(members) }
    }

    /// The keys that are read, if this is an object.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.members.into_iter().flatten().map(|(key, _)| *key)
    }
}
