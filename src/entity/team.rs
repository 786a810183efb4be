//! The teams that own an entity.

use super::model::Entity;
use super::value::read_value;
use super::wanted::{Meta, Wanted};
use crate::json::{Fault, Scanner};
use crate::value::Value;
use std::borrow::Cow;

/// Reads the value of `team`: a string, or an array of strings. All other values count as absent.
pub(super) fn read_team<'a>(
    scanner: &mut Scanner<'a>,
    wanted: &Wanted,
    entity: &mut Entity<'a>,
) -> Result<(), Fault> {
    entity.team.clear();
    if let Some(slot) = wanted.meta_slot(Meta::Team) {
        let value = read_value(scanner)?;
        let items =
            if let Value::List(items) = &value { items.as_slice() } else { std::slice::from_ref(&value) };
        items.iter().for_each(|item| push(item.clone(), &mut entity.team));
        *entity.value_mut(slot) = value;
        return Ok(());
    }
    read_teams(scanner, &mut entity.team)
}

/// Like [`read_team`], without the slot. Adds the teams to `teams`.
pub(crate) fn read_teams<'a>(scanner: &mut Scanner<'a>, teams: &mut Vec<Cow<'a, str>>) -> Result<(), Fault> {
    if scanner.peek() != Some(b'[') {
        push(read_value(scanner)?, teams);
        return Ok(());
    }
    scanner.open()?;
    let mut first = true;
    while scanner.element(&mut first)? {
        // an array inside the array has no teams
        match scanner.peek() {
            Some(b'"') => push(Value::Text(scanner.string()?), teams),
            _ => scanner.skip_value()?,
        }
    }
    Ok(())
}

fn push<'a>(value: Value<'a>, teams: &mut Vec<Cow<'a, str>>) {
    if let Value::Text(name) = value
        && !name.is_empty()
    {
        teams.push(name);
    }
}
