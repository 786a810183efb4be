//! Grades entities against scorecards: the same definitions and the same levels as Port, offline.
//!
//! Definitions are read from JSON ([`read_definitions`], or [`builtin`] for the DORA set), compiled
//! ([`Scorecards`]), and grade one entity after the other ([`Grader`]). The engine knows no files, no clock
//! and no printing; [`Evaluation`] is the main job of the program, from streams of JSON to reports.
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

mod color;
mod diagnostic;
mod docs;
mod dora;
mod entity;
mod evaluate;
mod explain;
mod grade;
mod json;
mod lint;
mod load;
mod markup;
mod report;
mod result;
mod schema;
mod scorecard;
mod show;
mod terminal;
mod value;
mod what_if;
mod words;

pub use diagnostic::{Code, Diagnostic, Place, Problems, Severity, Source};
pub use docs::Page;
pub use dora::{Unit, Year};
pub use entity::{Entity, Input, Progress, Settings, Slot, Wanted, for_each_entity};
pub use evaluate::{EvaluateError, Evaluation, Output, grade_json};
pub use explain::{
    Action, Advice, Bound, Change, Chosen, ConditionFact, Datum, EXPLANATION_VERSION, Expected,
    ExplainFormat, ExplainedEntity, Explaining, Explanation, Explanations, Fact, Gap, GroupFact, NextLevel,
    NoAdvice, Range, Requirement, RuleFact, SubjectFact, ValueKind,
};
pub use grade::{
    Evaluated, Gate, GateCounts, GateOutcome, Graded, Grader, Judgement, Minimum, NoData, Outcome, Reason,
    Standing, Tally, Unmet, Verdict,
};
pub use lint::{Finding, LintFormat, Linter, Survey, lint_named, lints};
pub use load::load_definitions;
pub use report::{Display, Format, Only, Sort};
pub use result::{
    EntityRecord, LevelCount, ResultDocument, RuleCount, RuleRecord, RuleStatus, ScorecardRecord,
    ScorecardSummary, Summary, read_entities,
};
pub use schema::{DocumentKind, SCHEMA_VERSION, Schema};
pub use scorecard::{
    Combinator, Definition, Level, OperatorHelp, Rule, ScorecardFile, Scorecards, builtin, builtin_files,
    meta_properties, operators, pick_scorecards, presets, read_definitions,
};
pub use show::Listing;
pub use terminal::Screen;
pub use value::{Instant, Scalar, Value};
pub use what_if::{
    CompareFormat, Comparison, Direction, EntityMoves, Move, Pair, Presence, ScorecardComparison, Threshold,
    set_thresholds,
};
