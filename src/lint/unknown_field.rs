//! The sentences about a property or relation that a condition names and no entity has.

use crate::diagnostic::{Code, quoted, suggest};
use crate::grade::FieldNames;
use crate::scorecard::Subject;
use crate::terminal::counted;

/// A property or relation that no entity has.
pub(crate) struct UnknownField<'u> {
    /// The property or relation.
    pub(crate) subject: &'u Subject,
    /// The names that entities have.
    pub(crate) names: &'u FieldNames,
    /// The blueprint of the entities.
    pub(crate) blueprint: &'u str,
    /// The number of entities of the blueprint, without those outside the scope.
    pub(crate) entities: u64,
    /// Whether other entities are outside the scope.
    pub(crate) is_partial: bool,
}

impl UnknownField<'_> {
    /// The code of the warning.
    pub(crate) fn code(&self) -> Code {
        match self.subject {
            Subject::Relation(_) => Code::UnknownRelation,
            Subject::Property(_) | Subject::Meta(_) => Code::UnknownProperty,
        }
    }

    /// The message of the warning.
    pub(crate) fn message(&self) -> String {
        let (name, state) = (self.subject.to_string(), if self.is_null() { "null" } else { "missing" });
        let all = all_of(self.entities, self.blueprint, self.is_partial);
        format!("{} {} is {state} in {all}", self.kind(), quoted(&name))
    }

    /// The help: similar names. `takes_suggestion` decides whether to compare the name with this number of names.
    pub(crate) fn help(&self, takes_suggestion: impl FnOnce(&str, usize) -> bool) -> String {
        let (name, kind) = (self.subject.to_string(), self.kind());
        let scope = if self.is_partial { IN_SCOPE } else { "" };
        let (properties, relations) = (&self.names.properties, &self.names.relations);
        let (known, plural, others, other) = match self.subject {
            Subject::Relation(_) => (relations, "relations", properties, "property"),
            Subject::Property(_) | Subject::Meta(_) => (properties, "properties", relations, "relation"),
        };
        if self.is_null() {
            format!("check whether the export includes this {kind}")
        } else if others.contains(&name) {
            format!("it is a {other}: write `\"{other}\"` instead of `\"{kind}\"`")
        } else if known.is_empty() {
            format!("the entities{scope} have no {plural}")
        } else if takes_suggestion(&name, known.len()) {
            suggest(&format!("{kind}{scope}"), &name, known.iter().map(String::as_str))
        } else {
            format!("use a {kind} that the entities have")
        }
    }

    fn kind(&self) -> &'static str {
        match self.subject {
            Subject::Relation(_) => "relation",
            Subject::Property(_) | Subject::Meta(_) => "property",
        }
    }

    /// Whether entities have the field, but no value for it.
    fn is_null(&self) -> bool {
        match self.subject {
            Subject::Relation(name) => self.names.relations.contains(name),
            Subject::Property(name) => self.names.properties.contains(name),
            Subject::Meta(_) => false,
        }
    }
}

/// The words after `entities` if others are outside the scope.
pub(super) const IN_SCOPE: &str = " in scope";

/// All entities of a blueprint: ``all 7 entities of blueprint `service` ``. If the scope
/// is only a part of them, says so.
pub(super) fn all_of(entities: u64, blueprint: &str, is_partial: bool) -> String {
    let entities = match entities {
        1 => "the only entity".to_owned(),
        more => format!("all {}", counted(more, "entity", "entities")),
    };
    let scope = if is_partial { IN_SCOPE } else { "" };
    format!("{entities} of blueprint {}{scope}", quoted(blueprint))
}
