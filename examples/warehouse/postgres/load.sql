CREATE TABLE entities (entity jsonb);
-- no character of JSON is a delimiter or a quote here
\copy entities FROM 'examples/entities/services.ndjson' WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
