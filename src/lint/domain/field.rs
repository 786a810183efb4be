//! One property or relation, and whether some value of it can satisfy several tests together.
//!
//! The possible values are divided by the tests in question only, so the work does not grow with the number of other
//! tests of the field. Of several comparisons in one direction only the strictest one matters, and values that are
//! compared for equality are found in sets. So the work is proportional to the number of tests, unless there are
//! many tests of parts of a text or many ranges of dates.
//!
//! An array passes a positive test if at least one element passes it. So an array satisfies a conjunction if each
//! required test is passed by some element, and no element passes a negated test.

use super::atom::{Atom, Demand, Scope};
use super::key::{Key, is_membership};
use super::region::{Answer, Dates, Region, regions};
use super::steps::Steps;
use super::strictest::strictest;
use super::substrings;
use crate::entity::Meta;
use crate::scorecard::{Subject, Test};
use crate::value::Value;
use std::collections::HashSet;

/// A property or relation with all tests of it.
#[derive(Debug)]
pub(in crate::lint) struct Field {
    pub(in crate::lint) atoms: Vec<Atom>,
    subject: Subject,
    /// The blueprint of all entities.
    blueprint: String,
    /// Whether an array is expected, because an operator for arrays is used or because it is a relation or the team.
    expects_array: bool,
}

/// The steps to prepare a question, for each test. A step takes about 20 nanoseconds.
const STEPS_FOR_EACH_TEST: u64 = 8;

/// The index of a test, and whether it must hold.
pub(in crate::lint) type Literal = (usize, bool);

impl Field {
    pub(super) fn new(subject: Subject, atoms: Vec<Atom>, blueprint: &str) -> Self {
        let expects_array = atoms.iter().any(|atom| atom.expects_array)
            || matches!(subject, Subject::Relation(_) | Subject::Meta(Meta::Team));
        Self { atoms, subject, blueprint: blueprint.to_owned(), expects_array }
    }

    /// Whether a value can be an array. The identifier, the title and the blueprint are always strings.
    pub(in crate::lint) fn can_be_array(&self) -> bool {
        !matches!(self.subject, Subject::Meta(Meta::Identifier | Meta::Title | Meta::Blueprint))
    }

    #[expect(clippy::expect_used, reason = "the builder of the space numbered the tests")]
    pub(in crate::lint) fn atom(&self, index: usize) -> &Atom {
        self.atoms.get(index).expect("the field has the test")
    }

    /// Whether some value in the scope may satisfy all of `literals`. Also `true` if there are no steps left.
    pub(super) fn admits(&self, literals: &[Literal], scope: Scope, steps: &mut Steps) -> bool {
        if !steps.take(STEPS_FOR_EACH_TEST * literals.len() as u64) {
            return true;
        }
        let literals = strictest(literals.iter().map(|&(atom, holds)| (self.atom(atom), holds)));
        let arrays = self.can_be_array() && (self.expects_array || scope == Scope::Every);
        let question = Question::new(self, literals);
        !steps.take(question.regions.len() as u64)
            || question.admits_single(arrays, steps)
            || arrays && question.admits_array(steps)
    }
}

/// The question whether some value satisfies several tests.
struct Question<'f> {
    literals: Vec<Demand<'f>>,
    /// The values that must not be equal or be inside.
    denied: HashSet<&'f Key>,
    dates: Dates,
    regions: Vec<Region<'f>>,
}

impl<'f> Question<'f> {
    fn new(field: &'f Field, literals: Vec<Demand<'f>>) -> Self {
        let (membership, literals): (Vec<_>, Vec<_>) =
            literals.into_iter().partition(|(atom, holds)| !holds && is_membership(&atom.test));
        let atoms: Vec<&Atom> = literals.iter().chain(&membership).map(|(atom, _)| *atom).collect();
        let dates = Dates::of(&atoms);
        let mut regions = regions(&atoms, &dates);
        match &field.subject {
            Subject::Meta(Meta::Blueprint) => {
                regions = vec![Region::Exact(Value::Text(field.blueprint.as_str().into()))];
            }
            Subject::Meta(Meta::Identifier) => regions.retain(is_name),
            Subject::Meta(Meta::Title) => {
                regions.retain(|region| is_name(region) || *region == Region::Exact(Value::Missing));
            }
            _ => {}
        }
        let denied = membership.iter().flat_map(|(atom, _)| &atom.keys).collect();
        Self { literals, denied, dates, regions }
    }

    /// Whether some value that is not an array, or the empty array if `arrays` is set, may satisfy all tests.
    fn admits_single(&self, arrays: bool, steps: &mut Steps) -> bool {
        let tests = |wanted: bool| self.tests(|_, holds| holds == wanted);
        let Some(agree) = texts_agree(&tests(true), &tests(false), steps) else { return true };
        self.regions
            .iter()
            .filter(|region| arrays || !is_array(region))
            .any(|region| self.fits(region, |_| true, agree, steps))
    }

