//! Guesses from the name of a property: whether it is a rate or a time, and which metric it is.

use crate::dora::{self, Metric};

/// Words that occur in the names of rates and times.
const RATE_OR_TIME: &[&str] = &[
    "rate",
    "ratio",
    "percent",
    "percentage",
    "pct",
    "share",
    "cfr",
    "time",
    "lead",
    "duration",
    "latency",
    "age",
    "delay",
    "mttr",
    "mttd",
    "mttf",
    "mtta",
    "mean",
    "average",
    "avg",
    "median",
    "p50",
    "p75",
    "p90",
    "p95",
    "p99",
];

/// Units of time. A name with one of them is a time, unless it tells how long ago something happened.
const UNITS: &[&str] = &["hours", "minutes", "seconds", "days", "weeks"];

/// Whether the name of a property suggests a rate or a time for which 0 can mean that nothing was measured. The time
/// since an event is not such a time: it is 0 on the day of the event.
pub(super) fn is_rate_or_time(name: &str) -> bool {
    let words = words(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    !has(&["since", "ago"]) && (has(RATE_OR_TIME) || has(UNITS) && !has(&["last"]))
}

/// The DORA metric that the name of a property suggests.
pub(super) fn metric(name: &str) -> Option<Metric> {
    if let Some(property) = dora::property(name) {
        return property.metric;
    }
    let words = words(name);
    let has = |part: &str| words.iter().any(|word| word.starts_with(part));
    if has("recover") || has("restor") || has("mttr") {
        Some(Metric::RecoveryTime)
    } else if has("cfr") || has("failure") && has("rate") {
        Some(Metric::FailureRate)
    } else {
        (has("lead") && has("time")).then_some(Metric::LeadTime)
    }
}

/// The words of a name in `snake_case`, `kebab-case`, `camelCase` or with spaces, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for character in name.chars() {
        let begins = character.is_uppercase() && !before.is_uppercase();
        if begins || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (character.is_alphanumeric(), words.last_mut()) {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rates_and_times_are_recognized() {
        for name in ["change_failure_rate", "leadTime", "lead-time-for-changes", "MTTR", "p95 latency", "cfr"]
        {
            assert!(is_rate_or_time(name), "{name}");
        }
        for name in ["open_bugs", "total_deployments", "stage", "timeline", "storage_gb", ""] {
            assert!(!is_rate_or_time(name), "{name}");
        }
    }

    #[test]
    fn the_time_since_an_event_is_not_a_time_that_can_be_unmeasured() {
        for name in
            ["days_since_last_push", "daysSinceLastPush", "time since release", "last_scan_days", "days-ago"]
        {
            assert!(!is_rate_or_time(name), "{name}");
        }
        for name in ["lead_time_last_30_days", "lastBuildDuration", "days_to_merge", "timeSincere"] {
            assert!(is_rate_or_time(name), "{name}");
        }
    }

    #[test]
    fn the_metric_of_a_property_is_known_by_its_name_or_by_a_similar_one() {
        for (name, expected) in [
            ("lead_time_for_changes", Some(Metric::LeadTime)),
            ("leadTime", Some(Metric::LeadTime)),
            ("change_failure_rate", Some(Metric::FailureRate)),
            ("CFR", Some(Metric::FailureRate)),
            ("time_to_restore", Some(Metric::RecoveryTime)),
            ("mttr_minutes", Some(Metric::RecoveryTime)),
            ("failures", None),
            ("leader", None),
        ] {
            assert_eq!(metric(name), expected, "{name}");
        }
    }
}
