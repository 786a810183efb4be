//! The built-in DORA set: the very files of `examples/scorecards`, embedded.

use super::{Definition, read_definitions};
use crate::diagnostic::Source;
use std::borrow::Cow;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../examples/scorecards/", $name)))),*]
    };
}

/// Name and text of each file, in order.
const FILES: &[(&str, &str)] = files![
    "service_1_deployment_frequency.json",
    "service_2_lead_time.json",
    "service_3_change_failure_rate.json",
    "service_4_mttr.json",
    "team_1_deployment_frequency.json",
    "team_2_lead_time.json",
    "team_3_change_failure_rate.json",
    "team_4_mttr.json",
];

/// A file of scorecards to write out and edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorecardFile {
    /// Its name, without a directory.
    pub name: &'static str,
    /// Its whole text: JSON.
    pub text: Cow<'static, str>,
}

/// The built-in DORA set: deployment frequency, lead time for changes, change failure rate and mean time
/// to recovery, each for blueprint `service` and `_team`.
///
/// The thresholds are those of the clusters in the State of DevOps reports; the descriptions in the set
/// name units and exceptions.
pub fn builtin() -> Vec<Definition> {
    let sources = FILES.iter().map(|(name, text)| Source::new(format!("built-in/{name}"), *text)).collect();
    // a test reads the set, so there is nothing that could be wrong with it here
    read_definitions(sources, "service").unwrap_or_default()
}

/// The files of the built-in set.
pub fn builtin_files() -> Vec<ScorecardFile> {
    FILES.iter().map(|&(name, text)| ScorecardFile { name, text: Cow::Borrowed(text) }).collect()
}
