//! Finds the names of an entity's properties and relations. Few entities need them, so they are found on request.

use super::field::Field;
use crate::json::{Fault, Scanner};
use std::borrow::Cow;
use std::fmt;

/// The names of the properties and relations of an entity.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Names<'a> {
    pub(crate) properties: Vec<Cow<'a, str>>,
    pub(crate) relations: Vec<Cow<'a, str>>,
}

/// The object whose keys are the properties of an entity, and where it begins.
#[derive(Clone, Copy)]
pub(super) enum PropertiesAt {
    /// The value of `properties`.
    Member(usize),
    /// The entity itself, a flat row.
    Row(usize),
}

/// The text that an entity was read from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    /// A scanner of the text, at any place.
    pub(super) scanner: Scanner<'a>,
    pub(super) properties: PropertiesAt,
    pub(super) relations: Option<usize>,
}

impl<'a> Origin<'a> {
    /// Reads the entity again, for its names.
    #[expect(clippy::expect_used, reason = "the entity was read before, so its text is valid")]
    pub(super) fn names(&self) -> Names<'a> {
        let keys = |at| keys(self.scanner.at(at, 0)).expect("the object was read before");
        let properties = match self.properties {
            PropertiesAt::Member(at) => keys(at),
            PropertiesAt::Row(at) => {
                let mut names = keys(at);
                names.retain(|name| Field::is_property_of_row(name.as_bytes()));
                names
            }
        };
        Names { properties, relations: self.relations.map(keys).unwrap_or_default() }
    }
}

/// All origins are equal, because the text does not matter when entities are compared.
impl PartialEq for Origin<'_> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin").finish_non_exhaustive()
    }
}

/// The keys of the next value, if it is an object.
fn keys<'a>(mut scanner: Scanner<'a>) -> Result<Vec<Cow<'a, str>>, Fault> {
    let mut names = Vec::new();
    if scanner.peek() != Some(b'{') {
        return Ok(names);
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        // no scorecard can name a key with half a surrogate pair
        names.extend(key.decoded());
        scanner.skip_value()?;
    }
    Ok(names)
}
