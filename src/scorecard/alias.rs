//! Aliases: other names of properties, for entities that use other names than the scorecards.

use super::definition::{Condition, Definition, Member, Query, Subject};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::quoting::split_name;
use std::collections::BTreeSet;
use std::str::FromStr;

/// `PROPERTY=OTHER`: the property OTHER is read wherever a scorecard says PROPERTY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alias {
    property: String,
    other: String,
}

impl FromStr for Alias {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (property, rest) = split_name(text, |c| c == '=')?;
        let example = "write PROPERTY=OTHER, such as lead_time_for_changes=leadTime";
        let rest = rest.trim_start().strip_prefix('=').ok_or(example)?;
        let (other, rest) = split_name(rest, |_| false)?;
        if property.is_empty() || other.is_empty() || !rest.trim().is_empty() {
            return Err(example.to_owned());
        }
        if let Some(name) = [&property, &other].into_iter().find(|name| name.starts_with('$')) {
            return Err(format!("`{name}` is not a property; {example}"));
        }
        Ok(Self { property, other })
    }
}

/// Checks that a scorecard names the property of each alias.
///
/// # Errors
/// The properties that no scorecard names.
pub(crate) fn check_aliases(definitions: &[Definition], aliases: &[Alias]) -> Result<(), Problems> {
    let known: BTreeSet<String> = definitions.iter().flat_map(properties).collect();
    let unknown = aliases.iter().filter(|alias| !known.contains(&alias.property)).map(|alias| {
        let known = known.iter().map(String::as_str);
        Diagnostic::unknown(Code::UnknownAlias, "property of the scorecards", &alias.property, known)
    });
    let unknown: Vec<Diagnostic> = unknown.collect();
    if unknown.is_empty() { Ok(()) } else { Err(Problems(unknown)) }
}

/// Replaces the names of properties in all conditions, all at once: an alias never renames the result of another one.
/// Of several aliases for one property, the last counts.
pub(crate) fn apply_aliases(definitions: &mut [Definition], aliases: &[Alias]) {
    for definition in definitions {
        let rules = definition.rules.iter_mut().map(|rule| &mut rule.query);
        rules.chain(&mut definition.filter).for_each(|query| rename(query, aliases));
    }
}

/// The name that replaces the name of a property.
pub(super) fn other_name<'a>(aliases: &'a [Alias], property: &str) -> Option<&'a str> {
    aliases.iter().rfind(|alias| alias.property == property).map(|alias| alias.other.as_str())
}

fn properties(definition: &Definition) -> impl Iterator<Item = String> {
    let queries = definition.rules.iter().map(|rule| &rule.query).chain(&definition.filter);
    queries.flat_map(Query::conditions).filter_map(|condition| match &condition.subject {
        Subject::Property(name) => Some(name.clone()),
        _ => None,
    })
}

fn rename(query: &mut Query, aliases: &[Alias]) {
    for member in &mut query.members {
        match member {
            Member::Condition(Condition { subject: Subject::Property(name), .. }) => {
                if let Some(other) = other_name(aliases, name) {
                    other.clone_into(name);
                }
            }
            Member::Condition(_) => {}
            Member::Group(group) => rename(group, aliases),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::builtin;

    fn alias(text: &str) -> Alias {
        text.parse().unwrap()
    }

    #[test]
    fn names_with_special_characters_are_quoted() {
        let expected = Alias { property: "a=b".to_owned(), other: "c".to_owned() };
        assert_eq!(alias("\"a=b\" = c"), expected);
        assert_eq!(alias("a=b=c"), Alias { property: "a".to_owned(), other: "b=c".to_owned() });
        for wrong in ["", "a", "=a", "a=", "\"a=b", "$title=a", "a=$title", "a=\"b\"c"] {
            assert!(wrong.parse::<Alias>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn aliases_apply_all_at_once_and_the_last_one_of_a_property_counts() {
        let mut definitions = builtin();
        let aliases = [
            "lead_time_for_changes=x",
            "deployment_frequency=lead_time_for_changes",
            "lead_time_for_changes=y",
        ];
        apply_aliases(&mut definitions, &aliases.map(alias));
        let names: BTreeSet<String> = definitions.iter().flat_map(properties).collect();
        assert!(names.contains("y") && names.contains("lead_time_for_changes"), "{names:?}");
        assert!(!names.contains("x") && !names.contains("deployment_frequency"), "{names:?}");
    }

    #[test]
    fn a_property_that_no_scorecard_names_is_an_error() {
        let problems =
            check_aliases(&builtin(), &[alias("lead_time_for_change=x"), alias("lead_time_for_changes=x")]);
        assert_eq!(problems.unwrap_err().0.len(), 1);
    }
}
