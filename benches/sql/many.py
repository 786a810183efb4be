#!/usr/bin/env python3
"""Measures a query of many scorecards: the time to compile it, to plan it and to run it over 1,000 entities.

    many.py --engine duckdb --scorecards 200 --rules 2400
    many.py --engine postgres --start --scorecards 200 --rules 2400

The counts of every level are compared with those of `evaluate`."""

import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests/sql"))
from engines import ENGINES

AS_OF = "2026-01-31T12:00:00Z"
LEVELS = ["Bronze", "Silver", "Gold"]
LANGUAGES = ["rust", "go", "java", "kotlin", "python", "typescript"]
# the types of columns by the first letters of a property
KINDS = {"number": "number", "text": "text", "date": "text", "flag": "boolean"}


class Definitions:
    """Scorecards as a large company has them: each looks at some of the properties, with thresholds of its own."""

    def __init__(self, scorecards, rules, properties):
        self.random = random.Random(1)
        self.conditions = set()
        share = {"number": 0.5, "text": 0.25, "date": 0.15, "flag": 0.1}
        self.properties = [f"{kind}_{number}" for kind, part in share.items() for number in range(max(1, round(properties * part)))]
        base, more = divmod(rules, scorecards)
        self.scorecards = [self.scorecard(number, base + (number < more)) for number in range(scorecards)]

    def test(self, name):
        def one(operator, *value):
            return {"property": name, "operator": operator, **({"value": value[0]} if value else {})}
        test = self.random_test(name, one)
        self.conditions.add(json.dumps(test))
        return test

    def random_test(self, name, one):
        choice = self.random.choice
        kind = name.partition("_")[0]
        if kind == "number":
            return one(choice([">=", ">", "<=", "<"]), self.random.randint(1, 400) / 4)
        if kind == "date":
            return choice([one("between", {"preset": choice(["lastWeek", "lastMonth", "last3Months"])}), one("isNotEmpty"),
                           one(">=", f"2025-{self.random.randint(1, 12):02}-01T00:00:00Z")])
        if kind == "flag":
            return one("=", self.random.random() < 0.8)
        language = choice(LANGUAGES)
        return choice([one("=", language), one("!=", language), one("contains", language[:2]), one("isNotEmpty"),
                       one("containsAny", self.random.sample(LANGUAGES, 2))])

    def query(self, properties):
        name = lambda: self.random.choice(properties)
        if self.random.random() < 0.5:
            return {"combinator": "and", "conditions": [self.test(name())]}
        if self.random.random() < 0.5:
            number = next((one for one in properties if one.startswith("number")), "number_0")
            guard = {"property": number, "operator": ">", "value": 0}
            return {"combinator": "and", "conditions": [guard, self.test(name())]}
        members = [self.test(name()), self.test(name())]
        if self.random.random() < 0.3:
            members.append({"combinator": "and", "conditions": [self.test(name()), self.test(name())]})
        return {"combinator": "or", "conditions": members}

    def scorecard(self, number, count):
        properties = self.random.sample(self.properties, min(len(self.properties), 6))
        rules = [{"identifier": f"rule_{rule}", "title": f"Rule {rule}", "level": LEVELS[rule * 3 // count], "query": self.query(properties)}
                 for rule in range(count)]
        card = {"identifier": f"scorecard_{number}", "title": f"Scorecard {number}", "blueprint": "service", "rules": rules}
        if number % 5 == 0:
            card["filter"] = self.query(properties)
        return card

    def value(self, name):
        kind = name.partition("_")[0]
        if self.random.random() < 0.1:
            return None
        if kind == "number":
            return self.random.randint(0, 400) / 4
        if kind == "date":
            return f"2025-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}T10:00:00Z"
        return self.random.random() < 0.8 if kind == "flag" else self.random.choice(LANGUAGES)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="duckdb")
    parser.add_argument("--scorecards", type=int, default=200)
    parser.add_argument("--rules", type=int, default=2400)
    parser.add_argument("--properties", type=int, default=120)
    parser.add_argument("--entities", type=int, default=1000)
    parser.add_argument("--layout", choices=["json", "columns"], dest="layouts", action="append")
    parser.add_argument("--result", choices=["levels", "summary"], default="levels")
    parser.add_argument("--program", default=str(ROOT / "target/release/dora-score"))
    parser.add_argument("--start", action="store_true", help="start a PostgreSQL server in a temporary directory")
    parser.add_argument("--keep", help="a directory for the queries")
    parser.add_argument("--set", action="append", default=[], help="a setting of the engine, such as `jit = off`")
    options = parser.parse_args()
    made = Definitions(options.scorecards, options.rules, options.properties)
    with ENGINES[options.engine](options.start) as engine, tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        pathlib.Path("cards.json").write_text(json.dumps(made.scorecards))
        for setting in options.set:
            execute(engine, f"SET {setting}")
        columns = {name: [made.value(name) for _ in range(options.entities)] for name in made.properties}
        names = [f"svc-{row}" for row in range(options.entities)]
        entities = [json.dumps({"identifier": identifier, "blueprint": "service", "properties": {name: values[row] for name, values in columns.items()}})
                    for row, identifier in enumerate(names)]
        pathlib.Path("entities.ndjson").write_text("\n".join(entities))
        expected = expectation(options.program)
        print(f"{options.scorecards} scorecards, {options.rules} rules, about {len(made.conditions)} conditions, {len(made.properties)} properties", flush=True)
        for layout in options.layouts or ["json", "columns"]:
            if layout == "json":
                engine.load_json(entities)
            else:
                listed = [(name, KINDS[name.partition("_")[0]], values) for name, values in columns.items()]
                engine.load_columns([("identifier", "text", names), ("blueprint", "text", ["service"] * len(names)), *listed], len(names))
            measure(options, engine, layout, expected)


def execute(engine, statement):
    (engine.session.sql if engine.dialect == "spark" else engine.connection.execute)(statement)


def expectation(program):
    """How many entities hold each level, by `evaluate`."""
    run = subprocess.run([program, "evaluate", "-s", "cards.json", "-e", "entities.ndjson", "-f", "json", "--as-of", AS_OF], capture_output=True, text=True)
    counts = collections.Counter()
    for entity in json.loads(run.stdout)["entities"]:
        for identifier, held in entity["scorecards"].items():
            counts[identifier, *([held[key] for key in ("rank", "noData", "passed")] if held else [None] * 3)] += 1
    return counts


def measure(options, engine, layout, expected):
    arguments = ["sql", "--dialect", engine.dialect, "--layout", layout, "--result", options.result, "-s", "cards.json", "--as-of", AS_OF]
    times = []
    for _ in range(5):
        before = time.perf_counter()
        run = subprocess.run([options.program, *arguments], capture_output=True, text=True)
        times.append(time.perf_counter() - before)
    if run.returncode:
        sys.exit(run.stderr[-2000:])
    query = run.stdout
    if options.keep:
        pathlib.Path(options.keep, f"{engine.dialect}.{layout}.sql").write_text(query)
    before = time.perf_counter()
    engine.query("EXPLAIN " + query)
    planned = time.perf_counter()
    rows = engine.query(query)
    done = time.perf_counter()
    equal = "not compared"
    if options.result == "levels":
        found = collections.Counter((row[2], row[4], row[5], row[6]) for row in rows)
        equal = "equal" if found == expected else f"DIFFERENT: {len(found - expected)} and {len(expected - found)}"
    print(f"{engine.dialect} {layout}: {len(query) / 1e6:.2f} MB: compile {min(times) * 1000:.0f} ms, "
          f"plan {planned - before:.2f} s, plan and run {done - planned:.2f} s, {len(rows)} rows, {equal}", flush=True)


if __name__ == "__main__":
    main()
