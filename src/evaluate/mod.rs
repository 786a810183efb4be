//! The main task of the program: reads inputs, grades and judges every entity, and writes the reports in the
//! order of the input.

mod error;
mod evaluation;
mod plan;
mod results;
mod run;
mod worker;

pub use error::EvaluateError;
pub(crate) use evaluation::{Checks, Comparing, PageOptions, WaiverOutput};
pub use evaluation::{Evaluation, Output};
pub use run::grade_json;
