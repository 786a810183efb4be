//! Collects the names of an entity's properties and relations. Few commands need them.

use super::field::Field;
use super::model::Names;
use super::wanted::Wanted;
use crate::json::{Fault, Scanner};
use std::borrow::Cow;

/// The object whose keys are the properties of an entity, and where it begins.
#[derive(Clone, Copy)]
pub(super) enum PropertiesAt {
    /// The value of `properties`.
    Member(usize),
    /// The entity itself, a flat row.
    Row(usize),
}

/// Collects the names in a second pass over an entity.
pub(super) fn collect_names<'a>(
    scanner: &Scanner<'a>,
    wanted: &Wanted,
    properties: PropertiesAt,
    relations: Option<usize>,
    names: &mut Names<'a>,
) -> Result<(), Fault> {
    match properties {
        PropertiesAt::Member(at) => keys(scanner.at(at, 0), &mut names.properties)?,
        PropertiesAt::Row(at) => {
            keys(scanner.at(at, 0), &mut names.properties)?;
            let is_property =
                |name: &Cow<'_, str>| Field::named(name.as_bytes(), wanted).is_property_of_row();
            names.properties.retain(is_property);
        }
    }
    relations.map_or(Ok(()), |at| keys(scanner.at(at, 0), &mut names.relations))
}

/// Appends the keys of the next value to `names`, if the value is an object.
fn keys<'a>(mut scanner: Scanner<'a>, names: &mut Vec<Cow<'a, str>>) -> Result<(), Fault> {
    if scanner.peek() != Some(b'{') {
        return Ok(());
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        // no scorecard can name a key with half a surrogate pair
        names.extend(key.decoded());
        scanner.skip_value()?;
    }
    Ok(())
}
