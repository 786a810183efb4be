//! The elements of a stream, such as entities or events: how one is decoded. Everything else about reading a stream is
//! the same for all of them.

use super::decode::{Decoded, Decoder};
use super::model::Entity;
use super::names::EntityText;
use super::rejection::Rejection;
use super::wanted::Wanted;
use crate::json::Scanner;

/// A kind of elements that streams consist of.
pub(crate) trait Elements: Sync {
    /// One element. It borrows from the text of the stream.
    type Element<'a>;
    /// Decodes elements one after another. It may use earlier elements to decode the next ones faster.
    type Decoder<'s>
    where
        Self: 's;

    /// The noun for one element in messages, such as `entity`. It must begin with a vowel.
    const NOUN: &'static str;
    /// Whether an array may contain arrays of elements.
    const HAS_PAGES: bool;
    /// Whether the other members of a wrapper are passed to [`Self::member`].
    const HAS_MEMBERS: bool = false;

    /// A decoder that has decoded nothing yet.
    fn decoder(&self) -> Self::Decoder<'_>;

    /// An empty element, for a decoder to fill from the text of `scanner`.
    fn blank<'a>(&self, scanner: &Scanner<'a>) -> Self::Element<'a>;

    /// Decodes the next object of `scanner` into `element`.
    ///
    /// # Errors
    /// Returns the reason why the object is not an element.
    fn decode<'a>(
        decoder: &mut Self::Decoder<'_>,
        scanner: &mut Scanner<'a>,
        element: &mut Self::Element<'a>,
    ) -> Result<Decoded, Rejection>;

    /// Fills `element` with a member of a wrapper that is not its array of elements, such as the summary of a result
    /// document. Returns whether the member matters; then it reaches the sink like an element.
    fn member<'a>(_element: &mut Self::Element<'a>, _name: &[u8], _value: &'a str) -> bool {
        false
    }

    /// The identifier of a decoded element, if it has one.
    fn identifier<'e>(element: &'e Self::Element<'_>) -> Option<&'e str>;
}

/// Entities with the wanted fields.
impl Elements for Wanted {
    type Element<'a> = Entity<'a>;
    type Decoder<'s> = Decoder<'s>;

    const NOUN: &'static str = "entity";
    const HAS_PAGES: bool = false;

    fn decoder(&self) -> Decoder<'_> {
        Decoder::new(self)
    }

    fn blank<'a>(&self, scanner: &Scanner<'a>) -> Entity<'a> {
        Entity::blank(self).with_text(EntityText { scanner: *scanner, start: 0 })
    }

    fn decode<'a>(
        decoder: &mut Decoder<'_>,
        scanner: &mut Scanner<'a>,
        entity: &mut Entity<'a>,
    ) -> Result<Decoded, Rejection> {
        decoder.decode(scanner, entity)
    }

    fn identifier<'e>(entity: &'e Entity<'_>) -> Option<&'e str> {
        Some(entity.identifier())
    }
}
