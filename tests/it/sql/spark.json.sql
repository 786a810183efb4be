-- Levels of scorecards, for Spark: a row for each entity and scorecard of its blueprint.
-- Compiled by dora-score 0.1.0; change the scorecards and compile again, do not edit.
-- Reads the column entity (STRING) of `entities`: one entity as JSON in each row.
-- Entities without a blueprint count as 'service'.
WITH source AS (
  -- each entity, parsed once
  SELECT
    try_variant_get(parse_json(entity), '$', 'map<string,variant>') AS fields
  FROM `entities`
),
entities_read AS (
  -- who the entity is, its properties and relations
  SELECT
    fields,
    variant_get(try_element_at(fields, 'identifier'), '$', 'string') AS identifier,
    COALESCE(NULLIF(variant_get(try_element_at(fields, 'blueprint'), '$', 'string'), ''), 'service') AS blueprint,
    try_variant_get(try_element_at(fields, 'properties'), '$', 'map<string,variant>') AS properties,
    NOT map_contains_key(fields, 'properties') AS is_row, -- a flat row has its properties beside its identifier
    try_variant_get(try_element_at(fields, 'relations'), '$', 'map<string,variant>') AS relations
  FROM source
),
raw_values AS (
  -- the JSON value of each field
  SELECT
    identifier, blueprint,
    CASE WHEN is_row THEN try_element_at(fields, 'total_deployments') ELSE try_element_at(properties, 'total_deployments') END AS v1_total_deployments,
    CASE WHEN is_row THEN try_element_at(fields, 'change_failure_rate') ELSE try_element_at(properties, 'change_failure_rate') END AS v2_change_failure_rate
  FROM entities_read
),
value_types AS (
  -- the type of each value
  SELECT
    identifier, blueprint, v1_total_deployments, v2_change_failure_rate,
    schema_of_variant(v1_total_deployments) AS t1_total_deployments,
    schema_of_variant(v2_change_failure_rate) AS t2_change_failure_rate
  FROM raw_values
),
typed_values AS (
  -- whether each value is missing (m), its number (n; h, l the largest and smallest of an array), text (s), elements (a)
  SELECT
    identifier, blueprint,
    (v1_total_deployments IS NULL OR is_variant_null(v1_total_deployments)) AS m1_total_deployments,
    CASE WHEN t1_total_deployments IN ('TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE') OR t1_total_deployments LIKE 'DECIMAL%' THEN variant_get(v1_total_deployments, '$', 'double') END AS n1_total_deployments,
    CASE WHEN t1_total_deployments LIKE 'ARRAY%' THEN array_max(transform(transform(variant_get(v1_total_deployments, '$', 'array<variant>'), y -> named_struct('v', y, 't', schema_of_variant(y))), y -> CASE WHEN y.t IN ('TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE') OR y.t LIKE 'DECIMAL%' THEN variant_get(y.v, '$', 'double') END)) ELSE CASE WHEN t1_total_deployments IN ('TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE') OR t1_total_deployments LIKE 'DECIMAL%' THEN variant_get(v1_total_deployments, '$', 'double') END END AS h1_total_deployments,
    (v2_change_failure_rate IS NULL OR is_variant_null(v2_change_failure_rate)) AS m2_change_failure_rate,
    CASE WHEN t2_change_failure_rate LIKE 'ARRAY%' THEN array_min(transform(transform(variant_get(v2_change_failure_rate, '$', 'array<variant>'), y -> named_struct('v', y, 't', schema_of_variant(y))), y -> CASE WHEN y.t IN ('TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE') OR y.t LIKE 'DECIMAL%' THEN variant_get(y.v, '$', 'double') END)) ELSE CASE WHEN t2_change_failure_rate IN ('TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE') OR t2_change_failure_rate LIKE 'DECIMAL%' THEN variant_get(v2_change_failure_rate, '$', 'double') END END AS l2_change_failure_rate
  FROM value_types
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
