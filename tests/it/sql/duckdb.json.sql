-- Levels of scorecards, for DuckDB: a row for each entity and scorecard of its blueprint.
-- Compiled by dora-score 0.1.0; change the scorecards and compile again, do not edit.
-- Reads the column entity (JSON) of "entities": one entity as JSON in each row.
-- Entities without a blueprint count as 'service'.
WITH source AS (
  -- one call takes all values out of an entity
  SELECT
    entity,
    json_extract(entity, [
      '/identifier',
      '/blueprint',
      '/properties/total_deployments',
      '/properties/change_failure_rate'
    ]) AS w
  FROM "entities"
),
entities_read AS (
  -- who the entity is; its values again if it is a flat row
  SELECT
    w,
    json_extract_string(w[1], '$') AS identifier,
    COALESCE(NULLIF(json_extract_string(w[2], '$'), ''), 'service') AS blueprint,
    CASE WHEN COALESCE(w[3], w[4]) IS NULL AND json_type(entity, '/properties') IS NULL THEN json_extract(entity, [
      '/total_deployments',
      '/change_failure_rate'
    ]) END AS f -- only of a flat row, which has no `properties`
  FROM source
),
raw_values AS (
  -- the JSON value of each field
  SELECT
    identifier, blueprint,
    CAST(CASE WHEN f IS NULL THEN w[3] ELSE f[1] END AS VARCHAR) AS v1_total_deployments,
    CAST(CASE WHEN f IS NULL THEN w[4] ELSE f[2] END AS VARCHAR) AS v2_change_failure_rate
  FROM entities_read
),
typed_values AS (
  -- whether each value is missing (m), its number (n; h, l the largest and smallest of an array), text (s), elements (a)
  SELECT
    identifier, blueprint,
    COALESCE(v1_total_deployments = 'null', TRUE) AS m1_total_deployments,
    TRY_CAST(v1_total_deployments AS DOUBLE) AS n1_total_deployments,
    CASE WHEN starts_with(v1_total_deployments, '[') THEN list_max([TRY_CAST(CAST(y AS VARCHAR) AS DOUBLE) FOR y IN json_extract(v1_total_deployments, '$[*]')]) ELSE TRY_CAST(v1_total_deployments AS DOUBLE) END AS h1_total_deployments,
    COALESCE(v2_change_failure_rate = 'null', TRUE) AS m2_change_failure_rate,
    CASE WHEN starts_with(v2_change_failure_rate, '[') THEN list_min([TRY_CAST(CAST(y AS VARCHAR) AS DOUBLE) FOR y IN json_extract(v2_change_failure_rate, '$[*]')]) ELSE TRY_CAST(v2_change_failure_rate AS DOUBLE) END AS l2_change_failure_rate
  FROM raw_values
),
conditions AS (
  -- every condition (c), and whether its field lacks data (m; z for the guard `> 0`)
  SELECT
    identifier, blueprint,
    COALESCE(h1_total_deployments > 0, FALSE) AS c1, -- total_deployments > 0
    COALESCE(l2_change_failure_rate <= 30, FALSE) AS c2, -- change_failure_rate <= 30
    COALESCE(l2_change_failure_rate <= 20, FALSE) AS c3, -- change_failure_rate <= 20
    COALESCE(l2_change_failure_rate <= 5, FALSE) AS c4, -- change_failure_rate <= 5
    m1_total_deployments, -- total_deployments is missing or null
    COALESCE(n1_total_deployments = 0, m1_total_deployments) AS z1_total_deployments, -- total_deployments is missing, null or 0
    m2_change_failure_rate -- change_failure_rate is missing or null
  FROM typed_values
),
rules AS (
  -- whether each rule passes (_r), and whether it passes or lacks data (_l)
  SELECT
    identifier, blueprint,
    -- Change Failure Rate (dora_cfr)
    c1 AND c2 AS s1_r1, -- svc_cfr_medium
    (c1 AND c2) OR (NOT c1 AND z1_total_deployments) OR (NOT c2 AND m2_change_failure_rate) AS s1_l1, -- or lacks data
    c1 AND c3 AS s1_r2, -- svc_cfr_high
    (c1 AND c3) OR (NOT c1 AND z1_total_deployments) OR (NOT c3 AND m2_change_failure_rate) AS s1_l2, -- or lacks data
    c1 AND c4 AS s1_r3, -- svc_cfr_elite
    (c1 AND c4) OR (NOT c1 AND z1_total_deployments) OR (NOT c4 AND m2_change_failure_rate) AS s1_l3 -- or lacks data
  FROM conditions
),
results AS MATERIALIZED (
  -- the climb: the first level with a failing rule ends it
  SELECT
    identifier, blueprint,
    -- Change Failure Rate (dora_cfr)
    CASE WHEN NOT s1_r1 THEN 0 WHEN NOT s1_r2 THEN 1 WHEN NOT s1_r3 THEN 2 ELSE 3 END AS s1_rank,
    CASE WHEN NOT s1_r1 THEN s1_l1 WHEN NOT s1_r2 THEN s1_l2 WHEN NOT s1_r3 THEN s1_l3 ELSE FALSE END AS s1_no_data,
    CAST(s1_r1 AS INTEGER) + CAST(s1_r2 AS INTEGER) + CAST(s1_r3 AS INTEGER) AS s1_passed
  FROM rules
)
-- Change Failure Rate (dora_cfr)
SELECT
  identifier, blueprint,
  'dora_cfr' AS scorecard,
  CASE s1_rank WHEN 0 THEN 'Basic' WHEN 1 THEN 'Bronze' WHEN 2 THEN 'Silver' WHEN 3 THEN 'Gold' END AS level,
  s1_rank AS rank,
  s1_no_data AS no_data,
  s1_passed AS passed,
  3 AS total
FROM results
WHERE blueprint = 'service'
