//! Grades services, teams and other entities against scorecards: the same definitions and the same levels as
//! Port, offline.
//!
//! 1. Load definitions: [`load_definitions`] from files, [`read_definitions`] from text, or [`builtin`] for the DORA
//!    scorecards.
//! 2. Compile them with [`Scorecards::new`].
//! 3. Read entities: [`for_each_entity`] from a stream, or [`Entity::from_value`] from a JSON value.
//! 4. Grade each entity with a [`Grader`]. An [`Outcome`] has the level, the rules with whether each passes, and the
//!    reasons.
//!
//! Then, as needed:
//!
//! - [`explain::explain`] finds the changes that reach the next level.
//! - A [`Gate`] checks results against minimum levels, and its [`Verdict`] counts them. [`Waivers`] excuse results.
//! - A [`Scope`] selects entities, and a [`Tally`] counts levels.
//! - [`result`] reads and writes the JSON that the program prints.
//! - A [`lint::Linter`] finds mistakes in definitions.
//! - [`Problems`] say what is wrong with an input, where, and how to fix it; [`Diagnostic::render`] shows it to people.
//!
//! The library reads no clock and prints nothing. Grading allocates almost nothing, and no input makes it panic. What
//! panics is a mistake of the calling program, such as an entity that was read without the fields of the scorecards;
//! such functions have a section "Panics".
//!
//! ```
//! use dora_score::{Grader, Instant, Scorecards, builtin, for_each_entity};
//! use std::ops::ControlFlow;
//!
//! let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
//! let scorecards = Scorecards::new(builtin(), as_of, "service");
//! let mut grader = Grader::new(&scorecards);
//! let entities = br#"{"identifier": "checkout", "properties": {"deployment_frequency": 3.5}}"#;
//! let mut levels = Vec::new();
//! for_each_entity(entities.as_slice(), scorecards.wanted(), |entity| {
//!     let graded = grader.grade(entity);
//!     levels.extend(graded.outcomes().filter_map(|outcome| outcome.level()).map(|level| level.title.clone()));
//!     ControlFlow::Continue(())
//! })?;
//! assert_eq!(levels, ["Silver", "Basic", "Basic", "Basic"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The feature `cli`, on by default, adds the program and everything that only the program needs. Turn it off to
//! embed the crate: `default-features = false`.

#![cfg_attr(
    not(feature = "cli"),
    expect(
        dead_code,
        unreachable_pub,
        unused_imports,
        reason = "the program uses more of the crate than the library exports"
    )
)]

#[cfg(feature = "cli")]
mod badge;
#[cfg(feature = "cli")]
mod cli;
mod color;
mod diagnostic;
#[cfg(feature = "cli")]
mod docs;
mod dora;
mod entity;
#[cfg(feature = "cli")]
mod evaluate;
pub mod explain;
mod grade;
mod hazard;
#[cfg(feature = "cli")]
mod history;
mod json;
pub mod lint;
mod load;
#[cfg(feature = "cli")]
mod markup;
#[cfg(feature = "cli")]
mod metrics;
#[cfg(feature = "cli")]
mod notify;
#[cfg(feature = "cli")]
mod page;
mod quoting;
#[cfg(feature = "cli")]
mod report;
pub mod result;
mod schema;
mod scorecard;
#[cfg(feature = "cli")]
mod show;
#[cfg(feature = "cli")]
mod sql;
mod terminal;
mod value;
mod waiver;
#[cfg(feature = "cli")]
mod what_if;
mod words;

// Definitions: load them, and compile them for grading.
pub use load::load_definitions;
pub use scorecard::{Definition, Level, Rule, Scope, ScopeCondition, Scorecards, builtin, read_definitions};

// Entities: read them from a stream or from memory, and look at their values.
pub use entity::{Entity, Input, Progress, Settings, Slot, Wanted, for_each_entity};
pub use value::{Instant, Value};

// Grading: the level of an entity in each scorecard, its rules, and the reasons.
pub use grade::{ConditionReason, Graded, Grader, NoDataReason, Outcome, Reason, Standing, Tally};

// The gate: checks results against minimum levels.
pub use grade::{
    Gate, GateCounts, GateOutcome, GateRequirement, GatedCounts, Judgement, Minimum, NoData, Share, Unmet,
    Verdict, WaiverUse,
};

// Waivers: results below their minimum that a gate excuses until a day.
pub use load::load_waivers;
pub use waiver::{Expiry, Waiver, Waivers, read_waivers};

// Diagnostics: what is wrong with definitions or entities, where, and how to fix it.
pub use diagnostic::{Code, Diagnostic, Place, Problems, Severity, Source};
pub use terminal::Screen;

/// The program and what its tests and benchmarks use. Not part of the public API: it changes without notice.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod program {
    pub use crate::cli::main;
    pub use crate::docs::Page;
    pub use crate::evaluate::{EvaluateError, Evaluation, Output, grade_json};
    pub use crate::explain::{Chosen, ExplainFormat, Explaining, Selected};
    pub use crate::report::{Display, Format, Limit, Spool};
    pub use crate::schema::Schema;
}
