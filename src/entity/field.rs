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
    /// A wanted property, if the entity is a flat row.
    Row(Slot),
    Other,
}

impl Field {
    pub(super) fn named(name: &[u8], wanted: &Wanted) -> Self {
        match name {
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
            other => wanted.property_slot(other).map_or(Self::Other, Self::Row),
        }
    }

    /// Whether the key is a property of a flat row.
    pub(super) fn is_property_of_row(self) -> bool {
        matches!(self, Self::Row(_) | Self::Other | Self::Entities | Self::Entity)
    }
}
