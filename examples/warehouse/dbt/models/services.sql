SELECT identifier, blueprint, unnest(properties)
FROM read_ndjson('{{ var("entities") }}')
