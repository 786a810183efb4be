//! Finds contradictions between tests of the beginning, the end and parts of an unknown text.

use crate::scorecard::Test;

/// Whether some text may pass all of `required` and none of `denied`. Finds only simple contradictions: two different
/// beginnings or ends, or a required text that contains a denied one.
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
