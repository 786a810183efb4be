//! Why a result has no data.

use serde::{Deserialize, Serialize};

/// Why a result has no data. Such a result keeps its level; `no_data` of a [`Standing`](crate::Standing) tells it from
/// one that was judged and is poor.
///
/// ```
/// use dora_score::{Entity, Grader, Instant, NoDataReason, Scorecards, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let idle = serde_json::json!({"identifier": "fax", "total_deployments": 0, "change_failure_rate": null});
/// let idle = Entity::from_value(&idle, scorecards.wanted())?;
/// let mut grader = Grader::new(&scorecards);
/// let reasons: Vec<Option<NoDataReason>> =
///     grader.grade(&idle).outcomes().filter_map(|outcome| Some(outcome.standing()?.no_data)).collect();
/// // nothing was deployed, so no deployment could fail; nobody measured the other three metrics
/// let (inactive, missing) = (Some(NoDataReason::Inactive), Some(NoDataReason::Missing));
/// assert_eq!(reasons, [missing, missing, inactive, missing]);
/// assert_eq!(NoDataReason::Inactive.name(), "inactive");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
