//! Explaining from end to end: inputs are read, the entities that are asked for are kept, and those alone
//! are explained. However large the input, only so many entities are in memory.

use super::assemble::{explain_in, nearest_of};
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
        let mut all = self.part();
        let commit = |part: &mut Part| -> Result<(), Problems> {
            all.absorb(part, self.chosen);
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
        let entities =
            all.kept.iter().map(|kept| explain_in(self.scorecards, &kept.entity, kept.scorecard)).collect();
        let explanations = Explanations {
            schema_version: EXPLANATION_VERSION,
            kind: DocumentKind::Explanation,
            as_of: self.scorecards.as_of().to_string(),
            nearest: matches!(self.chosen, Chosen::Nearest(_)),
            entities,
        };
        Ok((explanations, all.tally))
    }

    fn part(&self) -> Part {
        let names = match self.chosen {
            Chosen::Named(names) => names.len(),
            Chosen::Nearest(_) => 0,
        };
        Part {
            tally: Tally::new(self.scorecards, false),
            kept: Vec::new(),
            bar: None,
            alike: vec![Vec::new(); names],
        }
    }
}

/// An entity that is to be explained.
struct Kept {
    distance: Distance,
    /// The only scorecard to explain it in.
    scorecard: Option<usize>,
    entity: Entity<'static>,
}

/// The entities to explain of a block, or of all.
struct Part {
    tally: Tally,
    kept: Vec<Kept>,
    /// The distance that an entity must undercut, once there are as many as are wanted.
    bar: Option<Distance>,
    /// For each name that was asked for, the most similar identifiers and how similar they are.
    alike: Vec<Vec<(f64, String)>>,
}

/// How many identifiers are suggested for an unknown one.
const MOST_ALIKE: usize = 3;
/// An identifier that is less similar than this is not suggested.
const LEAST_ALIKE: f64 = 0.4;

impl Part {
    fn absorb(&mut self, other: &mut Self, chosen: &Chosen) {
        self.tally.absorb(&mut other.tally);
        self.kept.append(&mut other.kept);
        if let Chosen::Nearest(most) = chosen {
            self.keep_nearest(*most);
        }
        for (mine, others) in self.alike.iter_mut().zip(&mut other.alike) {
            others.drain(..).for_each(|(alike, identifier)| keep_alike(mine, alike, &identifier));
        }
    }

    /// The sort is stable: of two that are equally near, the first of the input stays.
    fn keep_nearest(&mut self, most: usize) {
        self.kept.sort_by(|one, other| one.distance.order(&other.distance));
        self.kept.truncate(most);
        self.bar = self.kept.get(most.saturating_sub(1)).map(|last| last.distance);
    }

    /// As asked for; entities that share an identifier in the order of the input.
    fn sort_by_name(&mut self, names: &[String]) {
        self.kept.sort_by_key(|kept| names.iter().position(|name| name == kept.entity.identifier()));
    }

    fn unknown(&self, names: &[String]) -> Vec<Diagnostic> {
        let is_known = |name: &String| self.kept.iter().any(|kept| kept.entity.identifier() == name);
        names
            .iter()
            .zip(&self.alike)
            .filter(|(name, _)| !is_known(name))
            .map(|(name, alike)| {
                let message = format!("unknown entity {}", quoted(name));
                let help = match alike.as_slice() {
                    [] => "entities are named by their `identifier`; \
                           without a name those nearest to their next level are explained"
                        .to_owned(),
                    alike => did_you_mean(alike.iter().map(|(_, name)| name.as_str())),
                };
                Diagnostic::error(Code::UnknownEntity, message).help(help)
            })
            .collect()
    }
}

/// The least similarity that would still be kept.
fn least_alike(kept: &[(f64, String)]) -> f64 {
    kept.get(MOST_ALIKE - 1).map_or(LEAST_ALIKE, |(least, _)| *least)
}

/// Keeps the most similar few, each once.
fn keep_alike(kept: &mut Vec<(f64, String)>, alike: f64, identifier: &str) {
    let is_full = kept.len() == MOST_ALIKE;
    let is_better = kept.last().is_none_or(|(least, _)| alike > *least);
    if alike < LEAST_ALIKE || (is_full && !is_better) || kept.iter().any(|(_, known)| known == identifier) {
        return;
    }
    kept.push((alike, identifier.to_owned()));
    kept.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    kept.truncate(MOST_ALIKE);
}

/// Grades the entities that one thread reads, and keeps those to explain.
struct ExplainWorker<'e> {
    explaining: &'e Explaining<'e>,
    grader: Grader<'e>,
    part: Part,
    /// The names that were asked for, ready to be compared with identifiers.
    missing: Vec<Name>,
}

impl<'e> ExplainWorker<'e> {
    fn new(explaining: &'e Explaining<'e>) -> Self {
        let missing = match explaining.chosen {
            Chosen::Named(names) => names.iter().map(|name| Name::new(name)).collect(),
            Chosen::Nearest(_) => Vec::new(),
        };
        Self { explaining, grader: Grader::new(explaining.scorecards), part: explaining.part(), missing }
    }
}

impl Worker for ExplainWorker<'_> {
    type Part = Part;

    fn entity(&mut self, entity: &Entity<'_>) {
        let Self { explaining, grader, part, missing } = self;
        let graded = grader.grade(entity);
        part.tally.count(&graded);
        match explaining.chosen {
            Chosen::Named(names) => {
                let identifier = entity.identifier();
                if names.iter().any(|name| name == identifier) {
                    let distance = Distance::default();
                    part.kept.push(Kept { distance, scorecard: None, entity: entity.to_owned() });
                    return;
                }
                for (name, kept) in missing.iter_mut().zip(&mut part.alike) {
                    let least = least_alike(kept);
                    let alike = name.similarity_above(identifier, least);
                    let alike = name.similarity_above(entity.title(), least).max(alike);
                    keep_alike(kept, alike, identifier);
                }
            }
            Chosen::Nearest(most) => {
                let Some((scorecard, distance)) = nearest_of(&graded, explaining.scorecards.as_of()) else {
                    return;
                };
                if part.bar.is_some_and(|bar| distance.order(&bar).is_ge()) {
                    return;
                }
                part.kept.push(Kept { distance, scorecard: Some(scorecard), entity: entity.to_owned() });
                if part.kept.len() > most.saturating_mul(2).saturating_add(16) {
                    part.keep_nearest(*most);
                }
            }
        }
    }

    fn take(&mut self) -> Part {
        let empty = self.explaining.part();
        std::mem::replace(&mut self.part, empty)
    }
}
