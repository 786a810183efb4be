//! Grades entities against scorecards: the same definitions and the same levels as Port, offline.

mod diagnostic;
mod entity;
mod evaluate;
mod grade;
mod json;
mod lint;
mod report;
mod scorecard;
mod value;
mod words;

pub use diagnostic::{Diagnostic, Place, Problems, Severity, Source};
pub use entity::{Entity, Input, Settings, Slot, Wanted};
pub use evaluate::{EvaluateError, Evaluation, MOST_UNMET, Output, Progress, Verdict, grade_json};
pub use grade::{
    EntityRecord, Gate, Graded, Grader, Judgement, LevelCount, Minimum, NoData, Outcome, Reason, RuleCount,
    RuleRecord, SCHEMA_VERSION, ScorecardRecord, ScorecardSummary, Summary, Tally, Unmet,
};
pub use lint::{Finding, Lint, LintFormat, Linter, Survey, lint_named, lints};
pub use report::{Display, Format, Only, Sort, Style};
pub use scorecard::{Definition, Level, Rule, Scorecards, Standing, builtin, read_definitions};
pub use value::{Instant, Scalar, Value};
