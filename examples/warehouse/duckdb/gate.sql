SELECT error(count(*) || ' below Bronze: ' || string_agg(identifier, ', ' ORDER BY identifier))
FROM levels
WHERE scorecard = 'dora_deploy_freq' AND rank < 1 AND NOT no_data
HAVING count(*) > 0;
