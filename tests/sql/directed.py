#!/usr/bin/env python3
"""Cases that random sets rarely meet: types of columns, names that fold, the year 0, relations in a schema, variables.

    directed.py --engine duckdb
    directed.py --engine postgres --start

Each case says what `evaluate` holds of the same value, or which error the query ends with."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from engines import ENGINES

DATE = {"operator": "between", "value": {"from": "2026-01-01", "to": "2026-01-31"}}
NUMBER = {"operator": ">=", "value": 7}
TEXT = {"operator": "=", "value": "7"}
BOOLEAN = {"operator": "=", "value": True}
ANY = {"operator": "containsAny", "value": ["7"]}

# the condition, the SQL of a value, and either the value as JSON or a part of the error
ALL = [
    (NUMBER, "CAST(7 AS SMALLINT)", 7), (NUMBER, "CAST(6 AS BIGINT)", 6), (NUMBER, "CAST(7.5 AS DECIMAL(5, 2))", 7.5),
    (NUMBER, "'7'", "not number"), (NUMBER, "CAST(7 AS REAL)", "not number"),
    (TEXT, "'7'", "7"), (TEXT, "7", "not text"), (TEXT, "DATE '2026-01-31'", "not text"), (TEXT, "TRUE", "not text"),
    (DATE, "TIMESTAMP '2026-01-31 23:59:59'", "2026-01-31T23:59:59Z"), (DATE, "TIMESTAMP '2026-02-01 00:00:00.000001'", "2026-02-01T00:00:00.000001Z"),
    (DATE, "DATE '2026-01-31'", "2026-01-31"), (DATE, "DATE '2026-02-01'", "2026-02-01"), (DATE, "'2026-01-31'", "2026-01-31"),
    (BOOLEAN, "TRUE", True), (BOOLEAN, "FALSE", False), (BOOLEAN, "'true'", "not boolean"), (BOOLEAN, "1", "not boolean"),
    (DATE, "'0000-02-29'", "0000-02-29"), ({"operator": "<", "value": "0000-03-01T00:00:00Z"}, "'0000-02-29T23:59:59Z'", "0000-02-29T23:59:59Z"),
    ({"operator": ">", "value": "0000-02-29T00:00:00Z"}, "'0000-02-29T00:00:00-00:01'", "0000-02-29T00:00:00-00:01"),
    # a literal that a template, a variable or a format could change
    *(({"operator": "=", "value": text}, "'x'", "x") for text in ["${env:HOME}", "${spark.app.name}", "{{ x }}", "%s", ":x", "?", "$1"]),
]
OF_ENGINE = {
    "duckdb": [
        (ANY, "['7', '8']", ["7", "8"]), (ANY, "'7'", "7"), (TEXT, "['7']", "not text"), (TEXT, "'7'::JSON", "not text"),
        (NUMBER, "TRUE", "not number"), (NUMBER, "NULL", None), (TEXT, "NULL", None), (NUMBER, "CAST(7 AS UBIGINT)", 7),
        (NUMBER, "CAST(7 AS HUGEINT)", 7), (TEXT, "'7'::ENUM('7', '8')", "7"), (TEXT, "{'a': '7'}", "not text"),
        (DATE, "TIMESTAMPTZ '2026-01-31 23:59:59+00'", "2026-01-31T23:59:59Z"), (DATE, "TIMESTAMPTZ '2026-02-01 00:30:00+01'", "2026-02-01T00:30:00+01:00"),
        (DATE, "TIMESTAMP_NS '2026-01-31 23:59:59.999999999'", "2026-01-31T23:59:59.999999999Z"), (DATE, "TIMESTAMP_S '2026-01-31 23:59:59'", "2026-01-31T23:59:59Z"),
    ],
    "postgres": [
        (ANY, "ARRAY['7', '8']", ["7", "8"]), (TEXT, "ARRAY['7']", "not text"), (TEXT, "CAST('\"7\"' AS jsonb)", "not text"),
        (NUMBER, "TRUE", "cannot cast type boolean"), (TEXT, "'7'::varchar", "7"), (TEXT, "'7'::char(1)", "7"),
        (TEXT, "NULL", None), (DATE, "TIMESTAMPTZ '2026-02-01 00:30:00+01'", "2026-02-01T00:30:00+01:00"),
    ],
    "spark": [
        (ANY, "array('7', '8')", ["7", "8"]), (TEXT, "array('7')", "not text"), (NUMBER, "TRUE", "not number"), (NUMBER, "NULL", None), (TEXT, "NULL", None),
        (DATE, "TIMESTAMP '2026-02-01 00:30:00+01:00'", "2026-02-01T00:30:00+01:00"),
        (DATE, "TIMESTAMP_NTZ '2026-01-31 23:59:59.999999'", "2026-01-31T23:59:59.999999Z"),
    ],
}
# names that some engines call the same column
NAMES = ["İ", "i\u0307", "ß", "ẞ", "ſ", "s", "É", "é", "Tier", "tier"]


class Case:
    def __init__(self, options, engine, directory):
        self.program, self.engine, self.directory = os.path.abspath(options.program), engine, directory

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.directory, capture_output=True, text=True)

    def execute(self, statement):
        if self.engine.dialect == "spark":
            self.engine.session.sql(statement)
        else:
            self.engine.connection.execute(statement)

    def table(self, columns, name="entities"):
        """Makes a view of one row."""
        self.execute(f"DROP VIEW IF EXISTS {name}")
        quote = (lambda text: f"`{text}`") if self.engine.dialect == "spark" else lambda text: f'"{text}"'
        listed = ", ".join(f"{sql} AS {quote(column)}" for column, sql in columns.items())
        self.execute(f"CREATE {'TEMPORARY ' if self.engine.dialect == 'spark' else ''}VIEW {name} AS SELECT {listed}")

    def card(self, conditions):
        rules = [{"identifier": f"r{place}", "level": "Gold", "query": {"combinator": "and", "conditions": [one]}} for place, one in enumerate(conditions)]
        (self.directory / "cards.json").write_text(json.dumps([{"identifier": "card", "blueprint": "service", "rules": rules}]))

    def levels(self, *arguments):
        """The result of the query: the number of rules that pass, and whether data is missing; or the error."""
        run = self.run("sql", "--dialect", self.engine.dialect, "-s", "cards.json", *arguments)
        if run.returncode:
            return run.stderr
        try:
            [row] = self.engine.query(run.stdout)
            return row[6], row[5]
        except Exception as error:
            return str(error)

    def evaluate(self, properties):
        (self.directory / "e.ndjson").write_text(json.dumps({"identifier": "e", "blueprint": "service", "properties": properties}))
        run = self.run("evaluate", "-s", "cards.json", "-e", "e.ndjson", "-f", "json")
        held = json.loads(run.stdout)["entities"][0]["scorecards"]["card"]
        return held["passed"], held["noData"]


def types(case):
    """Each value in a column of its type."""
    for condition, sql, value in ALL + OF_ENGINE[case.engine.dialect]:
        case.card([{"property": "p", **condition}])
        case.table({"identifier": "'e'", "blueprint": "'service'", "p": sql})
        found = case.levels()
        if isinstance(value, str) and (value.startswith("not ") or value.startswith("cannot ")):
            yield (condition, sql), isinstance(found, str) and value in found, found
        else:
            yield (condition, sql), found == case.evaluate({"p": value}), found


def names(case):
    """Two names in one table: either refused, or two columns."""
    for one in NAMES:
        for other in NAMES:
            if one == other:
                continue
            case.card([{"property": one, "operator": "=", "value": "one"}, {"property": other, "operator": "=", "value": "other"}])
            try:
                case.table({"identifier": "'e'", "blueprint": "'service'", one: "'one'", other: "'other'"})
                can_have_both = True
            except Exception:
                can_have_both = False
            found = case.levels()
            is_refused = isinstance(found, str) and "sql-column" in found
            yield (one, other), found == (2, False) if can_have_both and not is_refused else is_refused, (can_have_both, found)
            case.execute("DROP VIEW IF EXISTS entities")


def relations(case):
    """A relation in a schema, one with odd characters, one without a column."""
    case.card([{"property": "p", **NUMBER}])
    columns = {"identifier": "'e'", "blueprint": "'service'", "p": "8"}
    if case.engine.dialect != "spark":
        case.execute("CREATE SCHEMA IF NOT EXISTS port")
        case.table(columns, "port.odd")
        found = case.levels("--from", "port.odd")
        yield "schema", found == (1, False), found
        case.table(columns, '"a.b ; -- \'x"')
        found = case.levels("--from", "\"a.b ; -- 'x\"")
        yield "odd name", found == (1, False), found
    for missing in columns:
        case.table({name: sql for name, sql in columns.items() if name != missing})
        found = case.levels()
        yield f"without {missing}", isinstance(found, str) and missing in found.splitlines()[0], found
    case.table({"entity": "'{}'"})
    found = case.levels()
    yield "of the other layout", isinstance(found, str), found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="duckdb")
    parser.add_argument("--program", default=str(pathlib.Path(__file__).parents[2] / "target/debug/dora-score"))
    parser.add_argument("--start", action="store_true", help="start a PostgreSQL server in a temporary directory")
    options = parser.parse_args()
    count = failures = 0
    with ENGINES[options.engine](options.start) as engine, tempfile.TemporaryDirectory() as place:
        case = Case(options, engine, pathlib.Path(place))
        for group in (types, names, relations):
            for what, is_right, found in group(case):
                count += 1
                if not is_right:
                    failures += 1
                    print(f"{group.__name__} {what}: {found}", flush=True)
    print(f"{options.engine}: {count} directed cases, {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
