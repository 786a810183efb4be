"""The engines: each loads entities into `entities` and runs a query."""

import glob
import os
import pathlib
import shutil
import subprocess
import tempfile

from generate import dumps


class DuckDb:
    dialect = "duckdb"
    # whether the text of every number is exact
    number_text = True
    # whether it can plan hundreds of conditions
    wide = True
    TYPES = {"number": "DOUBLE", "integer": "BIGINT", "text": "VARCHAR", "boolean": "BOOLEAN", "text[]": "VARCHAR[]", "number[]": "DOUBLE[]", "json": "JSON",
             "timestamp": "TIMESTAMP", "timestamptz": "TIMESTAMPTZ", "date": "DATE"}

    def __init__(self, _start):
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 1")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def load_json(self, entities):
        self.connection.execute("CREATE OR REPLACE TABLE entities AS SELECT CAST(unnest(CAST(? AS VARCHAR[])) AS JSON) AS entity", [entities])

    def load_columns(self, columns, _count):
        values = [[None if one is None else dumps(one) for one in values] if kind == "json" else values for _, kind, values in columns]
        listed = ", ".join(
            f"unnest(CAST(? AS {self.TYPES[kind]}[])) AS \"{name.replace(chr(34), chr(34) * 2)}\"" for name, kind, _ in columns)
        self.connection.execute(f"CREATE OR REPLACE TABLE entities AS SELECT {listed}", values)

    def query(self, text):
        return self.connection.execute(text).fetchall()


class Postgres:
    """A server on a socket in a temporary directory with `--start`, else that of PGHOST, PGDATABASE and so on."""

    dialect = "postgres"
    number_text = True
    # whether it can plan hundreds of conditions
    wide = True
    TYPES = {"number": "float8", "integer": "bigint", "text": "text", "boolean": "boolean", "text[]": "text[]", "number[]": "float8[]", "json": "jsonb",
             "timestamp": "timestamp", "timestamptz": "timestamptz", "date": "date"}

    def __init__(self, start):
        import psycopg

        self.place = tempfile.mkdtemp(prefix="sql-postgres-") if start else None
        if start:
            self.start()
        self.connection = psycopg.connect(host=self.place, dbname="postgres", user="postgres", autocommit=True) if start else psycopg.connect(autocommit=True)
        # it compiles a query with hundreds of conditions longer than it runs
        self.connection.execute("SET jit = off")

    def start(self):
        """Creates and starts a server. It does not run as root."""
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        data = f"{self.place}/data"
        if self.as_user:
            shutil.chown(self.place, "postgres")
        self.control("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.control("pg_ctl", "-D", data, "-w", "-l", f"{self.place}/log", "-o", f"-k {self.place} -c listen_addresses= -c fsync=off", "start")

    def control(self, program, *arguments):
        subprocess.run([*self.as_user, f"{self.bin}/{program}", *arguments], check=True, stdout=subprocess.DEVNULL, cwd=self.place)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        if self.place:
            self.control("pg_ctl", "-D", f"{self.place}/data", "-m", "immediate", "stop")
            shutil.rmtree(self.place)

    def load_json(self, entities):
        self.connection.execute("DROP TABLE IF EXISTS entities")
        self.connection.execute("CREATE TABLE entities (entity jsonb)")
        self.connection.execute("INSERT INTO entities SELECT unnest(%s::text[])::jsonb", [entities])

    def load_columns(self, columns, count):
        quote = lambda name: '"' + name.replace('"', '""') + '"'
        self.connection.execute("DROP TABLE IF EXISTS entities")
        self.connection.execute(f"CREATE TABLE entities ({', '.join(quote(name) + ' ' + self.TYPES[kind] for name, kind, _ in columns)})".encode())
        values = [[None if one is None or kind != "json" else dumps(one) for one in values] if kind == "json" else values for _, kind, values in columns]
        places = ", ".join(f"%s::{self.TYPES[kind]}" for _, kind, _ in columns)
        for row in range(count):
            self.connection.execute(f"INSERT INTO entities VALUES ({places})", [column[row] for column in values])

    def query(self, text):
        return self.connection.execute(text.encode()).fetchall()


class Spark:
    """A local session. Every other set runs in ANSI mode, which is the default, and the others without it."""

    dialect = "spark"
    # numbers of more than 15 digits raise an error where their text is needed
    number_text = False
    wide = False
    TYPES = {"number": "double", "integer": "bigint", "text": "string", "boolean": "boolean", "text[]": "array<string>", "number[]": "array<double>", "json": "string",
             "timestamp": "timestamp_ntz", "timestamptz": "timestamp", "date": "date"}

    def __init__(self, _start):
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
        self.session = builder.config("spark.log.level", "OFF").config("spark.driver.memory", "2g").getOrCreate()
        self.loads = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session.stop()

    def load(self, rows, schema):
        self.loads += 1
        self.session.conf.set("spark.sql.ansi.enabled", self.loads % 2 == 0)
        self.session.createDataFrame(rows, schema).coalesce(1).createOrReplaceTempView("entities")

    def load_json(self, entities):
        from pyspark.sql.types import StringType, StructField, StructType

        self.load([(entity,) for entity in entities], StructType([StructField("entity", StringType())]))

    def load_columns(self, columns, count):
        from pyspark.sql import types

        kinds = {"double": types.DoubleType(), "bigint": types.LongType(), "string": types.StringType(), "boolean": types.BooleanType(),
                 "array<string>": types.ArrayType(types.StringType()), "array<double>": types.ArrayType(types.DoubleType()),
                 "timestamp_ntz": types.TimestampNTZType(), "timestamp": types.TimestampType(), "date": types.DateType()}
        schema = types.StructType([types.StructField(name, kinds[self.TYPES[kind]]) for name, kind, _ in columns])
        values = [[None if one is None else dumps(one) for one in values] if kind == "json" else values for _, kind, values in columns]
        self.load([tuple(column[row] for column in values) for row in range(count)], schema)
        # a column of any type is read as JSON
        parsed = {name for name, kind, _ in columns if kind == "json"}
        quote = lambda name: "`" + name.replace("`", "``") + "`"
        listed = ", ".join(f"parse_json({quote(name)}) AS {quote(name)}" if name in parsed else quote(name) for name, _, _ in columns)
        self.session.sql(f"SELECT {listed} FROM entities").createOrReplaceTempView("parsed")
        self.session.table("parsed").createOrReplaceTempView("entities")

    def query(self, text):
        return [tuple(row) for row in self.session.sql(text).collect()]


ENGINES = {"duckdb": DuckDb, "postgres": Postgres, "spark": Spark}
