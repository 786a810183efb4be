//! Reads the input, selects the requested entities, and explains them.
//!
//! Only the selected entities are kept in memory, so the memory does not grow with the input. Their explanations are
//! written one by one, because that of a large scorecard takes megabytes.

use super::assemble::{Explainer, nearest_of};
use super::facts::{EXPLANATION_VERSION, Explanations};
use super::gap::Distance;
use super::order::in_order;
use super::show::{Document, ExplainFormat};
use crate::diagnostic::{Code, Diagnostic, Name, Problems, did_you_mean, quoted};
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{Grader, Tally};
use crate::schema::DocumentKind;
use crate::scorecard::{Scope, Scorecards};
use crate::terminal::Screen;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

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
    /// The entities to choose from.
    pub scope: &'e Scope,
    /// The fields to read. They must include [`Scorecards::wanted`].
    pub wanted: &'e Wanted,
    /// The entities to explain.
    pub chosen: &'e Chosen,
    /// How the input is read.
    pub settings: Settings,
}

impl Explaining<'_> {
    /// Reads all entities of all inputs, and selects those to explain.
    ///
    /// # Errors
    /// Returns the first problem of an input, or a problem for each requested identifier that no entity has.
    pub fn select(
        &self,
        inputs: Vec<Input<'_>>,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Selected<'_>, Problems> {
        let mut all = self.selection();
        let commit = |selection: &mut Selection| -> Result<(), Problems> {
            all.absorb(selection, self.chosen);
            Ok(())
        };
        fold(inputs, self.wanted, self.settings, || ExplainWorker::new(self), progress, commit)?;
        if let Chosen::Named(names) = self.chosen {
            all.sort_by_name(names);
            let unknown = all.unknown(names, self.scope);
            if !unknown.is_empty() {
                return Err(Problems(unknown));
            }
        }
        Ok(Selected { explaining: self, entities: all.selected, tally: all.tally })
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
            excluded: vec![false; names],
        }
    }
}

/// The entities to explain.
pub struct Selected<'e> {
    explaining: &'e Explaining<'e>,
    entities: Vec<SelectedEntity>,
    /// The counts of all entities that were read.
    pub tally: Tally,
}

impl Selected<'_> {
    /// Explains the entities.
    pub fn explanations(&self) -> Explanations {
        let mut explainer = Explainer::new(self.explaining.scorecards);
        let entities = self.entities.iter();
        let explained = entities.map(|selected| explainer.explain(&selected.entity, selected.scorecard));
        Explanations { entities: explained.collect(), ..self.head() }
    }

    /// Writes the explanations in a format, like `Explanations::show`, but keeps only a few of them in memory.
    ///
    /// # Errors
    /// Returns the error of the output.
    pub fn write(&self, format: ExplainFormat, screen: Screen, out: &mut impl Write) -> io::Result<()> {
        let document = Document::new(format, screen);
        let head = self.head();
        let mut bytes = Vec::new();
        document.begin(&head, &mut bytes);
        out.write_all(&bytes)?;
        let explain = |explainer: &mut Explainer<'_>, index: usize| {
            let mut bytes = Vec::new();
            if let Some(SelectedEntity { entity, scorecard, .. }) = self.entities.get(index) {
                document.entity(index == 0, &explainer.explain(entity, *scorecard), &mut bytes);
            }
            bytes
        };
        let threads = self.explaining.settings.threads.get();
        let start = || Explainer::new(self.explaining.scorecards);
        in_order(self.entities.len(), threads, start, explain, |bytes| out.write_all(&bytes))?;
        bytes.clear();
        document.end(&head, self.entities.is_empty(), &mut bytes);
        out.write_all(&bytes)
    }

    /// The document without the entities.
    fn head(&self) -> Explanations {
        Explanations {
            schema_version: EXPLANATION_VERSION,
            kind: DocumentKind::Explanation,
            as_of: self.explaining.scorecards.as_of().to_string(),
            nearest: matches!(self.explaining.chosen, Chosen::Nearest(_)),
            entities: Vec::new(),
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
    /// For each requested name, whether an entity outside the scope has it.
    excluded: Vec<bool>,
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
        for (mine, other) in self.excluded.iter_mut().zip(&other.excluded) {
            *mine |= other;
        }
        for (mine, others) in self.similar.iter_mut().zip(&mut other.similar) {
            others.drain(..).for_each(|(similarity, identifier)| keep_similar(mine, similarity, &identifier));
        }
    }

    /// Notes that an entity outside the scope has one of the requested names.
    fn exclude(&mut self, entity: &Entity<'_>, chosen: &Chosen) {
        let Chosen::Named(names) = chosen else { return };
        for (name, excluded) in names.iter().zip(&mut self.excluded) {
            *excluded |= name == entity.identifier();
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
        let places: HashMap<&str, usize> =
            names.iter().enumerate().rev().map(|(place, name)| (name.as_str(), place)).collect();
        self.selected.sort_by_key(|selected| places.get(selected.entity.identifier()).copied());
    }

    /// An error for each requested name that no entity in scope has.
    fn unknown(&self, names: &[String], scope: &Scope) -> Vec<Diagnostic> {
        let known: HashSet<&str> =
            self.selected.iter().map(|selected| selected.entity.identifier()).collect();
        let is_known = |name: &String| known.contains(name.as_str());
        names
            .iter()
            .zip(self.similar.iter().zip(&self.excluded))
            .filter(|(name, _)| !is_known(name))
            .map(|(name, (similar, excluded))| {
                if *excluded {
                    let message = format!("entity {} is not in scope", quoted(name));
                    let help = format!("the scope is {}", quoted(&scope.to_string()));
                    return Diagnostic::error(Code::UnknownEntity, message).help(help);
                }
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
    /// The same names.
    chosen: HashSet<&'e str>,
}

impl<'e> ExplainWorker<'e> {
    fn new(explaining: &'e Explaining<'e>) -> Self {
        let names = match explaining.chosen {
            Chosen::Named(names) => names.as_slice(),
            Chosen::Nearest(_) => &[],
        };
        Self {
            explaining,
            grader: Grader::new(explaining.scorecards),
            selection: explaining.selection(),
            requested: names.iter().map(|name| Name::new(name)).collect(),
            chosen: names.iter().map(String::as_str).collect(),
        }
    }
}

impl Worker for ExplainWorker<'_> {
    type Elements = Wanted;
    type Part = Selection;

    fn element(&mut self, entity: &Entity<'_>) {
        let Self { explaining, grader, selection, requested, chosen } = self;
        if !selection.tally.admits(explaining.scope, entity) {
            selection.exclude(entity, explaining.chosen);
            return;
        }
        let graded = grader.grade(entity);
        selection.tally.count(&graded);
        match explaining.chosen {
            Chosen::Named(_) => {
                let identifier = entity.identifier();
                if chosen.contains(identifier) {
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
