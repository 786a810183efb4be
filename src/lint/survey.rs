//! Counts the values of entities for each blueprint that a scorecard grades.
//!
//! The counts are updated while the input is read. The memory they need depends on the scorecards, not on the number
//! of entities.

use crate::diagnostic::Problems;
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{FieldNames, Grader, Tally};
use crate::scorecard::{Operand, Query, Scope, Scorecards, Subject};
use crate::value::{Instant, Scalar, Value};
use std::collections::HashMap;

/// Counts of the values that entities have for the properties and relations of scorecards. With a survey, a
/// [`Linter`](super::Linter) also finds rules that do not fit the entities. Its size does not depend on their number.
///
/// ```
/// use dora_score::lint::{Linter, Survey};
/// use dora_score::{Input, Instant, Progress, Scope, Scorecards, Settings, Source, read_definitions};
/// use std::num::NonZero;
///
/// let text = r#"{"identifier": "on_call", "title": "On call", "levels": [{"title": "No"}, {"title": "Yes"}],
///     "rules": [{"identifier": "named", "title": "Somebody is on call", "level": "Yes",
///     "query": {"combinator": "and", "conditions": [{"property": "on_cal", "operator": "isNotEmpty"}]}}]}"#;
/// let definitions = read_definitions(vec![Source::new("on_call.json", text)], "service")?;
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(definitions, as_of, "service");
///
/// let entities = br#"{"identifier": "checkout", "on_call": "ada"} {"identifier": "search", "on_call": null}"#;
/// let inputs = vec![Input::open("entities.json", entities.as_slice())];
/// let settings = Settings { threads: NonZero::<usize>::MIN, ..Settings::default() };
/// let (wanted, mut read) = (scorecards.wanted().clone(), Progress::default());
/// let survey = Survey::take(&scorecards, &Scope::default(), wanted, inputs, settings, |progress| read = progress)?;
/// assert_eq!((read.elements, read.bytes), (2, entities.len() as u64));
///
/// let findings = Linter { survey: Some(&survey), ..Linter::default() }.run(scorecards.definitions());
/// let codes: Vec<&str> = findings.iter().map(|finding| finding.diagnostic.code.name()).collect();
/// assert_eq!(codes, ["unknown-property"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Survey {
    wanted: Wanted,
    pub(super) tally: Tally,
    counts: HashMap<String, BlueprintCounts>,
}

/// Counts of the entities of one blueprint.
#[derive(Debug, Clone, Default)]
pub(super) struct BlueprintCounts {
    pub(super) entities: u64,
    /// The names of properties and relations that occur.
    pub(super) names: FieldNames,
    /// The slots that conditions for the blueprint use, in ascending order.
    slots: Vec<(usize, ValueCounts)>,
}

/// Counts of the values of one property or relation.
#[derive(Debug, Clone, Default)]
pub(super) struct ValueCounts {
    /// The number of entities with a value that is neither missing nor null.
    pub(super) present: u64,
    /// The number of entities with a value of each kind, in the order of [`Kind`]. An array counts once for each kind
    /// of element.
    kinds: [u64; Kind::COUNT],
    /// An example: the first value found, cut after 40 characters.
    pub(super) sample: Option<String>,
    /// 0 and the numbers that conditions compare with, sorted, and how many entities have exactly that number.
    exact: Vec<(f64, u64)>,
}

/// The kinds of values that conditions distinguish.
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

    /// The name with its article, for messages.
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

    /// The kind of a string.
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

impl BlueprintCounts {
    /// Sorts the slots and merges those of several conditions.
    fn merge_slots(&mut self) {
        self.slots.sort_by_key(|(slot, _)| *slot);
        self.slots.dedup_by(|(slot, more), (kept, values)| {
            let is_same = slot == kept;
            if is_same {
                values.exact.append(&mut more.exact);
            }
            is_same
        });
        self.slots.iter_mut().for_each(|(_, values)| values.sort());
    }
}

