//! Entities, such as services or teams, read from streams of JSON. Only the wanted fields are decoded.

mod boundary;
mod cutter;
mod decode;
mod field;
mod fold;
mod input;
mod key_order;
mod lookahead;
mod model;
mod names;
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

pub(crate) use fold::Progress;
pub(crate) use fold::{Worker, fold};
pub use input::{Input, Settings};
pub use model::Entity;
pub(crate) use names::{MOST_NAMES, Names};
pub use serial::for_each_entity;
pub(crate) use wanted::Meta;
pub use wanted::{Slot, Wanted};
