//! The error of an evaluation.

use crate::diagnostic::{Diagnostic, Problems};
use std::fmt;

/// The reason why an evaluation stopped without a verdict.
#[derive(Debug)]
pub enum EvaluateError {
    /// The input is invalid.
    Problems(Problems),
    /// A report could not be written.
    Output(std::io::Error),
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => write!(f, "{problems}"),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

impl std::error::Error for EvaluateError {}

impl From<Diagnostic> for EvaluateError {
    fn from(problem: Diagnostic) -> Self {
        Self::Problems(problem.into())
    }
}

impl From<std::io::Error> for EvaluateError {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}