impl ValueCounts {
    /// The number of entities with a value of this kind.
    #[expect(clippy::expect_used, reason = "the array has an element for each kind")]
    pub(super) fn of(&self, kind: Kind) -> u64 {
        *self.kinds.get(kind as usize).expect("each kind has an element")
    }

    /// The kinds of values that occur.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let all = [Kind::Number, Kind::Bool, Kind::DateTime, Kind::Day, Kind::Text, Kind::Object];
        all.into_iter().filter(|kind| self.of(*kind) > 0).collect()
    }

    /// The number of entities with exactly this number; only 0 and numbers that conditions compare with are
    /// counted.
    pub(super) fn equal_to(&self, number: f64) -> u64 {
        self.position(number).and_then(|at| self.exact.get(at)).map_or(0, |(_, count)| *count)
    }

    /// Sorts the numbers, so that they are found by binary search.
    fn sort(&mut self) {
        self.exact.sort_by(|one, other| one.0.total_cmp(&other.0));
        self.exact.dedup_by_key(|(number, _)| *number);
    }

    /// The index of a number in `exact`.
    fn position(&self, number: f64) -> Option<usize> {
        // adding 0 turns -0 into 0
        self.exact.binary_search_by(|(known, _)| known.total_cmp(&(number + 0.0))).ok()
    }

    #[expect(clippy::expect_used, reason = "the array has an element for each kind")]
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
            *met.get_mut(kind as usize).expect("each kind has an element") = true;
        }
        for (count, met) in self.kinds.iter_mut().zip(met) {
            *count += u64::from(met);
        }
        if self.sample.is_none() && met.contains(&true) {
            self.sample = Some(value.to_string().chars().take(40).collect());
        }
        if let Value::Number(number) = value
            && let Some(at) = self.position(*number)
            && let Some((_, count)) = self.exact.get_mut(at)
        {
            *count += 1;
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

impl Survey {
    /// Reads all entities of all inputs and counts the values of those in scope. `wanted` are the fields of the
    /// scorecards and of the scope. `progress` is called from time to time, with what was read from the beginning.
    ///
    /// # Errors
    /// Returns the first problem of an input.
    ///
    /// # Panics
    /// If `wanted` is not a clone of [`Scorecards::wanted`], perhaps with more fields.
    pub fn take(
        scorecards: &Scorecards,
        scope: &Scope,
        wanted: Wanted,
        inputs: Vec<Input<'_>>,
        settings: Settings,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Problems> {
        Self::take_counted(
            Tally::new(scorecards, true),
            scorecards,
            scope,
            wanted,
            inputs,
            settings,
            progress,
        )
    }

    /// Like [`Self::take`], with a tally that also looks for entities that come twice.
    pub(crate) fn take_with_duplicates(
        scorecards: &Scorecards,
        scope: &Scope,
        wanted: Wanted,
        inputs: Vec<Input<'_>>,
        settings: Settings,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Problems> {
        let tally = Tally::new(scorecards, true).with_duplicates();
        Self::take_counted(tally, scorecards, scope, wanted, inputs, settings, progress)
    }

    /// Counts with copies of a tally of zero.
    fn take_counted(
        tally: Tally,
        scorecards: &Scorecards,
        scope: &Scope,
        wanted: Wanted,
        inputs: Vec<Input<'_>>,
        settings: Settings,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Problems> {
        let empty = Self::empty(tally, scorecards, wanted);
        let mut survey = empty.clone();
        let commit = |part: &mut Self| -> Result<(), Problems> {
            survey.absorb(part);
            Ok(())
        };
        let worker =
            || SurveyWorker { scope, grader: Grader::new(scorecards), empty: &empty, survey: empty.clone() };
        fold(inputs, &empty.wanted, settings, worker, progress, commit)?;
        Ok(survey)
    }

    fn empty(tally: Tally, scorecards: &Scorecards, wanted: Wanted) -> Self {
        let mut counts: HashMap<String, BlueprintCounts> = HashMap::new();
        for definition in scorecards.definitions() {
            let counts = counts.entry(definition.blueprint.clone()).or_default();
            let queries = definition.filter.iter().chain(definition.rules.iter().map(|rule| &rule.query));
            for condition in queries.flat_map(Query::conditions) {
                let Some(slot) = condition.subject.slot(&wanted) else { continue };
                let mut values = ValueCounts::default();
                if let Operand::Scalar(Scalar::Number(number)) = condition.operand {
                    // adding 0 turns -0 into 0
                    values.exact.extend([(number + 0.0, 0), (0.0, 0)]);
                }
                counts.slots.push((slot.index(), values));
            }
        }
        counts.values_mut().for_each(BlueprintCounts::merge_slots);
        Self { wanted, tally, counts }
    }

    /// The counts of all entities that were read.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Whether entities are outside the scope.
    pub(super) fn is_partial(&self) -> bool {
        self.tally.outside.excluded > 0
    }

    /// The counts of a blueprint; `None` if no scorecard grades it.
    pub(super) fn counts(&self, blueprint: &str) -> Option<&BlueprintCounts> {
        self.counts.get(blueprint)
    }

    /// The counts of the values that the entities of a blueprint have for a property or relation.
    pub(super) fn values(&self, blueprint: &str, subject: &Subject) -> Option<&ValueCounts> {
        let slots = &self.counts(blueprint)?.slots;
        let slot = subject.slot(&self.wanted)?.index();
        let at = slots.binary_search_by_key(&slot, |(slot, _)| *slot).ok()?;
        slots.get(at).map(|(_, values)| values)
    }

    /// Whether no entity of a blueprint has a value for a property or relation.
    pub(super) fn is_absent(&self, blueprint: &str, subject: &Subject) -> bool {
        self.values(blueprint, subject).is_some_and(|values| values.present == 0)
    }

    /// The blueprints of all entities: first those that a scorecard grades, sorted, then the others.
    pub(super) fn blueprints(&self) -> Vec<&str> {
        let mut graded: Vec<&str> = self
            .counts
            .iter()
            .filter(|(_, counts)| counts.entities > 0)
            .map(|(blueprint, _)| blueprint.as_str())
            .collect();
        graded.sort_unstable();
        graded.extend(self.tally.ungraded().map(|(blueprint, _)| blueprint));
        graded
    }

    #[expect(clippy::expect_used, reason = "`empty` creates both surveys, with the same blueprints")]
    fn absorb(&mut self, other: &mut Self) {
        self.tally.absorb(&mut other.tally);
        for (blueprint, more) in std::mem::take(&mut other.counts) {
            let counts = self.counts.get_mut(&blueprint).expect("both surveys have the same blueprints");
            counts.entities += more.entities;
            counts.names.absorb(&more.names);
            for ((_, values), (_, more_values)) in counts.slots.iter_mut().zip(more.slots) {
                values.absorb(more_values);
            }
        }
    }
}

/// Counts the values of the entities in one block of input.
struct SurveyWorker<'s> {
    scope: &'s Scope,
    grader: Grader<'s>,
    empty: &'s Survey,
    survey: Survey,
}

impl Worker for SurveyWorker<'_> {
    type Elements = Wanted;
    type Part = Survey;

    fn element(&mut self, entity: &Entity<'_>) {
        if !self.survey.tally.admits(self.scope, entity) {
            return;
        }
        let graded = self.grader.grade(entity);
        self.survey.tally.count(&graded);
        let Some(counts) = self.survey.counts.get_mut(graded.blueprint()) else { return };
        counts.entities += 1;
        counts.names.add(&entity.names().unwrap_or_default());
        for (slot, values) in &mut counts.slots {
            if let Some(value) = entity.values().get(*slot) {
                values.count(value);
            }
        }
    }

    fn take(&mut self) -> Survey {
        std::mem::replace(&mut self.survey, self.empty.clone())
    }
}
