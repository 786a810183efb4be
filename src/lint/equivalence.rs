//! Finds rules with the same effect.
//!
//! Rules with a shape are looked up by it. Other rules are compared in pairs, until there are no steps left.

use super::analysis::Analysis;
use super::shape::Shape;
use std::collections::HashMap;

/// The earlier rules on the same fields.
#[derive(Default)]
struct Earlier {
    all: Vec<usize>,
    /// Those without a shape.
    shapeless: Vec<usize>,
    /// The first rule of each shape, by name.
    shapes: HashMap<String, usize>,
}

/// For each rule, the first earlier rule that has the same effect. Only rules that some entities pass and others fail
/// are compared.
pub(super) fn originals(analysis: &Analysis) -> Vec<Option<usize>> {
    let context = analysis.context_premises();
    let mut groups: HashMap<Vec<usize>, Earlier> = HashMap::new();
    let implies = |one: usize, other: usize| {
        analysis.space.implies(&context, &[analysis.rule(one)], analysis.rule(other))
    };
    let mut original = |rule: usize| {
        if !analysis.is_undecided(rule) {
            return None;
        }
        let proposition = analysis.rule(rule);
        let earlier = groups.entry(analysis.space.fields_of(proposition)).or_default();
        let shape = Shape::of(&analysis.space, proposition, &context).map(|shape| shape.name());
        let same_shape = shape.as_ref().and_then(|shape| earlier.shapes.get(shape)).copied();
        let pairs = if shape.is_some() { &earlier.shapeless } else { &earlier.all };
        let found = pairs
            .iter()
            .copied()
            .take_while(|other| same_shape.is_none_or(|same| *other < same) && analysis.space.budget.take(1))
            .find(|other| implies(rule, *other) && implies(*other, rule))
            .or(same_shape);
        earlier.all.push(rule);
        match shape {
            Some(shape) => {
                earlier.shapes.entry(shape).or_insert(rule);
            }
            None => earlier.shapeless.push(rule),
        }
        found
    };
    (0..analysis.rules.len()).map(&mut original).collect()
}
