-- Levels of scorecards, for PostgreSQL: a row for each entity and scorecard of its blueprint.
-- Compiled by dora-score 0.1.0; change the scorecards and compile again, do not edit.
-- Reads these columns of "entities"; NULL is missing:
--   identifier text
--   blueprint text
--   total_deployments number
--   change_failure_rate number
-- Entities without a blueprint count as 'service'.
-- To compile the query to machine code takes longer than to run it over few entities: SET jit = off.
WITH source AS (
  -- the columns that conditions name, each read once
  SELECT
    CAST(e."identifier" AS text) COLLATE "C" AS identifier,
    COALESCE(NULLIF(CAST(e."blueprint" AS text) COLLATE "C", ''), CAST('service' AS text)) AS blueprint,
    CAST(e."total_deployments" AS double precision) AS n1_total_deployments,
    CAST(e."change_failure_rate" AS double precision) AS n2_change_failure_rate
  FROM "entities" AS e
  -- a column of another type is an error
  WHERE (pg_typeof(e."total_deployments") NOT IN ('real'::regtype, 'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'json'::regtype, 'jsonb'::regtype) OR CAST('dora-score: the column total_deployments is ' || CAST(pg_typeof(e."total_deployments") AS text) || ', not number' AS boolean))
    AND (pg_typeof(e."change_failure_rate") NOT IN ('real'::regtype, 'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'json'::regtype, 'jsonb'::regtype) OR CAST('dora-score: the column change_failure_rate is ' || CAST(pg_typeof(e."change_failure_rate") AS text) || ', not number' AS boolean))
  OFFSET 0
),
conditions AS (
  -- every condition (c), and whether its field lacks data (m; z for the guard `> 0`)
  SELECT
    identifier, blueprint,
    ARRAY[
      COALESCE(n1_total_deployments > 0, FALSE), -- total_deployments > 0
      COALESCE(n2_change_failure_rate <= 30, FALSE), -- change_failure_rate <= 30
      COALESCE(n2_change_failure_rate <= 20, FALSE), -- change_failure_rate <= 20
      COALESCE(n2_change_failure_rate <= 5, FALSE) -- change_failure_rate <= 5
    ] AS c,
    ARRAY[
      n1_total_deployments IS NULL, -- total_deployments is missing or null
      COALESCE(n1_total_deployments = 0, n1_total_deployments IS NULL), -- total_deployments is missing, null or 0
      n2_change_failure_rate IS NULL -- change_failure_rate is missing or null
    ] AS m
  FROM source
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
