//! Reads the input, selects the requested entities, and explains them.
//!
//! Only the selected entities are kept in memory, so the memory does not grow with the input.

use super::assemble::{Explainer, nearest_of};
use super::facts::{EXPLANATION_VERSION, Explanations};
use super::gap::Distance;
use crate::diagnostic::{Code, Diagnostic, Name, Problems, did_you_mean, quoted};
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{Grader, Tally};
use crate::schema::DocumentKind;
use crate::scorecard::Scorecards;

/// The choice of the entities to explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// All entities with these identifiers.
    Named(Vec<String>),
    /// This number of entities: those that are nearest to their next level.
    Nearest(usize),
}

/// An explanation to run: the scorecards, the entities to explain, and how the input is read.
pub struct Explaining<'e> {
    /// The scorecards that grade the entities.
    pub scorecards: &'e Scorecards,
    /// The fields to read. They must include [`Scorecards::wanted`].
    pub wanted: &'e Wanted,
    /// The entities to explain.
    pub chosen: &'e Chosen,
    /// How the input is read.
    pub settings: Settings,
}

impl Explaining<'_> {
    /// Reads all entities of all inputs and explains those that are chosen. Also returns the counts of all entities.
    ///
    /// # Errors
    /// Returns the first problem of an input, or a problem for each requested identifier that no entity has.
    pub fn run(
        &self,
        inputs: Vec<Input<'_>>,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<(Explanations, Tally), Problems> {
        let mut all = self.selection();
        let commit = |selection: &mut Selection| -> Result<(), Problems> {
            all.absorb(selection, self.chosen);
            Ok(())
        };
        fold(inputs, self.wanted, self.settings, || ExplainWorker::new(self), progress, commit)?;
        if let Chosen::Named(names) = self.chosen {
            all.sort_by_name(names);
            let unknown = all.unknown(names);
            if !unknown.is_empty() {
                return Err(Problems(unknown));
            }
        }
        let mut explainer = Explainer::new(self.scorecards);
        let entities = all
            .selected
            .iter()
            .map(|selected| explainer.explain(&selected.entity, selected.scorecard))
            .collect();
        let explanations = Explanations {
            schema_version: EXPLANATION_VERSION,
            kind: DocumentKind::Explanation,
            as_of: self.scorecards.as_of().to_string(),
            nearest: matches!(self.chosen, Chosen::Nearest(_)),
            entities,
        };
        Ok((explanations, all.tally))
    }

    fn selection(&self) -> Selection {
        let names = match self.chosen {
            Chosen::Named(names) => names.len(),
            Chosen::Nearest(_) => 0,
        };
        Selection {
            tally: Tally::new(self.scorecards, false),
            selected: Vec::new(),
            cutoff: None,
            similar: vec![Vec::new(); names],
        }
    }
}

/// An entity to explain.
struct SelectedEntity {
    distance: Distance,
    /// The index of the only scorecard to explain; `None` for all scorecards.
    scorecard: Option<usize>,
    entity: Entity<'static>,
}

/// The entities to explain, from one block of input or from all blocks so far.
struct Selection {
    tally: Tally,
    selected: Vec<SelectedEntity>,
    /// The distance that further entities must be below; `None` until enough entities are selected.
    cutoff: Option<Distance>,
    /// For each requested name, the most similar identifiers and their similarity.
    similar: Vec<Vec<(f64, String)>>,
}

/// The maximum number of identifiers to suggest for an unknown one.
const MOST_SIMILAR: usize = 3;
/// Less similar identifiers are not suggested.
const LEAST_SIMILARITY: f64 = 0.4;

impl Selection {
    fn absorb(&mut self, other: &mut Self, chosen: &Chosen) {
        self.tally.absorb(&mut other.tally);
        self.selected.append(&mut other.selected);
        if let Chosen::Nearest(most) = chosen {
            self.keep_nearest(*most);
        }
        for (mine, others) in self.similar.iter_mut().zip(&mut other.similar) {
            others.drain(..).for_each(|(similarity, identifier)| keep_similar(mine, similarity, &identifier));
        }
    }

    /// Keeps the nearest entities. The sort is stable: of equally near entities, the first in the input is kept.
    fn keep_nearest(&mut self, most: usize) {
        self.selected.sort_by(|one, other| one.distance.order(&other.distance));
        self.selected.truncate(most);
        self.cutoff = self.selected.get(most.saturating_sub(1)).map(|last| last.distance);
    }

