//! The facts for warnings about a scope: the entities outside it with examples of their values, and the properties of
//! its conditions that no entity has.

use super::presence::GroupPresence;
use crate::entity::Entity;
use crate::scorecard::Scope;
use crate::value::Value;
use std::collections::BTreeSet;

/// The entities outside the scope, and the properties that its conditions name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ScopeCounts {
    /// How many there are.
    pub(crate) excluded: u64,
    /// For each condition of the scope, different values that these entities have, as JSON, in the order of the input.
    pub(crate) seen: Vec<Vec<String>>,
    /// The blueprints of these entities, up to [`MOST_BLUEPRINTS`]; empty for an entity without one.
    blueprints: BTreeSet<String>,
    /// Which properties of the conditions no entity has, in or out of scope; `None` before the first entity.
    presence: Option<GroupPresence>,
}

/// The maximum number of blueprints to keep.
const MOST_BLUEPRINTS: usize = 100;
/// The maximum length of a blueprint to keep, in bytes.
const LONGEST_BLUEPRINT: usize = 1000;

/// The maximum number of values to keep for each condition.
const MOST_VALUES: usize = 5;
/// The maximum length of a value, in characters. Longer ones are cut.
const LONGEST_VALUE: usize = 40;
/// The number of entities in each block whose values are looked at, so that the values cost nothing in a large input.
const MOST_SAMPLED: u64 = 100;

impl ScopeCounts {
    /// Looks for the properties that the conditions name, in any entity.
    pub(super) fn look(&mut self, scope: &Scope, entity: &Entity<'_>) {
        let new = || GroupPresence::of_slots(scope.property_slots());
        self.presence.get_or_insert_with(new).count(entity);
    }

    /// Which properties of the conditions no entity has; `None` without an entity or a condition.
    pub(crate) fn presence(&self) -> Option<&GroupPresence> {
        self.presence.as_ref()
    }

    /// Whether an entity outside the scope may have this blueprint: after too many blueprints, it is not known.
    pub(super) fn may_have(&self, blueprint: &str, default: &str) -> bool {
        let has = |name| self.blueprints.contains(name);
        self.blueprints.len() == MOST_BLUEPRINTS || has(blueprint) || blueprint == default && has("")
    }

    /// Counts an entity outside the scope.
    pub(super) fn count(&mut self, scope: &Scope, entity: &Entity<'_>) {
        self.excluded += 1;
        self.add_blueprint(entity.blueprint().unwrap_or_default());
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
        match (&mut self.presence, other.presence.take()) {
            (Some(presence), Some(more)) => presence.absorb(&more),
            (None, more) => self.presence = more,
            (Some(_), None) => {}
        }
        std::mem::take(&mut other.blueprints).iter().for_each(|blueprint| self.add_blueprint(blueprint));
        let others = std::mem::take(&mut other.seen);
        for (seen, others) in self.seen_values(others.len()).zip(others) {
            others.into_iter().for_each(|value| add_value(seen, value));
        }
    }

    fn add_blueprint(&mut self, blueprint: &str) {
        let has_room = self.blueprints.len() < MOST_BLUEPRINTS && blueprint.len() <= LONGEST_BLUEPRINT;
        if has_room && !self.blueprints.contains(blueprint) {
            self.blueprints.insert(blueprint.to_owned());
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
        assert_eq!((all.excluded, all.seen.as_slice()), (5, &[seen, Vec::new()][..]));
    }
}
