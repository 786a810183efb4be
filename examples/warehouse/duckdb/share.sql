SELECT error(scorecard || ': ' || held || ' of ' || total || ' hold Bronze, half required')
FROM (
  SELECT scorecard, sum(count) FILTER (WHERE rank >= 1) AS held, sum(count) AS total
  FROM summary
  WHERE level IS NOT NULL
  GROUP BY scorecard
)
WHERE held < 0.5 * total;
