//! Waivers: results below their minimum that a gate excuses until a day, with a reason.
//!
//! A waiver never changes a level. It is read strictly, because a misspelled waiver would excuse nothing, or too much.

mod expiry;
mod find;
mod model;
mod pattern;
mod read;
mod write;

pub use expiry::Expiry;
pub use find::Waivers;
pub use model::Waiver;
pub use read::read_waivers;
pub(crate) use write::{HEAD, TAIL, write_waiver};
