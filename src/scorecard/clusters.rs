//! Writes the clusters of a DORA report as scorecard files in the layout of the built-in set.
//!
//! The cluster Medium becomes Bronze, High becomes Silver, and Elite becomes Gold. A cluster that a report does not
//! have is left out.

use super::builtin::ScorecardFile;
use crate::dora::{self, Bound, Metric, Tier, Year};
use std::borrow::Cow;
use std::fmt::Write as _;

/// The fixed parts of a scorecard for one metric and one blueprint. The thresholds come from the report.
struct Template {
    file: &'static str,
    identifier: &'static str,
    title: &'static str,
    /// The description: the metric and its unit, in one sentence.
    about: &'static str,
    blueprint: &'static str,
    /// The start of the identifiers of its rules; `_medium`, `_high` or `_elite` follows.
    rules: &'static str,
    property: &'static str,
    metric: Metric,
    /// A count that each rule also requires to be above 0, because without activity the metric has no meaning.
    guard: Option<&'static str>,
}

const TEMPLATES: [Template; 8] = [
    Template {
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
    Template {
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
    Template {
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
    Template {
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
    Template {
        file: "team_1_deployment_frequency.json",
        identifier: "team_dora_deploy_freq",
        title: "Team Deployment Frequency",
        about: "How often a service of the team reaches production on average, in deployments per week: the team's deployments divided by the number of its services, so that large and small teams are measured alike.",
        blueprint: "_team",
        rules: "team_df",
        property: dora::DEPLOYMENT_FREQUENCY_PER_SERVICE,
        metric: Metric::DeploymentFrequency,
        guard: None,
    },
    Template {
        file: "team_2_lead_time.json",
        identifier: "team_dora_lead_time",
        title: "Team Lead Time for Changes",
        about: "How long a change to a service of the team takes from commit to production, in hours.",
        blueprint: "_team",
        rules: "team_lt",
        property: dora::LEAD_TIME,
        metric: Metric::LeadTime,
        guard: None,
    },
    Template {
        file: "team_3_change_failure_rate.json",
        identifier: "team_dora_cfr",
        title: "Team Change Failure Rate",
        about: "The share of the deployments of the team that fail in production, in percent; without deployments there is nothing to judge.",
        blueprint: "_team",
        rules: "team_cfr",
        property: dora::FAILURE_RATE,
        metric: Metric::FailureRate,
        guard: Some(dora::TOTAL_DEPLOYMENTS),
    },
    Template {
        file: "team_4_mttr.json",
        identifier: "team_dora_mttr",
        title: "Team MTTR",
        about: "The mean time to recovery of the services of the team after an incident, in minutes; without incidents there is nothing to judge.",
        blueprint: "_team",
        rules: "team_mttr",
        property: dora::RECOVERY_TIME,
        metric: Metric::RecoveryTime,
        guard: Some(dora::TOTAL_INCIDENTS),
    },
];

impl Year {
    /// The clusters of the report as scorecard files. File names, identifiers, properties and guards are the same as in
    /// the built-in set, so that the two sets can be compared.
    pub(crate) fn files(self) -> Vec<ScorecardFile> {
        TEMPLATES
            .iter()
            .map(|template| ScorecardFile {
                name: template.file,
                text: Cow::Owned(scorecard(self, template)),
            })
            .collect()
    }
}

/// The text of a file. All of it comes from constants, so nothing has to be escaped.
fn scorecard(year: Year, template: &Template) -> String {
    let Template { identifier, title, about, blueprint, metric, .. } = template;
    let present = Tier::ALL
        .iter()
        .filter_map(|&tier| Some(rule(year, template, tier, year.tiers().of(tier)?.of(*metric))));
    let rules: Vec<String> = present.collect();
    let (names, levels) = match year.tiers().of(Tier::Elite) {
        Some(_) => ("Bronze, Silver and Gold are the clusters Medium, High and Elite", ""),
        None => ("Bronze and Silver are the clusters Medium and High", WITHOUT_GOLD),
    };
    let year = year.name();
    let mut text = String::from("{\n");
    // writing to a string cannot fail
    let _ = write!(
        text,
        r#"  "identifier": "{identifier}",
  "title": "{title}",
  "description": "{about} {names} of the {year} DORA report.",
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

fn rule(year: Year, template: &Template, tier: Tier, bound: Bound) -> String {
    let Template { rules, property, metric, .. } = template;
    let (operator, value) = (bound.operator(), bound.value());
    let (year, title) = (year.name(), requirement(*metric, bound));
    let (name, level) = match tier {
        Tier::Medium => ("medium", "Bronze"),
        Tier::High => ("high", "Silver"),
        Tier::Elite => ("elite", "Gold"),
    };
    let guard = template.guard.map_or_else(String::new, |property| {
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

/// The title of a rule, such as `At least one deployment a week`.
fn requirement(metric: Metric, bound: Bound) -> String {
    let value = bound.value();
    match metric {
        Metric::DeploymentFrequency => frequency(bound),
        Metric::LeadTime => format!("Changes in production within {}", duration(value)),
        Metric::FailureRate => format!("At most {value} % of deployments fail"),
        Metric::RecoveryTime => format!("Recovered within {}", duration(value / 60.0)),
    }
}

/// A number of deployments per week in words, such as `More than one deployment a day`.
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

/// A number of hours in words, such as `a week`.
fn duration(hours: f64) -> String {
    match hours {
        1.0 => "an hour".to_owned(),
        24.0 => "a day".to_owned(),
        168.0 => "a week".to_owned(),
        hours => format!("{} days", hours / 24.0),
    }
}
