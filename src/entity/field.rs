//! The keys of an entity.

use super::wanted::{Meta, Slot, Wanted};

/// The meaning of a key of an entity.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Identifier,
    Title,
    Blueprint,
    Properties,
    Relations,
    Team,
    Meta(Meta),
    /// A key of the entity itself that nothing reads.
    Ignored,
    Entities,
    Entity,
    /// The rules of a scorecard, or a property of a flat row.
    Rules,
    /// A wanted property, if the entity is a flat row.
    Row(Slot),
    Other,
}

impl Field {
    pub(super) fn named(name: &[u8], wanted: &Wanted) -> Self {
        Self::own(name).unwrap_or_else(|| wanted.property_slot(name).map_or(Self::Other, Self::Row))
    }

    /// The keys that do not depend on the scorecards.
    fn own(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"identifier" => Self::Identifier,
            b"title" => Self::Title,
            b"blueprint" => Self::Blueprint,
            b"properties" => Self::Properties,
            b"relations" => Self::Relations,
            b"team" => Self::Team,
            b"icon" => Self::Meta(Meta::Icon),
            b"createdAt" => Self::Meta(Meta::CreatedAt),
            b"createdBy" => Self::Meta(Meta::CreatedBy),
            b"updatedAt" => Self::Meta(Meta::UpdatedAt),
            b"updatedBy" => Self::Meta(Meta::UpdatedBy),
            b"scorecards" => Self::Ignored,
            b"entities" => Self::Entities,
            b"entity" => Self::Entity,
            b"rules" => Self::Rules,
            _ => return None,
        })
    }

    /// Whether a key is a property of a flat row.
    pub(super) fn is_property_of_row(name: &[u8]) -> bool {
        Self::own(name).is_none_or(|field| matches!(field, Self::Entities | Self::Entity | Self::Rules))
    }
}

/// Whether a key is a property of a flat row.
#[cfg(feature = "cli")]
pub(crate) fn is_property_of_row(name: &str) -> bool {
    Field::is_property_of_row(name.as_bytes())
}
