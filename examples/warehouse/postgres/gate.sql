DO $$
DECLARE
  below text;
BEGIN
  SELECT string_agg(identifier, ', ' ORDER BY identifier) INTO below
  FROM levels
  WHERE scorecard = 'dora_deploy_freq' AND rank < 1 AND NOT no_data;
  IF below IS NOT NULL THEN
    RAISE EXCEPTION 'below Bronze: %', below;
  END IF;
END
$$;
