//! Counts of the entities outside the scope, with examples of their values for the warning about an empty scope.

use crate::entity::Entity;
use crate::scorecard::Scope;
use crate::value::Value;

/// The entities outside the scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ScopeCounts {
    /// How many there are.
    pub(crate) excluded: u64,
    /// For each condition of the scope, different values that these entities have, as JSON, in the order of the input.
    pub(crate) seen: Vec<Vec<String>>,
}

/// The maximum number of values to keep for each condition.
const MOST_VALUES: usize = 5;
/// The maximum length of a value, in characters. Longer ones are cut.
const LONGEST_VALUE: usize = 40;
/// The number of entities in each block whose values are looked at, so that the values cost nothing in a large input.
const MOST_SAMPLED: u64 = 100;

impl ScopeCounts {
    /// Counts an entity outside the scope.
    pub(super) fn count(&mut self, scope: &Scope, entity: &Entity<'_>) {
        self.excluded += 1;
        if self.excluded > MOST_SAMPLED {
            return;
        }
        for (seen, value) in self.seen_values(scope.conditions().count()).zip(scope.values(entity)) {
            let items =
                if let Value::List(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
            items.iter().filter(|item| !item.is_absent()).for_each(|item| add_value(seen, example(item)));
        }
    }

    /// Adds other counts, and resets those to zero.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.excluded += std::mem::take(&mut other.excluded);
        let others = std::mem::take(&mut other.seen);
        for (seen, others) in self.seen_values(others.len()).zip(others) {
            others.into_iter().for_each(|value| add_value(seen, value));
        }
    }

    fn seen_values(&mut self, count: usize) -> impl Iterator<Item = &mut Vec<String>> {
        self.seen.resize_with(self.seen.len().max(count), Vec::new);
        self.seen.iter_mut()
    }
}

fn add_value(seen: &mut Vec<String>, value: String) {
    if seen.len() < MOST_VALUES && !seen.contains(&value) {
        seen.push(value);
    }
}

/// A value as JSON, so that text differs from a number.
fn example(value: &Value<'_>) -> String {
    let text: String = match value {
        Value::Text(text) => {
            serde_json::Value::from(text.chars().take(LONGEST_VALUE).collect::<String>()).to_string()
        }
        other => other.to_string(),
    };
    text.chars().take(LONGEST_VALUE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Wanted;
    use crate::value::Instant;
    use serde_json::json;

    #[test]
    fn different_values_are_kept_in_the_order_of_the_input() {
        let as_of = Instant::parse("2026-01-31T00:00:00Z").unwrap();
        let mut wanted = Wanted::new("service");
        let scope = Scope::new(&["tier = 9".parse().unwrap(), "x = 1".parse().unwrap()], as_of, &mut wanted);
        let (mut all, mut block) = (ScopeCounts::default(), ScopeCounts::default());
        for tier in [json!("1"), json!(null), json!(["1", 2]), json!("1"), json!(true)] {
            let value = json!({"identifier": "a", "tier": tier});
            block.count(&scope, &Entity::from_value(&value, &wanted).unwrap());
        }
        all.absorb(&mut block);
        assert_eq!(block.excluded, 0);
        let seen = ["\"1\"", "2", "true"].map(str::to_owned).to_vec();
        assert_eq!(all, ScopeCounts { excluded: 5, seen: vec![seen, Vec::new()] });
    }
}
