#!/usr/bin/env python3
"""Compares the time of compiled queries with those of an expert, on DuckDB with 1,000,000 entities.

    run.py PROGRAM"""

import os
import resource
import subprocess
import sys
import tempfile

import duckdb

COLUMNS = """SELECT 'svc-' || i AS identifier, 'service' AS blueprint,
  CASE WHEN random() < 0.05 THEN NULL ELSE round(random() * 10, 3) END AS deployment_frequency,
  CASE WHEN random() < 0.05 THEN NULL ELSE round(random() * 900, 2) END AS lead_time_for_changes,
  CASE WHEN random() < 0.05 THEN NULL ELSE round(random() * 40, 2) END AS change_failure_rate,
  CASE WHEN random() < 0.05 THEN NULL ELSE round(random() * 12000, 1) END AS mean_time_to_recovery,
  CAST(random() * 30 AS INTEGER) AS total_deployments, CAST(random() * 8 AS INTEGER) AS total_incidents
FROM range(1000000) AS t(i)"""


def seconds():
    """The CPU time so far: other work on the machine does not change it much."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def best(connection, query, runs=4):
    times = []
    for _ in range(runs):
        before = seconds()
        connection.execute("CREATE OR REPLACE TEMP TABLE result AS " + query)
        times.append(seconds() - before)
    return min(times), connection.execute("SELECT COUNT(*), SUM(rank), SUM(passed), COUNT(*) FILTER (WHERE no_data) FROM result").fetchone()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as place:
        connection = duckdb.connect(f"{place}/bench.duckdb")
        connection.execute("SET threads = 2")
        connection.execute("SELECT setseed(0.5)")
        connection.execute(f"COPY ({COLUMNS}) TO '{place}/columns.parquet'")
        source = f"read_parquet('{place}/columns.parquet')"
        connection.execute(f"""CREATE TABLE documents AS SELECT json_object('identifier', identifier, 'blueprint', blueprint,
            'properties', json_object('deployment_frequency', deployment_frequency, 'lead_time_for_changes', lead_time_for_changes,
              'change_failure_rate', change_failure_rate, 'mean_time_to_recovery', mean_time_to_recovery, 'total_deployments',
              total_deployments, 'total_incidents', total_incidents, 'language', 'rust', 'url', 'https://example.com/' || identifier)) AS entity
            FROM {source}""")
        for layout, relation in (("columns", source), ("json", "documents")):
            connection.execute(f"CREATE OR REPLACE VIEW entities AS SELECT * FROM {relation}")
            compiled = subprocess.run([sys.argv[1], "sql", "--dialect", "duckdb", "--layout", layout, "--scorecard", "dora_*"], capture_output=True, text=True, check=True)
            ours, result = best(connection, compiled.stdout)
            theirs, expected = best(connection, open(f"{here}/{layout}.sql").read())
            assert result == expected, (result, expected)
            print(f"{layout}: {ours:.2f} s, the expert's query {theirs:.2f} s of CPU: {ours / theirs:.2f} times")


if __name__ == "__main__":
    main()
