//! The names of what charts and tables show: fields, scorecards, and the statistics of all scorecards.

use crate::diagnostic::quoted;
use crate::entity::Meta;
use crate::page::definition::{ColumnContent, Field};
use crate::scorecard::{Subject, dollar_subject};

/// Prefixes of property names. Port distinguishes kinds of properties; a snapshot has the values of all kinds.
const PROPERTIES: [&str; 5] =
    ["property#", "mirror-property#", "calculation-property#", "aggregation-property#", "properties."];
const RELATIONS: [&str; 2] = ["relation#", "relations."];

/// What a name stands for.
///
/// # Errors
/// Why it cannot be shown.
pub(super) fn content(name: &str) -> Result<ColumnContent, String> {
    let empty = || Err("it has an empty name".to_owned());
    if let Some(identifier) = scorecard(name) {
        return if identifier.is_empty() {
            empty()
        } else {
            Ok(ColumnContent::Scorecard(identifier.to_owned()))
        };
    }
    if name.starts_with("scorecard-rule#") {
        return Err(format!("{} is a rule, and only levels can be shown", quoted(name)));
    }
    let after = |prefixes: &[&str]| prefixes.iter().find_map(|prefix| name.strip_prefix(prefix));
    let field = match (after(&PROPERTIES), after(&RELATIONS)) {
        (Some(""), _) | (_, Some("")) => return empty(),
        (Some(property), _) => Field::Named(property.to_owned()),
        (_, Some(relation)) => Field::Relation(relation.to_owned()),
        (None, None) => match name {
            "" => return empty(),
            "scorecardsStats" => return Ok(ColumnContent::ScorecardStats),
            // the name of `$team` in the table of a page
            "team" => Field::Meta(Meta::Team),
            _ if name.starts_with('$') => match dollar_subject(name) {
                Some(Subject::Meta(meta)) => Field::Meta(meta),
                Some(Subject::Relation(relation)) => Field::Relation(relation),
                Some(Subject::Property(property)) => Field::Named(property),
                None => return Err(format!("{} is not a meta-property", quoted(name))),
            },
            _ => Field::Named(name.to_owned()),
        },
    };
    Ok(ColumnContent::Field(field))
}

/// The identifier in the name of a scorecard, in its form or in that of older pages.
fn scorecard(name: &str) -> Option<&str> {
    let older = || name.strip_prefix("$scorecard.")?.strip_suffix(".level");
    name.strip_prefix("scorecard#").or_else(older)
}

/// A name without the kind of property or relation, to compare names in different forms.
pub(super) fn plain(name: &str) -> &str {
    let prefixes = PROPERTIES.iter().chain(&RELATIONS);
    prefixes.into_iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(match name {
        "$team" => "team",
        name => name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_name_is_recognized() {
        let named = |name: &str| ColumnContent::Field(Field::Named(name.to_owned()));
        let relation = |name: &str| ColumnContent::Field(Field::Relation(name.to_owned()));
        let meta = |meta| ColumnContent::Field(Field::Meta(meta));
        let scorecard = |id: &str| ColumnContent::Scorecard(id.to_owned());
        for (name, expected) in [
            ("scorecard#dora_cfr", scorecard("dora_cfr")),
            ("scorecard#a#b", scorecard("a#b")),
            ("$scorecard.dora_cfr.level", scorecard("dora_cfr")),
            ("$scorecard.a.b.level", scorecard("a.b")),
            ("scorecardsStats", ColumnContent::ScorecardStats),
            ("tier", named("tier")),
            ("createdAt", named("createdAt")),
            ("a.b", named("a.b")),
            ("property#tier", named("tier")),
            ("mirror-property#tier", named("tier")),
            ("calculation-property#tier", named("tier")),
            ("aggregation-property#tier", named("tier")),
            ("properties.tier", named("tier")),
            ("$mirror.tier", named("tier")),
            ("relation#owner", relation("owner")),
            ("relations.owner", relation("owner")),
            ("$relation.owner", relation("owner")),
            ("team", meta(Meta::Team)),
            ("$team", meta(Meta::Team)),
            ("$title", meta(Meta::Title)),
            ("$createdAt", meta(Meta::CreatedAt)),
        ] {
            assert_eq!(content(name), Ok(expected), "{name}");
        }
        for (name, reason) in [
            ("", "it has an empty name"),
            ("scorecard#", "it has an empty name"),
            ("$scorecard..level", "it has an empty name"),
            ("property#", "it has an empty name"),
            ("relation#", "it has an empty name"),
            ("$", "`$` is not a meta-property"),
            ("$tier", "`$tier` is not a meta-property"),
            ("$scorecard.a", "`$scorecard.a` is not a meta-property"),
            ("$relation.", "`$relation.` is not a meta-property"),
            ("scorecard-rule#a#b", "`scorecard-rule#a#b` is a rule, and only levels can be shown"),
        ] {
            assert_eq!(content(name), Err(reason.to_owned()), "{name}");
        }
    }

    #[test]
    fn names_in_different_forms_are_compared_without_their_kind() {
        for (name, expected) in [
            ("properties.readme", "readme"),
            ("property#readme", "readme"),
            ("$team", "team"),
            ("$title", "$title"),
        ] {
            assert_eq!(plain(name), expected);
        }
    }
}
