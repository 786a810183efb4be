//! A survey of the values of entities: counts for each blueprint that a scorecard grades, taken while reading.
//! Memory depends on the scorecards and never on how many entities there are.

use crate::diagnostic::Problems;
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{Grader, Tally};
use crate::scorecard::{Operand, Scorecards, Subject};
use crate::value::{Instant, Scalar, Value};
use std::collections::{BTreeSet, HashMap};

/// Counts of the values that entities have under the names that scorecards ask for.
#[derive(Debug, Clone)]
pub struct Survey {
    wanted: Wanted,
    pub(super) tally: Tally,
    censuses: HashMap<String, Census>,
}

/// The entities of one blueprint.
#[derive(Debug, Clone, Default)]
pub(super) struct Census {
    pub(super) entities: u64,
    /// Names of properties and relations that occur; past a thousand of each no more are kept.
    pub(super) properties: BTreeSet<String>,
    pub(super) relations: BTreeSet<String>,
    /// One a slot.
    slots: Vec<Holding>,
}

/// Counts of the values under one name.
#[derive(Debug, Clone, Default)]
pub(super) struct Holding {
    /// Entities with a value that is neither missing nor null.
    pub(super) present: u64,
    /// Entities with a value of each kind, in the order of [`Kind`]; an array counts for each kind in it.
    kinds: [u64; Kind::COUNT],
    /// A value that was met first.
    pub(super) sample: Option<String>,
    /// Numbers that conditions name, and how many entities hold exactly that.
    exact: Vec<(f64, u64)>,
}

/// Kinds of values, as far as conditions distinguish them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Number,
    Bool,
    DateTime,
    Day,
    Text,
    Object,
}

impl Kind {
    const COUNT: usize = 6;
    /// Kinds that are strings.
    pub(super) const TEXTS: [Self; 3] = [Self::DateTime, Self::Day, Self::Text];

    /// With its article.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::DateTime => "a date-time",
            Self::Day => "a day",
            Self::Text => "a string",
            Self::Object => "an object",
        }
    }

    /// The kind of a text.
    pub(super) fn of_text(text: &str) -> Self {
        if Instant::parse(text).is_some() {
            Self::DateTime
        } else if Instant::parse_day(text).is_some() {
            Self::Day
        } else {
            Self::Text
        }
    }
}

impl Holding {
    /// Entities with a value of this kind.
    #[expect(clippy::expect_used, reason = "there is a count for each kind")]
    pub(super) fn of(&self, kind: Kind) -> u64 {
        *self.kinds.get(kind as usize).expect("every kind has its count")
    }

    /// The kinds that occur.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let all = [Kind::Number, Kind::Bool, Kind::DateTime, Kind::Day, Kind::Text, Kind::Object];
        all.into_iter().filter(|kind| self.of(*kind) > 0).collect()
    }

    /// Entities that hold exactly this number, which a condition names.
    pub(super) fn exactly(&self, number: f64) -> u64 {
        self.exactly_at(number).unwrap_or_default()
    }

    fn exactly_at(&self, number: f64) -> Option<u64> {
        self.exact.iter().find(|(known, _)| *known == number).map(|(_, count)| *count)
    }

    #[expect(clippy::expect_used, reason = "there is a mark for each kind")]
    fn count(&mut self, value: &Value<'_>) {
        self.present += u64::from(!value.is_absent());
        let mut met = [false; Kind::COUNT];
        let one = std::slice::from_ref(value);
        let items = if let Value::List(items) = value { items.as_slice() } else { one };
        for item in items {
            let kind = match item {
                Value::Number(_) => Kind::Number,
                Value::Bool(_) => Kind::Bool,
                Value::Text(text) => Kind::of_text(text),
                Value::Object { .. } => Kind::Object,
                Value::Missing | Value::Null | Value::List(_) => continue,
            };
            *met.get_mut(kind as usize).expect("every kind has its mark") = true;
        }
        for (count, met) in self.kinds.iter_mut().zip(met) {
            *count += u64::from(met);
        }
        if self.sample.is_none() && met.contains(&true) {
            self.sample = Some(value.to_string().chars().take(40).collect());
        }
        if let Value::Number(number) = value {
            for (_, count) in self.exact.iter_mut().filter(|(known, _)| known == number) {
                *count += 1;
            }
        }
    }

    fn absorb(&mut self, other: Self) {
        self.present += other.present;
        for (count, more) in self.kinds.iter_mut().zip(other.kinds) {
            *count += more;
        }
        for ((_, count), (_, more)) in self.exact.iter_mut().zip(other.exact) {
            *count += more;
        }
        self.sample = self.sample.take().or(other.sample);
    }
}

