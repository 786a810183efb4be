//! The parts of a goal: groups of which not all conditions must pass. Each group counts its passing members, so when a
//! condition changes, only the groups above it are judged again.

#![expect(clippy::indexing_slicing, reason = "all indices come from the same parts")]

use std::collections::{BTreeSet, HashSet};

/// A formula of conditions, which are numbered atoms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Atom(usize),
    All(Vec<Node>),
    Any(Vec<Node>),
}

impl Node {
    /// The formula if some atoms pass anyway; `None` if then it passes as well.
    pub(super) fn without(self, passes: &impl Fn(usize) -> bool) -> Option<Self> {
        match self {
            Self::Atom(atom) => (!passes(atom)).then_some(self),
            Self::All(members) => {
                let open: Vec<Self> =
                    members.into_iter().filter_map(|member| member.without(passes)).collect();
                (!open.is_empty()).then_some(Self::All(open))
            }
            Self::Any(members) => {
                let open: Option<Vec<Self>> =
                    members.into_iter().map(|member| member.without(passes)).collect();
                open.map(Self::Any)
            }
        }
    }
}

/// The formula without groups of one member, groups directly inside groups of the same kind, and repeated members.
pub(super) fn simplified(node: Node) -> Node {
    let (is_any, members) = match node {
        Node::Atom(_) => return node,
        Node::All(members) => (false, members),
        Node::Any(members) => (true, members),
    };
    let mut flat: Vec<Node> = Vec::new();
    for member in members {
        match simplified(member) {
            Node::All(inner) if !is_any => flat.extend(inner),
            Node::Any(inner) if is_any => flat.extend(inner),
            other => flat.push(other),
        }
    }
    let mut seen: HashSet<Node> = HashSet::new();
    flat.retain(|member| seen.insert(member.clone()));
    match flat.pop() {
        Some(only) if flat.is_empty() => only,
        last => {
            flat.extend(last);
            if is_any { Node::Any(flat) } else { Node::All(flat) }
        }
    }
}

/// A group in a part.
#[derive(Debug)]
struct Group {
    is_any: bool,
    members: usize,
    /// The group around it; `None` for a whole part.
    above: Option<usize>,
    part: usize,
}

/// The parts of a goal.
#[derive(Debug)]
pub(super) struct Parts {
    groups: Vec<Group>,
    /// For each atom, the groups that have it as a member.
    above: Vec<Vec<usize>>,
    /// For each part, the sorted indices of the variables that can change it.
    variables: Vec<Vec<usize>>,
}

impl Parts {
    /// Numbers the groups of these formulas. `variable_of` returns the variable of an atom, if it can be changed.
    pub(super) fn new(parts: &[Node], atoms: usize, variable_of: impl Fn(usize) -> Option<usize>) -> Self {
        let mut all = Self { groups: Vec::new(), above: vec![Vec::new(); atoms], variables: Vec::new() };
        for part in parts {
            all.variables.push(Vec::new());
            all.add(part, None);
        }
        for atom in 0..atoms {
            let Some(variable) = variable_of(atom) else { continue };
            for &group in &all.above[atom] {
                all.variables[all.groups[group].part].push(variable);
            }
        }
        for variables in &mut all.variables {
            variables.sort_unstable();
            variables.dedup();
        }
        all
    }

    fn add(&mut self, node: &Node, above: Option<usize>) {
        let (is_any, members) = match (node, above) {
            (Node::Atom(atom), Some(above)) => return self.above[*atom].push(above),
            (Node::Atom(_), None) => unreachable!("a single condition is required, so it is not in a part"),
            (Node::All(members), _) => (false, members),
            (Node::Any(members), _) => (true, members),
        };
        let index = self.groups.len();
        let part = self.variables.len() - 1;
        self.groups.push(Group { is_any, members: members.len(), above, part });
        members.iter().for_each(|member| self.add(member, Some(index)));
    }

    /// The number of parts.
    pub(super) fn count(&self) -> usize {
        self.variables.len()
    }

    /// The number of groups in all parts.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Whether an atom occurs in a part.
    pub(super) fn has(&self, atom: usize) -> bool {
        !self.above[atom].is_empty()
    }

    /// The parts in which an atom occurs.
    pub(super) fn with(&self, atom: usize) -> impl Iterator<Item = usize> {
        self.above[atom].iter().map(|group| self.groups[*group].part)
    }

    /// The sorted indices of the variables that can change a part.
    pub(super) fn variables(&self, part: usize) -> &[usize] {
        &self.variables[part]
    }
}

/// Which atoms pass, and which parts.
#[derive(Debug, Clone)]
pub(super) struct State<'p> {
    parts: &'p Parts,
    passing: Vec<bool>,
    /// For each group, the number of its members that pass.
    counts: Vec<usize>,
    /// For each component, its parts that fail.
    unmet: Vec<BTreeSet<usize>>,
    /// The component of each part.
    components: Vec<usize>,
    /// The number of groups and conditions judged again.
    pub(super) steps: usize,
}

