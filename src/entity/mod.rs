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
pub(crate) use fold::Progress;
pub(crate) use fold::{Worker, fold};
pub use input::{Input, Settings};
pub(crate) use key_order::KeyOrder;
pub use model::Entity;
pub(crate) use names::{MOST_NAMES, Names};
pub(crate) use record::{Datum, EntityRecord};
pub(crate) use rejection::{Rejection, kind};
pub use serial::for_each_entity;
pub(crate) use value::read_value;
pub(crate) use wanted::Meta;
pub use wanted::{Slot, Wanted};
