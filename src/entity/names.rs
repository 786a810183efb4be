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

/// The text that an entity was read from, and where the entity begins in it.
#[derive(Clone, Copy)]
pub(super) struct EntityText<'a> {
    /// A scanner of the text, at any place.
    pub(super) scanner: Scanner<'a>,
    pub(super) start: usize,
}

/// The maximum number of names of properties to return, and of names of relations: an entity can have millions.
pub(crate) const MOST_NAMES: usize = 1000;

impl<'a> EntityText<'a> {
    /// Reads the entity again, for its names.
    #[expect(clippy::expect_used, reason = "the entity was read before, so its text is valid")]
    pub(super) fn names(&self) -> Names<'a> {
        let (mut row, mut properties, mut relations) = (Vec::new(), None, None);
        each_member(self.scanner.at(self.start, 0), |name, value| match &*name {
            // the last of duplicate keys counts
            "properties" => properties = Some(value),
            "relations" => relations = Some(value),
            _ if Field::is_property_of_row(name.as_bytes()) && row.len() < MOST_NAMES => row.push(name),
            _ => {}
        })
        .expect("the entity was read before");
        let keys = |object| {
            let mut names = Vec::new();
            each_member(object, |name, _| {
                if names.len() < MOST_NAMES {
                    names.push(name);
                }
            })
            .expect("the object was read before");
            names
        };
        Names { properties: properties.map_or(row, keys), relations: relations.map(keys).unwrap_or_default() }
    }
}

/// All texts are equal, because where an entity comes from does not matter when it is compared.
impl PartialEq for EntityText<'_> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for EntityText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntityText").finish_non_exhaustive()
    }
}

/// Calls `with` with the name of each member of the next value, if it is an object, and with a scanner at its value.
fn each_member<'a>(
    mut scanner: Scanner<'a>,
    mut with: impl FnMut(Cow<'a, str>, Scanner<'a>),
) -> Result<(), Fault> {
    if scanner.peek() != Some(b'{') {
        return Ok(());
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        // no scorecard can name a key with half a surrogate pair
        if let Ok(name) = key.decoded() {
            with(name, scanner);
        }
        scanner.skip_value()?;
    }
    Ok(())
}
