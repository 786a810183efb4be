//! The clusters of a DORA report as files of scorecards, laid out like those of the built-in set.
//!
//! Medium is Bronze, High is Silver, Elite is Gold; tiers that a report lacks are left out.

use super::builtin::ScorecardFile;
use crate::dora::{self, Bound, Metric, Tier, Year};
use std::borrow::Cow;
use std::fmt::Write as _;

/// A scorecard for one metric and one blueprint.
struct Card {
    file: &'static str,
    identifier: &'static str,
    title: &'static str,
    /// The metric and its unit, in one sentence.
    about: &'static str,
    blueprint: &'static str,
    /// The identifiers of its rules are this followed by `_medium`, `_high` or `_elite`.
    rules: &'static str,
    property: &'static str,
    metric: Metric,
    /// A count that must be above 0; without it there is nothing to judge.
    guard: Option<&'static str>,
}

const CARDS: [Card; 8] = [
    Card {
        file: "service_1_deployment_frequency.json",
        identifier: "dora_deploy_freq",
        title: "Deployment Frequency",
        about: "How often a service reaches production, in deployments per week.",
        blueprint: "service",
        rules: "svc_df",
        property: dora::DEPLOYMENT_FREQUENCY,
        metric: Metric::DeploymentFrequency,
        guard: None,
    },
    Card {
        file: "service_2_lead_time.json",
        identifier: "dora_lead_time",
        title: "Lead Time for Changes",
        about: "How long a change to a service takes from commit to production, in hours.",
        blueprint: "service",
        rules: "svc_lt",
        property: dora::LEAD_TIME,
        metric: Metric::LeadTime,
        guard: None,
    },
    Card {
        file: "service_3_change_failure_rate.json",
        identifier: "dora_cfr",
        title: "Change Failure Rate",
        about: "The share of deployments of a service that fail in production, in percent; without deployments there is nothing to judge.",
        blueprint: "service",
        rules: "svc_cfr",
        property: dora::FAILURE_RATE,
        metric: Metric::FailureRate,
        guard: Some(dora::TOTAL_DEPLOYMENTS),
    },
    Card {
        file: "service_4_mttr.json",
        identifier: "dora_mttr",
        title: "MTTR",
        about: "The mean time to recovery of a service after an incident, in minutes; without incidents there is nothing to judge.",
        blueprint: "service",
        rules: "svc_mttr",
        property: dora::RECOVERY_TIME,
        metric: Metric::RecoveryTime,
        guard: Some(dora::TOTAL_INCIDENTS),
    },
    Card {
        file: "team_1_deployment_frequency.json",
        identifier: "team_dora_deploy_freq",
        title: "Team Deployment Frequency",
        about: "How often each of the services a team owns reaches production on average, in deployments per week: the team's deployments divided by the number of its services, so that large and small teams are measured alike.",
        blueprint: "_team",
        rules: "team_df",
        property: dora::DEPLOYMENT_FREQUENCY_PER_SERVICE,
        metric: Metric::DeploymentFrequency,
        guard: None,
    },
    Card {
        file: "team_2_lead_time.json",
        identifier: "team_dora_lead_time",
        title: "Team Lead Time for Changes",
        about: "How long a change to the services a team owns takes from commit to production, in hours.",
        blueprint: "_team",
        rules: "team_lt",
        property: dora::LEAD_TIME,
        metric: Metric::LeadTime,
        guard: None,
    },
    Card {
        file: "team_3_change_failure_rate.json",
        identifier: "team_dora_cfr",
        title: "Team Change Failure Rate",
        about: "The share of deployments of the services a team owns that fail in production, in percent; without deployments there is nothing to judge.",
        blueprint: "_team",
        rules: "team_cfr",
        property: dora::FAILURE_RATE,
        metric: Metric::FailureRate,
        guard: Some(dora::TOTAL_DEPLOYMENTS),
    },
    Card {
        file: "team_4_mttr.json",
        identifier: "team_dora_mttr",
        title: "Team MTTR",
        about: "The mean time to recovery of the services a team owns after an incident, in minutes; without incidents there is nothing to judge.",
        blueprint: "_team",
        rules: "team_mttr",
        property: dora::RECOVERY_TIME,
        metric: Metric::RecoveryTime,
        guard: Some(dora::TOTAL_INCIDENTS),
    },
];

