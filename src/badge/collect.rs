//! Grades entities, and keeps only what badges need: all names are checked before the first file is written.

use super::model::Badge;
use crate::diagnostic::Diagnostic;
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{Graded, Grader, Tally};
use crate::scorecard::{Scope, Scorecards};

/// The results of a run: who is graded, and the levels.
pub(crate) struct Badges<'s> {
    scorecards: &'s Scorecards,
    /// The counts of all entities, for warnings. They know which entities come twice.
    pub(crate) tally: Tally,
    kept: Kept,
}

/// The badges of one entity.
pub(crate) struct EntityBadges<'b> {
    pub(crate) blueprint: &'b str,
    pub(crate) identifier: &'b str,
    /// Each with the identifier of its scorecard.
    pub(crate) badges: Vec<(&'b str, Badge<'b>)>,
}

impl<'s> Badges<'s> {
    /// Grades the entities of the inputs that are in scope.
    ///
    /// # Errors
    /// Returns the first problem of an input.
    pub(crate) fn read(
        inputs: Vec<Input<'_>>,
        scorecards: &'s Scorecards,
        scope: &Scope,
        wanted: &Wanted,
        settings: Settings,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Diagnostic> {
        let empty = Tally::new(scorecards, false).with_duplicates();
        let mut badges = Self { scorecards, tally: empty.clone(), kept: Kept::default() };
        let worker = || BadgeWorker {
            scope,
            grader: Grader::new(scorecards),
            empty: &empty,
            tally: empty.clone(),
            kept: Kept::default(),
        };
        let commit = |(tally, kept): &mut (Tally, Kept)| {
            badges.tally.absorb(tally);
            badges.kept.absorb(kept);
            Ok::<_, Diagnostic>(())
        };
        fold(inputs, wanted, settings, worker, progress, commit)?;
        Ok(badges)
    }

    /// The entities that have badges, in the order of the input.
    pub(crate) fn entities(&self) -> impl Iterator<Item = EntityBadges<'_>> {
        let (mut start, mut first) = (0, 0);
        self.kept.entities.iter().map(move |entity| {
            let starts =
                (std::mem::replace(&mut start, entity.end), std::mem::replace(&mut first, entity.last));
            self.entity(entity, starts)
        })
    }

    #[expect(
        clippy::expect_used,
        reason = "`Kept` writes the ends, and the numbers come from these scorecards"
    )]
    fn entity<'b>(&'b self, entity: &Held, (start, first): (usize, usize)) -> EntityBadges<'b> {
        let results = self.kept.results.get(first..entity.last).expect("an entity has its results");
        let badge = |result: &HeldResult| {
            let definition =
                self.scorecards.definitions().get(result.scorecard as usize).expect("a scorecard");
            let level = definition.levels.get(result.level as usize).expect("the scorecard has the level");
            (definition, Badge::new(definition, level, result.no_data))
        };
        let badges: Vec<_> = results.iter().map(badge).collect();
        let blueprint = badges.first().map(|(definition, _)| definition.blueprint.as_str());
        EntityBadges {
            blueprint: blueprint.expect("only entities with results are kept"),
            identifier: self.kept.identifiers.get(start..entity.end).expect("an entity has its identifier"),
            badges: badges.into_iter().map(|(card, badge)| (card.identifier.as_str(), badge)).collect(),
        }
    }
}

/// The results of a block or of a run, without a piece of memory of its own for each entity.
#[derive(Default)]
struct Kept {
    entities: Vec<Held>,
    /// The identifiers of the entities, one after another.
    identifiers: String,
    /// The results of the entities, one after another.
    results: Vec<HeldResult>,
}

/// An entity with at least one result that applies.
struct Held {
    /// The end of its identifier in [`Kept::identifiers`].
    end: usize,
    /// The end of its results in [`Kept::results`].
    last: usize,
}

/// A result that applies.
struct HeldResult {
    scorecard: u32,
    level: u32,
    no_data: bool,
}

impl Kept {
    #[expect(clippy::expect_used, reason = "nobody has four billion scorecards or levels")]
    fn add(&mut self, graded: &Graded<'_>) {
        let before = self.results.len();
        for outcome in graded.outcomes() {
            let Some(standing) = outcome.standing() else { continue };
            self.results.push(HeldResult {
                scorecard: u32::try_from(outcome.index()).expect("there are few scorecards"),
                level: u32::try_from(standing.level).expect("there are few levels"),
                no_data: standing.no_data.is_some(),
            });
        }
        if self.results.len() > before {
            self.identifiers.push_str(graded.entity().identifier());
            self.entities.push(Held { end: self.identifiers.len(), last: self.results.len() });
        }
    }

    /// Adds the results of the next block, and empties them.
    fn absorb(&mut self, block: &mut Self) {
        let (start, first) = (self.identifiers.len(), self.results.len());
        let moved = |held: Held| Held { end: start + held.end, last: first + held.last };
        self.entities.extend(block.entities.drain(..).map(moved));
        self.identifiers.push_str(&std::mem::take(&mut block.identifiers));
        self.results.append(&mut block.results);
    }
}

/// Grades the entities of one thread.
struct BadgeWorker<'g> {
    scope: &'g Scope,
    grader: Grader<'g>,
    /// A tally of zero.
    empty: &'g Tally,
    tally: Tally,
    kept: Kept,
}

impl Worker for BadgeWorker<'_> {
    type Elements = Wanted;
    type Part = (Tally, Kept);

    fn element(&mut self, entity: &Entity<'_>) {
        let Self { scope, grader, tally, kept, .. } = self;
        if tally.admits(scope, entity) {
            let graded = grader.grade(entity);
            tally.count(&graded);
            kept.add(&graded);
        }
    }

    fn take(&mut self) -> (Tally, Kept) {
        let tally = std::mem::replace(&mut self.tally, self.empty.clone());
        (tally, std::mem::take(&mut self.kept))
    }
}
