//! The main job from end to end: reads inputs, grades and judges every entity, and writes every report in
//! the order of the input.

mod block;
mod error;
mod evaluation;
mod limited;
mod run;
mod worker;

pub use error::EvaluateError;
pub use evaluation::{Evaluation, Output};
pub use run::grade_json;
