//! Collects the names of an entity's properties and relations, which few readers want.

use super::field::Field;
use super::model::Names;
use super::wanted::Wanted;
use crate::json::{Fault, Scanner};
use std::borrow::Cow;

/// Where the object begins whose keys are the properties.
#[derive(Clone, Copy)]
pub(super) enum PropertiesAt {
    /// It is the value of `properties`.
    Member(usize),
    /// It is the entity itself, a flat row.
    Row(usize),
}

/// Goes over an entity once more to collect its names.
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

/// The keys of the object that is next, if it is one.
fn keys<'a>(mut scanner: Scanner<'a>, names: &mut Vec<Cow<'a, str>>) -> Result<(), Fault> {
    if scanner.peek() != Some(b'{') {
        return Ok(());
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        // a key with half a surrogate pair cannot be named by anyone
        names.extend(key.decoded());
        scanner.skip_value()?;
    }
    Ok(())
}
