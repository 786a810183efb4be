//! Recognizes scorecards in the input of entities: objects whose `rules` have queries. Also waivers there, and results in
//! the input of events.

use crate::json::{Fault, Scanner};

/// Whether the next value is the `rules` of a scorecard: an array with an object that has a query.
#[cold]
pub(super) fn has_queries(scanner: Scanner<'_>) -> bool {
    any_element(scanner, |rule| {
        any_member(rule, |key, mut value| key == b"query" && value.peek() == Some(b'{'))
    })
}

/// Whether the next value is a response of the Port API with scorecards.
#[cold]
pub(crate) fn wraps_scorecards(scanner: Scanner<'_>) -> bool {
    any_member(scanner, |key, value| match key {
        b"scorecards" => any_element(value, is_scorecard),
        b"scorecard" => is_scorecard(value),
        _ => false,
    })
}

/// Whether the next value is the object of a file of waivers.
#[cold]
pub(super) fn wraps_waivers(scanner: Scanner<'_>) -> bool {
    any_member(scanner, |key, mut value| key == b"waivers" && value.peek() == Some(b'['))
}

/// Whether the next value is an entity in a result: it tells of a scorecard whether there is no data. Port does not.
#[cold]
pub(crate) fn is_result(scanner: Scanner<'_>) -> bool {
    any_member(scanner, |key, value| {
        key == b"scorecards" && any_member(value, |_, value| any_member(value, |key, _| key == b"noData"))
    })
}

/// Whether the next value is a scorecard, which has its rules itself or under `properties`.
#[cold]
pub(crate) fn is_scorecard(scanner: Scanner<'_>) -> bool {
    any_member(scanner, |key, value| match key {
        b"rules" => has_queries(value),
        b"properties" => any_member(value, |key, value| key == b"rules" && has_queries(value)),
        _ => false,
    })
}

/// Whether the next value is an array with an element that `is_wanted` accepts. A fault ends the search: the reader
/// reports it.
fn any_element<'a>(mut scanner: Scanner<'a>, is_wanted: impl Fn(Scanner<'a>) -> bool) -> bool {
    let mut search = || -> Result<bool, Fault> {
        if scanner.peek() != Some(b'[') {
            return Ok(false);
        }
        scanner.open()?;
        let mut first = true;
        while scanner.element(&mut first)? {
            if is_wanted(scanner) {
                return Ok(true);
            }
            scanner.skip_value()?;
        }
        Ok(false)
    };
    search().unwrap_or(false)
}

/// Like [`any_element`], for the members of an object.
fn any_member<'a>(mut scanner: Scanner<'a>, is_wanted: impl Fn(&[u8], Scanner<'a>) -> bool) -> bool {
    let mut search = || -> Result<bool, Fault> {
        if scanner.peek() != Some(b'{') {
            return Ok(false);
        }
        scanner.open()?;
        let mut first = true;
        while let Some(key) = scanner.member(&mut first)? {
            if is_wanted(&key.name(), scanner) {
                return Ok(true);
            }
            scanner.skip_value()?;
        }
        Ok(false)
    };
    search().unwrap_or(false)
}
