//! Contradictions between tests of beginnings, ends and parts of a text that is not known otherwise.

use crate::scorecard::Test;

/// Whether some text may pass all of `required` and none of `denied`. Only finds plain contradictions: two
/// beginnings that differ, or a denied part inside a required one.
pub(super) fn agree(required: &[&Test], denied: &[&Test]) -> bool {
    let compatible = |one: &&Test, other: &&Test| match (one, other) {
        (Test::BeginsWith(one), Test::BeginsWith(other)) => one.starts_with(other) || other.starts_with(one),
        (Test::EndsWith(one), Test::EndsWith(other)) => one.ends_with(other) || other.ends_with(one),
        _ => true,
    };
    required
        .iter()
        .enumerate()
        .all(|(index, one)| required.iter().skip(index + 1).all(|other| compatible(one, other)))
        && !denied.iter().any(|denied| follows(denied, required))
}

/// Whether a text that passes all of `required` passes `test` too.
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
                .is_some_and(|part| required.iter().any(|required| holds_part(required, part)))
        }),
        _ => false,
    }
}

fn holds_part(required: &Test, part: &str) -> bool {
    match required {
        Test::BeginsWith(known) | Test::EndsWith(known) => known.contains(part),
        Test::ContainsAll(all) => {
            all.iter().any(|known| known.text.as_deref().is_some_and(|known| known.contains(part)))
        }
        _ => false,
    }
}
