//! The fields of events: the names under which each is looked up, and the values that were found.
//!
//! A field can have several names, and each name can be in three places: in `properties`, in `relations`, or beside
//! them. So an export of Port, a row of a warehouse and the JSON of an API are read alike.

use super::kind::EventKind;
use crate::value::Value;

/// A field of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventField {
    Service,
    Id,
    Status,
    Environment,
    /// When a deployment happened.
    Time,
    /// When a change or an incident began.
    Start,
    /// When a change was deployed.
    Deployed,
    Merged,
    LeadTime,
    Resolved,
    Recovery,
    /// The deployments that a change or an incident names.
    Deployment,
}

/// The fields of a kind, each with its names in the order in which they are looked up.
type Layout = &'static [(EventField, &'static [&'static str])];

const ID: (EventField, &[&str]) = (EventField::Id, &["identifier", "id"]);
const SERVICE: (EventField, &[&str]) = (EventField::Service, &["service"]);
const DEPLOYMENT: (EventField, &[&str]) = (EventField::Deployment, &["deployment"]);

fn layout(kind: EventKind) -> Layout {
    match kind {
        EventKind::Deployment => &[
            ID,
            SERVICE,
            (EventField::Time, &["deployedAt", "finishedAt", "createdAt"]),
            (EventField::Status, &["deploymentStatus", "status", "state", "conclusion"]),
            (EventField::Environment, &["environment", "env"]),
        ],
        EventKind::Change => &[
            ID,
            SERVICE,
            (EventField::Status, &["status", "state"]),
            (EventField::Start, &["firstCommitAt", "createdAt"]),
            (EventField::Deployed, &["deployedAt"]),
            (EventField::Merged, &["mergedAt"]),
            (EventField::LeadTime, &["leadTimeHours"]),
            DEPLOYMENT,
        ],
        EventKind::Incident => &[
            ID,
            SERVICE,
            (EventField::Start, &["triggeredAt", "startedAt", "createdAt"]),
            (EventField::Resolved, &["resolvedAt"]),
            (EventField::Recovery, &["recoveryTime"]),
            DEPLOYMENT,
        ],
    }
}

impl EventField {
    /// The names of the field in events of this kind, and the index of the first among all names of the kind.
    ///
    /// # Panics
    /// If events of this kind do not have the field.
    fn names(self, kind: EventKind) -> (usize, &'static [&'static str]) {
        let mut first = 0;
        for (field, names) in layout(kind) {
            if *field == self {
                return (first, names);
            }
            first += names.len();
        }
        unreachable!("a {} has no field {self:?}", kind.noun());
    }
}

/// The index of a name among all names of a kind.
pub(super) fn index_of(kind: EventKind, name: &[u8]) -> Option<usize> {
    let mut names = layout(kind).iter().flat_map(|(_, names)| *names);
    names.position(|known| known.as_bytes() == name)
}

/// The index of the name `identifier`, which no wrapper has.
pub(super) const IDENTIFIER: usize = 0;

/// The part of an event in which a name is looked up. The first one has precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Properties,
    Relations,
    /// The event itself.
    Own,
}

impl Part {
    const ALL: [Self; 3] = [Self::Properties, Self::Relations, Self::Own];
}

/// A value that was found under a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found<'e, 'a> {
    pub(super) name: &'static str,
    pub(super) part: Part,
    pub(super) value: &'e Value<'a>,
    /// The byte at which the value begins.
    pub(super) at: usize,
}

