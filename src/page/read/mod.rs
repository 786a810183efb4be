//! Reads a page of Port's API.
//!
//! A page is drawn as far as a snapshot allows: a widget that cannot be drawn becomes [`Content::Unsupported`] with a
//! warning, and does not stop the others. Only a file that is not a page is an error.
//!
//! [`Content::Unsupported`]: super::definition::Content::Unsupported

mod chart;
mod dataset;
mod document;
#[cfg(test)]
mod hostile;
mod ids;
mod keys;
mod layout;
mod name;
mod reader;
mod table;
#[cfg(test)]
mod testing;
mod widget;

pub(crate) use document::read_page;
