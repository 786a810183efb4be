//! The parts of a document that are read.

/// The parts of a value that are read. The other parts are checked, but not kept.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The parts of the elements that are read, if this is an array; `None` if its elements are not read.
    pub(crate) elements: Option<&'static Shape>,
    /// The keys whose values are read, if this is an object; `None` if its keys are not read either.
    pub(crate) members: Option<&'static [(&'static str, &'static Shape)]>,
    /// The parts of the values of all other keys; `None` if those values are not read.
    pub(crate) others: Option<&'static Shape>,
}

impl Shape {
    /// A value without parts: a string, a number, a boolean or null.
    pub(crate) const SCALAR: Self = Self { elements: None, members: None, others: None };

    /// An array.
    pub(crate) const fn array(elements: &'static Self) -> Self {
        Self { elements: Some(elements), ..Self::SCALAR }
    }

    /// An object.
    pub(crate) const fn object(members: &'static [(&'static str, &'static Self)]) -> Self {
        Self { members: Some(members), ..Self::SCALAR }
    }

    /// An object whose keys are chosen by the user.
    pub(crate) const fn map(values: &'static Self) -> Self {
        Self { others: Some(values), ..Self::object(&[]) }
    }

    /// The parts of the value of a key that are read.
    pub(super) fn of(&self, key: &str) -> Option<&'static Self> {
        let members = self.members.into_iter().flatten();
        members.into_iter().find(|(name, _)| *name == key).map(|(_, shape)| *shape).or(self.others)
    }

    /// The keys that are read, if this is an object.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.members.into_iter().flatten().map(|(key, _)| *key)
    }
}
