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

impl EventField {
    /// The names of the field in events of this kind, in the order in which they are looked up.
    ///
    /// # Panics
    /// If events of this kind do not have the field.
    pub(super) fn names(self, kind: EventKind) -> &'static [&'static str] {
        match (kind, self) {
            (_, Self::Service) => &["service"],
            (_, Self::Id) => &["identifier", "id"],
            (EventKind::Deployment, Self::Status) => &["deploymentStatus", "status", "state", "conclusion"],
            (EventKind::Deployment, Self::Environment) => &["environment", "env"],
            (EventKind::Deployment, Self::Time) => &["deployedAt", "finishedAt", "createdAt"],
            (EventKind::Change, Self::Status) => &["status", "state"],
            (EventKind::Change, Self::Start) => &["firstCommitAt", "createdAt"],
            (EventKind::Change, Self::Deployed) => &["deployedAt"],
            (EventKind::Change, Self::Merged) => &["mergedAt"],
            (EventKind::Change, Self::LeadTime) => &["leadTimeHours"],
            (EventKind::Incident, Self::Start) => &["triggeredAt", "startedAt", "createdAt"],
            (EventKind::Incident, Self::Resolved) => &["resolvedAt"],
            (EventKind::Incident, Self::Recovery) => &["recoveryTime"],
            (EventKind::Change | EventKind::Incident, Self::Deployment) => &["deployment"],
            _ => unreachable!("a {} has no field {self:?}", kind.noun()),
        }
    }
}

/// The names of all fields of a kind.
fn all_names(kind: EventKind) -> &'static [&'static str] {
    match kind {
        EventKind::Deployment => &[
            "service",
            "identifier",
            "id",
            "deploymentStatus",
            "status",
            "state",
            "conclusion",
            "environment",
            "env",
            "deployedAt",
            "finishedAt",
            "createdAt",
        ],
        EventKind::Change => &[
            "service",
            "identifier",
            "id",
            "status",
            "state",
            "firstCommitAt",
            "createdAt",
            "deployedAt",
            "mergedAt",
            "leadTimeHours",
            "deployment",
        ],
        EventKind::Incident => &[
            "service",
            "identifier",
            "id",
            "triggeredAt",
            "startedAt",
            "createdAt",
            "resolvedAt",
            "recoveryTime",
            "deployment",
        ],
    }
}

/// The index of a name among the names of a kind.
pub(super) fn index_of(kind: EventKind, name: &[u8]) -> Option<usize> {
    all_names(kind).iter().position(|known| known.as_bytes() == name)
}

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
    /// Whether the event has an object of properties.
    pub(super) has_properties: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn new(kind: EventKind) -> Self {
        let values = vec![[const { (Value::Missing, 0) }; Part::ALL.len()]; all_names(kind).len()];
        Self { kind, values, has_properties: false }
    }

    pub(super) fn kind(&self) -> EventKind {
        self.kind
    }

    /// Empties it for the next event.
    pub(super) fn clear(&mut self) {
        self.values.as_flattened_mut().iter_mut().for_each(|(value, _)| *value = Value::Missing);
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
        *match part {
            Part::Properties => properties,
            Part::Relations => relations,
            Part::Own => own,
        } = (value, at);
    }

    /// The first value of a field that is present, not null and not empty text.
    pub(super) fn find(&self, field: EventField) -> Option<Found<'_, 'a>> {
        field.names(self.kind).iter().find_map(|name| {
            let index = index_of(self.kind, name.as_bytes());
            let Some(values) = index.and_then(|index| self.values.get(index)) else {
                unreachable!("the names of a field are among the names of its kind");
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
    fn every_name_of_a_field_is_among_the_names_of_its_kind() {
        use EventField::{
            Deployed, Deployment, Environment, Id, LeadTime, Merged, Recovery, Resolved, Service, Start,
            Status, Time,
        };
        for (kind, fields) in [
            (EventKind::Deployment, &[Service, Id, Status, Environment, Time][..]),
            (EventKind::Change, &[Service, Id, Status, Start, Deployed, Merged, LeadTime, Deployment]),
            (EventKind::Incident, &[Service, Id, Start, Resolved, Recovery, Deployment]),
        ] {
            let names: Vec<&str> = fields.iter().flat_map(|field| field.names(kind)).copied().collect();
            assert!(names.iter().all(|name| index_of(kind, name.as_bytes()).is_some()), "{kind:?}");
            assert_eq!(names.len(), all_names(kind).len(), "{kind:?}");
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
