SELECT error(CASE count(*)
    WHEN 0 THEN 'nothing to judge'
    ELSE 'below Bronze: ' || string_agg(identifier, ', ' ORDER BY identifier) FILTER (WHERE is_below)
  END)
FROM (
  SELECT identifier, rank < 1 AS is_below
  FROM levels
  WHERE scorecard = 'dora_deploy_freq' AND NOT no_data
)
HAVING count(*) = 0 OR bool_or(is_below);
