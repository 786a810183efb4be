//! Warnings about properties and relations that conditions name and no entity has, in scorecards and in the scope.

use crate::diagnostic::{Code, Diagnostic, MOST_PRINTED, list, quoted, suggest};
use crate::grade::Tally;
use crate::lint::UnknownField;
use crate::scorecard::{
    Condition, Definition, OWN_NAMES, Query, Scope, ScopeCondition, ScorecardGroup, Scorecards, Subject,
    holds, passes_on,
};
use crate::value::Value;
use std::collections::{HashMap, HashSet};

/// The maximum number of rules to name.
const MOST_NAMED: usize = 5;

/// A warning for each blueprint and field, in the order in which the scorecards name them.
pub(super) fn warnings(scorecards: &Scorecards, tally: &Tally) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let groups = scorecards.groups().iter().filter(|group| tally.entities_of(group) > 0);
    for group in groups {
        let presence = tally.presence(group);
        if presence.unmet.is_empty() {
            continue;
        }
        let entities = tally.entities_of(group);
        for Missing { subject, definition, condition, uses } in missing(scorecards, tally, group) {
            let (names, blueprint) = (&presence.names, group.blueprint.as_str());
            let is_partial = tally.outside.excluded > 0;
            let unknown = UnknownField { subject, names, blueprint, entities, is_partial };
            // the search for similar names would take most of the time if there are thousands of warnings
            let help = unknown.help(|_, _| warnings.len() < MOST_PRINTED);
            let warning = Diagnostic::warning(unknown.code(), unknown.message());
            let warning = warning.at(definition.place(&condition.span)).help(help);
            warnings.push(match uses.effects() {
                Some(effects) => warning.note(effects),
                None => warning,
            });
        }
    }
    warnings
}

/// A warning for each property that `--where` names and no entity has, in or out of scope.
pub(super) fn of_scope(scope: &Scope, tally: &Tally) -> Vec<Diagnostic> {
    let Some(presence) = tally.outside.presence() else { return Vec::new() };
    let mut named = HashSet::new();
    let conditions =
        scope.conditions_on(&presence.unmet).filter(|(condition, _)| named.insert(condition.name()));
    let warning = |(condition, holds): (&ScopeCondition, bool)| {
        let name = condition.name();
        let effect = if holds { "every" } else { "no" };
        let known = presence.names.properties.iter().map(String::as_str).chain(OWN_NAMES);
        Diagnostic::warning(Code::UnknownProperty, format!("no entity has property {}", quoted(name)))
            .note(format!("`--where` with {} keeps {effect} entity", quoted(&condition.to_string())))
            .help(suggest("property", name, known))
    };
    conditions.take(MOST_PRINTED).map(warning).collect()
}

/// A field that conditions name and no entity has.
struct Missing<'s> {
    subject: &'s Subject,
    /// The scorecard and the condition that name it first.
    definition: &'s Definition,
    condition: &'s Condition,
    uses: Uses,
}

/// The rules and filters that the absence of a field decides for every entity.
#[derive(Default)]
struct Uses {
    /// Rules that pass.
    passing: Vec<String>,
    /// Rules that fail.
    failing: Vec<String>,
    /// Scorecards whose filter matches.
    matching: Vec<String>,
    /// Scorecards whose filter excludes.
    excluding: Vec<String>,
    /// Rules and filters that depend on other fields too, and in which the condition holds.
    holding: Vec<String>,
}

impl Uses {
    /// Adds a rule, or the filter if `rule` is `None`. `decided` is its result for every entity, if the missing fields
    /// decide it, and `holds` whether the condition holds.
    fn add(&mut self, definition: &Definition, rule: Option<&str>, decided: Option<bool>, holds: bool) {
        let card = &definition.identifier;
        // a rule is named as in `--set`
        let name = rule.map_or_else(|| card.clone(), |rule| format!("{card}/{rule}"));
        match (rule, decided) {
            (Some(_), Some(true)) => self.passing.push(name),
            (Some(_), Some(false)) => self.failing.push(name),
            (None, Some(true)) => self.matching.push(name),
            (None, Some(false)) => self.excluding.push(name),
            (_, None) if holds => self.holding.push(name),
            (_, None) => {}
        }
    }

    /// The effects in a sentence, if there are any.
    fn effects(&self) -> Option<String> {
        let sentence = |names: &[String], [one, several]: [&str; 2], effect: [&str; 2]| {
            let list = list(names.iter().map(String::as_str), MOST_NAMED);
            match names.len() {
                0 => None,
                1 => Some(format!("{one} {list} {}", effect[0]).trim_end().to_owned()),
                _ => Some(format!("{several} {list} {}", effect[1]).trim_end().to_owned()),
            }
        };
        let (rules, filters) = (["rule", "rules"], ["the filter of", "the filters of"]);
        let effects = [
            sentence(&self.passing, rules, ["passes for every entity", "pass for every entity"]),
            sentence(&self.failing, rules, ["fails for every entity", "fail for every entity"]),
            sentence(&self.matching, filters, ["matches every entity", "match every entity"]),
            sentence(&self.excluding, filters, ["excludes every entity", "exclude every entity"]),
            sentence(&self.holding, ["the condition holds for every entity in"; 2], [""; 2]),
        ];
        let effects: Vec<String> = effects.into_iter().flatten().collect();
        (!effects.is_empty()).then(|| effects.join("; "))
    }
}

/// The missing fields of a blueprint, in the order in which its scorecards name them.
fn missing<'s>(scorecards: &'s Scorecards, tally: &Tally, group: &'s ScorecardGroup) -> Vec<Missing<'s>> {
    let unmet: HashSet<_> = tally.presence(group).unmet.iter().copied().collect();
    let is_missing = |condition: &Condition| {
        condition.subject.slot(scorecards.wanted()).is_some_and(|slot| unmet.contains(&slot))
    };
    let mut found: Vec<Missing<'_>> = Vec::new();
    let mut positions: HashMap<&Subject, usize> = HashMap::new();
    for definition in group.cards.iter().map(|card| scorecards.definition_of(card)) {
        let filter = definition.filter.iter().map(|filter| (filter, None));
        let rules = definition.rules.iter().map(|rule| (&rule.query, Some(rule.identifier.as_str())));
        for (query, rule) in filter.chain(rules) {
            let decided = decided(query, &is_missing);
            let mut named = HashSet::new();
            for condition in query.conditions().into_iter().filter(|condition| is_missing(condition)) {
                let subject = &condition.subject;
                if !named.insert(subject) {
                    continue;
                }
                let position = *positions.entry(subject).or_insert_with(|| {
                    found.push(Missing { subject, definition, condition, uses: Uses::default() });
                    found.len() - 1
                });
                let Some(Missing { uses, .. }) = found.get_mut(position) else { continue };
                uses.add(definition, rule, decided, holds_without(condition));
            }
        }
    }
    found
}

/// Whether a condition holds for an entity without its field.
fn holds_without(condition: &Condition) -> bool {
    passes_on(condition, &Value::Missing)
}

/// The result of a query for every entity, if the missing fields decide it.
fn decided(query: &Query, is_missing: &impl Fn(&Condition) -> bool) -> Option<bool> {
    if holds(query, &|condition| is_missing(condition) && holds_without(condition)) {
        Some(true)
    } else if holds(query, &|condition| !is_missing(condition) || holds_without(condition)) {
        None
    } else {
        Some(false)
    }
}