    /// Whether a region may contain a value that satisfies the tests that `chosen` accepts. `texts_agree` tells
    /// whether a text can satisfy the tests of its parts.
    fn fits(
        &self,
        region: &Region<'_>,
        chosen: impl Fn(&Demand<'_>) -> bool,
        texts_agree: bool,
        steps: &mut Steps,
    ) -> bool {
        let is_denied = || region.key(&self.dates).is_some_and(|key| self.denied.contains(&key));
        if !texts_agree && !matches!(region, Region::Exact(_)) || is_denied() {
            return false;
        }
        self.literals.iter().filter(|literal| chosen(literal)).all(|&(atom, holds)| {
            !steps.take(1)
                || match region.answer(atom, &self.dates) {
                    Answer::Yes => holds,
                    Answer::No => !holds,
                    Answer::Maybe => true,
                }
        })
    }

    fn tests(&self, chosen: impl Fn(&Test, bool) -> bool) -> Vec<&'f Test> {
        self.literals
            .iter()
            .filter(|(atom, holds)| chosen(&atom.test, *holds))
            .map(|(atom, _)| &atom.test)
            .collect()
    }

    /// Whether some array that is not empty may satisfy all tests.
    fn admits_array(&self, steps: &mut Steps) -> bool {
        let denied = self.tests(|test, holds| !holds && is_about_elements(test));
        let Some(agree) = texts_agree(&[], &denied, steps) else { return true };
        let is_denied = |(atom, holds): &Demand<'_>| !holds && is_about_elements(&atom.test);
        let elements: Vec<&Region<'_>> = self
            .regions
            .iter()
            .filter(|region| is_element(region) && self.fits(region, is_denied, agree, steps))
            .collect();
        let whole: Vec<&Demand<'_>> =
            self.literals.iter().filter(|(atom, _)| !is_about_elements(&atom.test)).collect();
        let cost = elements.len() * whole.len();
        if !steps.take((elements.len() + cost) as u64) {
            return true;
        }
        let elements: Vec<&Region<'_>> = elements
            .into_iter()
            .filter(|region| whole.iter().all(|(atom, holds)| self.may_be_inside(region, atom, *holds)))
            .collect();
        let keys: HashSet<Key> = elements.iter().filter_map(|region| region.key(&self.dates)).collect();
        !elements.is_empty()
            && self.literals.iter().all(|&(atom, holds)| match &atom.test {
                Test::Empty => !holds,
                Test::NotEmpty => holds,
                Test::SameSet(_) | Test::ContainsAll(_) if holds => {
                    !steps.take(atom.keys.len() as u64) || atom.keys.iter().all(|key| keys.contains(key))
                }
                Test::ContainsAll(all) => !all.is_empty(),
                test if is_membership(test) => {
                    !steps.take(atom.keys.len() as u64) || atom.keys.iter().any(|key| keys.contains(key))
                }
                test if is_about_elements(test) && holds => self.has(&elements, atom, &denied, steps),
                _ => true,
            })
    }

    /// Whether one of the elements may pass a test.
    fn has(&self, elements: &[&Region<'_>], atom: &Atom, denied: &[&Test], steps: &mut Steps) -> bool {
        let Some(agree) = texts_agree(&[&atom.test], denied, steps) else { return true };
        elements.iter().any(|region| {
            !steps.take(1)
                || (agree || matches!(region, Region::Exact(_)))
                    && region.answer(atom, &self.dates) != Answer::No
        })
    }

    /// Whether a test of the whole array allows an element from this region.
    fn may_be_inside(&self, region: &Region<'_>, atom: &Atom, holds: bool) -> bool {
        let is_one = || region.key(&self.dates).is_some_and(|key| atom.keys.contains(&key));
        match (&atom.test, holds) {
            (Test::SameSet(_), true) => is_one(),
            (Test::ContainsAll(all), false) => all.len() != 1 || !is_one(),
            _ => true,
        }
    }
}

/// Whether a text may pass all `required` tests and none of the `denied` ones. `None` if there are no steps left.
fn texts_agree(required: &[&Test], denied: &[&Test], steps: &mut Steps) -> Option<bool> {
    let cost = required.len() + denied.len() * (required.len() + 1);
    steps.take(cost as u64).then(|| substrings::agree(required, denied))
}

fn is_array(region: &Region<'_>) -> bool {
    matches!(region, Region::Exact(Value::List(_)))
}

/// Whether values of the region can be elements of an array.
fn is_element(region: &Region<'_>) -> bool {
    !matches!(region, Region::Exact(Value::List(_) | Value::Missing))
}

/// Whether an array passes the test when one of its elements does.
fn is_about_elements(test: &Test) -> bool {
    !matches!(test, Test::Empty | Test::NotEmpty | Test::SameSet(_) | Test::ContainsAll(_))
}

/// Whether the values of a region are strings that are not empty.
fn is_name(region: &Region<'_>) -> bool {
    match region {
        Region::Exact(Value::Text(text)) => !text.is_empty(),
        Region::Exact(_) | Region::Number(_) => false,
        Region::Moment(..) | Region::Day(..) | Region::Text => true,
    }
}
