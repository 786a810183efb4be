//! Entities, such as services or teams, read from streams of JSON. Only the wanted fields are decoded.

mod boundary;
mod cutter;
mod decode;
mod elements;
mod field;
mod fold;
mod input;
mod key_order;
mod lookahead;
mod member;
mod model;
mod names;
mod record;
mod rejection;
mod sequence;
mod serial;
mod single;
mod state;
mod stream;
mod swapped;
mod team;
mod value;
mod wanted;

pub(crate) use decode::Decoded;
pub(crate) use elements::Elements;
#[cfg(feature = "cli")]
pub(crate) use field::is_property_of_row;
pub use fold::Progress;
pub(crate) use fold::{Worker, fold};
pub use input::{Input, Settings};
pub(crate) use key_order::KeyOrder;
pub(crate) use member::{identifier_at, name_at, skip, skip_if};
pub use model::Entity;
pub(crate) use names::{MOST_NAMES, Names};
pub(crate) use record::{Datum, EntityRecord};
pub(crate) use rejection::{Rejection, kind};
pub(crate) use serial::for_each_element;
pub use serial::for_each_entity;
pub(crate) use swapped::{is_result, is_scorecard, wraps_scorecards};
pub(crate) use team::read_teams;
pub(crate) use value::read_value;
pub(crate) use wanted::Meta;
pub use wanted::{Slot, Wanted};
