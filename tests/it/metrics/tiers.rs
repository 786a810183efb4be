//! The properties that have a tier, and their tiers.

use serde_json::{Map, Value};

/// The values that have a tier.
pub(crate) struct Averages {
    pub(crate) frequency: Option<f64>,
    /// Of a team only.
    pub(crate) frequency_per_service: Option<Option<f64>>,
    pub(crate) lead: Option<f64>,
    pub(crate) failures: Option<f64>,
    pub(crate) recovery: Option<f64>,
}

impl Averages {
    /// The values with their tiers, which "are of those doubles".
    pub(crate) fn table(&self) -> Map<String, Value> {
        let mut table = Map::new();
        put(&mut table, "deployment_frequency", self.frequency);
        put(&mut table, "lead_time_for_changes", self.lead);
        put(&mut table, "change_failure_rate", self.failures);
        put(&mut table, "mean_time_to_recovery", self.recovery);
        if let Some(frequency) = self.frequency_per_service {
            put(&mut table, "deployment_frequency_per_service", frequency);
        }
        // "`deploy_freq_tier` is of the frequency per service (null where that is)"
        let frequency = self.frequency_per_service.unwrap_or(self.frequency);
        let is_frequent = |value: f64, limit: f64| value >= limit;
        let is_low = |value: f64, limit: f64| value <= limit;
        put(
            &mut table,
            "deploy_freq_tier",
            frequency.map(|value| tier(value, [7.0, 1.0, 0.25], is_frequent)),
        );
        put(&mut table, "lead_time_tier", self.lead.map(|value| tier(value, [24.0, 168.0, 720.0], is_low)));
        put(&mut table, "cfr_tier", self.failures.map(|value| tier(value, [5.0, 20.0, 30.0], is_low)));
        put(
            &mut table,
            "mttr_tier",
            self.recovery.map(|value| tier(value, [60.0, 1440.0, 10_080.0], is_low)),
        );
        table
    }
}

fn tier(value: f64, limits: [f64; 3], is_met: impl Fn(f64, f64) -> bool) -> &'static str {
    let tiers = ["Elite", "High", "Medium"].into_iter().zip(limits);
    tiers.into_iter().find(|(_, limit)| is_met(value, *limit)).map_or("Low", |(tier, _)| tier)
}

pub(crate) fn put<T: Into<Value>>(table: &mut Map<String, Value>, name: &str, value: Option<T>) {
    table.insert(name.to_owned(), value.map_or(Value::Null, Into::into));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_includes_its_limit() {
        let of = |frequency: f64| {
            let averages = Averages {
                frequency: Some(frequency),
                frequency_per_service: None,
                lead: Some(24.0),
                failures: Some(20.000_000_000_000_004),
                recovery: None,
            };
            averages.table()
        };
        let table = of(0.25);
        assert_eq!(table["deploy_freq_tier"], "Medium");
        assert_eq!(table["lead_time_tier"], "Elite");
        assert_eq!(table["cfr_tier"], "Medium");
        assert_eq!(table["mttr_tier"], Value::Null);
        assert_eq!(of(0.249_999_999_999_999_97)["deploy_freq_tier"], "Low");
    }
}
