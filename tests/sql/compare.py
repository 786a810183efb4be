#!/usr/bin/env python3
"""Compares `dora-score sql` on an engine with `dora-score evaluate`, on random scorecards and entities.

    compare.py --engine duckdb --sets 300
    compare.py --engine postgres --start --sets 200 --seed 7

Needs the Python package of the engine: duckdb, psycopg or pyspark. `--start` starts a PostgreSQL server in a temporary
directory. A difference is printed with its seed, and the files of the set are kept."""

import argparse
import collections
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from engines import ENGINES
from generate import Generator, Number, dumps

AS_OF = "2026-01-31T12:00:00.5Z"
META_COLUMNS = {"identifier", "title", "blueprint", "team", "icon", "createdAt", "createdBy", "updatedAt", "updatedBy"}


class Refused(Exception):
    pass


class Set:
    """One random set: its files, and what `evaluate` says."""

    def __init__(self, program, directory, generator):
        self.program, self.directory, self.generator = program, directory, generator
        self.live = generator.live
        self.cards = generator.scorecards()
        self.write("cards.json", dumps(self.cards))

    def write(self, name, text):
        (self.directory / name).write_text(text)

    def run(self, *arguments):
        time = [] if self.live else ["--as-of", AS_OF]
        return subprocess.run([self.program, *arguments, *time, "-s", "cards.json"], cwd=self.directory, capture_output=True, text=True)

    def sql(self, dialect, layout, result):
        run = self.run("sql", "--dialect", dialect, "--layout", layout, "--result", result)
        if run.returncode != 0:
            raise Refused(run.stderr)
        self.write(f"{layout}.{result}.sql", run.stdout)
        return run.stdout

    def expected(self, entities):
        self.write("entities.ndjson", "".join(text + "\n" for text in entities))
        run = self.run("evaluate", "-e", "entities.ndjson", "-f", "json")
        if run.returncode != 0:
            raise AssertionError(f"evaluate: {run.stderr}")
        result = json.loads(run.stdout)
        scorecards = {(card["blueprint"], card["identifier"]): card for card in result["summary"]["scorecards"]}
        filtered = {(card.get("blueprint", "service"), card["identifier"]) for card in self.cards if card.get("filter")}
        levels = []
        for entity in result["entities"]:
            for identifier, held in (entity.get("scorecards") or {}).items():
                row = [held[key] for key in ("level", "rank", "noData", "passed", "total")] if held else [None] * 5
                levels.append((entity["identifier"], entity["blueprint"], identifier, *row))
        summary = []
        for (blueprint, identifier), card in scorecards.items():
            for rank, level in enumerate(card["levels"]):
                summary.append((identifier, blueprint, level["title"], rank, level["count"]))
            if (blueprint, identifier) in filtered:
                summary.append((identifier, blueprint, None, None, card["notApplicable"]))
        return {"levels": levels, "summary": summary}


def unchanged(rows):
    return collections.Counter(tuple(int(cell) if isinstance(cell, bool) is False and isinstance(cell, float) else cell for cell in row) for row in rows)


def compare(one, engine, layout, found, expected, result):
    missing, added = unchanged(expected) - unchanged(found), unchanged(found) - unchanged(expected)
    if missing or added or (result == "summary" and [tuple(row) for row in found] != list(expected)):
        return f"{engine} {layout} {result}:\n  expected {dict(missing)}\n  found    {dict(added)}"
    return None


def of_columns(text, generator):
    """The columns that a query reads, with their values: lists of (name, type, values)."""
    columns, count = [], generator.random.randint(5, 25)
    for name, kind in re.findall(r"^--   (.*) (text|text or timestamp|number|boolean|any type)$", text, re.M):
        if name == "identifier":
            columns.append((name, "text", [f"e{generator.random.randrange(6)}" for _ in range(count)]))
        elif name == "blueprint":
            columns.append((name, "text", [generator.random.choice(["service", "service", "_team", "it's", "", None]) for _ in range(count)]))
        elif name == "team":
            columns.append((name, "json", [generator.random.choice([None, "a", ["a", "7"], []]) for _ in range(count)]))
        else:
            kind, value = generator.column(kind)
            columns.append((name, kind, [value() for _ in range(count)]))
    return columns, count


