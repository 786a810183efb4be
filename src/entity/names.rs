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
pub(super) struct Origin<'a> {
    /// A scanner of the text, at any place.
    pub(super) scanner: Scanner<'a>,
    pub(super) start: usize,
}

impl<'a> Origin<'a> {
    /// Reads the entity again, for its names.
    #[expect(clippy::expect_used, reason = "the entity was read before, so its text is valid")]
    pub(super) fn names(&self) -> Names<'a> {
        let fields = members(self.scanner.at(self.start, 0)).expect("the entity was read before");
        // the last of duplicate keys counts
        let inside = |name: &str| fields.iter().rev().find(|member| member.name == name);
        let keys = |member: &Member<'a>| {
            let members = members(member.value).expect("the object was read before");
            members.into_iter().map(|member| member.name).collect()
        };
        let properties = inside("properties").map(keys).unwrap_or_else(|| {
            let names = fields.iter().map(|member| &member.name);
            names.filter(|name| Field::is_property_of_row(name.as_bytes())).cloned().collect()
        });
        Names { properties, relations: inside("relations").map(keys).unwrap_or_default() }
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

/// A member of an object: its name, and a scanner at its value.
struct Member<'a> {
    name: Cow<'a, str>,
    value: Scanner<'a>,
}

/// The members of the next value, if it is an object.
fn members(mut scanner: Scanner<'_>) -> Result<Vec<Member<'_>>, Fault> {
    let mut members = Vec::new();
    if scanner.peek() != Some(b'{') {
        return Ok(members);
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        // no scorecard can name a key with half a surrogate pair
        members.extend(key.decoded().map(|name| Member { name, value: scanner }));
        scanner.skip_value()?;
    }
    Ok(members)
}
