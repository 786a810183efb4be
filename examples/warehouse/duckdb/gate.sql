SELECT error(CASE count(*)
    WHEN 0 THEN 'nothing to judge'
    ELSE 'below Bronze: ' || string_agg(identifier, ', ' ORDER BY identifier) FILTER (WHERE rank < 1)
  END)
FROM levels
WHERE scorecard = 'dora_deploy_freq' AND NOT no_data
HAVING count(*) = 0 OR min(rank) < 1;
