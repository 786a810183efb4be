-- Levels of scorecards, for Spark: a row for each entity and scorecard of its blueprint.
-- Compiled by dora-score 0.1.0; change the scorecards and compile again, do not edit.
-- Reads these columns of `entities`; NULL is missing:
--   identifier text
--   blueprint text
--   total_deployments number
--   change_failure_rate number
-- Entities without a blueprint count as 'service'.
WITH source AS (
  -- the columns that conditions name, each read once
  SELECT
    CAST(e.`identifier` AS STRING) AS identifier,
    COALESCE(NULLIF(CAST(e.`blueprint` AS STRING), ''), CAST('service' AS STRING)) AS blueprint,
    CAST(e.`total_deployments` AS DOUBLE) AS n1_total_deployments,
    CAST(e.`change_failure_rate` AS DOUBLE) AS n2_change_failure_rate
  FROM `entities` AS e
  -- a column of another type is an error
  WHERE (typeof(e.`total_deployments`) RLIKE '^(tinyint|smallint|int|bigint|double|decimal[(].*|void)$' OR CAST(raise_error('dora-score: the column total_deployments is ' || typeof(e.`total_deployments`) || ', not number') AS BOOLEAN))
    AND (typeof(e.`change_failure_rate`) RLIKE '^(tinyint|smallint|int|bigint|double|decimal[(].*|void)$' OR CAST(raise_error('dora-score: the column change_failure_rate is ' || typeof(e.`change_failure_rate`) || ', not number') AS BOOLEAN))
),
conditions AS (
  -- every condition (c), and whether its field lacks data (m; z for the guard `> 0`)
  SELECT
    identifier, blueprint,
    COALESCE(n1_total_deployments > 0, FALSE) AS c1, -- total_deployments > 0
    COALESCE(n2_change_failure_rate <= 30, FALSE) AS c2, -- change_failure_rate <= 30
    COALESCE(n2_change_failure_rate <= 20, FALSE) AS c3, -- change_failure_rate <= 20
    COALESCE(n2_change_failure_rate <= 5, FALSE) AS c4, -- change_failure_rate <= 5
    n1_total_deployments IS NULL AS m1_total_deployments, -- total_deployments is missing or null
    COALESCE(n1_total_deployments = 0, n1_total_deployments IS NULL) AS z1_total_deployments, -- total_deployments is missing, null or 0
    n2_change_failure_rate IS NULL AS m2_change_failure_rate -- change_failure_rate is missing or null
  FROM source
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
results AS (
  -- the climb: the first level with a failing rule ends it
  SELECT
    identifier, blueprint,
    -- Change Failure Rate (dora_cfr)
    CASE WHEN NOT s1_r1 THEN 0 WHEN NOT s1_r2 THEN 1 WHEN NOT s1_r3 THEN 2 ELSE 3 END AS s1_rank,
    CASE WHEN NOT s1_r1 THEN s1_l1 WHEN NOT s1_r2 THEN s1_l2 WHEN NOT s1_r3 THEN s1_l3 ELSE FALSE END AS s1_no_data,
    CAST(s1_r1 AS INT) + CAST(s1_r2 AS INT) + CAST(s1_r3 AS INT) AS s1_passed
  FROM rules
)
SELECT identifier, blueprint, scorecard, level, rank, no_data, passed, total
FROM results
LATERAL VIEW inline(CASE blueprint
  WHEN 'service' THEN array(
    -- Change Failure Rate (dora_cfr)
    named_struct('scorecard', 'dora_cfr', 'level', CASE s1_rank WHEN 0 THEN 'Basic' WHEN 1 THEN 'Bronze' WHEN 2 THEN 'Silver' WHEN 3 THEN 'Gold' END, 'rank', s1_rank, 'no_data', s1_no_data, 'passed', s1_passed, 'total', 3)
  )
END) scored AS scorecard, level, rank, no_data, passed, total
