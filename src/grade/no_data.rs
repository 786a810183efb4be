//! Why a result has no data.

use serde::{Deserialize, Serialize};

/// Why a result has no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum NoDataReason {
    /// Nothing happened: each failing rule of the level that ended the climb lacks data through a guard, such as
    /// `total_deployments > 0`, whose actual value is 0.
    Inactive,
    /// Nobody measured it: a value is missing or null.
    Missing,
}

impl NoDataReason {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Missing => "missing",
        }
    }
}
