//! Writes the clusters of a report as files of scorecards, laid out like those of the built-in set.

use super::{Cluster, Report};
use crate::scorecard::builtin::ScorecardFile;
use std::borrow::Cow;
use std::fmt::Write as _;

/// One of the four figures, for one blueprint.
struct Metric {
    file: &'static str,
    identifier: &'static str,
    title: &'static str,
    /// What is measured and in which unit; one sentence.
    about: &'static str,
    blueprint: &'static str,
    /// Rules are called this, and then `_medium`, `_high` or `_elite`.
    rules: &'static str,
    property: &'static str,
    /// A count that must be above 0 for there to be something to judge.
    guard: Option<&'static str>,
    required: fn(&Cluster) -> Required,
}

/// What a cluster asks of one figure.
struct Required {
    operator: &'static str,
    value: f64,
    /// A sentence without full stop.
    words: String,
}

const METRICS: [Metric; 8] = [
    Metric {
        file: "service_1_deployment_frequency.json",
        identifier: "dora_deploy_freq",
        title: "Deployment Frequency",
        about: "How often a service reaches production, in deployments per week.",
        blueprint: "service",
        rules: "svc_df",
        property: "deployment_frequency",
        guard: None,
        required: frequency,
    },
    Metric {
        file: "service_2_lead_time.json",
        identifier: "dora_lead_time",
        title: "Lead Time for Changes",
        about: "How long a change to a service takes from commit to production, in hours.",
        blueprint: "service",
        rules: "svc_lt",
        property: "lead_time_for_changes",
        guard: None,
        required: lead_time,
    },
    Metric {
        file: "service_3_change_failure_rate.json",
        identifier: "dora_cfr",
        title: "Change Failure Rate",
        about: "The share of deployments of a service that fail in production, in percent; without deployments there is nothing to judge.",
        blueprint: "service",
        rules: "svc_cfr",
        property: "change_failure_rate",
        guard: Some("total_deployments"),
        required: failures,
    },
    Metric {
        file: "service_4_mttr.json",
        identifier: "dora_mttr",
        title: "MTTR",
        about: "The mean time to recovery of a service after an incident, in minutes; without incidents there is nothing to judge.",
        blueprint: "service",
        rules: "svc_mttr",
        property: "mean_time_to_recovery",
        guard: Some("total_incidents"),
        required: restore,
    },
    Metric {
        file: "team_1_deployment_frequency.json",
        identifier: "team_dora_deploy_freq",
        title: "Team Deployment Frequency",
        about: "How often each of the services a team owns reaches production on average, in deployments per week: the team's deployments divided by the number of its services, so that large and small teams are measured alike.",
        blueprint: "_team",
        rules: "team_df",
        property: "deployment_frequency_per_service",
        guard: None,
        required: frequency,
    },
    Metric {
        file: "team_2_lead_time.json",
        identifier: "team_dora_lead_time",
        title: "Team Lead Time for Changes",
        about: "How long a change to the services a team owns takes from commit to production, in hours.",
        blueprint: "_team",
        rules: "team_lt",
        property: "lead_time_for_changes",
        guard: None,
        required: lead_time,
    },
    Metric {
        file: "team_3_change_failure_rate.json",
        identifier: "team_dora_cfr",
        title: "Team Change Failure Rate",
        about: "The share of deployments of the services a team owns that fail in production, in percent; without deployments there is nothing to judge.",
        blueprint: "_team",
        rules: "team_cfr",
        property: "change_failure_rate",
        guard: Some("total_deployments"),
        required: failures,
    },
    Metric {
        file: "team_4_mttr.json",
        identifier: "team_dora_mttr",
        title: "Team MTTR",
        about: "The mean time to recovery of the services a team owns after an incident, in minutes; without incidents there is nothing to judge.",
        blueprint: "_team",
        rules: "team_mttr",
        property: "mean_time_to_recovery",
        guard: Some("total_incidents"),
        required: restore,
    },
];

fn frequency(cluster: &Cluster) -> Required {
    let frequency = cluster.frequency;
    Required { operator: frequency.operator, value: frequency.per_week, words: frequency.words.to_owned() }
}

fn lead_time(cluster: &Cluster) -> Required {
    let words = format!("Changes in production within {}", cluster.lead_time.words);
    Required { operator: "<=", value: cluster.lead_time.most, words }
}

fn failures(cluster: &Cluster) -> Required {
    let words = format!("At most {} % of deployments fail", cluster.failures);
    Required { operator: "<=", value: cluster.failures, words }
}

fn restore(cluster: &Cluster) -> Required {
    let words = format!("Recovered within {}", cluster.restore.words);
    Required { operator: "<=", value: cluster.restore.most, words }
}

/// The files of a report. All text in them is from here and needs no escapes.
pub(super) fn of(report: &Report) -> Vec<ScorecardFile> {
    METRICS
        .iter()
        .map(|metric| ScorecardFile { name: metric.file, text: Cow::Owned(scorecard(report, metric)) })
        .collect()
}

fn scorecard(report: &Report, metric: &Metric) -> String {
    let Metric { identifier, title, about, blueprint, .. } = metric;
    let clusters = [
        ("medium", "Medium", "Bronze", Some(&report.medium)),
        ("high", "High", "Silver", Some(&report.high)),
        ("elite", "Elite", "Gold", report.elite.as_ref()),
    ];
    let present = clusters.iter().filter_map(|(name, title, level, cluster)| {
        Some(rule(report.year, metric, name, title, level, &(metric.required)((*cluster)?)))
    });
    let rules: Vec<String> = present.collect();
    let (names, levels) = match report.elite {
        Some(_) => ("Bronze, Silver and Gold stand for Medium, High and Elite", ""),
        None => ("Bronze and Silver stand for Medium and High", WITHOUT_GOLD),
    };
    let year = report.year;
    let mut text = String::from("{\n");
    // writing to a string can not fail
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

fn rule(year: &str, metric: &Metric, name: &str, cluster: &str, level: &str, required: &Required) -> String {
    let Metric { rules, property, .. } = metric;
    let Required { operator, value, words } = required;
    let guard = metric
        .guard
        .map(|property| {
            format!(
                r#"          {{ "property": "{property}", "operator": ">", "value": 0 }},
"#
            )
        })
        .unwrap_or_default();
    format!(
        r#"    {{
      "identifier": "{rules}_{name}",
      "title": "{words}",
      "description": "{cluster} of {year}: {property} {operator} {value}.",
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
