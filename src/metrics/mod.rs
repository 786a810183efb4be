//! The DORA metrics of services and teams, from deployments, changes and incidents.
mod body;
mod calculate;
mod collect;
mod counts;
mod decode;
mod event;
mod field;
mod figures;
mod format;
mod id;
mod kind;
mod link;
mod names;
mod options;
mod packed;
mod roster;
mod status;
mod store;
mod time;
mod totals;
mod warnings;

pub(crate) use calculate::Owners;
pub(crate) use collect::{Collected, FeedInputs};
pub(crate) use format::{EntityFormat, EntityWriter, head};
pub(crate) use options::{Average, Failures, Feeds, Options, Window};
pub(crate) use roster::Roster;
pub(crate) use warnings::warnings;
