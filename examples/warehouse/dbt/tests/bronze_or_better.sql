WITH judged AS (
  SELECT identifier, level, rank
  FROM {{ ref('levels') }}
  WHERE scorecard = 'dora_deploy_freq' AND NOT no_data
)
SELECT identifier, level FROM judged WHERE rank < 1
UNION ALL
SELECT 'nothing to judge', NULL WHERE NOT EXISTS (SELECT 1 FROM judged)
ORDER BY identifier