def entities_of(columns, count, relations):
    """The same rows as entities."""
    def value(value):
        if isinstance(value, datetime.datetime):
            return value.isoformat() + ("" if value.tzinfo else "Z")
        if isinstance(value, datetime.date):
            return value.isoformat()
        return Number(repr(value)) if isinstance(value, float) else value
    entities = []
    for row in range(count):
        entity = {"properties": {}, "relations": {}}
        for name, _, values in columns:
            if values[row] is None and name != "identifier":
                continue
            item = [value(one) for one in values[row]] if isinstance(values[row], list) else value(values[row])
            where = entity if name in META_COLUMNS else entity["relations"] if name in relations else entity["properties"]
            where[name] = item
        entities.append(dumps(entity))
    return entities


def relations_of(cards):
    """The names of the relations that conditions name."""
    def of(query):
        for member in query.get("conditions", []):
            if "conditions" in member:
                yield from of(member)
            elif "relation" in member:
                yield member["relation"]
            elif member["property"].startswith("$relation."):
                yield member["property"][len("$relation."):]
    return {name for card in cards for rule in card["rules"] + [{"query": card.get("filter", {})}] for name in of(rule["query"])}


def run_set(options, engine, seed, directory):
    """The differences of one set, and how many layouts were refused."""
    problems, refused = [], []
    for layout in options.layouts:
        generator = Generator(seed, hostile=layout == "json" or seed % 4 == 0, apart=layout == "columns" and seed % 8 > 0,
                              # half of the sets have numbers that every engine writes
                              digits=None if engine.number_text or seed % 2 else 15, number_text=engine.number_text or seed % 2 == 0, wide=seed % 25 == 0 and engine.wide)
        one = Set(options.program, directory, generator)
        try:
            text = {result: one.sql(engine.dialect, layout, result) for result in ("levels", "summary")}
        except Refused as refusal:
            reasons = set(re.findall(r"error\[(.*?)\]", str(refusal)))
            if not reasons <= {"sql-column", "sql-value"}:
                problems.append(f"refused: {refusal}")
            refused.append((layout, str(refusal)))
            continue
        if layout == "json":
            entities = [dumps(entity, generator.chance(0.5)) for entity in generator.entities()]
            engine.load_json(entities)
        else:
            columns, count = of_columns(text["levels"], generator)
            names = [name for name, _, _ in columns]
            if any("{" in name or "\\" in name or name.endswith("…") for name in names):
                refused.append((layout, "names that a comment does not show as they are"))
                continue
            entities = entities_of(columns, count, relations_of(one.cards))
            engine.load_columns(columns, count)
        expected = one.expected(entities)
        for result, query in text.items():
            try:
                difference = compare(one, engine.dialect, layout, engine.query(query), expected[result], result)
            except Exception as error:
                difference = f"{engine.dialect} {layout} {result}: {error}"[:3000]
            if difference:
                problems.append(difference)
    return problems, refused


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="duckdb")
    parser.add_argument("--sets", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=["json", "columns"], dest="layouts", action="append")
    parser.add_argument("--program", default=str(pathlib.Path(__file__).parents[2] / "target/debug/dora-score"))
    parser.add_argument("--start", action="store_true", help="start a PostgreSQL server in a temporary directory")
    options = parser.parse_args()
    options.layouts = options.layouts or ["json", "columns"]
    options.program = os.path.abspath(options.program)
    failures, refusals, compared = 0, collections.Counter(), 0
    with ENGINES[options.engine](options.start) as engine, tempfile.TemporaryDirectory() as place:
        for seed in range(options.seed, options.seed + options.sets):
            directory = pathlib.Path(place)
            problems, refused = run_set(options, engine, seed, directory)
            refusals.update(layout for layout, _ in refused)
            compared += len(options.layouts) - len(refused)
            for problem in problems:
                failures += 1
                kept = tempfile.mkdtemp(prefix=f"sql-{seed}-")
                subprocess.run(["cp", "-r", f"{directory}/.", kept])
                print(f"seed {seed} ({kept}): {problem}", flush=True)
            if failures > 10:
                break
    print(f"{options.engine}: {options.sets} sets from seed {options.seed}, {compared} queries of levels and of summaries compared, "
          f"refused {dict(refusals)}, {failures} differences")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
