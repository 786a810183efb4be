//! Guesses from the name of a property whether it is a rate or a time.

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
    "hours",
    "minutes",
    "seconds",
    "days",
    "weeks",
];

/// Whether the name of a property suggests a rate or a time.
pub(super) fn is_rate_or_time(name: &str) -> bool {
    words(name).iter().any(|word| RATE_OR_TIME.contains(&word.as_str()))
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
}
