//! Finds contradictions between tests of the beginning, the end and parts of an unknown text.

use crate::scorecard::Test;

/// Whether some text may pass all of `required` and none of `denied`. Finds only simple contradictions: two different
/// beginnings or ends, or a required text that contains a denied one.
pub(super) fn agree(required: &[&Test], denied: &[&Test]) -> bool {
    let beginnings = required.iter().filter_map(|test| match test {
        Test::BeginsWith(part) => Some(part.as_str()),
        _ => None,
    });
    let ends = required.iter().filter_map(|test| match test {
        Test::EndsWith(part) => Some(part.as_str()),
        _ => None,
    });
    // two beginnings are compatible if one begins with the other, so all of them if the longest begins with each
    let longest_beginning = beginnings.clone().max_by_key(|part| part.len()).unwrap_or_default();
    let longest_end = ends.clone().max_by_key(|part| part.len()).unwrap_or_default();
    beginnings.into_iter().all(|part| longest_beginning.starts_with(part))
        && ends.into_iter().all(|part| longest_end.ends_with(part))
        && !denied.iter().any(|denied| follows(denied, required))
}

/// Whether each text that passes all of `required` certainly passes `test` too.
fn follows(test: &Test, required: &[&Test]) -> bool {
    match test {
        Test::BeginsWith(part) => required
            .iter()
            .any(|required| matches!(required, Test::BeginsWith(known) if known.starts_with(part.as_str()))),
        Test::EndsWith(part) => required
            .iter()
            .any(|required| matches!(required, Test::EndsWith(known) if known.ends_with(part.as_str()))),
        Test::ContainsAll(parts) => parts.iter().all(|part| {
            part.text
                .as_deref()
                .is_some_and(|part| required.iter().any(|required| implies_part(required, part)))
        }),
        _ => false,
    }
}

fn implies_part(required: &Test, part: &str) -> bool {
    match required {
        Test::BeginsWith(known) | Test::EndsWith(known) => known.contains(part),
        Test::ContainsAll(all) => {
            all.iter().any(|known| known.text.as_deref().is_some_and(|known| known.contains(part)))
        }
        _ => false,
    }
}
