//! Grades entities into a side: the results of this run as numbers.

use super::catalog::{
    Blueprint, Card, Catalog, Grade, ListedRule, RuleList, RuleName, RuleStates, SharedCatalog, Teams, Title,
};
use super::elements::Held;
use super::interned::Id;
use super::read::Reading;
use super::side::{EntityNames, Side, SideBlock};
use crate::diagnostic::Diagnostic;
use crate::entity::{Entity, Input, Progress, Wanted, Worker, fold};
use crate::grade::{Graded, Grader, Outcome, Tally};
use crate::result::Summary;
use crate::scorecard::{Definition, Scorecards};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// The numbers of what graded results consist of.
pub(crate) struct GradeNumbers<'h> {
    catalog: &'h SharedCatalog,
    /// The numbers of each scorecard, by its index.
    cards: Vec<CardNumbers>,
}

struct CardNumbers {
    card: Id<Card>,
    /// The levels, the lowest first.
    titles: Vec<Id<Title>>,
    rules: Id<RuleList>,
}

impl<'h> GradeNumbers<'h> {
    pub(crate) fn new(scorecards: &Scorecards, catalog: &'h SharedCatalog) -> Self {
        let mut known = catalog.lock();
        let cards =
            scorecards.definitions().iter().map(|definition| CardNumbers::new(definition, &mut known));
        Self { cards: cards.collect(), catalog }
    }
}

impl CardNumbers {
    #[expect(clippy::expect_used, reason = "the level of a rule is one of its scorecard")]
    fn new(definition: &Definition, catalog: &mut Catalog) -> Self {
        let blueprint = catalog.blueprint(&definition.blueprint);
        let card = catalog.card(blueprint, &definition.identifier);
        let titles: Vec<Id<Title>> =
            definition.levels.iter().map(|level| catalog.title(&level.title)).collect();
        let rules = definition.rules.iter().map(|rule| {
            let level = titles.get(rule.level).expect("the scorecard has the level");
            ListedRule {
                name: catalog.rules.intern(RuleName(rule.identifier.as_str().into())),
                level: Some(*level),
            }
        });
        let rules = RuleList(rules.collect());
        Self { card, titles, rules: catalog.rule_lists.intern(rules) }
    }
}

/// Finds the numbers of graded entities. Each thread has its own, which asks the others only for what is new to it.
pub(crate) struct GradeCache<'n> {
    numbers: &'n GradeNumbers<'n>,
    blueprints: HashMap<Box<str>, Id<Blueprint>>,
    teams: HashMap<Teams, Id<Teams>, FixedState>,
    grades: HashMap<Grade, Id<Grade>, FixedState>,
}

/// The maximum number of grades and lists of teams in a cache.
const MOST: usize = 4096;

impl<'n> GradeCache<'n> {
    pub(crate) fn new(numbers: &'n GradeNumbers<'n>) -> Self {
        Self { numbers, blueprints: HashMap::new(), teams: HashMap::default(), grades: HashMap::default() }
    }

    /// Adds a graded entity to a block.
    pub(crate) fn push(&mut self, graded: &Graded<'_>, block: &mut SideBlock) {
        let entity = graded.entity();
        let names = EntityNames {
            identifier: entity.identifier(),
            title: entity.title(),
            blueprint: self.blueprint(graded.blueprint()),
            teams: self.teams(entity),
        };
        block.push(names, graded.outcomes().map(|outcome| self.result(&outcome)));
    }

    fn blueprint(&mut self, name: &str) -> Id<Blueprint> {
        if let Some(id) = self.blueprints.get(name) {
            return *id;
        }
        let id = self.numbers.catalog.lock().blueprint(name);
        self.blueprints.insert(name.into(), id);
        id
    }

    fn teams(&mut self, entity: &Entity<'_>) -> Option<Id<Teams>> {
        let teams = Teams(entity.team().iter().map(|name| Box::from(name.as_ref())).collect());
        if teams.0.is_empty() {
            return None;
        }
        Some(match self.teams.get(&teams) {
            Some(id) => *id,
            None => {
                let id = self.numbers.catalog.lock().teams.intern(Teams(teams.0.clone()));
                if self.teams.len() < MOST {
                    self.teams.insert(teams, id);
                }
                id
            }
        })
    }

    #[expect(clippy::expect_used, reason = "the numbers were made from the same scorecards")]
    fn result(&mut self, outcome: &Outcome<'_>) -> (Id<Card>, Held) {
        let numbers = self.numbers.cards.get(outcome.index()).expect("every scorecard has numbers");
        let Some(standing) = outcome.standing() else { return (numbers.card, None) };
        let grade = Grade {
            level: *numbers.titles.get(standing.level).expect("every level has a number"),
            rank: u32::try_from(standing.level).ok(),
            no_data: Some(standing.no_data.is_some()),
            rules: Some(RuleStates::new(numbers.rules, outcome.rules().map(|(_, passes)| passes))),
        };
        let held = match self.grades.get(&grade) {
            Some(id) => *id,
            None => {
                let id = self.numbers.catalog.lock().grades.intern(grade.clone());
                if self.grades.len() < MOST {
                    self.grades.insert(grade, id);
                }
                id
            }
        };
        (numbers.card, Some(held))
    }
}

/// Grades the entities of one thread.
struct GradingWorker<'g> {
    reading: &'g Reading<'g>,
    grader: Grader<'g>,
    cache: GradeCache<'g>,
    block: SideBlock,
}

impl Worker for GradingWorker<'_> {
    type Elements = Wanted;
    type Part = SideBlock;

    fn element(&mut self, entity: &Entity<'_>) {
        if self.reading.selection.selects_entity(entity.identifier()) {
            self.cache.push(&self.grader.grade(entity), &mut self.block);
        } else {
            self.block.left_out += 1;
        }
    }

    fn take(&mut self) -> SideBlock {
        std::mem::take(&mut self.block)
    }
}

impl Reading<'_> {
    /// Grades the entities of an input, at the time of `scorecards`.
    ///
    /// # Errors
    /// Returns the first problem of the input.
    pub(crate) fn grade(
        &self,
        name: &str,
        inputs: Vec<Input<'_>>,
        scorecards: &Scorecards,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Side, Diagnostic> {
        let mut side = Side::new(name);
        side.document.as_of = Some(scorecards.as_of());
        side.document.summary = Some(Summary::new(scorecards, &Tally::new(scorecards, true)));
        let numbers = GradeNumbers::new(scorecards, self.catalog);
        let worker = || GradingWorker {
            reading: self,
            grader: Grader::new(scorecards),
            cache: GradeCache::new(&numbers),
            block: SideBlock::default(),
        };
        let commit = |block: &mut SideBlock| {
            side.absorb(block, |blueprint| self.catalog.lock().blueprints.get(blueprint).0.to_string())
        };
        fold(inputs, scorecards.wanted(), self.settings, worker, progress, commit)?;
        Ok(side)
    }
}
