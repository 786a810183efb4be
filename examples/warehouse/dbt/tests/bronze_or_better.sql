SELECT identifier, level
FROM {{ ref('levels') }}
WHERE scorecard = 'dora_deploy_freq' AND rank < 1 AND NOT no_data
