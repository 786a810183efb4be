//! The built-in DORA set: the files of `examples/scorecards`, embedded in the program.

use super::alias::{Alias, other_name};
use super::{Definition, read_definitions};
use crate::diagnostic::Source;
use std::borrow::Cow;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../examples/scorecards/", $name)))),*]
    };
}

/// The blueprint of the service scorecards.
const SERVICE: &str = "service";

/// The name and text of each file.
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

/// A file of scorecards, for users who want to write it to disk and edit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScorecardFile {
    /// The file name, without a directory.
    pub name: &'static str,
    /// The whole text: JSON.
    pub text: Cow<'static, str>,
}

impl ScorecardFile {
    /// The definitions in the file.
    #[expect(clippy::expect_used, reason = "the files are part of the program, and tests read them")]
    pub(crate) fn definitions(&self) -> Vec<Definition> {
        let source = Source::new(self.name, self.text.clone());
        read_definitions(vec![source], SERVICE).expect("the built-in scorecards are valid")
    }

    /// The file with its service scorecards for another blueprint, and with other names of properties.
    pub(crate) fn adapted(&self, blueprint: &str, aliases: &[Alias]) -> Self {
        let text =
            replace_names(
                &self.text,
                "\"blueprint\": ",
                |name| if name == SERVICE { blueprint } else { name },
            );
        let text = replace_names(&text, "\"property\": ", |name| other_name(aliases, name).unwrap_or(name));
        Self { name: self.name, text: Cow::Owned(text) }
    }
}

/// A JSON file of the program with the string after each `key` replaced. The strings contain no escapes.
#[expect(clippy::expect_used, reason = "the files are part of the program, and tests adapt them")]
pub(crate) fn replace_names<'a>(text: &'a str, key: &str, replace: impl Fn(&'a str) -> &'a str) -> String {
    let mut parts = text.split(key);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) =
            part.strip_prefix('"').and_then(|part| part.split_once('"')).expect("a string follows the key");
        result += key;
        result += &serde_json::Value::from(replace(name)).to_string();
        result += rest;
    }
    result
}

/// The built-in DORA set: eight scorecards for deployment frequency, lead time for changes, change failure rate and
/// mean time to recovery, each for the blueprints `service` and `_team`.
///
/// The thresholds are those of the tiers in Port's guide. The descriptions in the set give units and exceptions.
///
/// ```
/// use dora_score::builtin;
///
/// let definitions = builtin();
/// assert_eq!(definitions.iter().filter(|card| card.blueprint() == "_team").count(), 4);
/// let recovery = definitions.iter().find(|card| card.identifier() == "dora_mttr").ok_or("it is in the set")?;
/// let needs: Vec<String> = recovery.rules().iter().map(|rule| rule.in_words()).collect();
/// assert_eq!(needs[2], "total_incidents is above 0 and mean_time_to_recovery is at most 60");
/// # Ok::<(), &str>(())
/// ```
#[expect(clippy::expect_used, reason = "the files are part of the program, and tests read them")]
pub fn builtin() -> Vec<Definition> {
    let sources = FILES.iter().map(|(name, text)| Source::new(format!("built-in/{name}"), *text)).collect();
    read_definitions(sources, SERVICE).expect("the built-in scorecards are valid")
}

/// The built-in set, with its service scorecards for another blueprint.
pub(crate) fn builtin_for(blueprint: &str) -> Vec<Definition> {
    let mut definitions = builtin();
    for definition in definitions.iter_mut().filter(|definition| definition.blueprint == SERVICE) {
        blueprint.clone_into(&mut definition.blueprint);
    }
    definitions
}

/// The files of the built-in set, for example to write them to disk.
pub(crate) fn builtin_files() -> Vec<ScorecardFile> {
    FILES.iter().map(|&(name, text)| ScorecardFile { name, text: Cow::Borrowed(text) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dora::{self, Bound, GUIDE, Metric, Tier};
    use crate::scorecard::{Condition, Operand, Operator, Subject};
    use crate::value::Scalar;

    fn bound(condition: &Condition) -> Bound {
        match (condition.operator, &condition.operand) {
            (Operator::GreaterOrEqual, Operand::Scalar(Scalar::Number(value))) => Bound::AtLeast(*value),
            (Operator::LessOrEqual, Operand::Scalar(Scalar::Number(value))) => Bound::AtMost(*value),
            _ => unreachable!("`{condition}` is not a threshold"),
        }
    }

    #[test]
    fn the_thresholds_are_those_of_the_guide_except_for_the_wider_bronze_of_recovery_time() {
        let mut compared = 0;
        for definition in builtin() {
            for rule in &definition.rules {
                let conditions = rule.query.conditions();
                let metric = conditions.iter().find_map(|condition| match &condition.subject {
                    Subject::Property(name) => Some((condition, dora::property(name)?.metric?)),
                    _ => None,
                });
                let (condition, metric) = metric.expect("every rule is about a metric");
                let tier = *Tier::ALL.get(rule.level - 1).expect("three levels above the base");
                let expected = match (metric, tier) {
                    (Metric::RecoveryTime, Tier::Medium) => Bound::AtMost(43_200.0),
                    _ => GUIDE.of(tier).expect("the guide has all tiers").of(metric),
                };
                assert_eq!(bound(condition), expected, "{}", rule.identifier);
                compared += 1;
            }
        }
        assert_eq!(compared, 24);
    }
}