impl Year {
    /// The clusters of the report as scorecards: one file for each file of the built-in set, with the same names,
    /// identifiers, properties and guards.
    pub fn files(self) -> Vec<ScorecardFile> {
        CARDS
            .iter()
            .map(|card| ScorecardFile { name: card.file, text: Cow::Owned(scorecard(self, card)) })
            .collect()
    }
}

/// The text of a file. Everything in it comes from the tables and needs no escapes.
fn scorecard(year: Year, card: &Card) -> String {
    let Card { identifier, title, about, blueprint, metric, .. } = card;
    let present =
        Tier::ALL.iter().filter_map(|&tier| Some(rule(year, card, tier, year.tiers().of(tier)?.of(*metric))));
    let rules: Vec<String> = present.collect();
    let (names, levels) = match year.tiers().of(Tier::Elite) {
        Some(_) => ("Bronze, Silver and Gold stand for Medium, High and Elite", ""),
        None => ("Bronze and Silver stand for Medium and High", WITHOUT_GOLD),
    };
    let year = year.name();
    let mut text = String::from("{\n");
    // writing to a string cannot fail
    let _ = write!(
        text,
        r#"  "identifier": "{identifier}",
  "title": "{title}",
  "description": "{about} {names} of the clusters in the DORA report of {year}.",
  "blueprint": "{blueprint}",
{levels}  "rules": [
{}
  ]
}}
"#,
        rules.join(",\n")
    );
    text
}

/// The levels of a year without an elite cluster.
const WITHOUT_GOLD: &str = r#"  "levels": [
    { "title": "Basic", "color": "paleBlue" },
    { "title": "Bronze", "color": "bronze" },
    { "title": "Silver", "color": "silver" }
  ],
"#;

fn rule(year: Year, card: &Card, tier: Tier, bound: Bound) -> String {
    let Card { rules, property, metric, .. } = card;
    let (operator, value) = (bound.operator(), bound.value());
    let (year, title) = (year.name(), requirement(*metric, bound));
    let (name, level) = match tier {
        Tier::Medium => ("medium", "Bronze"),
        Tier::High => ("high", "Silver"),
        Tier::Elite => ("elite", "Gold"),
    };
    let guard = card.guard.map_or_else(String::new, |property| {
        format!(
            r#"          {{ "property": "{property}", "operator": ">", "value": 0 }},
"#
        )
    });
    format!(
        r#"    {{
      "identifier": "{rules}_{name}",
      "title": "{title}",
      "description": "{tier} of {year}: {property} {operator} {value}.",
      "level": "{level}",
      "query": {{
        "combinator": "and",
        "conditions": [
{guard}          {{ "property": "{property}", "operator": "{operator}", "value": {value} }}
        ]
      }}
    }}"#
    )
}

/// The title of a rule, without a full stop.
fn requirement(metric: Metric, bound: Bound) -> String {
    let value = bound.value();
    match metric {
        Metric::DeploymentFrequency => frequency(bound),
        Metric::LeadTime => format!("Changes in production within {}", duration(value)),
        Metric::FailureRate => format!("At most {value} % of deployments fail"),
        Metric::RecoveryTime => format!("Recovered within {}", duration(value / 60.0)),
    }
}

/// A number of deployments per week in words.
fn frequency(bound: Bound) -> String {
    let least = if matches!(bound, Bound::Above(_)) { "More than" } else { "At least" };
    let per = match (1.0 / bound.value()).round() {
        _ if bound.value() == 7.0 => "a day".to_owned(),
        1.0 => "a week".to_owned(),
        4.0 => "every four weeks".to_owned(),
        weeks => format!("every {weeks} weeks"),
    };
    format!("{least} one deployment {per}")
}

/// A number of hours in words.
fn duration(hours: f64) -> String {
    match hours {
        1.0 => "an hour".to_owned(),
        24.0 => "a day".to_owned(),
        168.0 => "a week".to_owned(),
        hours => format!("{} days", hours / 24.0),
    }
}
