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
const SERVICE_NAME: &str = "service";
const SERVICE: (EventField, &[&str]) = (EventField::Service, &[SERVICE_NAME]);
const DEPLOYMENT: (EventField, &[&str]) = (EventField::Deployment, &["deployment"]);

const fn layout(kind: EventKind) -> Layout {
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

/// For each field, the index of its first name among all names of the kind, and how many names it has.
type Places = [(usize, usize); FIELDS];

/// The number of fields of all kinds.
const FIELDS: usize = EventField::Deployment as usize + 1;

const fn places(layout: Layout) -> Places {
    let mut places = [(0, 0); FIELDS];
    let (mut rest, mut first) = (layout, 0);
    while let [(field, names), after @ ..] = rest {
        #[expect(
            clippy::indexing_slicing,
            reason = "there is a place for each field, and it is checked in a build"
        )]
        let place = &mut places[*field as usize];
        *place = (first, names.len());
        first += names.len();
        rest = after;
    }
    places
}

static PLACES: [Places; 3] = [
    places(layout(EventKind::Deployment)),
    places(layout(EventKind::Change)),
    places(layout(EventKind::Incident)),
];

impl EventField {
    /// The index of the first name of the field among all names of the kind, and how many names it has.
    ///
    /// # Panics
    /// If events of this kind do not have the field.
    #[inline(always)]
    fn place(self, kind: EventKind) -> (usize, usize) {
        match PLACES.get(kind as usize).and_then(|places| places.get(self as usize)) {
            Some((first, count)) if *count > 0 => (*first, *count),
            _ => unreachable!("a {} has no field {self:?}", kind.noun()),
        }
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
    /// The names of all fields.
    names: Vec<&'static str>,
    /// The values of the first name in each part, then those of the second, and so on; and where each begins. Only those
    /// of `given` are of this event.
    values: Vec<(Value<'a>, usize)>,
    /// One bit for each value that is given: present, not null and not empty text.
    given: u64,
    /// Whether the event has an object of properties.
    pub(super) has_properties: bool,
}

const PARTS: usize = Part::ALL.len();

impl<'a> Fields<'a> {
    pub(super) fn new(kind: EventKind) -> Self {
        let names: Vec<&str> = layout(kind).iter().flat_map(|(_, names)| *names).copied().collect();
        let values = vec![const { (Value::Missing, 0) }; names.len() * PARTS];
        Self { kind, names, values, given: 0, has_properties: false }
    }

    pub(super) fn kind(&self) -> EventKind {
        self.kind
    }

    /// Empties it for the next event.
    pub(super) fn clear(&mut self) {
        self.given = 0;
        self.has_properties = false;
    }

    /// Forgets the values of a part, because a later object replaces it.
    pub(super) fn clear_part(&mut self, part: Part) {
        for index in 0..self.names.len() {
            self.given &= !(1 << place(index, part));
        }
    }

    /// Sets the value of the name with this index.
    #[inline(always)]
    pub(super) fn set(&mut self, index: usize, part: Part, value: Value<'a>, at: usize) {
        let is_given = match &value {
            Value::Text(text) => !text.is_empty(),
            // no services are no service
            Value::List(items) => !items.is_empty() || self.names.get(index) != Some(&SERVICE_NAME),
            value => !value.is_absent(),
        };
        let place = place(index, part);
        self.given = self.given & !(1 << place) | u64::from(is_given) << place;
        let Some(slot) = self.values.get_mut(place) else { unreachable!("there is a place for each name") };
        *slot = (value, at);
    }

    /// The first value of a field that is given.
    #[inline(always)]
    pub(super) fn find(&self, field: EventField) -> Option<Found<'_, 'a>> {
        let (first, count) = field.place(self.kind);
        let of_field = (1 << (count * PARTS)) - 1;
        let given = self.given >> (first * PARTS) & of_field;
        if given == 0 {
            return None;
        }
        let place = first * PARTS + given.trailing_zeros() as usize;
        let (name, part) = (self.names.get(place / PARTS), Part::ALL.get(place % PARTS));
        let (Some((value, at)), Some(name), Some(part)) = (self.values.get(place), name, part) else {
            unreachable!("there is a place for each name")
        };
        Some(Found { name, part: *part, value, at: *at })
    }
}

/// The place of the value of a name in a part.
fn place(index: usize, part: Part) -> usize {
    index * PARTS + part as usize
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
                let (first, count) = field.place(kind);
                let (_, names) = layout(kind).iter().find(|(known, _)| known == field).unwrap();
                assert_eq!(names.len(), count);
                for (index, name) in (first..).zip(*names) {
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
