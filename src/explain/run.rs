//! Explaining from end to end: inputs are read, the entities that are asked for are selected, and those alone
//! are explained. However large the input, only so many entities are in memory.

use super::assemble::{explain, nearest_of};
use super::facts::{EXPLANATION_VERSION, Explanations};
use super::gap::Distance;
use crate::diagnostic::{Code, Diagnostic, Name, Problems, did_you_mean, quoted};
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{Grader, Tally};
use crate::schema::DocumentKind;
use crate::scorecard::Scorecards;

/// Which entities are explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Those with these identifiers.
    Named(Vec<String>),
    /// That many: the nearest to their next level.
    Nearest(usize),
}

/// The entities to explain, and how they are read.
pub struct Explaining<'e> {
    /// The scorecards that grade the entities.
    pub scorecards: &'e Scorecards,
    /// The fields to read: at least those of the scorecards.
    pub wanted: &'e Wanted,
    /// Which entities are explained.
    pub chosen: &'e Chosen,
    /// How they are read.
    pub settings: Settings,
}

impl Explaining<'_> {
    /// Reads all entities of all inputs and explains those that are chosen. Gives the counts of all as
    /// well.
    ///
    /// # Errors
    /// The first problem of an input, or the names that no entity has.
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
        let entities = all
            .selected
            .iter()
            .map(|selected| explain(self.scorecards, &selected.entity, selected.scorecard))
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

/// An entity that is to be explained.
struct SelectedEntity {
    distance: Distance,
    /// The only scorecard to explain it in.
    scorecard: Option<usize>,
    entity: Entity<'static>,
}

/// The entities to explain of a block, or of all.
struct Selection {
    tally: Tally,
    selected: Vec<SelectedEntity>,
    /// The distance that an entity must undercut, once there are as many as are wanted.
    cutoff: Option<Distance>,
    /// For each name that was asked for, the most similar identifiers and how similar they are.
    similar: Vec<Vec<(f64, String)>>,
}

/// How many identifiers are suggested for an unknown one.
const MOST_SIMILAR: usize = 3;
/// An identifier that is less similar than this is not suggested.
const LEAST_SIMILARITY: f64 = 0.4;

impl Selection {
    fn absorb(&mut self, other: &mut Self, chosen: &Chosen) {
        self.tally.absorb(&mut other.tally);
        self.selected.append(&mut other.selected);
        if let Chosen::Nearest(most) = chosen {
            self.keep_nearest(*most);
        }
        for (mine, others) in self.similar.iter_mut().zip(&mut other.similar) {
            others.drain(..).for_each(|(similar, identifier)| keep_similar(mine, similar, &identifier));
        }
    }

    /// The sort is stable: of two that are equally near, the first of the input stays.
    fn keep_nearest(&mut self, most: usize) {
        self.selected.sort_by(|one, other| one.distance.order(&other.distance));
        self.selected.truncate(most);
        self.cutoff = self.selected.get(most.saturating_sub(1)).map(|last| last.distance);
    }

    /// As asked for; entities that share an identifier in the order of the input.
    fn sort_by_name(&mut self, names: &[String]) {
        self.selected
            .sort_by_key(|selected| names.iter().position(|name| name == selected.entity.identifier()));
    }

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
                    [] => "entities are named by their `identifier`; \
                           without a name those nearest to their next level are explained"
                        .to_owned(),
                    similar => did_you_mean(similar.iter().map(|(_, name)| name.as_str())),
                };
                Diagnostic::error(Code::UnknownEntity, message).help(help)
            })
            .collect()
    }
}

/// The least similarity that would still be selected.
fn least_similarity(selected: &[(f64, String)]) -> f64 {
    selected.get(MOST_SIMILAR - 1).map_or(LEAST_SIMILARITY, |(least, _)| *least)
}

/// Keeps the most similar few, each once.
fn keep_similar(selected: &mut Vec<(f64, String)>, similar: f64, identifier: &str) {
    let is_full = selected.len() == MOST_SIMILAR;
    let is_better = selected.last().is_none_or(|(least, _)| similar > *least);
    if similar < LEAST_SIMILARITY
        || (is_full && !is_better)
        || selected.iter().any(|(_, known)| known == identifier)
    {
        return;
    }
    selected.push((similar, identifier.to_owned()));
    selected.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    selected.truncate(MOST_SIMILAR);
}

/// Grades the entities that one thread reads, and keeps those to explain.
struct ExplainWorker<'e> {
    explaining: &'e Explaining<'e>,
    grader: Grader<'e>,
    selection: Selection,
    /// The names that were asked for, ready to be compared with identifiers.
    names_to_find: Vec<Name>,
}

impl<'e> ExplainWorker<'e> {
    fn new(explaining: &'e Explaining<'e>) -> Self {
        let names_to_find = match explaining.chosen {
            Chosen::Named(names) => names.iter().map(|name| Name::new(name)).collect(),
            Chosen::Nearest(_) => Vec::new(),
        };
        Self {
            explaining,
            grader: Grader::new(explaining.scorecards),
            selection: explaining.selection(),
            names_to_find,
        }
    }
}

impl Worker for ExplainWorker<'_> {
    type Part = Selection;

    fn entity(&mut self, entity: &Entity<'_>) {
        let Self { explaining, grader, selection, names_to_find } = self;
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
                for (name, selected) in names_to_find.iter_mut().zip(&mut selection.similar) {
                    let least = least_similarity(selected);
                    let similar = name.similarity_above(identifier, least);
                    let similar = name.similarity_above(entity.title(), least).max(similar);
                    keep_similar(selected, similar, identifier);
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