/// The values of one event under the names of all fields, in each part.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a> {
    kind: EventKind,
    /// The value of each name in each part, and where it begins.
    values: Vec<[(Value<'a>, usize); Part::ALL.len()]>,
    /// The indices of the names with a value.
    found: Vec<usize>,
    /// Whether the event has an object of properties.
    pub(super) has_properties: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn new(kind: EventKind) -> Self {
        let count = layout(kind).iter().map(|(_, names)| names.len()).sum();
        let values = vec![[const { (Value::Missing, 0) }; Part::ALL.len()]; count];
        Self { kind, values, found: Vec::new(), has_properties: false }
    }

    pub(super) fn kind(&self) -> EventKind {
        self.kind
    }

    /// Empties it for the next event.
    pub(super) fn clear(&mut self) {
        for index in self.found.drain(..) {
            let values = self.values.get_mut(index).into_iter().flatten();
            values.for_each(|(value, _)| *value = Value::Missing);
        }
        self.has_properties = false;
    }

    /// Forgets the values of a part, because a later object replaces it.
    pub(super) fn clear_part(&mut self, part: Part) {
        for [properties, relations, own] in &mut self.values {
            match part {
                Part::Properties => properties.0 = Value::Missing,
                Part::Relations => relations.0 = Value::Missing,
                Part::Own => own.0 = Value::Missing,
            }
        }
    }

    /// Sets the value of the name with this index.
    pub(super) fn set(&mut self, index: usize, part: Part, value: Value<'a>, at: usize) {
        let Some([properties, relations, own]) = self.values.get_mut(index) else {
            unreachable!("there is a place for each name");
        };
        self.found.push(index);
        *match part {
            Part::Properties => properties,
            Part::Relations => relations,
            Part::Own => own,
        } = (value, at);
    }

    /// The first value of a field that is present, not null and not empty text.
    pub(super) fn find(&self, field: EventField) -> Option<Found<'_, 'a>> {
        let (first, names) = field.names(self.kind);
        (first..).zip(names).find_map(|(index, name)| {
            let Some(values) = self.values.get(index) else {
                unreachable!("there is a place for each name");
            };
            let mut parts = Part::ALL.into_iter().zip(values);
            parts.find_map(|(part, (value, at))| {
                let is_empty = match value {
                    Value::Text(text) => text.is_empty(),
                    // no services are no service
                    Value::List(items) => items.is_empty() && field == EventField::Service,
                    _ => false,
                };
                let is_given = !value.is_absent() && !is_empty;
                is_given.then_some(Found { name, part, value, at: *at })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_field_has_its_index() {
        use EventField::{
            Deployed, Deployment, Environment, Id, LeadTime, Merged, Recovery, Resolved, Service, Start,
            Status, Time,
        };
        for (kind, fields) in [
            (EventKind::Deployment, &[Service, Id, Status, Environment, Time][..]),
            (EventKind::Change, &[Service, Id, Status, Start, Deployed, Merged, LeadTime, Deployment]),
            (EventKind::Incident, &[Service, Id, Start, Resolved, Recovery, Deployment]),
        ] {
            for field in fields {
                let (first, names) = field.names(kind);
                for (index, name) in (first..).zip(names) {
                    assert_eq!(index_of(kind, name.as_bytes()), Some(index), "{kind:?} {name}");
                }
            }
            assert_eq!(index_of(kind, b"identifier"), Some(IDENTIFIER));
            assert_eq!(fields.len(), layout(kind).len(), "{kind:?}");
        }
    }

    #[test]
    fn a_field_has_the_value_of_its_first_name_and_of_the_first_part() {
        let mut fields = Fields::new(EventKind::Deployment);
        let set = |fields: &mut Fields<'static>, name: &str, part, text: &'static str| {
            let index = index_of(EventKind::Deployment, name.as_bytes()).unwrap();
            fields.set(index, part, Value::Text(text.into()), 0);
        };
        set(&mut fields, "state", Part::Properties, "a");
        set(&mut fields, "status", Part::Own, "b");
        set(&mut fields, "status", Part::Relations, "c");
        set(&mut fields, "status", Part::Properties, "");
        set(&mut fields, "conclusion", Part::Properties, "d");
        let found =
            |fields: &Fields<'static>| fields.find(EventField::Status).map(|found| found.value.clone());
        assert_eq!(found(&fields), Some(Value::Text("c".into())));
        fields.clear_part(Part::Relations);
        assert_eq!(found(&fields), Some(Value::Text("b".into())));
        fields.clear_part(Part::Own);
        assert_eq!(found(&fields), Some(Value::Text("a".into())));
        fields.clear();
        assert_eq!(found(&fields), None);
    }
}