impl<'p> State<'p> {
    /// The state in which these atoms pass, with all parts in component 0.
    pub(super) fn new(parts: &'p Parts, passing: &[bool]) -> Self {
        let mut state = Self {
            parts,
            passing: vec![false; passing.len()],
            counts: vec![0; parts.groups.len()],
            unmet: vec![(0..parts.count()).collect()],
            components: vec![0; parts.count()],
            steps: 0,
        };
        for (atom, _) in passing.iter().enumerate().filter(|(_, passes)| **passes) {
            state.set(atom, true, |_| {});
        }
        state
    }

    /// Moves each part to one of `count` components.
    pub(super) fn set_components(&mut self, components: &[usize], count: usize) {
        let failing: Vec<usize> = self.unmet.iter().flatten().copied().collect();
        self.unmet = vec![BTreeSet::new(); count];
        for part in failing {
            self.unmet[components[part]].insert(part);
        }
        self.components = components.to_vec();
    }

    /// Whether an atom passes.
    pub(super) fn passes(&self, atom: usize) -> bool {
        self.passing[atom]
    }

    /// The parts of a component that fail.
    pub(super) fn unmet(&self, component: usize) -> &BTreeSet<usize> {
        &self.unmet[component]
    }

    /// Lets an atom pass or fail. Calls `fell` with each part that fails from now on.
    pub(super) fn set(&mut self, atom: usize, passes: bool, mut fell: impl FnMut(usize)) {
        if std::mem::replace(&mut self.passing[atom], passes) == passes {
            return;
        }
        self.steps += 1;
        for &group in &self.parts.above[atom] {
            let mut at = Some(group);
            while let Some(group) = at {
                self.steps += 1;
                let Group { is_any, members, above, part } = self.parts.groups[group];
                let needed = if is_any { 1 } else { members };
                let before = self.counts[group] >= needed;
                if passes {
                    self.counts[group] += 1;
                } else {
                    self.counts[group] -= 1;
                }
                let after = self.counts[group] >= needed;
                at = if before == after { None } else { above };
                if before != after && above.is_none() {
                    let unmet = &mut self.unmet[self.components[part]];
                    if after {
                        unmet.remove(&part);
                    } else {
                        unmet.insert(part);
                        fell(part);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ATOMS: usize = 12;

    fn node() -> impl Strategy<Value = Node> {
        (0..ATOMS).prop_map(Node::Atom).prop_recursive(4, 24, 4, |inner| {
            (any::<bool>(), prop::collection::vec(inner, 1..4))
                .prop_map(|(any, members)| if any { Node::Any(members) } else { Node::All(members) })
        })
    }

    fn holds(node: &Node, passing: &[bool]) -> bool {
        match node {
            Node::Atom(atom) => passing[*atom],
            Node::All(members) => members.iter().all(|member| holds(member, passing)),
            Node::Any(members) => members.iter().any(|member| holds(member, passing)),
        }
    }

    proptest! {
        #[test]
        fn a_simplified_formula_means_the_same(node in node(), passing in prop::collection::vec(any::<bool>(), ATOMS)) {
            prop_assert_eq!(holds(&simplified(node.clone()), &passing), holds(&node, &passing));
            let rest = node.clone().without(&|atom| passing[atom] && atom % 2 == 0);
            prop_assert_eq!(rest.is_none_or(|rest| holds(&rest, &passing)), holds(&node, &passing));
        }

        #[test]
        fn counting_finds_the_parts_that_fail(
            nodes in prop::collection::vec(node(), 1..5),
            flips in prop::collection::vec((0..ATOMS, any::<bool>()), 0..40),
        ) {
            let nodes: Vec<Node> = nodes.into_iter().map(|node| Node::Any(vec![node])).collect();
            let parts = Parts::new(&nodes, ATOMS, Some);
            let mut passing = vec![false; ATOMS];
            let mut state = State::new(&parts, &passing);
            for (atom, passes) in flips {
                passing[atom] = passes;
                state.set(atom, passes, |_| {});
                let failing: Vec<usize> = (0..nodes.len()).filter(|part| !holds(&nodes[*part], &passing)).collect();
                prop_assert_eq!(state.unmet(0).iter().copied().collect::<Vec<_>>(), failing);
            }
        }
    }

    #[test]
    fn an_or_of_one_member_or_of_equal_members_disappears() {
        let pair = || Node::All(vec![Node::Atom(1), Node::Atom(2)]);
        assert_eq!(simplified(Node::Any(vec![pair(), pair()])), pair());
        assert_eq!(
            simplified(Node::All(vec![Node::Atom(0), Node::Any(vec![pair()]), Node::Atom(1)])),
            Node::All(vec![Node::Atom(0), Node::Atom(1), Node::Atom(2)])
        );
    }
}
