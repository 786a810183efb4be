//! Reports: results as text. Each format has a file, and all formats implement one trait.
//!
//! A format either prints each entity when it is graded (`entity_writer`, one for each thread) or prints everything at
//! the end. What it needs for that is limited: a list of entities (`listing`), some results below their minimum, and
//! counts. Only the text of `junit` and the waivers of `new_waivers` are collected until the end, in a spool
//! (`collected`). So memory does not grow with the input. Output is always in the order of the input or of the definitions, independent of the threads.

mod badge;
mod collected;
mod comparison;
mod context;
mod contract;
mod csv;
mod csv_record;
mod display;
mod distribution;
mod distribution_text;
mod entity_list;
mod format;
mod github;
mod json;
mod junit;
mod listing;
mod markdown;
mod new_waivers;
mod option;
mod order;
mod property;
mod row;
mod rows;
mod scope;
mod shortlist;
mod summary;
mod table;
mod undecided;
mod verdict;
mod verdict_text;

pub(crate) use collected::Collected;
pub use collected::Spool;
pub(crate) use comparison::{ComparedVerdict, Comparison, Mark, Move, MovedResults};
pub(crate) use context::Context;
pub(crate) use contract::{EntityWriter, Report, Totals};
pub(crate) use csv_record::record as csv_record;
pub(crate) use display::Sort;
pub use display::{Display, Limit};
pub(crate) use distribution::{NO_TEAM, percent, shares};
pub use format::Format;
pub(crate) use listing::{Bound, Listing};
pub(crate) use new_waivers::NewWaivers;
pub(crate) use option::DisplayOption;
pub(crate) use order::Order;
pub(crate) use property::shown as shown_text;
pub(crate) use scope::{Scoped, empty_message};
pub(crate) use shortlist::{Bound as ShortlistBound, Shortlist};
pub(crate) use undecided::{annotations, undecided};
pub(crate) use verdict::{heading as gate_heading, summary as gate_summary};
