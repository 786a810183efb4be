//! Builds the model from compiled scorecards.

use super::model::{Card, Condition, Field, Kind, Model, Part, Rule, Test};
use crate::entity::Meta;
use crate::scorecard::{
    self, Check, CompiledScorecard, Definition, Formula, Member, Operand, Operator, Order, Query,
    ScorecardGroup, Scorecards, Subject,
};
use crate::value::{DateRange, Preset};
use std::collections::{BTreeSet, HashMap};

impl Model {
    /// Builds the model. With `is_live`, presets stay relative to the current time of the engine; otherwise they are as
    /// the scorecards were compiled.
    pub(super) fn new(scorecards: &Scorecards, is_live: bool) -> Self {
        let mut builder = Builder { is_live, ..Builder::default() };
        let mut cards: Vec<(usize, Card)> = Vec::new();
        for group in scorecards.groups() {
            let checks = checks(group);
            for card in &group.cards {
                cards.push((card.index, builder.card(scorecards.definition_of(card), card, &checks)));
            }
        }
        cards.sort_by_key(|(index, _)| *index);
        builder.conclude();
        Self {
            fields: builder.fields,
            conditions: builder.conditions,
            cards: cards.into_iter().map(|(_, card)| card).collect(),
            default_blueprint: scorecards.default_blueprint().to_owned(),
            has_presets: builder.has_presets,
        }
    }
}

/// The conditions of a group by their numbers.
fn checks(group: &ScorecardGroup) -> HashMap<usize, Check> {
    let mut checks = HashMap::new();
    for field in &group.fields {
        for bounds in &field.thresholds {
            for (number, bound) in (bounds.first..).zip(&bounds.bounds) {
                let test = scorecard::Test::Number(bounds.order, *bound);
                checks.insert(number, Check { test, negated: false });
            }
        }
        checks.extend(field.checks.iter().cloned());
    }
    checks
}

/// What makes conditions equal: the field, the check as text (it holds floating-point numbers), and the preset.
type Key = (usize, String, Option<&'static str>);

#[derive(Default)]
struct Builder {
    is_live: bool,
    has_presets: bool,
    fields: Vec<Field>,
    places: HashMap<Subject, usize>,
    conditions: Vec<Condition>,
    seen: HashMap<Key, usize>,
}

impl Builder {
    fn card(
        &mut self,
        definition: &Definition,
        card: &CompiledScorecard,
        checks: &HashMap<usize, Check>,
    ) -> Card {
        let filter = definition.filter.as_ref().zip(card.filter.as_ref());
        let filter = filter.map(|(query, formula)| self.formula(definition, query, formula, checks));
        let rules = definition.rules.iter().zip(&card.rules).map(|(rule, formula)| Rule {
            identifier: rule.identifier.clone(),
            formula: self.formula(definition, &rule.query, formula, checks),
        });
        let rules = rules.collect();
        let of_level = |level: usize| {
            let rules = definition.rules.iter().enumerate().filter(move |(_, rule)| rule.level == level);
            rules.map(|(position, _)| position).collect::<Vec<usize>>()
        };
        let steps = card.steps.iter().map(|step| (step.level, of_level(step.level)));
        Card {
            identifier: definition.identifier.clone(),
            title: definition.title.clone(),
            blueprint: definition.blueprint.clone(),
            levels: definition.levels.iter().map(|level| level.title.clone()).collect(),
            filter,
            rules,
            steps: steps.collect(),
            place: definition.place(&definition.origin.identifier),
        }
    }

    /// The formula with the numbers of the model. A formula has the structure of its query.
    fn formula(
        &mut self,
        definition: &Definition,
        query: &Query,
        formula: &Formula,
        checks: &HashMap<usize, Check>,
    ) -> Formula {
        let (Formula::All(members) | Formula::Any(members)) = formula else {
            unreachable!("a query compiles to a group");
        };
        let members: Vec<Formula> = query
            .members
            .iter()
            .zip(members)
            .map(|(member, compiled)| match (member, compiled) {
                (Member::Group(group), compiled) => self.formula(definition, group, compiled, checks),
                (Member::Condition(condition), Formula::Condition(number)) => {
                    #[expect(
                        clippy::expect_used,
                        reason = "every number of a formula is a condition of its group"
                    )]
                    let check = checks.get(number).expect("the condition is in its group");
                    Formula::Condition(self.condition(definition, condition, check))
                }
                (Member::Condition(_), _) => unreachable!("a condition compiles to a condition"),
            })
            .collect();
        match formula {
            Formula::Any(_) => Formula::Any(members),
            _ => Formula::All(members),
        }
    }

    fn condition(
        &mut self,
        definition: &Definition,
        condition: &scorecard::Condition,
        check: &Check,
    ) -> usize {
        let place = definition.place(&condition.span);
        let field = *self.places.entry(condition.subject.clone()).or_insert_with(|| {
            self.fields.push(Field {
                subject: condition.subject.clone(),
                place: place.clone(),
                kind: Kind::Any,
                parts: BTreeSet::new(),
                elements: None,
                asks_empty: false,
                has_guard: false,
            });
            self.fields.len() - 1
        });
        let preset = match &condition.operand {
            Operand::Dates(DateRange::Preset(preset), _) => Some(*preset),
            _ => None,
        };
        self.has_presets |= preset.is_some();
        let preset = preset.filter(|_| self.is_live);
        let key = (field, format!("{check:?}"), preset.map(Preset::name));
        let next = self.conditions.len();
        let number = *self.seen.entry(key).or_insert(next);
        if number == next {
            let (test, inverted) = Test::new(&check.test, preset);
            // that operator is for arrays
            let is_array = condition.operator == Operator::ContainsAny;
            self.conditions.push(Condition {
                field,
                kind: if is_array { Some(Kind::Any) } else { test.kind() },
                test,
                negated: check.negated != inverted,
                is_guard: matches!(check.test, scorecard::Test::Number(Order::Above, 0.0)),
                place,
                words: condition.to_string(),
            });
        }
        number
    }

    /// Completes the fields, once all conditions are known.
    fn conclude(&mut self) {
        let mut kinds: Vec<Option<Kind>> = vec![None; self.fields.len()];
        for condition in &self.conditions {
            let (Some(field), Some(kind)) =
                (self.fields.get_mut(condition.field), kinds.get_mut(condition.field))
            else {
                unreachable!("the field of a condition exists");
            };
            condition.test.collect(&mut field.parts, &mut field.elements);
            field.asks_empty |= matches!(condition.test, Test::Empty);
            field.has_guard |= condition.is_guard;
            if condition.is_guard {
                // an array lacks no data, whatever its numbers are
                field.parts.insert(Part::Number);
            }
            *kind = (*kind).into_iter().chain(condition.kind).reduce(Kind::with);
        }
        for (field, kind) in self.fields.iter_mut().zip(kinds) {
            // a team is one string or several
            let is_team = field.subject == Subject::Meta(Meta::Team);
            field.kind = kind.filter(|_| !is_team).unwrap_or(Kind::Any);
        }
    }
}
