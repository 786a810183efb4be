//! Explains where the metrics of a service come from: the window, the events with the reasons why some do not count,
//! and each formula with its numbers.

mod events;
mod fact;
mod formula;
mod model;
mod text;

pub(crate) use model::MetricsExplanation;