    /// Sorts the entities in the order of the requested names. Entities with the same identifier keep the order of the
    /// input.
    fn sort_by_name(&mut self, names: &[String]) {
        self.selected
            .sort_by_key(|selected| names.iter().position(|name| name == selected.entity.identifier()));
    }

    /// An error for each requested name that no entity has.
    fn unknown(&self, names: &[String]) -> Vec<Diagnostic> {
        let is_known =
            |name: &String| self.selected.iter().any(|selected| selected.entity.identifier() == name);
        names
            .iter()
            .zip(&self.similar)
            .filter(|(name, _)| !is_known(name))
            .map(|(name, similar)| {
                let message = format!("unknown entity {}", quoted(name));
                let help = match similar.as_slice() {
                    [] => "use the `identifier` of an entity; \
                           without a name, the entities nearest to their next level are explained"
                        .to_owned(),
                    similar => did_you_mean(similar.iter().map(|(_, name)| name.as_str())),
                };
                Diagnostic::error(Code::UnknownEntity, message).help(help)
            })
            .collect()
    }
}

/// The least similarity that an identifier needs to be among the best.
fn least_similarity(best: &[(f64, String)]) -> f64 {
    best.get(MOST_SIMILAR - 1).map_or(LEAST_SIMILARITY, |(least, _)| *least)
}

/// Adds an identifier if it is one of the most similar and is not in the list yet.
fn keep_similar(best: &mut Vec<(f64, String)>, similarity: f64, identifier: &str) {
    let is_full = best.len() == MOST_SIMILAR;
    let is_better = best.last().is_none_or(|(least, _)| similarity > *least);
    if similarity < LEAST_SIMILARITY
        || (is_full && !is_better)
        || best.iter().any(|(_, known)| known == identifier)
    {
        return;
    }
    best.push((similarity, identifier.to_owned()));
    best.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    best.truncate(MOST_SIMILAR);
}

/// Grades the entities that one thread reads, and selects those to explain.
struct ExplainWorker<'e> {
    explaining: &'e Explaining<'e>,
    grader: Grader<'e>,
    selection: Selection,
    /// The requested names, prepared for comparisons with identifiers.
    requested: Vec<Name>,
}

impl<'e> ExplainWorker<'e> {
    fn new(explaining: &'e Explaining<'e>) -> Self {
        let requested = match explaining.chosen {
            Chosen::Named(names) => names.iter().map(|name| Name::new(name)).collect(),
            Chosen::Nearest(_) => Vec::new(),
        };
        Self {
            explaining,
            grader: Grader::new(explaining.scorecards),
            selection: explaining.selection(),
            requested,
        }
    }
}

impl Worker for ExplainWorker<'_> {
    type Part = Selection;

    fn entity(&mut self, entity: &Entity<'_>) {
        let Self { explaining, grader, selection, requested } = self;
        let graded = grader.grade(entity);
        selection.tally.count(&graded);
        match explaining.chosen {
            Chosen::Named(names) => {
                let identifier = entity.identifier();
                if names.iter().any(|name| name == identifier) {
                    let distance = Distance::default();
                    selection.selected.push(SelectedEntity {
                        distance,
                        scorecard: None,
                        entity: entity.to_owned(),
                    });
                    return;
                }
                for (name, best) in requested.iter_mut().zip(&mut selection.similar) {
                    let least = least_similarity(best);
                    let similarity = name.similarity_above(identifier, least);
                    let similarity = name.similarity_above(entity.title(), least).max(similarity);
                    keep_similar(best, similarity, identifier);
                }
            }
            Chosen::Nearest(most) => {
                let Some((scorecard, distance)) = nearest_of(&graded, explaining.scorecards.as_of()) else {
                    return;
                };
                if selection.cutoff.is_some_and(|cutoff| distance.order(&cutoff).is_ge()) {
                    return;
                }
                selection.selected.push(SelectedEntity {
                    distance,
                    scorecard: Some(scorecard),
                    entity: entity.to_owned(),
                });
                if selection.selected.len() > most.saturating_mul(2).saturating_add(16) {
                    selection.keep_nearest(*most);
                }
            }
        }
    }

    fn take(&mut self) -> Selection {
        let empty = self.explaining.selection();
        std::mem::replace(&mut self.selection, empty)
    }
}
