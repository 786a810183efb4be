-- The same over a column of JSON, which one call turns into a struct of typed values.
WITH raw AS (
  SELECT json_transform(entity, '{
    "identifier": "VARCHAR",
    "blueprint": "VARCHAR",
    "properties": {
      "deployment_frequency": "DOUBLE",
      "lead_time_for_changes": "DOUBLE",
      "change_failure_rate": "DOUBLE",
      "mean_time_to_recovery": "DOUBLE",
      "total_deployments": "DOUBLE",
      "total_incidents": "DOUBLE"
    }
  }') AS v
  FROM entities
),
services AS MATERIALIZED (
  SELECT
    v.identifier,
    v.blueprint,
    v.properties.deployment_frequency,
    v.properties.lead_time_for_changes,
    v.properties.change_failure_rate,
    v.properties.mean_time_to_recovery,
    v.properties.total_deployments,
    v.properties.total_incidents
  FROM raw
)
SELECT
  identifier, blueprint, 'dora_deploy_freq' AS scorecard,
  CASE WHEN NOT COALESCE(deployment_frequency >= 0.25, FALSE) THEN 'Basic' WHEN NOT (deployment_frequency >= 1) THEN 'Bronze' WHEN NOT (deployment_frequency >= 7) THEN 'Silver' ELSE 'Gold' END AS level,
  CASE WHEN NOT COALESCE(deployment_frequency >= 0.25, FALSE) THEN 0 WHEN NOT (deployment_frequency >= 1) THEN 1 WHEN NOT (deployment_frequency >= 7) THEN 2 ELSE 3 END AS rank,
  deployment_frequency IS NULL AS no_data,
  COALESCE(CAST(deployment_frequency >= 0.25 AS INTEGER), 0) + COALESCE(CAST(deployment_frequency >= 1 AS INTEGER), 0) + COALESCE(CAST(deployment_frequency >= 7 AS INTEGER), 0) AS passed,
  3 AS total
FROM services
WHERE blueprint = 'service'
UNION ALL
SELECT
  identifier, blueprint, 'dora_lead_time' AS scorecard,
  CASE WHEN NOT COALESCE(lead_time_for_changes <= 720, FALSE) THEN 'Basic' WHEN NOT (lead_time_for_changes <= 168) THEN 'Bronze' WHEN NOT (lead_time_for_changes <= 24) THEN 'Silver' ELSE 'Gold' END AS level,
  CASE WHEN NOT COALESCE(lead_time_for_changes <= 720, FALSE) THEN 0 WHEN NOT (lead_time_for_changes <= 168) THEN 1 WHEN NOT (lead_time_for_changes <= 24) THEN 2 ELSE 3 END AS rank,
  lead_time_for_changes IS NULL AS no_data,
  COALESCE(CAST(lead_time_for_changes <= 720 AS INTEGER), 0) + COALESCE(CAST(lead_time_for_changes <= 168 AS INTEGER), 0) + COALESCE(CAST(lead_time_for_changes <= 24 AS INTEGER), 0) AS passed,
  3 AS total
FROM services
WHERE blueprint = 'service'
UNION ALL
SELECT
  identifier, blueprint, 'dora_cfr' AS scorecard,
  CASE WHEN NOT COALESCE(total_deployments > 0 AND change_failure_rate <= 30, FALSE) THEN 'Basic' WHEN NOT (total_deployments > 0 AND change_failure_rate <= 20) THEN 'Bronze' WHEN NOT (total_deployments > 0 AND change_failure_rate <= 5) THEN 'Silver' ELSE 'Gold' END AS level,
  CASE WHEN NOT COALESCE(total_deployments > 0 AND change_failure_rate <= 30, FALSE) THEN 0 WHEN NOT (total_deployments > 0 AND change_failure_rate <= 20) THEN 1 WHEN NOT (total_deployments > 0 AND change_failure_rate <= 5) THEN 2 ELSE 3 END AS rank,
  change_failure_rate IS NULL OR COALESCE(total_deployments, 0) = 0 AS no_data,
  COALESCE(CAST(total_deployments > 0 AND change_failure_rate <= 30 AS INTEGER), 0) + COALESCE(CAST(total_deployments > 0 AND change_failure_rate <= 20 AS INTEGER), 0) + COALESCE(CAST(total_deployments > 0 AND change_failure_rate <= 5 AS INTEGER), 0) AS passed,
  3 AS total
FROM services
WHERE blueprint = 'service'
UNION ALL
SELECT
  identifier, blueprint, 'dora_mttr' AS scorecard,
  CASE WHEN NOT COALESCE(total_incidents > 0 AND mean_time_to_recovery <= 43200, FALSE) THEN 'Basic' WHEN NOT (total_incidents > 0 AND mean_time_to_recovery <= 1440) THEN 'Bronze' WHEN NOT (total_incidents > 0 AND mean_time_to_recovery <= 60) THEN 'Silver' ELSE 'Gold' END AS level,
  CASE WHEN NOT COALESCE(total_incidents > 0 AND mean_time_to_recovery <= 43200, FALSE) THEN 0 WHEN NOT (total_incidents > 0 AND mean_time_to_recovery <= 1440) THEN 1 WHEN NOT (total_incidents > 0 AND mean_time_to_recovery <= 60) THEN 2 ELSE 3 END AS rank,
  mean_time_to_recovery IS NULL OR COALESCE(total_incidents, 0) = 0 AS no_data,
  COALESCE(CAST(total_incidents > 0 AND mean_time_to_recovery <= 43200 AS INTEGER), 0) + COALESCE(CAST(total_incidents > 0 AND mean_time_to_recovery <= 1440 AS INTEGER), 0) + COALESCE(CAST(total_incidents > 0 AND mean_time_to_recovery <= 60 AS INTEGER), 0) AS passed,
  3 AS total
FROM services
WHERE blueprint = 'service'
