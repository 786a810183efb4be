-- Levels of scorecards, for PostgreSQL: a row for each entity and scorecard of its blueprint.
-- Compiled by dora-score 0.1.0; change the scorecards and compile again, do not edit.
-- Reads the column entity (jsonb) of "entities": one entity as JSON in each row.
-- Entities without a blueprint count as 'service'.
-- To compile the query to machine code takes longer than to run it over few entities: SET jit = off.
WITH source AS (
  -- who the entity is
  SELECT
    entity,
    entity ->> 'identifier' AS identifier,
    COALESCE(NULLIF(entity ->> 'blueprint', ''), 'service') AS blueprint,
    COALESCE(entity -> 'properties', entity) AS properties -- a flat row has its properties beside its identifier
  FROM "entities"
  OFFSET 0
),
raw_values AS (
  -- the JSON value of each field
  SELECT
    identifier, blueprint,
    properties -> 'total_deployments' AS v1_total_deployments,
    properties -> 'change_failure_rate' AS v2_change_failure_rate
  FROM source
  OFFSET 0
),
typed_values AS (
  -- whether each value is missing (m), its number (n; h, l the largest and smallest of an array), text (s), elements (a)
  SELECT
    identifier, blueprint,
    COALESCE(jsonb_typeof(v1_total_deployments) = 'null', TRUE) AS m1_total_deployments,
    CASE WHEN jsonb_typeof(v1_total_deployments) = 'number' THEN CASE WHEN length(v1_total_deployments #>> '{}') > 300 AND abs(CAST(v1_total_deployments AS numeric)) < 2.4703282292062328e-324 THEN 0 ELSE CAST(v1_total_deployments AS double precision) END END AS n1_total_deployments,
    CASE WHEN jsonb_typeof(v1_total_deployments) = 'array' THEN (SELECT max(CASE WHEN jsonb_typeof(y) = 'number' THEN CASE WHEN length(y #>> '{}') > 300 AND abs(CAST(y AS numeric)) < 2.4703282292062328e-324 THEN 0 ELSE CAST(y AS double precision) END END) FROM jsonb_array_elements(v1_total_deployments) AS item(y)) ELSE CASE WHEN jsonb_typeof(v1_total_deployments) = 'number' THEN CASE WHEN length(v1_total_deployments #>> '{}') > 300 AND abs(CAST(v1_total_deployments AS numeric)) < 2.4703282292062328e-324 THEN 0 ELSE CAST(v1_total_deployments AS double precision) END END END AS h1_total_deployments,
    COALESCE(jsonb_typeof(v2_change_failure_rate) = 'null', TRUE) AS m2_change_failure_rate,
    CASE WHEN jsonb_typeof(v2_change_failure_rate) = 'array' THEN (SELECT min(CASE WHEN jsonb_typeof(y) = 'number' THEN CASE WHEN length(y #>> '{}') > 300 AND abs(CAST(y AS numeric)) < 2.4703282292062328e-324 THEN 0 ELSE CAST(y AS double precision) END END) FROM jsonb_array_elements(v2_change_failure_rate) AS item(y)) ELSE CASE WHEN jsonb_typeof(v2_change_failure_rate) = 'number' THEN CASE WHEN length(v2_change_failure_rate #>> '{}') > 300 AND abs(CAST(v2_change_failure_rate AS numeric)) < 2.4703282292062328e-324 THEN 0 ELSE CAST(v2_change_failure_rate AS double precision) END END END AS l2_change_failure_rate
  FROM raw_values
  OFFSET 0
),
conditions AS (
  -- every condition (c), and whether its field lacks data (m; z for the guard `> 0`)
  SELECT
    identifier, blueprint,
    ARRAY[
      COALESCE(h1_total_deployments > 0, FALSE), -- total_deployments > 0
      COALESCE(l2_change_failure_rate <= 30, FALSE), -- change_failure_rate <= 30
      COALESCE(l2_change_failure_rate <= 20, FALSE), -- change_failure_rate <= 20
      COALESCE(l2_change_failure_rate <= 5, FALSE) -- change_failure_rate <= 5
    ] AS c,
    ARRAY[
      m1_total_deployments, -- total_deployments is missing or null
      COALESCE(n1_total_deployments = 0, m1_total_deployments), -- total_deployments is missing, null or 0
      m2_change_failure_rate -- change_failure_rate is missing or null
    ] AS m
  FROM typed_values
  OFFSET 0
),
rules AS (
  -- whether each rule passes (_r), and whether it passes or lacks data (_l)
  SELECT
    identifier, blueprint,
    -- Change Failure Rate (dora_cfr)
    ARRAY[
      c[1] AND c[2], -- svc_cfr_medium
      c[1] AND c[3], -- svc_cfr_high
      c[1] AND c[4] -- svc_cfr_elite
    ] AS s1_r,
    ARRAY[
      (c[1] AND c[2]) OR (NOT c[1] AND m[2]) OR (NOT c[2] AND m[3]), -- or lacks data
      (c[1] AND c[3]) OR (NOT c[1] AND m[2]) OR (NOT c[3] AND m[3]), -- or lacks data
      (c[1] AND c[4]) OR (NOT c[1] AND m[2]) OR (NOT c[4] AND m[3]) -- or lacks data
    ] AS s1_l
  FROM conditions
  OFFSET 0
),
results AS (
  -- the climb: the first level with a failing rule ends it
  SELECT
    identifier, blueprint,
    -- Change Failure Rate (dora_cfr)
    CASE WHEN NOT s1_r[1] THEN 0 WHEN NOT s1_r[2] THEN 1 WHEN NOT s1_r[3] THEN 2 ELSE 3 END AS s1_rank,
    CASE WHEN NOT s1_r[1] THEN s1_l[1] WHEN NOT s1_r[2] THEN s1_l[2] WHEN NOT s1_r[3] THEN s1_l[3] ELSE FALSE END AS s1_no_data,
    CAST(s1_r[1] AS integer) + CAST(s1_r[2] AS integer) + CAST(s1_r[3] AS integer) AS s1_passed
  FROM rules
  OFFSET 0
)
SELECT identifier, blueprint, scorecard, level, rank, no_data, passed, total
FROM results
CROSS JOIN LATERAL (VALUES
  -- Change Failure Rate (dora_cfr)
  ('service', 'dora_cfr', CASE s1_rank WHEN 0 THEN 'Basic' WHEN 1 THEN 'Bronze' WHEN 2 THEN 'Silver' WHEN 3 THEN 'Gold' END, s1_rank, s1_no_data, s1_passed, 3)
) AS scored(of_blueprint, scorecard, level, rank, no_data, passed, total)
WHERE of_blueprint = blueprint
