//! A set of compiled scorecards.

use super::compile::{CompiledScorecard, ScorecardGroup, compile};
use super::definition::Definition;
use crate::entity::Wanted;
use crate::value::Instant;

/// A set of compiled scorecards, ready for grading. It is immutable, so that threads can share it.
///
/// ```
/// use dora_score::{Entity, Grader, Instant, Scorecards, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let identifiers: Vec<&str> = scorecards.definitions().iter().map(|card| card.identifier()).collect();
/// assert_eq!(identifiers[..2], ["dora_deploy_freq", "dora_lead_time"]);
/// assert_eq!((scorecards.as_of(), scorecards.default_blueprint()), (as_of, "service"));
///
/// // grading on several threads: each has a `Grader` of its own
/// let levels = std::thread::scope(|scope| {
///     let grade = |frequency: f64| {
///         let row = serde_json::json!({"identifier": "checkout", "deployment_frequency": frequency});
///         let entity = Entity::from_value(&row, scorecards.wanted()).ok()?;
///         Some(Grader::new(&scorecards).grade(&entity).outcomes().next()?.level()?.title.clone())
///     };
///     [0.5, 10.0].map(|frequency| scope.spawn(move || grade(frequency)).join().ok().flatten())
/// });
/// assert_eq!(levels, [Some("Bronze".to_owned()), Some("Gold".to_owned())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Scorecards {
    definitions: Vec<Definition>,
    groups: Vec<ScorecardGroup>,
    wanted: Wanted,
    as_of: Instant,
}

impl Scorecards {
    /// Compiles definitions, which cannot fail. Date presets are relative to `as_of`. `default_blueprint` is the
    /// blueprint of entities without one, usually `service`.
    pub fn new(definitions: Vec<Definition>, as_of: Instant, default_blueprint: &str) -> Self {
        Self::after(Wanted::new(default_blueprint), definitions, as_of)
    }

    /// Compiles a second set of definitions, to grade the same entities with two sets. `wanted` is a clone of
    /// [`Self::wanted`] of the first set; the fields of the second set are added to it. Read the entities with
    /// [`Self::wanted`] of the second set.
    ///
    /// ```
    /// use dora_score::{Entity, Grader, Instant, Scorecards, builtin, load_definitions};
    ///
    /// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
    /// let first = Scorecards::new(builtin(), as_of, "service");
    /// let definitions = load_definitions(&["examples/scorecards/service_2_lead_time.json"], "service")?;
    /// let second = Scorecards::after(first.wanted().clone(), definitions, as_of);
    /// let value = serde_json::json!({"identifier": "checkout", "properties": {"lead_time_for_changes": 20}});
    /// let entity = Entity::from_value(&value, second.wanted())?;
    /// assert_eq!(Grader::new(&first).grade(&entity).outcomes().count(), 4);
    /// assert_eq!(Grader::new(&second).grade(&entity).outcomes().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn after(mut wanted: Wanted, definitions: Vec<Definition>, as_of: Instant) -> Self {
        let groups = compile(&definitions, as_of, &mut wanted);
        Self { definitions, groups, wanted, as_of }
    }

    /// The definitions, in their order.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The blueprints that they grade, each once, in the order of the definitions.
    pub(crate) fn blueprints(&self) -> Vec<&str> {
        let mut blueprints: Vec<&str> = Vec::new();
        for definition in &self.definitions {
            if !blueprints.contains(&definition.blueprint.as_str()) {
                blueprints.push(&definition.blueprint);
            }
        }
        blueprints
    }

    /// The fields of entities that grading needs. To read further fields, add them to a clone.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The definition with this index.
    #[expect(clippy::expect_used, reason = "results are indexed by the scorecards that graded them")]
    pub(crate) fn definition(&self, index: usize) -> &Definition {
        self.definitions.get(index).expect("the result is of one of the scorecards")
    }

    /// The definition that a scorecard was compiled from.
    pub(crate) fn definition_of(&self, card: &CompiledScorecard) -> &Definition {
        self.definition(card.index)
    }

    /// The time that date presets are relative to.
    pub fn as_of(&self) -> Instant {
        self.as_of
    }

    /// The blueprint of entities without one.
    pub fn default_blueprint(&self) -> &str {
        self.wanted.default_blueprint()
    }

    /// The compiled scorecards of all blueprints, sorted by blueprint.
    pub(crate) fn groups(&self) -> &[ScorecardGroup] {
        &self.groups
    }

    /// The compiled scorecards of a blueprint. `None` if no scorecard grades it.
    pub(crate) fn group(&self, blueprint: &str) -> Option<&ScorecardGroup> {
        let at = self.groups.binary_search_by(|group| group.blueprint.as_str().cmp(blueprint)).ok()?;
        self.groups.get(at)
    }
}

#[cfg(test)]
impl Scorecards {
    /// Compiles definitions in JSON, for tests.
    pub(crate) fn of_json(definitions: serde_json::Value) -> Self {
        use crate::diagnostic::Source;
        let source = Source::new("test", definitions.to_string());
        let definitions = super::read_definitions(vec![source], "service").unwrap();
        Self::new(definitions, Instant::parse("2026-01-31T00:00:00Z").unwrap(), "service")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scorecards_are_grouped_by_blueprint_and_keep_their_index() {
        let rule = json!({"identifier": "r", "level": "Gold",
            "query": {"combinator": "and", "conditions": [{"property": "p", "operator": "isNotEmpty"}]}});
        let card = |identifier: &str, blueprint: &str| json!({"identifier": identifier, "blueprint": blueprint, "rules": [rule]});
        let scorecards =
            Scorecards::of_json(json!([card("a", "service"), card("b", "_team"), card("c", "service")]));
        let indices = |blueprint: &str| -> Vec<usize> {
            let group = scorecards.group(blueprint).unwrap();
            assert_eq!(group.blueprint, blueprint);
            group.cards.iter().map(|card| card.index).collect()
        };
        assert_eq!(indices("service"), [0, 2]);
        assert_eq!(indices("_team"), [1]);
        assert!(scorecards.group("domain").is_none());
        assert_eq!(scorecards.wanted().slot_count(), 1);
    }
}
