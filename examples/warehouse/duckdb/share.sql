SELECT error(string_agg(scorecard || ': ' || held || ' of ' || total || ' hold Bronze, 55 % required', '; ' ORDER BY scorecard))
FROM (
  SELECT scorecard, sum(count) FILTER (WHERE rank >= 1) AS held, sum(count) AS total
  FROM summary
  WHERE level IS NOT NULL
  GROUP BY scorecard
)
WHERE held < 0.55 * total OR total = 0
HAVING count(*) > 0;