const MOST_NAMES: usize = 1000;

fn add_name(names: &mut BTreeSet<String>, name: &str) {
    if names.len() < MOST_NAMES && !names.contains(name) {
        names.insert(name.to_owned());
    }
}

impl Survey {
    /// Reads all entities of all inputs and counts what they hold.
    ///
    /// # Errors
    /// The first problem of an input.
    pub fn take(
        scorecards: &Scorecards,
        inputs: Vec<Input<'_>>,
        settings: Settings,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Problems> {
        let mut wanted = scorecards.wanted().clone();
        wanted.include_names();
        let empty = Self::empty(scorecards, wanted);
        let mut survey = empty.clone();
        let commit = |part: &mut Self| -> Result<(), Problems> {
            survey.absorb(part);
            Ok(())
        };
        let worker =
            || SurveyWorker { grader: Grader::new(scorecards), empty: &empty, survey: empty.clone() };
        fold(inputs, &empty.wanted, settings, worker, progress, commit)?;
        Ok(survey)
    }

    fn empty(scorecards: &Scorecards, wanted: Wanted) -> Self {
        let mut censuses: HashMap<String, Census> = HashMap::new();
        for definition in scorecards.definitions() {
            let census = censuses.entry(definition.blueprint.clone()).or_default();
            census.slots.resize(wanted.slot_count(), Holding::default());
            for condition in definition.rules.iter().flat_map(|rule| rule.query.conditions()) {
                let Operand::Scalar(Scalar::Number(number)) = condition.operand else { continue };
                let slot = condition.subject.slot(&wanted);
                let holding = slot.and_then(|slot| census.slots.get_mut(slot.index()));
                if let Some(holding) = holding.filter(|holding| holding.exactly_at(number).is_none()) {
                    holding.exact.push((number, 0));
                }
            }
        }
        Self { wanted, tally: Tally::new(scorecards, true), censuses }
    }

    /// The entities of a blueprint that a scorecard grades.
    pub(super) fn census(&self, blueprint: &str) -> Option<&Census> {
        self.censuses.get(blueprint)
    }

    /// The values that the entities of a blueprint have under a name.
    pub(super) fn holding(&self, blueprint: &str, subject: &Subject) -> Option<&Holding> {
        self.census(blueprint)?.slots.get(subject.slot(&self.wanted)?.index())
    }

    /// No entity of a blueprint has a value under a name.
    pub(super) fn is_absent(&self, blueprint: &str, subject: &Subject) -> bool {
        self.holding(blueprint, subject).is_some_and(|holding| holding.present == 0)
    }

    /// The blueprints that entities have: those that are graded, then the others.
    pub(super) fn blueprints(&self) -> Vec<&str> {
        let mut graded: Vec<&str> = self
            .censuses
            .iter()
            .filter(|(_, census)| census.entities > 0)
            .map(|(blueprint, _)| blueprint.as_str())
            .collect();
        graded.sort_unstable();
        graded.extend(self.tally.ungraded().map(|(blueprint, _)| blueprint));
        graded
    }

    #[expect(clippy::expect_used, reason = "all parts are made by `empty`")]
    fn absorb(&mut self, other: &mut Self) {
        self.tally.absorb(&mut other.tally);
        for (blueprint, part) in std::mem::take(&mut other.censuses) {
            let census = self.censuses.get_mut(&blueprint).expect("every part has the same blueprints");
            census.entities += part.entities;
            part.properties.iter().for_each(|name| add_name(&mut census.properties, name));
            part.relations.iter().for_each(|name| add_name(&mut census.relations, name));
            for (holding, more) in census.slots.iter_mut().zip(part.slots) {
                holding.absorb(more);
            }
        }
    }
}

/// Counts the values of the entities of a block.
struct SurveyWorker<'s> {
    grader: Grader<'s>,
    empty: &'s Survey,
    survey: Survey,
}

impl Worker for SurveyWorker<'_> {
    type Part = Survey;

    fn entity(&mut self, entity: &Entity<'_>) {
        let graded = self.grader.grade(entity);
        self.survey.tally.count(&graded);
        let Some(census) = self.survey.censuses.get_mut(graded.blueprint()) else { return };
        census.entities += 1;
        entity.property_names().iter().for_each(|name| add_name(&mut census.properties, name));
        entity.relation_names().iter().for_each(|name| add_name(&mut census.relations, name));
        for (holding, value) in census.slots.iter_mut().zip(entity.values()) {
            holding.count(value);
        }
    }

    fn take(&mut self) -> Survey {
        std::mem::replace(&mut self.survey, self.empty.clone())
    }
}
