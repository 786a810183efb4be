DO $$
DECLARE
  judged bigint;
  below text;
BEGIN
  SELECT count(*), string_agg(identifier, ', ' ORDER BY identifier) FILTER (WHERE rank < 1)
  INTO judged, below
  FROM levels
  WHERE scorecard = 'dora_deploy_freq' AND NOT no_data;
  IF judged = 0 THEN
    RAISE EXCEPTION 'nothing to judge';
  ELSIF below IS NOT NULL THEN
    RAISE EXCEPTION 'below Bronze: %', below;
  END IF;
END
$$;
