#!/usr/bin/env python3
"""Runs the commands of examples/warehouse/README.md that need an engine, and compares their output with the guide.

    recipes.py --engine duckdb
    recipes.py --engine postgres --start
    recipes.py --engine spark --bless

The blocks that open with ```console and with ```console ENGINE run one after the other in a new folder with the
examples. Needs the client of the engine on the path: duckdb, psql, dbt or spark-submit. `--start` starts a PostgreSQL
server in a temporary directory. `--bless` writes the output to the guide. An engine that is not there is an error."""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = ROOT / "examples/warehouse/README.md"
CLIENTS = {"duckdb": "duckdb", "postgres": "psql", "dbt": "dbt", "spark": "spark-submit"}


def commands(block):
    """The commands of a block, each after a `$`. One goes on after a backslash or a pipe."""
    lines = iter(block.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith(("\\", "|")):
                command += "\n" + next(lines)
            yield command


def shown(command, place, environment):
    """What a command prints, without the colours and times of dbt, and its exit code if it is not 0."""
    run = subprocess.run(["sh", "-c", f"{{ {command}\n}} 2>&1"], cwd=place, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    text = re.sub(r"\x1b\[\d*m", "", run.stdout)
    text = re.sub(r"(?m)^\d\d:\d\d:\d\d {2}", "", text)
    text = re.sub(r" in \d+\.\d\ds\]", "]", text)
    text = re.sub(r"(?m)[ \t]+$", "", text)
    if text and not text.endswith("\n"):
        text += "\n"
    return text if run.returncode == 0 else f"{text}[exit code {run.returncode}]\n"


def renewed(guide, engine, place, environment):
    """The guide with the output of this run in the blocks of the engine, and the number of its commands."""
    count = 0

    def run(block):
        nonlocal count
        of_engine = block[1] == f" {engine}"
        if block[1] and not of_engine:
            return block[0]
        output = [f"$ {command}\n{shown(command, place, environment)}" for command in commands(block[2])]
        count += len(output) if of_engine else 0
        return f"```console{block[1]}\n{''.join(output)}```\n" if of_engine else block[0]

    return re.sub(r"(?ms)^```console( \w+)?\n(.*?)^```\n", run, guide), count


@contextlib.contextmanager
def server(engine, start):
    """The variables with which psql finds a new server."""
    if not (start and engine == "postgres"):
        yield {}
        return
    from engines import Postgres

    with Postgres(True) as postgres:
        yield {"PGHOST": postgres.place, "PGUSER": "postgres", "PGDATABASE": "postgres"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", choices=CLIENTS, required=True)
    arguments.add_argument("--program", default=str(ROOT / "target/debug/dora-score"))
    arguments.add_argument("--start", action="store_true")
    arguments.add_argument("--bless", action="store_true")
    options = arguments.parse_args()
    program, client = pathlib.Path(options.program).resolve(), CLIENTS[options.engine]
    path = os.pathsep.join([str(program.parent), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]])
    if not program.is_file() or not shutil.which(client, path=path):
        sys.exit(f"cannot run the recipes: {client if program.is_file() else program} is missing")

    guide = GUIDE.read_text()
    with tempfile.TemporaryDirectory() as place, server(options.engine, options.start) as found:
        shutil.copytree(ROOT / "examples", f"{place}/examples")
        text, count = renewed(guide, options.engine, place, {**os.environ, **found, "PATH": path, "COLUMNS": "100"})
    if options.bless:
        GUIDE.write_text(text)
    if count == 0:
        sys.exit(f"the guide has no command for {options.engine}")
    wrong = [pair for pair in zip(guide.splitlines() + [""] * 99, text.splitlines() + [""] * 99) if pair[0] != pair[1]]
    if wrong and not options.bless:
        sys.exit(f"{options.engine}: the guide shows\n  {wrong[0][0]}\nbut the output is\n  {wrong[0][1]}")
    print(f"{options.engine}: {count} commands print what the guide shows")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    main()
