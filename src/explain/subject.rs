//! The property or relation in a fact or a change.

use crate::dora::{self, Unit};
use crate::scorecard::Subject;
use serde::Serialize;

/// The name of a property or a relation. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SubjectFact {
    /// A property, or a meta-property such as `$team`.
    Property(String),
    /// A relation.
    Relation(String),
}

impl SubjectFact {
    /// The name of the subject of a condition.
    pub(super) fn of(subject: &Subject) -> Self {
        match subject {
            Subject::Relation(name) => Self::Relation(name.clone()),
            other => Self::Property(other.to_string()),
        }
    }

    /// The name, as in a condition.
    pub fn name(&self) -> &str {
        match self {
            Self::Property(name) | Self::Relation(name) => name,
        }
    }
}

/// The unit of the numbers of a property, if it is a DORA property.
pub(super) fn unit_of(subject: &Subject) -> Option<Unit> {
    let Subject::Property(name) = subject else { return None };
    dora::property(name).map(|property| property.unit)
}
